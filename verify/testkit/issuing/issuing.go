// Package issuing is an issuer of made-up badges for tests: one that speaks OpenID
// for Verifiable Credential Issuance 1.0 from memory, is strict about every
// parameter, and can be told to misbehave. Only tests import it.
package issuing

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// The addresses of the college.
const (
	ID    = "https://college.example/badges"
	Link  = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcollege.example%2Foffers%2F1"
	Code  = "spl1tc0de"
	TxPIN = "4711"

	offerAt  = "https://college.example/offers/1"
	issuerAt = "https://college.example/.well-known/openid-credential-issuer/badges"
	serverAt = "https://college.example/.well-known/oauth-authorization-server/badges"
	keysAt   = "https://college.example/.well-known/jwt-vc-issuer/badges"
)

// The kinds of badges it gives, one for each format.
const (
	GuestCare = "guest-care" // dc+sd-jwt
	FirstAid  = "first-aid"  // jwt_vc_json
	Knives    = "knives"     // ldp_vc
	Licence   = "licence"    // mso_mdoc, which it never gives out
)

// College is the issuer. The zero value is ready: it offers Guest care to whoever
// has Code, and asks for no other code. It is safe for concurrent use.
type College struct {
	Offers []string                            // ids of what it offers; GuestCare where there is none
	PIN    bool                                // it asks for TxPIN, too
	Now    func() time.Time                    // the age of its answers
	Edit   func(name string, m map[string]any) // changes a document before it is sent: "offer", "issuer", "server", "token", "nonce", "credentials"
	Refuse func(name string, n int) (e string) // an error to answer the n-th letter (from 1) to "token", "nonce" or "credential" with; empty for none
	Pages  map[string]fetch.Page               // answers in place of its own
	Errs   map[string]error                    // addresses that fail

	mu     sync.Mutex
	asked  map[string]int
	nonces int
	took   []map[string]any
}

func (c *College) key() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte("a throw-away key for testing it."))
}

// Get answers an address.
func (c *College) Get(ctx context.Context, address, _ string) (fetch.Page, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return fetch.Page{}, err
	}
	c.count(address)
	if err := c.Errs[address]; err != nil {
		return fetch.Page{}, err
	}
	if p, ok := c.Pages[address]; ok {
		return p, nil
	}
	doc, name := c.document(address)
	if doc == nil {
		return fetch.Page{}, fmt.Errorf("%w: %s", fetch.ErrGone, address)
	}
	body := c.encode(name, doc)
	return fetch.Page{URL: address, Body: body, Type: "application/json", AsOf: c.now()}, nil
}

func (c *College) now() time.Time {
	if c.Now == nil {
		return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	}
	return c.Now()
}

func (c *College) count(what string) int {
	if c.asked == nil {
		c.asked = map[string]int{}
	}
	c.asked[what]++
	return c.asked[what]
}

// Asked says how often an address was asked, or a letter sent to it.
func (c *College) Asked(address string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[address]
}

func (c *College) encode(name string, doc map[string]any) []byte {
	if c.Edit != nil {
		c.Edit(name, doc)
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err) // only what a test put in
	}
	return b
}

func (c *College) document(address string) (doc map[string]any, name string) {
	switch address {
	case offerAt:
		return c.offer(), "offer"
	case issuerAt:
		return metadata(), "issuer"
	case serverAt:
		return map[string]any{"issuer": ID, "token_endpoint": ID + "/token", "grant_types_supported": []string{grant}}, "server"
	case keysAt:
		return c.keys(), "keys"
	}
	return nil, ""
}

const grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code"

func (c *College) offer() map[string]any {
	ids := c.Offers
	if ids == nil {
		ids = []string{GuestCare}
	}
	g := map[string]any{"pre-authorized_code": Code}
	if c.PIN {
		g["tx_code"] = map[string]any{"length": len(TxPIN), "description": "We sent it by e-mail"}
	}
	return map[string]any{"credential_issuer": ID, "credential_configuration_ids": ids, "grants": map[string]any{grant: g}}
}

