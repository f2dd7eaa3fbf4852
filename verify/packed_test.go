package verify_test

import (
	"bytes"
	"compress/flate"
	"crypto/ed25519"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestPackedBadge: a badge that was packed for a QR code means what it meant, so
// its proof still holds, and one letter changed still breaks it.
func TestPackedBadge(t *testing.T) {
	college := throwAway("college")
	for name, c := range map[string]struct {
		edit   func(object)
		reason string
	}{
		"as it was":          {func(object) {}, "signature.holds"},
		"one letter changed": {func(d object) { achievement(d)["name"] = "Food Safety Level 3" }, "signature.broken"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil)
			c.edit(doc)
			packed := testkit.CBOR(t, cbor.Tag{Number: 0xcb1d, Content: []any{0, doc}})
			code := "VP1-B" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(packed)
			for _, raw := range []string{string(packed), code} {
				found := must(verify.Read([]byte(raw)))
				if r := judge(t, []byte(raw), nil); len(found) != 1 || found[0].Form != "cbor-ld+json" || r.Rows(check.Signature)[0].Reason != c.reason {
					t.Errorf("%s: %+v", found[0].Form, r.Rows(check.Signature))
				}
			}
		})
	}
}

// TestCardOfDigits: a token in the digits of a QR code, packed before it was
// signed, is judged as any token is.
func TestCardOfDigits(t *testing.T) {
	college := throwAway("college")
	payload := text(claims(badge(didOf(college), nil), nil))
	var packed bytes.Buffer
	w := must(flate.NewWriter(&packed, flate.BestCompression))
	must(w.Write(payload))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	e := base64.RawURLEncoding
	signed := e.EncodeToString(text(object{"alg": "EdDSA", "zip": "DEF", "kid": method(college)})) + "." + e.EncodeToString(packed.Bytes())
	signature := ed25519.Sign(college, []byte(signed))
	for _, c := range []struct {
		name    string
		flip    byte
		verdict check.Verdict
	}{
		{"as signed", 0, check.UnrecognisedIssuer},
		{"one bit changed", 1, check.Problem},
	} {
		t.Run(c.name, func(t *testing.T) {
			sig := bytes.Clone(signature)
			sig[0] ^= c.flip
			var digits strings.Builder
			for _, letter := range []byte(signed + "." + e.EncodeToString(sig)) {
				fmt.Fprintf(&digits, "%02d", letter-45)
			}
			r := judge(t, []byte("shc:/"+digits.String()), nil)
			if r.Verdict() != c.verdict {
				t.Errorf("verdict %v, want %v: %+v", r.Verdict(), c.verdict, r.Checks)
			}
		})
	}
}

// TestCorpusPackedPresentation: another wallet's presentation in a QR code. The
// proof of the badge in it holds over what was unpacked.
func TestCorpusPackedPresentation(t *testing.T) {
	p := must(verify.ReadPresentation(testkit.File(t, "vpqr", "learncard__vp1-539638.txt")))
	v := &verify.Verifier{Now: func() time.Time { return now }}
	r := v.VerifyPresentation(t.Context(), p, verify.Expect{}, nil)
	if len(r) != 1 || r[0].Rows(check.Signature)[0].Reason != "signature.holds" || r[0].Rows(check.Key)[0].Reason != "key.own" {
		t.Errorf("%+v", r)
	}
}
