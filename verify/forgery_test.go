package verify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
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
