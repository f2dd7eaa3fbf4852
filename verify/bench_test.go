package verify_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
)

// BenchmarkVerify opens and judges one badge of each proof family, with every
// check on and offline, as adding it does.
func BenchmarkVerify(b *testing.B) {
	college := throwAway("college")
	seed := sha256.Sum256([]byte("cairn bench"))
	p256 := must(ecdsa.ParseRawPrivateKey(elliptic.P256(), seed[:]))
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	jwt := func(alg string, k crypto.Signer, issuer string, header object) []byte {
		header["alg"] = alg
		return token(claims(badge(issuer, nil), nil), header, k)
	}
	families := []struct {
		name    string
		raw     []byte
		vouched []jose.Key
	}{
		{"eddsa-rdfc-2022", text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil)), nil},
		{"Ed25519Signature2020", text(seal(badge(didOf(college), older), "Ed25519Signature2020", college, nil)), nil},
		{"ecdsa-rdfc-2019", text(seal(badge(didOf(p256), nil), "ecdsa-rdfc-2019", p256, nil)), nil},
		{"jwt EdDSA", jwt("EdDSA", college, didOf(college), object{"kid": method(college)}), nil},
		{"jwt ES256", jwt("ES256", p256, didOf(p256), object{"kid": method(p256)}), nil},
		{"jwt RS256", jwt("RS256", rsaKey, "https://alpine.example/issuer", object{}), []jose.Key{{Public: rsaKey.Public()}}},
		{"sd-jwt", []byte(issued(college, throwAway("maya"))), nil},
	}
	for _, f := range families {
		b.Run(f.name, func(b *testing.B) {
			v := verify.Verifier{Now: func() time.Time { return now }, Vouched: f.vouched}
			for b.Loop() {
				r := v.Verify(context.Background(), must(verify.Read(f.raw))[0], nil)
				if got := r.Verdict(); got == check.Problem || got == check.NotFullyChecked {
					b.Fatalf("verdict %s", got)
				}
			}
		})
	}
}

// BenchmarkRecord opens and judges learner records of 10 and 200 badges, each of a
// realistic size and with a proof of its own. What 200 cost is to be a small multiple
// of what 10 cost beyond their number, and -cpu 1,2 shows what a second core saves.
func BenchmarkRecord(b *testing.B) {
	for _, n := range []int{10, 200} {
		raw := text(recordOf(college(), full(n)...))
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			v := verify.Verifier{Now: func() time.Time { return now }}
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				r := v.Verify(context.Background(), must(verify.Read(raw))[0], nil)
				if got := r.Verdict(); got == check.Problem || len(r.Parts) != n {
					b.Fatalf("verdict %s, %d parts", got, len(r.Parts))
				}
			}
		})
	}
}

// full makes n sealed badges of about 5 KB: skills, a rubric, allowed values, results
// and evidence.
func full(n int) []any {
	k := throwAway("college")
	var out []any
	for i := range n {
		out = append(out, seal(badge(didOf(k), func(d object) {
			d["id"] = fmt.Sprintf("urn:uuid:full-%d", i)
			d["evidence"] = []any{
				object{"id": fmt.Sprintf("https://alpine.example/evidence/%d", i), "type": []any{"Evidence"}, "name": "Log of a shift", "narrative": strings.Repeat("What was done, and how it went. ", 12)},
				object{"type": []any{"Evidence"}, "name": "Photograph", "genre": "Photograph"},
			}
			a := achievement(d)
			a["id"] = fmt.Sprintf("urn:uuid:achievement-%d", i)
			var skills []any
			for _, code := range []string{"F1", "F2", "F3"} {
				skills = append(skills, object{
					"type": []any{"Alignment"}, "targetCode": code, "targetName": "Food safety " + code, "targetUrl": "https://frame.example/" + code,
					"targetDescription": strings.Repeat("Plans, carries out and explains it. ", 10), "targetFramework": "Frame",
				})
			}
			a["alignment"] = skills
			a["resultDescription"] = []any{object{
				"id": fmt.Sprintf("urn:uuid:result-%d", i), "type": []any{"ResultDescription"}, "name": "Grade", "resultType": "LetterGrade",
				"allowedValue": []any{"A", "B", "C", "C", "C", "F"},
			}}
			d["credentialSubject"].(object)["result"] = []any{object{"type": []any{"Result"}, "resultDescription": fmt.Sprintf("urn:uuid:result-%d", i), "value": "A"}}
		}), "eddsa-rdfc-2022", k, nil))
	}
	return out
}
