package verify_test

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// The labels of COSE headers that the tests write.
const (
	coseAlg = int64(1)
	coseKid = int64(4)
	coseCWT = int64(15)
	coseTyp = int64(16)
)

// inCOSE seals a badge as application/vc+cose.
func inCOSE(t testing.TB, doc object, k crypto.Signer, more map[any]any) []byte {
	header := map[any]any{coseTyp: "application/vc+cose", coseKid: []byte(method(k))}
	for label, v := range more {
		header[label] = v
	}
	return testkit.Sign1(t, k, header, nil, text(doc))
}

func TestCOSE(t *testing.T) {
	college, other := throwAway("college"), throwAway("other")
	issuer := didOf(college)
	good := inCOSE(t, badge(issuer, nil), college, nil)
	until := func(s string) map[any]any {
		return map[any]any{coseCWT: map[any]any{int64(4): must(time.Parse(time.RFC3339, s)).Unix()}}
	}
	cases := []struct {
		name string
		raw  []byte
		want want
	}{
		{"good", good, want{check.UnrecognisedIssuer, map[string]string{"signature": "signature.holds", "key": "key.own", "terms": "terms.whole"}}},
		{"one letter changed", bytes.Replace(good, []byte("Level 2"), []byte("Level 3"), 1), want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"signed by another", inCOSE(t, badge(issuer, nil), other, map[any]any{coseKid: []byte(method(college))}), want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"signed by another who says so", inCOSE(t, badge(issuer, nil), other, nil), want{check.Problem, map[string]string{"key": "key.not-listed"}}},
		{"an algorithm nobody knows", inCOSE(t, badge(issuer, nil), college, map[any]any{coseAlg: int64(-65000)}), want{check.NotFullyChecked, map[string]string{"signature": "signature.alg-unsupported"}}},
		{"an algorithm of another key", inCOSE(t, badge(issuer, nil), college, map[any]any{coseAlg: int64(-7)}), want{check.Problem, map[string]string{"signature": "signature.alg-mismatch"}}},
		{"it demands something", inCOSE(t, badge(issuer, nil), college, map[any]any{int64(2): []any{"x"}, "x": true}), want{check.NotFullyChecked, map[string]string{"signature": "signature.extension-unsupported"}}},
		{"the seal is good for a day more", inCOSE(t, badge(issuer, nil), college, until("2026-06-02T12:00:00Z")), want{check.UnrecognisedIssuer, map[string]string{"signature": "signature.holds"}}},
		{"the seal ended", inCOSE(t, badge(issuer, nil), college, until("2026-06-01T12:00:00Z")), want{check.Expired, map[string]string{"signature": "signature.holds"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := must(verify.Read(c.raw))
			r := (&verify.Verifier{Now: func() time.Time { return now }, Get: fetch.Offline{}}).Verify(t.Context(), found[0], nil)
			if len(found) != 1 || found[0].Form != "cose" || found[0].Kind != "ob3" {
				t.Fatalf("%+v", found)
			}
			if r.Verdict() != c.want.verdict {
				t.Errorf("verdict %v, want %v: %+v", r.Verdict(), c.want.verdict, r.Checks)
			}
			for id, reason := range c.want.rows {
				if rows := r.Rows(id); len(rows) != 1 || rows[0].Reason != reason {
					t.Errorf("%s: %+v, want %s", id, rows, reason)
				}
			}
		})
	}
}

func TestCOSEPresentation(t *testing.T) {
	college, maya, thief := throwAway("college"), throwAway("maya"), throwAway("thief")
	doc := badge(didOf(college), func(d object) { d["credentialSubject"].(object)["id"] = didOf(maya) })
	shown := object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": "urn:uuid:1", "type": []any{"VerifiablePresentation"}, "holder": didOf(maya),
		"verifiableCredential": []any{object{
			"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
			"id": "data:application/vc+cose;base64," + base64.StdEncoding.EncodeToString(inCOSE(t, doc, college, nil)),
		}},
	}
	document := map[string]string{didOf(maya): "maya", didOf(thief): "thief"}
	sign := func(k crypto.Signer, aud string) []byte {
		return testkit.Sign1(t, k, map[any]any{
			coseTyp: "application/vp+cose", coseKid: []byte(method(k)),
			coseCWT: map[any]any{int64(3): aud, int64(6): now.Unix(), int64(10): []byte("n-1")},
		}, nil, text(shown))
	}
	for _, c := range []struct {
		name              string
		raw               []byte
		binding, audience string
	}{
		{"by its holder", sign(maya, "https://employer.example"), "binding.holder", "audience.you"},
		{"for somebody else", sign(maya, "https://other.example"), "binding.holder", "audience.other"},
		{"by a thief", sign(thief, "https://employer.example"), "binding.other-key", "audience.you"},
		{"one letter changed", bytes.Replace(sign(maya, "https://employer.example"), []byte("urn:uuid:1"), []byte("urn:uuid:2"), 1), "binding.broken", "audience.you"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := must(verify.ReadPresentation(c.raw))
			if p.Form != "vp+cose" || p.Nonce != "n-1" || len(p.Credentials) != 1 || document[p.Holder] != "maya" {
				t.Fatalf("%+v", p)
			}
			v := &verify.Verifier{Now: func() time.Time { return now }}
			r := v.VerifyPresentation(t.Context(), p, verify.Expect{Audience: "https://employer.example", Nonce: "n-1"}, nil)[0]
			if got := r.Rows(check.Binding)[0].Reason; got != c.binding {
				t.Errorf("binding %s, want %s", got, c.binding)
			}
			if got := r.Rows(check.Audience)[0].Reason; got != c.audience {
				t.Errorf("audience %s, want %s", got, c.audience)
			}
		})
	}
}
