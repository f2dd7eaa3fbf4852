package oid4vci

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	mrand "math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit/issuing"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func openWallet(t *testing.T, get fetch.Getter) *wallet.Wallet {
	t.Helper()
	w, err := wallet.Open(context.Background(), wallet.Options{
		Home: t.TempDir(), Now: clock, Rand: mrand.NewChaCha8([32]byte{1}), Secrets: &keyring.Memory{},
		Verifier: &verify.Verifier{Now: clock, Get: get},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// TestCollect takes each kind of badge from an issuer that checks every parameter,
// and gives it to the wallet as what came any other way.
func TestCollect(t *testing.T) {
	for _, tt := range []struct {
		id, form, alg, names string
	}{
		{issuing.GuestCare, "sd-jwt", "ES256", "jwk"},
		{issuing.FirstAid, "jwt", "EdDSA", "kid"},
		{issuing.Knives, "json", "ES256", "kid"},
	} {
		t.Run(tt.id, func(t *testing.T) {
			college := &issuing.College{Offers: []string{tt.id}, Now: clock}
			w := openWallet(t, college)
			in, arrived := collect(t, college, w, "")
			if in.Issuer.Name != "Alpine College" || in.Host != "college.example" || len(in.Take) != 1 || len(in.Leave) != 0 {
				t.Errorf("%+v", in)
			}
			if len(arrived) != 1 || arrived[0].Err != nil || len(arrived[0].Raw) != 1 {
				t.Fatalf("%+v", arrived)
			}
			took := college.Took()
			if len(took) != 1 || took[0]["alg"] != tt.alg || took[0][tt.names] == nil {
				t.Errorf("the proof's header: %v", took)
			}
			keepAndShow(t, w, arrived[0], tt.form)
		})
	}
}

func collect(t *testing.T, college *issuing.College, w *wallet.Wallet, code string) (Invitation, []Arrival) {
	t.Helper()
	c := Client{Get: college, Now: clock, Keys: w}
	in, err := c.Look(context.Background(), issuing.Link)
	if err != nil {
		t.Fatal(err)
	}
	if keys, _ := w.Keys(); len(keys) != 1 || college.Asked(issuing.ID+"/token") != 0 {
		t.Error("looking took something")
	}
	arrived, err := c.Collect(context.Background(), in, code, nil)
	if err != nil {
		t.Fatal(err)
	}
	return in, arrived
}

// keepAndShow reviews an arrival, keeps it, and finds its key in the wallet: not
// before it is kept.
func keepAndShow(t *testing.T, w *wallet.Wallet, a Arrival, form string) {
	t.Helper()
	drafts, err := a.Review(context.Background(), w, "college.example")
	if err != nil || len(drafts) != 1 {
		t.Fatal(err, drafts)
	}
	d := drafts[0]
	if d.Credential.Form != form || d.Report.Verdict() != check.UnrecognisedIssuer {
		t.Errorf("form %s, verdict %s: %+v", d.Credential.Form, d.Report.Verdict(), d.Report.Checks)
	}
	if i := slices.IndexFunc(d.Report.Checks, func(c check.Check) bool { return c.ID == check.Holder }); d.Report.Checks[i].Reason != "holder.key" {
		t.Errorf("it is not seen to be the learner's: %+v", d.Report.Checks[i])
	}
	if keys, _ := w.Keys(); len(keys) != 1 {
		t.Error("a key was kept before its badge")
	}
	if _, err := w.Keep(context.Background(), drafts); err != nil {
		t.Fatal(err)
	}
	h, err := w.Holder(d.Credential)
	if err != nil || h.DID() != a.Key.DID() {
		t.Errorf("the key of the badge is not here: %v", err)
	}
}

// TestCollectSeveral takes what it can: each with a key of its own, in order, and
// says of the rest why not.
func TestCollectSeveral(t *testing.T) {
	college := &issuing.College{Offers: []string{issuing.Licence, issuing.GuestCare, issuing.FirstAid, issuing.Knives}, PIN: true, Now: clock}
	college.Refuse = func(name string, n int) string {
		if name == "credential" && n == 2 {
			return "credential_request_denied"
		}
		return ""
	}
	w := openWallet(t, college)
	in, arrived := collect(t, college, w, issuing.TxPIN)
	if len(in.Leave) != 1 || in.Leave[0].ID != issuing.Licence || fault.Code(in.Leave[0].Why) != "offer.unreadable" {
		t.Errorf("left: %+v", in.Leave)
	}
	if in.TxCode == nil || in.TxCode.Text || in.TxCode.Length != 4 || in.TxCode.About != "We sent it by e-mail" {
		t.Errorf("code: %+v", in.TxCode)
	}
	var got []string
	dids := map[string]bool{}
	for _, a := range arrived {
		got = append(got, a.Name+" "+fault.Code(a.Err))
		if a.Key != nil {
			dids[a.Key.DID()] = true
		}
	}
	if want := []string{"Guest care ", "First aid offer.denied", "Knife skills "}; !slices.Equal(got, want) || len(dids) != 2 {
		t.Errorf("got %q with %d keys", got, len(dids))
	}
}

// TestNamedCredentials: what the server has names for is asked for by name.
func TestNamedCredentials(t *testing.T) {
	college := &issuing.College{Now: clock, Edit: func(name string, m map[string]any) {
		if name == "token" {
			m["authorization_details"] = []any{
				map[string]any{"type": "openid_credential", "credential_configuration_id": issuing.GuestCare, "credential_identifiers": []any{issuing.GuestCare + "#1", issuing.GuestCare + "#2"}},
				map[string]any{"type": "payment"},
			}
		}
	}}
	_, arrived := collect(t, college, openWallet(t, college), "")
	if len(arrived) != 2 || arrived[0].Err != nil || arrived[1].Err != nil || college.Asked(issuing.ID+"/credential") != 2 {
		t.Errorf("%+v", arrived)
	}
}

// TestStaleNonce: a nonce that went stale is asked for anew, once.
func TestStaleNonce(t *testing.T) {
	for stale, want := range map[int]string{1: "", 2: "offer.proof"} {
		t.Run(fmt.Sprint(stale), func(t *testing.T) {
			college := &issuing.College{Now: clock, Refuse: func(name string, n int) string {
				if name == "credential" && n <= stale {
					return "invalid_nonce"
				}
				return ""
			}}
			_, arrived := collect(t, college, openWallet(t, college), "")
			if fault.Code(arrived[0].Err) != want || college.Asked(issuing.ID+"/nonce") != 2 {
				t.Errorf("%v after %d nonces", arrived[0].Err, college.Asked(issuing.ID+"/nonce"))
			}
		})
	}
}

// set gives an edit of one member of one document; a path goes by dots.
func set(doc, path string, value any) func(string, map[string]any) {
	return func(name string, m map[string]any) {
		if name != doc {
			return
		}
		text, _ := json.Marshal(m) // as plain maps
		whole := map[string]any{}
		_ = json.Unmarshal(text, &whole)
		steps := strings.Split(path, "/")
		at := whole
		for _, s := range steps[:len(steps)-1] {
			at, _ = at[s].(map[string]any)
		}
		at[steps[len(steps)-1]] = value
		if value == nil {
			delete(at, steps[len(steps)-1])
		}
		clear(m)
		for k, v := range whole {
			m[k] = v
		}
	}
}

const guestCare = "credential_configurations_supported/" + issuing.GuestCare + "/"

// TestLookRefuses: each twin of a good offer with one thing changed has its fault,
// and the learner's code is handed to nobody.
func TestLookRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		edit       func(string, map[string]any)
	}{
		{"only through a web page", "offer.browser", set("offer", "grants", map[string]any{"authorization_code": map[string]any{}})},
		{"no way in", "offer.browser", set("offer", "grants", nil)},
		{"a draft before 14", "offer.too-old", func(name string, m map[string]any) {
			if name == "offer" {
				m["credentials"] = m["credential_configuration_ids"]
				delete(m, "credential_configuration_ids")
			}
		}},
		{"another issuer", "offer.other-issuer", set("issuer", "credential_issuer", "https://collage.example/badges")},
		{"a kind the issuer does not have", "offer.unknown-badge", set("offer", "credential_configuration_ids", []string{"guest-cares"})},
		{"a kind that can't be read", "offer.unreadable", set("offer", "credential_configuration_ids", []string{issuing.Licence})},
		{"encrypted requests", "offer.sealed", set("issuer", "credential_request_encryption", map[string]any{"encryption_required": true})},
		{"encrypted answers", "offer.sealed", set("issuer", "credential_response_encryption", map[string]any{"encryption_required": true})},
		{"an attested key", "offer.attested", set("issuer", guestCare+"proof_types_supported/jwt/key_attestations_required", map[string]any{})},
		{"only attestations", "offer.attested", set("issuer", guestCare+"proof_types_supported", map[string]any{"attestation": map[string]any{"proof_signing_alg_values_supported": []string{"ES256"}}})},
		{"an algorithm we lack", "offer.binding", set("issuer", guestCare+"proof_types_supported/jwt/proof_signing_alg_values_supported", []string{"RS256"})},
		{"a way to name keys we lack", "offer.binding", set("issuer", guestCare+"cryptographic_binding_methods_supported", []string{"did:example"})},
		{"a server the issuer does not have", badOffer, set("offer", "grants/"+grantPreAuthorized+"/authorization_server", "https://other.example")},
		{"a server by another name", "offer.other-issuer", set("server", "issuer", "https://college.example/badge")},
		{"a server without such codes", "offer.browser", set("server", "grant_types_supported", []string{"authorization_code"})},
		{"a server for vouched wallets", "offer.attested", set("server", "token_endpoint_auth_methods_supported", []string{"attest_jwt_client_auth"})},
		{"a server inside", badIssuer, set("issuer", "authorization_servers", []string{"http://10.0.0.1"})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			college := &issuing.College{Edit: tt.edit, Now: clock}
			c := Client{Get: college, Now: clock}
			_, err := c.Look(context.Background(), issuing.Link)
			if fault.Code(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
			if college.Asked(issuing.ID+"/token")+college.Asked(issuing.ID+"/credential") > 0 {
				t.Error("something was sent")
			}
		})
	}
}

// TestCollectRefuses: what servers answer has words, and keeps nothing.
func TestCollectRefuses(t *testing.T) {
	refuse := func(where, with string) func(string, int) string {
		return func(name string, _ int) string {
			if name == where {
				return with
			}
			return ""
		}
	}
	for _, tt := range []struct {
		name   string
		pin    bool
		code   string
		refuse func(string, int) string
		edit   func(string, map[string]any)
		want   string
	}{
		{name: "no code", pin: true, want: "offer.code-needed"},
		{name: "a letter in the code", pin: true, code: "471I", want: "offer.code-shape"},
		{name: "a digit too few", pin: true, code: "471", want: "offer.code-shape"},
		{name: "another code", pin: true, code: "4712", want: "offer.wrong-code"},
		{name: "used up", refuse: refuse("token", "invalid_grant"), want: "offer.spent"},
		{name: "a draft's word for a wrong code", pin: true, code: issuing.TxPIN, refuse: refuse("token", "invalid_tx_code"), want: "offer.wrong-code"},
		{name: "known wallets only", refuse: refuse("token", "invalid_client"), want: "offer.strange-wallet"},
		{name: "bound tokens", refuse: refuse("token", "invalid_dpop_proof"), want: "offer.bound-token"},
		{name: "a bound token", edit: set("token", "token_type", "DPoP"), want: "offer.bound-token"},
		{name: "not ready", refuse: refuse("token", "authorization_pending"), want: "offer.not-yet"},
		{name: "an error nobody knows", refuse: refuse("token", "teapot"), want: "offer.server-failed"},
		{name: "no token", edit: set("token", "access_token", nil), want: badAnswer},
		{name: "a token that breaks the line", edit: set("token", "access_token", "a\r\nb"), want: badAnswer},
		{name: "no nonce", edit: set("nonce", "c_nonce", nil), want: badAnswer},
		{name: "the nonce refused", refuse: refuse("nonce", "invalid_request"), want: "offer.server-failed"},
		{name: "the proof refused", refuse: refuse("credential", "invalid_proof"), want: "offer.proof"},
		{name: "denied", refuse: refuse("credential", "credential_request_denied"), want: "offer.denied"},
		{name: "later", edit: func(name string, m map[string]any) {
			if name == "credential" {
				clear(m)
				m["transaction_id"], m["interval"] = "8", 3600
			}
		}, want: "offer.later"},
		{name: "nothing", edit: set("credential", "credentials", []any{}), want: badAnswer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			college := &issuing.College{PIN: tt.pin, Refuse: tt.refuse, Edit: tt.edit, Now: clock}
			w := openWallet(t, college)
			c := Client{Get: college, Now: clock, Keys: w}
			in, err := c.Look(context.Background(), issuing.Link)
			if err != nil {
				t.Fatal(err)
			}
			arrived, err := c.Collect(context.Background(), in, tt.code, nil)
			if err == nil {
				err = arrived[0].Err
			}
			if fault.Code(err) != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
			if keys, _ := w.Keys(); len(keys) != 1 {
				t.Error("a key was kept")
			}
		})
	}
}

