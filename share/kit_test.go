package share

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
)

var (
	now    = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	issuer = ed25519.NewKeyFromSeed(make([]byte, 32))
	ring   = key.New([]byte("a root secret for tests only"))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func derive(alg, label string) key.Holder { return must(ring.Derive(alg, label)) }

func issuerDID() string { return must(did.Key(issuer.Public())) }

func method() string { return issuerDID() + "#" + strings.TrimPrefix(issuerDID(), "did:key:") }

// fake is a wallet in memory: its keys are the profile and those in held.
type fake struct {
	items map[string]*vc.Credential
	held  []key.Holder
}

func (f fake) Item(id string) (wallet.Item, error) {
	c, ok := f.items[id]
	if !ok {
		return wallet.Item{}, fault.New("item.unknown")
	}
	return wallet.Item{Row: wallet.Row{ID: id}, Credential: c}, nil
}

func (f fake) Holder(c *vc.Credential) (key.Holder, error) {
	cnf, _ := c.Doc["cnf"].(map[string]any)
	jwk, _ := cnf["jwk"].(map[string]any)
	for _, h := range f.held {
		if slices.Contains(h.DIDs(), c.Subject.ID) || jwk != nil && cmp.Equal(h.JWK(), jwk) {
			return h, nil
		}
	}
	return key.Holder{}, fault.New("key.not-here")
}

func (f fake) Profile() (key.Holder, error) { return derive(key.EdDSA, "profile"), nil }

func sharer(f fake) Sharer {
	return Sharer{Wallet: f, Verifier: &verify.Verifier{Now: func() time.Time { return now }}, Rand: rand.NewChaCha8([32]byte{3})}
}

// holding makes a sharer whose wallet holds these texts as "1", "2", ….
func holding(t testing.TB, held []key.Holder, raws ...string) Sharer {
	t.Helper()
	f := fake{items: map[string]*vc.Credential{}, held: held}
	for i, raw := range raws {
		found, err := verify.Read([]byte(raw))
		if err != nil || len(found) != 1 {
			t.Fatal(err, len(found))
		}
		f.items[string(rune('1'+i))] = found[0]
	}
	return sharer(f)
}

// lines issues an SD-JWT VC to h, or to nobody.
func lines(t testing.TB, h *key.Holder, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"iss": issuerDID(), "vct": "https://example.org/badges/food-safety", "iat": now.Unix() - 1000}
	maps.Copy(all, claims)
	if h != nil {
		all["cnf"] = map[string]any{"jwk": h.JWK()}
	}
	text, err := sdjwt.Issue(sdjwt.Draft{Header: map[string]any{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": method()}, Claims: all}, rand.NewChaCha8([32]byte{1}), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func person() map[string]any {
	return map[string]any{
		"name":       sdjwt.Hidden{Value: "Food Safety Level 2"},
		"given_name": sdjwt.Hidden{Value: "Maya"},
		"birthdate":  sdjwt.Hidden{Value: "2003-03-04"},
		"address":    sdjwt.Hidden{Value: map[string]any{"country": "CH", "locality": sdjwt.Hidden{Value: "Bern"}}},
		"skills":     []any{"storing", sdjwt.Hidden{Value: "cooking"}, sdjwt.Hidden{Value: "serving"}},
		"level":      json.Number("2"),
	}
}

func credential(subject string) map[string]any {
	about := map[string]any{"type": []any{"AchievementSubject"}, "achievement": map[string]any{
		"id": "https://example.org/a/1", "type": []any{"Achievement"}, "name": "Food Safety Level 2", "description": "Handles food safely.",
		"criteria": map[string]any{"narrative": "Passed the test."},
	}}
	if subject != "" {
		about["id"] = subject
	} else {
		about["identifier"] = []any{map[string]any{"type": "IdentityObject", "identityType": "emailAddress", "hashed": false, "identityHash": "maya@example.org"}}
	}
	return map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:0b7a3c4e-6f1d-4d5e-9a55-0c7c3d1f2a10", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer": map[string]any{"id": issuerDID(), "type": []any{"Profile"}, "name": "Alpine College"}, "name": "Food Safety Level 2",
		"validFrom": "2026-06-12T09:00:00Z", "credentialSubject": about,
	}
}

func token(t testing.TB, subject string) string {
	t.Helper()
	payload := must(json.Marshal(credential(subject)))
	return must(jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": method()}, payload, issuer))
}

func document(t testing.TB, subject string) string {
	t.Helper()
	doc := must(strict.Object(must(json.Marshal(credential(subject)))))
	suite, _ := proof.Lookup("eddsa-rdfc-2022")
	doc["proof"] = must(proof.Sign(context.Background(), suite, doc, map[string]any{
		"created": "2026-06-12T09:00:00Z", "verificationMethod": method(), "proofPurpose": "assertionMethod",
	}, issuer))
	return string(must(json.Marshal(doc)))
}

func request(items ...string) Request {
	return Request{Items: items, Audience: "Hotel Bellevue", Purpose: "Job application"}
}

// outcomes gives the outcome and reason of the rows about the showing.
func outcomes(r check.Report) map[string]string {
	out := map[string]string{}
	for _, id := range []string{check.Binding, check.Audience, check.Fresh, check.Disclosure} {
		for _, c := range r.Rows(id) {
			out[id] = c.Outcome.String() + " " + c.Reason
		}
	}
	return out
}
