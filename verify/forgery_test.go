package verify_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// rewrite writes a sealed document anew. Its proof stays, so the statements must.
func rewrite(doc object, edit func(object)) []byte {
	out := must(strict.Object(text(doc)))
	edit(out)
	return text(out)
}

func achievement(d object) object {
	return d["credentialSubject"].(object)["achievement"].(object)
}

// judge reads one credential and judges it for somebody who trusts all issuers
// named.
func judge(t *testing.T, raw []byte, get fetch.Getter, trusted ...string) check.Report {
	t.Helper()
	found, err := verify.Read(raw)
	if err != nil || len(found) != 1 {
		t.Fatalf("read: %d found, %v", len(found), err)
	}
	v := verify.Verifier{Now: func() time.Time { return now }, Get: get}
	for _, id := range trusted {
		v.Issuers = append(v.Issuers, verify.Trusted{ID: id})
	}
	return v.Verify(context.Background(), found[0], nil)
}

// The same statements in other words: the proof holds, and yet what a person
// reads, or what a check looks up, is not what was signed.
func TestOtherWordsForWhatWasSigned(t *testing.T) {
	college := throwAway("college")
	const list = "https://alpine.example/revoked.json"
	inline := func(doc object, terms object) {
		doc["@context"] = append(doc["@context"].([]any), terms)
	}
	// An older context of Open Badges, whose terms are not protected.
	open := func(d object) {
		d["@context"] = []any{"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"}
		d["issuanceDate"], d["expirationDate"] = d["validFrom"], d["validUntil"]
		for _, name := range []string{"validFrom", "validUntil", "name"} {
			delete(d, name)
		}
		d["issuer"].(object)["type"] = "Profile"
		older(d)
	}
	listed := func(d object) {
		d["@context"] = append(d["@context"].([]any), "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
		d["id"] = "https://alpine.example/badges/1"
		d["credentialStatus"] = object{"id": list, "type": "1EdTechRevocationList"}
	}
	own := func(terms object, edit func(s object)) func(d object) {
		return func(d object) {
			inline(d, terms)
			edit(d["credentialSubject"].(object))
		}
	}
	web := web(list, `{"id":"`+list+`","revokedCredential":[{"id":"https://alpine.example/badges/1"}]}`)
	cases := []struct {
		name    string
		suite   string
		made    func(object)
		written func(object)
		want    check.Verdict // of what was made
	}{
		{"name and description change places", "Ed25519Signature2020", open, func(d object) {
			xsd := "https://www.w3.org/2001/XMLSchema#string"
			inline(d, object{
				"name":        object{"@id": "https://schema.org/description", "@type": xsd},
				"description": object{"@id": "https://schema.org/name", "@type": xsd},
			})
			a := achievement(d)
			a["name"], a["description"] = a["description"], a["name"]
			i := d["issuer"].(object)
			i["description"] = i["name"]
			delete(i, "name")
		}, check.Verified},
		{"an id that the list of withdrawn badges does not know", "eddsa-rdfc-2022", listed, func(d object) {
			inline(d, object{"alpine": "https://alpine.example/badges/"})
			d["id"] = "alpine:1"
		}, check.Withdrawn},
		{"another name for a member", "eddsa-rdfc-2022", own(object{"attended": "https://alpine.example/terms#attended"}, func(s object) { s["attended"] = true }), func(d object) {
			d["@context"] = d["@context"].([]any)[:2]
			own(object{"passed": "https://alpine.example/terms#attended"}, func(s object) { s["passed"] = true; delete(s, "attended") })(d)
		}, check.Verified},
		{"another name for a value", "eddsa-rdfc-2022", own(object{"grade": object{"@id": "https://alpine.example/grade", "@type": "@vocab"}}, func(s object) { s["grade"] = "https://alpine.example/grades/fail" }), own(object{"Distinction": "https://alpine.example/grades/fail"}, func(s object) { s["grade"] = "Distinction" }), check.Verified},
		{"another name for a reference", "eddsa-rdfc-2022", own(object{"grade": object{"@id": "https://alpine.example/grade", "@type": "@id"}}, func(s object) { s["grade"] = "https://alpine.example/grades/fail" }), own(object{"passed": object{"@id": "https://alpine.example/grades/", "@prefix": true}}, func(s object) { s["grade"] = "passed:fail" }), check.Verified},
		{"half a name in the vocabulary", "eddsa-rdfc-2022", own(object{"not-passed": "https://alpine.example/terms#not-passed"}, func(s object) { s["not-passed"] = true }), func(d object) {
			d["@context"] = d["@context"].([]any)[:2]
			own(object{"@vocab": "https://alpine.example/terms#not-"}, func(s object) { s["passed"] = true; delete(s, "not-passed") })(d)
		}, check.Verified},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			good := seal(badge(didOf(college), c.made), c.suite, college, nil)
			if r := judge(t, text(good), web, didOf(college)); r.Verdict() != c.want {
				t.Fatalf("as it was made it is %s: %s", r.Verdict(), text(r.Checks))
			}
			r := judge(t, rewrite(good, c.written), web, didOf(college))
			if got := r.Rows(check.Signature)[0].Reason; got != "signature.holds" {
				t.Fatalf("the statements are not the same: %s", got)
			}
			if got := r.Rows(check.Terms)[0].Reason; r.Verdict() != check.Problem || !strings.HasPrefix(got, "terms.uncovered") {
				t.Errorf("%s: %s", r.Verdict(), text(r.Checks))
			}
		})
	}
}

