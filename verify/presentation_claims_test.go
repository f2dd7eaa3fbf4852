package verify_test

import (
	"context"
	"crypto"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/sdjwt"
)

// asEmployer judges one thing that is shown, for an employer who asked for it.
func asEmployer(t *testing.T, raw []byte, trusted string) check.Report {
	t.Helper()
	p, err := verify.ReadPresentation(raw)
	if err != nil {
		t.Fatal(err)
	}
	v := verify.Verifier{Now: func() time.Time { return now }, Issuers: []verify.Trusted{{ID: trusted}}}
	reports := v.VerifyPresentation(context.Background(), p, verify.Expect{Audience: hotel, Nonce: "n-1"}, nil)
	if len(reports) != 1 {
		t.Fatalf("%d reports", len(reports))
	}
	return reports[0]
}

// changed copies claims; one that is changed to nil is taken out.
func changed(claims, change object) object {
	out := maps.Clone(claims)
	maps.Copy(out, change)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// The claims of a key binding: each that RFC 9901, section 4.3, wants has to be
// there, and a date that can't be read, or has not come, is not passed over.
func TestClaimsOfKeyBinding(t *testing.T) {
	college, maya := throwAway("college"), throwAway("maya")
	shown := must(must(sdjwt.Parse(issued(college, maya))).Present([]string{"/given_name"}))
	whole := object{"iat": now.Unix(), "aud": hotel, "nonce": "n-1", "sd_hash": must(sdjwt.Digest(shown, "sha-256"))}
	const good, malformed = "binding.holder", "binding.malformed"
	cases := []struct {
		name           string
		change, header object
		verdict        check.Verdict
		binding        string
	}{
		{"whole", nil, nil, check.Verified, good},
		{"no date", object{"iat": nil}, nil, check.Problem, malformed},
		{"for nobody", object{"aud": nil}, nil, check.Problem, malformed},
		{"to no request", object{"nonce": nil}, nil, check.Problem, malformed},
		{"over nothing", object{"sd_hash": nil}, nil, check.Problem, malformed},
		{"an end that is a text", object{"exp": "5"}, nil, check.Problem, malformed},
		{"an end at the start of 1970", object{"exp": 0}, nil, check.Expired, good},
		{"good already", object{"nbf": now.Unix()}, nil, check.Verified, good},
		{"good from tomorrow", object{"nbf": now.AddDate(0, 0, 1).Unix()}, nil, check.NotYetValid, good},
		{"a start that is a text", object{"nbf": "5"}, nil, check.Problem, malformed},
		{"an extension that is demanded", nil, object{"crit": []any{"x"}, "x": 1}, check.NotFullyChecked, "binding.unsupported"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			header := changed(object{"alg": "EdDSA", "typ": "kb+jwt"}, c.header)
			matches(t, "shown", asEmployer(t, append([]byte(shown), signedAnyway(header, text(changed(whole, c.change)))...), didOf(college)),
				want{c.verdict, map[string]string{check.Binding: c.binding}})
		})
	}
}

// signedAnyway is a token of maya's that package jose would not make.
func signedAnyway(header object, payload []byte) []byte {
	head := jose.Encode64(text(header)) + "." + jose.Encode64(payload)
	return []byte(head + "." + jose.Encode64(must(throwAway("maya").Sign(nil, []byte(head), crypto.Hash(0)))))
}

// How a credential may name the key of its holder (RFC 7800, section 3).
func TestWaysToNameTheHoldersKey(t *testing.T) {
	college, maya, noah := throwAway("college"), throwAway("maya"), throwAway("noah")
	cases := []struct {
		name    string
		cnf     any
		verdict check.Verdict
		binding string
	}{
		{"the key", object{"jwk": jose.Key{Public: maya.Public()}.JWK()}, check.Verified, "binding.holder"},
		{"a DID's method", object{"kid": method(maya)}, check.Verified, "binding.holder"},
		{"a DID", object{"kid": didOf(maya)}, check.Verified, "binding.holder"},
		{"another's DID", object{"kid": didOf(noah)}, check.Problem, "binding.other-key"},
		{"a name", object{"kid": "maya-1"}, check.NotFullyChecked, "binding.unsupported"},
		{"a thumbprint", object{"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}, check.NotFullyChecked, "binding.unsupported"},
		{"a kind of key to come", object{"jwk": object{"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}}, check.NotFullyChecked, "binding.unsupported"},
		{"not at all", nil, check.Problem, "binding.no-key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			card := changed(object{"iss": didOf(college), "vct": "https://alpine.example/award"}, object{"cnf": c.cnf})
			sd := string(token(card, object{"typ": "dc+sd-jwt", "kid": method(college)}, college)) + "~"
			shown := must(sdjwt.Bind(sd, sdjwt.Binding{Audience: hotel, Nonce: "n-1", IssuedAt: now}, object{"alg": "EdDSA"}, maya))
			matches(t, "shown", asEmployer(t, []byte(shown), didOf(college)), want{c.verdict, map[string]string{check.Binding: c.binding}})
		})
	}
}

// The claims of a presentation that is a token (RFC 7519, section 4.1), in both ways
// of writing it.
func TestClaimsOfPresentation(t *testing.T) {
	college, maya := throwAway("college"), throwAway("maya")
	inside := string(token(claims(badge(didOf(college), func(d object) { d["credentialSubject"].(object)["id"] = didOf(maya) }), nil), object{"kid": method(college)}, college))
	const good, malformed = "binding.holder", "binding.malformed"
	cases := []struct {
		name    string
		change  object
		verdict check.Verdict
		binding string
	}{
		{"whole", nil, check.Verified, good},
		{"without an end", object{"exp": nil}, check.Verified, good},
		{"an end that is a text", object{"exp": "1"}, check.Problem, malformed},
		{"an end that is a list", object{"exp": []any{1}}, check.Problem, malformed},
		{"an end at the start of 1970", object{"exp": 0}, check.Expired, good},
		{"an end before 1970", object{"exp": -1}, check.Expired, good},
		{"good from tomorrow", object{"nbf": now.AddDate(0, 0, 1).Unix()}, check.NotYetValid, good},
		{"a start that is a text", object{"nbf": "1"}, check.Problem, malformed},
		{"made by a number", object{"iss": 7}, check.Problem, malformed},
		{"for a number", object{"aud": 7}, check.Problem, malformed},
		{"for a number among others", object{"aud": []any{hotel, 7}}, check.Problem, malformed},
	}
	for _, c := range cases {
		whole := object{"iss": didOf(maya), "aud": hotel, "nonce": "n-1", "iat": now.Unix(), "exp": json.Number("1780920000")}
		v2 := object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": didOf(maya), "verifiableCredential": []any{inside}}
		v1 := object{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": []any{inside}}
		maps.Copy(v2, whole)
		for name, payload := range map[string]object{"1.1": changed(whole, object{"vp": v1}), "2.0": v2} {
			t.Run(strings.Join([]string{c.name, name}, " "), func(t *testing.T) {
				raw := token(changed(payload, c.change), object{"kid": method(maya)}, maya)
				matches(t, "shown", asEmployer(t, raw, didOf(college)), want{c.verdict, map[string]string{check.Binding: c.binding}})
			})
		}
	}
}
