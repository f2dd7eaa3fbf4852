package present

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/wallet/key"
)

var to = To{
	Audience: "Hotel Bellevue", Nonce: "n-1", Purpose: "Job <application>",
	Made: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Until: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC),
}

func holder(t testing.TB, alg string) key.Holder {
	t.Helper()
	h, err := key.New(make([]byte, 32)).Derive(alg, "test")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// odd has members in an order, numbers and spaces that a re-encoding would lose.
const odd = `{"type":["VerifiableCredential"], "@context":["https://www.w3.org/ns/credentials/v2"],
 "issuer":"did:example:i","credentialSubject":{"id":"did:example:s"}, "name":"A & B <c>" }`

func TestSDJWT(t *testing.T) {
	h := holder(t, key.ES256)
	text, err := sdjwt.Issue(sdjwt.Draft{
		Header: map[string]any{"alg": "ES256"},
		Claims: map[string]any{"vct": "x", "name": sdjwt.Hidden{Value: "Maya"}, "born": sdjwt.Hidden{Value: "2003"}, "cnf": map[string]any{"jwk": h.JWK()}},
	}, rand.NewChaCha8([32]byte{}), h)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sdjwt.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	out, err := SDJWT(s, []string{"/name"}, to, h)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sdjwt.Parse(string(out))
	if err != nil || len(got.Disclosures) != 1 || got.Disclosures[0].Path != "/name" {
		t.Fatal(err, got)
	}
	b, err := got.Binding()
	if err != nil || !got.HashHolds(b) || got.KB.Verify(h.Key()) != nil {
		t.Fatal(err)
	}
	want := sdjwt.Binding{Typ: "kb+jwt", Audience: to.Audience, Nonce: to.Nonce, Purpose: to.Purpose, Hash: b.Hash, IssuedAt: to.Made, Expires: to.Until}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if out, err := SDJWT(s, nil, to, nil); err != nil || !bytes.HasSuffix(out, []byte("~")) {
		t.Errorf("unbound: %s, %v", out, err)
	}
	if _, err := SDJWT(s, []string{"/vct"}, to, h); !errors.Is(err, sdjwt.ErrPath) {
		t.Errorf("a line that can't be chosen: %v", err)
	}
}

func TestJWT(t *testing.T) {
	for _, alg := range []string{key.EdDSA, key.ES256} {
		t.Run(alg, func(t *testing.T) {
			h := holder(t, alg)
			inner, err := jose.Sign(map[string]any{"alg": alg, "typ": "vc+jwt"}, []byte(odd), h)
			if err != nil {
				t.Fatal(err)
			}
			older, err := jose.Sign(map[string]any{"alg": alg, "typ": "JWT"}, []byte(`{"vc":{}}`), h)
			if err != nil {
				t.Fatal(err)
			}
			out, err := JWT([]Part{{Sealed: []byte(inner), Subject: h.DIDs()[1]}, {Sealed: []byte(older)}, {Sealed: []byte(odd)}}, to, h)
			if err != nil {
				t.Fatal(err)
			}
			token, err := jose.Parse(string(out))
			if err != nil || token.Verify(h.Key()) != nil {
				t.Fatal(err)
			}
			if token.Typ != "vp+jwt" || token.Kid != h.DIDs()[1]+"#0" {
				t.Errorf("typ %s, kid %s", token.Typ, token.Kid)
			}
			got, err := strict.Object(token.Payload)
			if err != nil {
				t.Fatal(err)
			}
			v2 := "https://www.w3.org/ns/credentials/v2"
			doc, err := strict.Object([]byte(odd))
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]any{
				"@context": []any{v2}, "type": []any{"VerifiablePresentation"}, "holder": h.DIDs()[1], "iss": h.DIDs()[1],
				"aud": to.Audience, "nonce": to.Nonce, "iat": json.Number("1795338000"), "exp": json.Number("1795942800"), "description": to.Purpose,
				"verifiableCredential": []any{
					map[string]any{"@context": v2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + inner},
					map[string]any{"@context": v2, "type": "EnvelopedVerifiableCredential", "id": "data:application/jwt," + older},
					doc,
				},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLDP(t *testing.T) {
	for alg, suite := range map[string]string{key.EdDSA: "eddsa-rdfc-2022", key.ES256: "ecdsa-rdfc-2019"} {
		t.Run(alg, func(t *testing.T) {
			h := holder(t, alg)
			out, err := LDP(context.Background(), []Part{{Sealed: []byte(odd)}}, to, h)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := strict.Object(out)
			if err != nil {
				t.Fatal(err)
			}
			sealed := doc["proof"].(map[string]any)
			bare, err := proof.Document(doc, sealed)
			if err != nil {
				t.Fatal(err)
			}
			s, _ := proof.Lookup(suite)
			if err := proof.Verify(context.Background(), s, bare, sealed, h.Key()); err != nil {
				t.Error(err)
			}
			for name, want := range map[string]string{
				"domain": to.Audience, "challenge": to.Nonce, "created": "2026-11-22T09:00:00Z", "expires": "2026-11-29T09:00:00Z",
				"proofPurpose": "authentication", "cryptosuite": suite, "verificationMethod": h.DID() + "#" + strings.TrimPrefix(h.DID(), "did:key:"),
			} {
				if sealed[name] != want {
					t.Errorf("%s is %v, want %s", name, sealed[name], want)
				}
				broken := map[string]any{}
				for k, v := range sealed {
					broken[k] = v
				}
				broken[name] = want + "x"
				if proof.Verify(context.Background(), s, bare, broken, h.Key()) == nil {
					t.Errorf("%s can be changed", name)
				}
			}
			var members map[string]json.RawMessage
			var compact bytes.Buffer
			if json.Unmarshal(out, &members) != nil || json.Compact(&compact, []byte(odd)) != nil {
				t.Fatal("not JSON")
			}
			if got := string(members["verifiableCredential"]); got != "["+compact.String()+"]" {
				t.Errorf("the credential was re-encoded:\n%s", got)
			}
		})
	}
}

func TestLDPRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		credential string
		want       error
	}{
		"a word no context has": {strings.Replace(odd, `"name"`, `"nickname"`, 1), proof.ErrLossy},
		"no JSON":               {odd[:40], nil},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := LDP(context.Background(), []Part{{Sealed: []byte(c.credential)}}, to, holder(t, key.EdDSA))
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("got %s, %v", out, err)
			}
		})
	}
}

func BenchmarkLDP(b *testing.B) {
	h := holder(b, key.EdDSA)
	for b.Loop() {
		if _, err := LDP(context.Background(), []Part{{Sealed: []byte(odd)}}, to, h); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJWT(b *testing.B) {
	h := holder(b, key.EdDSA)
	for b.Loop() {
		if _, err := JWT([]Part{{Sealed: []byte(odd)}}, to, h); err != nil {
			b.Fatal(err)
		}
	}
}