// TestNoLetters: offline, and where only pages can be had, there are words.
func TestNoLetters(t *testing.T) {
	c := Client{Get: fetch.Offline{}, Now: clock}
	if _, err := c.Look(context.Background(), issuing.Link); fault.Code(err) != "fetch.offline" {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	college := &issuing.College{Offers: []string{issuing.GuestCare, issuing.FirstAid}, Now: clock}
	c = Client{Get: college, Now: clock, Keys: openWallet(t, college)}
	in, err := c.Look(ctx, issuing.Link)
	if err != nil {
		t.Fatal(err)
	}
	arrived, err := c.Collect(ctx, in, "", func(done, _ int) {
		if done == 1 {
			stop()
		}
	})
	if err != nil || len(arrived) != 2 || arrived[0].Err != nil || !errors.Is(arrived[1].Err, context.Canceled) {
		t.Errorf("stopped: %+v, %v", arrived, err)
	}
}

// TestPlaces: the name goes between host and path, and after it for those of old.
func TestPlaces(t *testing.T) {
	got := append(places("https://a.example", "x"), places("https://a.example/b/c/", "x")...)
	want := []string{"https://a.example/.well-known/x", "https://a.example/.well-known/x/b/c", "https://a.example/b/c/.well-known/x"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	college := &issuing.College{Now: clock}
	page, err := college.Get(context.Background(), places(issuing.ID, "openid-credential-issuer")[0], "")
	if err != nil {
		t.Fatal(err)
	}
	places := places(issuing.ID, "openid-credential-issuer")
	college.Errs = map[string]error{places[0]: fetch.ErrGone}
	college.Pages = map[string]fetch.Page{places[1]: page}
	if _, err := (Client{Get: college, Now: clock}).Look(context.Background(), issuing.Link); err != nil {
		t.Errorf("metadata in the older place: %v", err)
	}
	college.Pages = map[string]fetch.Page{places[0]: {Body: []byte("<html>")}, places[1]: page}
	college.Errs = nil
	if _, err := (Client{Get: college, Now: clock}).Look(context.Background(), issuing.Link); err != nil {
		t.Errorf("a page that is none in the first place: %v", err)
	}
}

// TestSpareKeysDiffer: no label comes twice, so no two issuers see one key.
func TestSpareKeysDiffer(t *testing.T) {
	w := openWallet(t, fetch.Offline{})
	a, errA := w.Spare("ES256", "")
	b, errB := w.Spare("ES256", "")
	if errA != nil || errB != nil || a.DID() == b.DID() || len(a.Label()) != len("spare-")+hex.EncodedLen(16) {
		t.Error(errA, errB, a.Label(), b.Label())
	}
}