// A bound credential that somebody copied shows nobody's binding, however it is
// packed.
func TestCopiesShowNoBinding(t *testing.T) {
	college, maya := throwAway("college"), throwAway("maya")
	copied, shown := issued(college, maya), string(bound(issued(college, maya), sdjwt.Binding{Audience: "Hotel Astoria", Nonce: "n-9"}, maya))
	v := verify.Verifier{Now: func() time.Time { return now }, Issuers: []verify.Trusted{{ID: didOf(college)}}}
	for name, in := range map[string][]string{"two copies": {copied, copied}, "two answers to somebody else": {shown, shown}} {
		t.Run(name, func(t *testing.T) {
			p := must(verify.ReadPresentation(text(in)))
			reports := v.VerifyPresentation(context.Background(), p, verify.Expect{Audience: hotel}, nil)
			if len(reports) != len(in) {
				t.Fatalf("%d reports", len(reports))
			}
			for _, r := range reports {
				if got := r.Rows(check.Binding)[0].Reason; got != "binding.missing" || r.Verdict() != check.NotFullyChecked {
					t.Errorf("%s, %s", r.Verdict(), got)
				}
			}
		})
	}
}

// Where a key lies is the word of whoever made the token: on a host of many
// issuers it must be the issuer's own place, and not where that place sends on to.
func TestKeyAtAnAddress(t *testing.T) {
	mallory := throwAway("mallory")
	const issuer, elsewhere = "https://host.example/issuers/1", "https://evil.example/key"
	jwk := string(text(jose.Key{Public: mallory.Public()}.JWK()))
	profile := string(text(object{"id": issuer, "jwks": object{"keys": []any{jose.Key{Public: mallory.Public()}.JWK()}}}))
	others := string(text(object{"id": issuer, "jwks": object{"keys": []any{jose.Key{Public: throwAway("college").Public()}.JWK()}}}))
	cases := []struct {
		name, kid string
		from      string // where the address sends on to
		profile   string // what the issuer publishes
		want      string
	}{
		{"below the issuer", issuer + "/keys/1", "", "", "key.confirmed"},
		{"the issuer itself", issuer + "#1", "", "", "key.confirmed"},
		{"of the host itself", "https://host.example/.well-known/keys", "", "", "key.confirmed"},
		{"below the issuer, on www", issuer + "/key", "https://www.host.example/issuers/1/key", "", "key.confirmed"},
		{"of another issuer of the host", "https://host.example/issuers/2/key", "", "", "key.not-tied"},
		{"of an issuer whose name begins alike", "https://host.example/issuers/12", "", "", "key.not-tied"},
		{"only seems to lie below the issuer", issuer + "/../2/key", "", "", "key.not-tied"},
		{"only seems to lie below, in other letters", issuer + "/%2e%2e/2/key", "", "", "key.not-tied"},
		{"somebody's upload", "https://host.example/uploads/key.json", "", "", "key.not-tied"},
		{"sent on to another host", issuer + "/go?to=" + elsewhere, elsewhere, "", "key.not-tied"},
		{"elsewhere, and the issuer lists it", "https://keys.example/1", "", profile, "key.confirmed"},
		{"elsewhere, and the issuer lists another", "https://keys.example/1", "", others, "key.not-listed"},
		{"another host", elsewhere, "", "", "key.not-tied"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			at, _, _ := strings.Cut(c.kid, "#")
			get := &testkit.Web{Pages: map[string]string{at: jwk}, From: map[string]string{at: c.from}, Now: now}
			if c.profile != "" {
				get.Pages[issuer] = c.profile
			}
			raw := token(claims(badge(issuer, nil), nil), object{"kid": c.kid}, mallory)
			if got := judge(t, raw, get, issuer).Rows(check.Key)[0].Reason; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A document that another site answers with is not the issuer's, whatever id it
// gives itself.
func TestDocumentOfAnotherSite(t *testing.T) {
	mallory := throwAway("mallory")
	const issuer = "https://alpine.example/go?to=evil.example"
	get := web(issuer, didDocument(issuer, mallory, "assertionMethod")).(*testkit.Web)
	raw := text(seal(badge(issuer, nil), "eddsa-rdfc-2022", mallory, object{"verificationMethod": issuer + "#key-1"}))
	if got := judge(t, raw, get, issuer).Verdict(); got != check.Verified {
		t.Fatalf("its own document: %s", got)
	}
	get.From = map[string]string{issuer: "https://evil.example/"}
	if r := judge(t, raw, get, issuer); r.Verdict() != check.NotFullyChecked {
		t.Errorf("%s: %s", r.Verdict(), text(r.Rows(check.Key)))
	}
}

// A key that its owner has taken back is no good, though the issuer still lists it.
func TestKeyTakenBackByItsOwner(t *testing.T) {
	signer := throwAway("signer")
	const issuer, owner = "did:web:alpine.example", "did:web:signer.example"
	method := func(more object) object {
		m := object{"id": owner + "#key-1", "type": "Multikey", "controller": owner, "publicKeyMultibase": must(multi.EncodeKey(signer.Public()))}
		maps.Copy(m, more)
		return m
	}
	raw := text(seal(badge(issuer, nil), "eddsa-rdfc-2022", signer, object{"verificationMethod": owner + "#key-1"}))
	for want, more := range map[string]object{
		"key.confirmed": {}, "key.revoked": {"revoked": "2026-05-01T00:00:00Z"}, "key.expired": {"expires": "2026-05-01T00:00:00Z"},
	} {
		get := &testkit.Web{Pages: map[string]string{
			"https://alpine.example/.well-known/did.json": string(text(object{"id": issuer, "assertionMethod": []any{method(nil)}})),
			"https://signer.example/.well-known/did.json": string(text(object{"id": owner, "assertionMethod": []any{method(more)}})),
		}}
		if got := judge(t, raw, get).Rows(check.Key)[0].Reason; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A token may name its list in more than one way, and each of them counts.
func TestWithdrawnHoweverTheTokenNamesItsList(t *testing.T) {
	college := throwAway("college")
	const list = "https://alpine.example/list"
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	must(z.Write([]byte{0b10}))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	lists := web(list, string(token(object{
		"iss": didOf(college), "sub": list, "iat": now.Unix(),
		"status_list": object{"bits": 1, "lst": base64.RawURLEncoding.EncodeToString(packed.Bytes())},
	}, object{"typ": "statuslist+jwt", "kid": method(college)}, college)))
	revoked := web(list, `{"id":"`+list+`","revokedCredential":[{"id":"urn:uuid:1"}]}`)
	status := object{"status_list": object{"uri": list, "idx": 1}}
	entry := object{"id": list, "type": "1EdTechRevocationList"}
	flat := claims(badge(didOf(college), nil), func(c object) { c["status"] = status })
	card := object{"iss": didOf(college), "vct": "https://alpine.example/award", "jti": "urn:uuid:1", "credentialStatus": entry}
	cases := []struct {
		name string
		raw  []byte
		get  fetch.Getter
	}{
		{"beside the members of a badge", token(flat, object{"kid": method(college)}, college), lists},
		{"beside vc", token(object{"iss": didOf(college), "status": status, "vc": badge(didOf(college), nil)}, object{"kid": method(college)}, college), lists},
		{"an SD-JWT VC, as W3C has it", []byte(string(token(card, object{"kid": method(college), "typ": "dc+sd-jwt"}, college)) + "~"), revoked},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if r := judge(t, c.raw, c.get, didOf(college)); r.Verdict() != check.Withdrawn {
				t.Errorf("%s: %s", r.Verdict(), text(r.Checks))
			}
			if r := judge(t, c.raw, nil, didOf(college)); r.Verdict() != check.NotFullyChecked {
				t.Errorf("with online checks off: %s", r.Verdict())
			}
		})
	}
}

// A token past its end stays so, whatever second end stands in it.
func TestTokenWithTwoEnds(t *testing.T) {
	college := throwAway("college")
	doc := badge(didOf(college), func(d object) { d["expirationDate"] = "2026-01-02T00:00:00Z" })
	raw := token(object{"iss": didOf(college), "exp": json.Number("1767312000"), "vc": doc}, object{"kid": method(college)}, college)
	if r := judge(t, raw, nil, didOf(college)); r.Verdict() != check.Problem {
		t.Errorf("%s: %s", r.Verdict(), text(r.Checks))
	}
}
