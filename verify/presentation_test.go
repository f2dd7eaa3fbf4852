package verify_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
)

const hotel = "Hotel Bellevue"

// issued is an SD-JWT VC by the college for maya's key.
func issued(college, maya crypto.Signer) string {
	return must(sdjwt.Issue(sdjwt.Draft{
		Header: object{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": method(college)},
		Claims: object{
			"iss": didOf(college), "vct": "https://alpine.example/award", "iat": 1767225600,
			"cnf":        object{"jwk": jose.Key{Public: maya.Public()}.JWK()},
			"award":      "Food Safety Level 2",
			"given_name": sdjwt.Hidden{Value: "Maya"},
			"grade":      sdjwt.Hidden{Value: "Merit"},
		},
	}, rand.Reader, college))
}

// bound shows given_name only, for the hotel.
func bound(sd string, b sdjwt.Binding, k crypto.Signer) []byte {
	shown := must(must(sdjwt.Parse(sd)).Present([]string{"/given_name"}))
	if b.IssuedAt.IsZero() {
		b.IssuedAt = now
	}
	return []byte(must(sdjwt.Bind(shown, b, object{"alg": "EdDSA"}, k)))
}

// around puts a badge into a presentation that the holder seals.
func around(holder crypto.Signer, badge object, options object) object {
	return seal(object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"},
		"holder": didOf(holder), "description": "Job application", "verifiableCredential": []any{badge},
	}, "eddsa-rdfc-2022", holder, options)
}