func metadata() map[string]any {
	proofs := func(algs ...string) map[string]any {
		return map[string]any{"jwt": map[string]any{"proof_signing_alg_values_supported": algs}}
	}
	named := func(name string) map[string]any {
		return map[string]any{"display": []any{map[string]any{"name": name, "locale": "en"}}}
	}
	return map[string]any{
		"credential_issuer": ID, "credential_endpoint": ID + "/credential", "nonce_endpoint": ID + "/nonce",
		"display": []any{map[string]any{"name": "Alpenkolleg", "locale": "de"}, map[string]any{"name": "Alpine College", "locale": "en"}},
		"credential_configurations_supported": map[string]any{
			GuestCare: map[string]any{"format": "dc+sd-jwt", "vct": "https://college.example/guest-care", "cryptographic_binding_methods_supported": []string{"jwk"}, "proof_types_supported": proofs("ES256", "EdDSA"), "credential_metadata": named("Guest care")},
			FirstAid:  map[string]any{"format": "jwt_vc_json", "cryptographic_binding_methods_supported": []string{"did:key"}, "proof_types_supported": proofs("EdDSA"), "credential_metadata": named("First aid")},
			Knives:    map[string]any{"format": "ldp_vc", "cryptographic_binding_methods_supported": []string{"did:jwk"}, "proof_types_supported": proofs("ES256"), "credential_metadata": named("Knife skills")},
			Licence:   map[string]any{"format": "mso_mdoc", "doctype": "org.iso.18013.5.1.mDL", "cryptographic_binding_methods_supported": []string{"cose_key"}, "proof_types_supported": proofs("ES256"), "credential_metadata": named("Driving licence")},
		},
	}
}

// Send answers a letter: at once, as one server would.
func (c *College) Send(ctx context.Context, l fetch.Letter) (fetch.Reply, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return fetch.Reply{}, err
	}
	if err := c.Errs[l.URL]; err != nil {
		return fetch.Reply{}, err
	}
	name, ok := strings.CutPrefix(l.URL, ID+"/")
	n := c.count(l.URL)
	if !ok {
		return fetch.Reply{Status: http.StatusNotFound}, nil
	}
	if c.Refuse != nil {
		if e := c.Refuse(name, n); e != "" {
			return refused(e), nil
		}
	}
	answer := map[string]func(fetch.Letter) (map[string]any, string){"token": c.token, "nonce": c.nonce, "credential": c.credential}[name]
	if answer == nil {
		return fetch.Reply{Status: http.StatusNotFound}, nil
	}
	doc, failed := answer(l)
	if failed != "" {
		return refused(failed), nil
	}
	return fetch.Reply{Status: http.StatusOK, Type: "application/json", Body: c.encode(name, doc)}, nil
}

func refused(e string) fetch.Reply {
	body, _ := json.Marshal(map[string]string{"error": e})
	return fetch.Reply{Status: http.StatusBadRequest, Type: "application/json", Body: body}
}

const access = "a-token"

func (c *College) token(l fetch.Letter) (map[string]any, string) {
	form, err := url.ParseQuery(string(l.Body))
	want := 2
	if c.PIN {
		want = 3
	}
	switch {
	case err != nil, l.Type != "application/x-www-form-urlencoded", l.Bearer != "", len(form) != want:
		return nil, "invalid_request"
	case form.Get("grant_type") != grant, form.Get("pre-authorized_code") != Code, c.PIN && form.Get("tx_code") != TxPIN:
		return nil, "invalid_grant"
	}
	return map[string]any{"access_token": access, "token_type": "bearer", "expires_in": 300}, ""
}

func (c *College) nonce(l fetch.Letter) (map[string]any, string) {
	if len(l.Body) > 0 || l.Bearer != "" {
		return nil, "invalid_request"
	}
	c.nonces++
	return map[string]any{"c_nonce": c.lastNonce()}, ""
}

func (c *College) lastNonce() string { return fmt.Sprintf("nonce-%d", c.nonces) }

// Took lists the headers of the proofs that were good.
func (c *College) Took() []map[string]any {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.took
}