func TestVerifyPresentation(t *testing.T) {
	college, maya, noah := throwAway("college"), throwAway("maya"), throwAway("noah")
	sd := issued(college, maya)
	to := sdjwt.Binding{Audience: hotel, Nonce: "n-1", Purpose: "Job application", Expires: now.AddDate(0, 0, 7)}
	mayas := seal(badge(didOf(college), func(d object) { d["credentialSubject"].(object)["id"] = didOf(maya) }), "eddsa-rdfc-2022", college, nil)
	signed := object{"proofPurpose": "authentication", "domain": hotel, "challenge": "n-1", "created": "2026-06-01T11:00:00Z", "expires": "2026-06-08T12:00:00Z"}
	vpToken := func(k crypto.Signer, inside []byte) []byte {
		data := "data:application/vc+jwt," + string(inside)
		return token(object{
			"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": didOf(k),
			"iss": didOf(k), "aud": hotel, "nonce": "n-1", "iat": now.Unix(), "exp": now.AddDate(0, 0, 7).Unix(),
			"verifiableCredential": []any{object{"@context": "https://www.w3.org/ns/credentials/v2", "id": data, "type": "EnvelopedVerifiableCredential"}},
		}, object{"typ": "vp+jwt", "kid": method(k)}, k)
	}
	jwt := token(claims(badge(didOf(college), func(d object) { d["credentialSubject"].(object)["id"] = didOf(maya) }), nil), object{"kid": method(college)}, college)
	parts := strings.Split(string(bound(sd, to, maya)), "~")
	swapped := strings.Join(append(slices.Clone(parts[:1]), parts[len(parts)-1]), "~") // the disclosure is gone, the binding stays
	asked := verify.Expect{Audience: hotel, Nonce: "n-1"}

	cases := []struct {
		name   string
		raw    []byte
		expect verify.Expect
		now    time.Time
		want   want
	}{
		{"SD-JWT for you, now, by its holder", bound(sd, to, maya), asked, now, want{check.Verified, map[string]string{"binding": "binding.holder", "audience": "audience.you", "fresh": "fresh.until", "disclosure": "disclosure.shown"}}},
		{"nobody says for whom it should be", bound(sd, to, maya), verify.Expect{}, now, want{check.Verified, map[string]string{"audience": "audience.not-compared"}}},
		{"signed by another key", bound(sd, to, noah), asked, now, want{check.Problem, map[string]string{"binding": "binding.other-key"}}},
		{"made for somebody else", bound(sd, sdjwt.Binding{Audience: "Hotel Astoria", Nonce: "n-1"}, maya), asked, now, want{check.Problem, map[string]string{"audience": "audience.other"}}},
		{"made for somebody whose name ends like yours", bound(sd, sdjwt.Binding{Audience: "Quiz of the Week, " + hotel, Nonce: "n-1"}, maya), asked, now, want{check.Problem, map[string]string{"audience": "audience.other"}}},
		{"sealed for several, you among them", text(around(maya, mayas, object{"proofPurpose": "authentication", "domain": []any{"Hotel Astoria", hotel}, "challenge": "n-1"})), asked, now, want{check.Verified, map[string]string{"audience": "audience.you"}}},
		{"answer to another request", bound(sd, sdjwt.Binding{Audience: hotel, Nonce: "n-2"}, maya), asked, now, want{check.Problem, map[string]string{"fresh": "fresh.other-nonce"}}},
		{"a disclosure taken out afterwards", []byte(swapped), asked, now, want{check.Problem, map[string]string{"binding": "binding.other-content"}}},
		{"no binding at all", []byte(sd), verify.Expect{}, now, want{check.NotFullyChecked, map[string]string{"binding": "binding.missing"}}},
		{"no binding though one was asked for", []byte(sd), asked, now, want{check.Problem, map[string]string{"fresh": "fresh.other-nonce"}}},
		{"on its last second", bound(sd, to, maya), asked, to.Expires.Add(-time.Second), want{check.Verified, nil}},
		{"past its end", bound(sd, to, maya), asked, to.Expires, want{check.Expired, map[string]string{"fresh": check.ReasonStale}}},
		{"made a day ahead", bound(sd, to, maya), asked, now.AddDate(0, 0, -1), want{check.Problem, map[string]string{"fresh": "fresh.from-future"}}},
		{"without an end, two months old", bound(sd, sdjwt.Binding{Audience: hotel, Nonce: "n-1"}, maya), asked, now.AddDate(0, 2, 0), want{check.Verified, map[string]string{"fresh": "fresh.old"}}},
		{"sealed around, by its holder", text(around(maya, mayas, signed)), asked, now, want{check.Verified, map[string]string{"binding": "binding.holder", "audience": "audience.you", "fresh": "fresh.until", "disclosure": "disclosure.whole"}}},
		{"sealed around by somebody else", text(around(noah, mayas, signed)), asked, now, want{check.NotFullyChecked, map[string]string{"binding": "binding.other-person"}}},
		{"sealed around, one letter changed", []byte(strings.Replace(string(text(around(maya, mayas, signed))), "Job application", "Job applicatiom", 1)), asked, now, want{check.Problem, map[string]string{"binding": "binding.broken"}}},
		{"sealed around for making claims", text(around(maya, mayas, object{"domain": hotel, "challenge": "n-1"})), asked, now, want{check.NotFullyChecked, map[string]string{"binding": "binding.other-purpose"}}},
		{"around, signed by nobody", text(unsealed(around(maya, mayas, signed))), verify.Expect{}, now, want{check.Unsigned, map[string]string{"binding": "binding.unsigned"}}},
		{"sealed around, past its end", text(around(maya, mayas, signed)), asked, must(time.Parse(time.RFC3339, "2026-06-08T12:00:00Z")), want{check.Expired, nil}},
		{"token around a token", vpToken(maya, jwt), asked, now, want{check.Verified, map[string]string{"binding": "binding.holder", "audience": "audience.you"}}},
		{"token around, made by somebody else", vpToken(noah, jwt), asked, now, want{check.NotFullyChecked, map[string]string{"binding": "binding.other-person"}}},
		{"token around, one bit changed", breakToken(vpToken(maya, jwt)), asked, now, want{check.Problem, map[string]string{"binding": "binding.broken"}}},
		{"a bare badge", text(mayas), verify.Expect{}, now, want{check.Verified, map[string]string{"binding": "binding.none", "audience": "audience.nobody", "fresh": "fresh.not-signed"}}},
		{"a bare badge though a proof was asked for", text(mayas), asked, now, want{check.Problem, nil}},
		{"the holder's own base proof", basic(mayas), verify.Expect{}, now, want{check.Problem, map[string]string{"disclosure": "disclosure.base-proof"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := verify.Verifier{Now: func() time.Time { return c.now }, Issuers: []verify.Trusted{{ID: didOf(college), Name: "Alpine College"}}}
			p, err := verify.ReadPresentation(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			reports := v.VerifyPresentation(context.Background(), p, c.expect, nil)
			if len(reports) != 1 {
				t.Fatalf("%d reports", len(reports))
			}
			r := reports[0]
			if r.Verdict() != c.want.verdict {
				t.Errorf("verdict %s, want %s\n%s", r.Verdict(), c.want.verdict, text(r.Checks))
			}
			for id, reason := range c.want.rows {
				if rows := r.Rows(id); len(rows) != 1 || rows[0].Reason != reason {
					t.Errorf("row %s: %s, want %s", id, text(rows), reason)
				}
			}
		})
	}
}

// unsealed takes the seal off.
func unsealed(doc object) object { delete(doc, "proof"); return doc }

// breakToken changes one bit of a token's signature.
func breakToken(b []byte) []byte {
	i := strings.LastIndexByte(string(b), '.')
	sig := must(base64.RawURLEncoding.DecodeString(string(b[i+1:])))
	sig[3] ^= 4
	return append(slices.Clone(b[:i+1]), base64.RawURLEncoding.EncodeToString(sig)...)
}

// basic gives a badge the head of a base proof of ecdsa-sd-2023.
func basic(doc object) []byte {
	d := must(strict.Object(text(doc)))
	p := d["proof"].(object)
	p["cryptosuite"], p["proofValue"] = "ecdsa-sd-2023", "u"+base64.RawURLEncoding.EncodeToString([]byte("\xd9\x5d\x00\x85"))
	return text(d)
}

func TestPresentationSaysWhatItIs(t *testing.T) {
	college, maya := throwAway("college"), throwAway("maya")
	until := now.AddDate(0, 0, 7)
	raw := bound(issued(college, maya), sdjwt.Binding{Audience: hotel, Nonce: "n-1", Purpose: "Job application", Expires: until}, maya)
	p := must(verify.ReadPresentation(raw))
	if p.Form != "sd-jwt+kb" || p.Audience != hotel || p.Nonce != "n-1" || p.Purpose != "Job application" || !p.Until.Equal(until) || !p.Issued.Equal(now) {
		t.Errorf("read as %+v", p)
	}
	if p.Holder != (jose.Key{Public: maya.Public()}).Thumbprint() {
		t.Errorf("holder %s", p.Holder)
	}
	shown := p.Credentials[0].Doc
	if shown["given_name"] != "Maya" || shown["grade"] != nil {
		t.Errorf("shown: %s", text(shown))
	}
	if _, err := json.Marshal(shown); err != nil {
		t.Error(err)
	}
}

func FuzzReadPresentation(f *testing.F) {
	college, maya := throwAway("college"), throwAway("maya")
	f.Add(bound(issued(college, maya), sdjwt.Binding{Audience: hotel, Nonce: "n-1"}, maya))
	f.Add(text(around(maya, seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil), object{"proofPurpose": "authentication"})))
	v := verify.Verifier{Now: func() time.Time { return now }}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := verify.ReadPresentation(raw)
		if err != nil {
			return
		}
		if got := v.VerifyPresentation(context.Background(), p, verify.Expect{}, nil); len(got) != len(p.Credentials) {
			t.Fatalf("%d reports for %d credentials", len(got), len(p.Credentials))
		}
	})
}
