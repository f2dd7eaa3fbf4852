package oid4vp

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// badge is a credential of a wallet, as its reader would give it.
func badge(form string, claims map[string]any) Held {
	doc := vc.Doc{"vct": "https://example.org/badge", "name": "Food Safety", "level": json.Number("2"), "skills": []any{"cooking", "storing"}}
	proof := vc.Proof{Suite: "sd-jwt", Alg: "EdDSA", Doc: vc.Doc{}}
	if !strings.HasSuffix(form, "sd-jwt") {
		doc = vc.Doc{
			"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
			"type":     []any{"VerifiableCredential", "OpenBadgeCredential"}, "credentialSubject": map[string]any{"level": json.Number("2")},
		}
		proof.Suite = map[string]string{"jwt": "jws", "json": "eddsa-rdfc-2022"}[form]
	}
	maps.Copy(doc, claims)
	return Held{ID: form, Credential: &vc.Credential{Form: form, Doc: doc, Proofs: []vc.Proof{proof}}, Alg: "EdDSA"}
}

func query(t *testing.T, one string) Query {
	t.Helper()
	q, err := ParseQuery([]byte(`{"credentials":[` + one + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

const (
	asksLines = `{"id":"q","format":"dc+sd-jwt","meta":{"vct_values":["https://example.org/badge"]}`
	asksToken = `{"id":"q","format":"jwt_vc_json","meta":{"type_values":[["OpenBadgeCredential"]]}`
	asksDoc   = `{"id":"q","format":"ldp_vc","meta":{"type_values":[["https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"]]}`
)

func TestMatch(t *testing.T) {
	unbound := badge("sd-jwt", nil)
	unbound.Alg = ""
	for _, c := range []struct {
		name  string
		query string
		held  Held
		want  []string
	}{
		{"no claims", asksLines + `}`, badge("sd-jwt", nil), nil},
		{"claims", asksLines + `,"claims":[{"path":["name"]},{"path":["skills",null]}]}`, badge("baked-png+sd-jwt", nil), []string{"/name", "/skills/0", "/skills/1"}},
		{"a value", asksLines + `,"claims":[{"path":["level"],"values":[1,2]}]}`, badge("sd-jwt", nil), []string{"/level"}},
		{"a value of one of several", asksLines + `,"claims":[{"path":["skills",null],"values":["storing"]}]}`, badge("sd-jwt", nil), []string{"/skills/0", "/skills/1"}},
		{"the second best claims", asksLines + `,"claims":[{"id":"a","path":["age"]},{"id":"b","path":["name"]}],"claim_sets":[["a","b"],["b"]]}`, badge("sd-jwt", nil), []string{"/name"}},
		{"a token", asksToken + `,"claims":[{"path":["credentialSubject","level"]}]}`, badge("jwt", nil), []string{"/credentialSubject/level"}},
		{"a document, by what its type means", asksDoc + `}`, badge("json", nil), nil},
		{"one that is not bound, where it need not be", asksLines + `,"require_cryptographic_holder_binding":false}`, unbound, nil},
	} {
		a := Match(query(t, c.query), Client{}, []Held{c.held})[0]
		if len(a.Fit) != 1 || len(a.Near) != 0 || a.Why != "" || !slices.Equal(a.Fit[0].Claims, c.want) {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestNoMatch(t *testing.T) {
	unbound := badge("sd-jwt", nil)
	unbound.Alg = ""
	takes := func(format string, a Accepts) Client { return Client{Formats: map[string]Accepts{format: a}} }
	for _, c := range []struct {
		name   string
		query  string
		client Client
		held   Held
		near   Lack
		whole  string
	}{
		{"another type", `{"id":"q","format":"dc+sd-jwt","meta":{"vct_values":["https://example.org/other"]}}`, Client{}, badge("sd-jwt", nil), Lack{}, ""},
		{"another form", asksToken + `}`, Client{}, badge("json", nil), Lack{}, ""},
		{"a type with one name more", `{"id":"q","format":"jwt_vc_json","meta":{"type_values":[["OpenBadgeCredential","Diploma"]]}}`, Client{}, badge("jwt", nil), Lack{}, ""},
		{"a type that means something else", `{"id":"q","format":"ldp_vc","meta":{"type_values":[["https://example.org/OpenBadgeCredential"]]}}`, Client{}, badge("json", nil), Lack{}, ""},
		{"a document that nobody signed", asksDoc + `}`, Client{}, Held{Credential: &vc.Credential{Form: "json", Doc: badge("json", nil).Credential.Doc}}, Lack{}, ""},
		{"a card", `{"id":"q","format":"mso_mdoc","meta":{"doctype_value":"x"}}`, Client{}, badge("sd-jwt", nil), Lack{}, LackFormat},
		{"a form they can't read", asksLines + `}`, takes(JWT, Accepts{}), badge("sd-jwt", nil), Lack{}, LackReading},
		{"no such claim", asksLines + `,"claims":[{"path":["name"]},{"path":["address","town"]}]}`, Client{}, badge("sd-jwt", nil), Lack{LackClaim, "address town"}, ""},
		{"another value", asksLines + `,"claims":[{"path":["level"],"values":["2"]}]}`, Client{}, badge("sd-jwt", nil), Lack{LackValue, "level"}, ""},
		{"no set of claims", asksLines + `,"claims":[{"id":"a","path":["age"]},{"id":"b","path":["town"]}],"claim_sets":[["a"],["b"]]}`, Client{}, badge("sd-jwt", nil), Lack{LackClaim, "age"}, ""},
		{"not bound", asksLines + `}`, Client{}, unbound, Lack{Why: LackUnbound}, ""},
		{"a key they can't check", asksLines + `}`, takes(SDJWT, Accepts{Holder: []string{"ES256"}}), badge("sd-jwt", nil), Lack{Why: LackKey}, ""},
		{"a seal they can't check", asksLines + `}`, takes(SDJWT, Accepts{Issuer: []string{"ES256"}}), badge("sd-jwt", nil), Lack{Why: LackSeal}, ""},
		{"a suite of theirs", asksDoc + `}`, takes(LDP, Accepts{Holder: []string{"ecdsa-rdfc-2019"}}), badge("json", nil), Lack{Why: LackKey}, ""},
		{"a list that is not looked at", asksLines + `,"trusted_authorities":[{"type":"etsi_tl","values":["https://lotl.example"]}]}`, Client{}, badge("sd-jwt", nil), Lack{Why: LackAuthority}, ""},
	} {
		a := Match(query(t, c.query), c.client, []Held{c.held})[0]
		got := Lack{}
		if len(a.Near) > 0 {
			got = a.Near[0].Lack
		}
		if len(a.Fit) > 0 || got != c.near || a.Why != c.whole {
			t.Errorf("%s: %+v", c.name, a)
		}
		if why := got.Why + a.Why; why != "" && !assets.English().Has("answer.lack."+why) {
			t.Errorf("%s: no words for %s", c.name, why)
		}
	}
	if a := Match(query(t, asksLines+`}`), takes(SDJWT, Accepts{Issuer: []string{"EdDSA"}, Holder: []string{"ES256", "EdDSA"}}), []Held{badge("sd-jwt", nil)})[0]; len(a.Fit) != 1 {
		t.Errorf("what they can check: %+v", a)
	}
}

func TestMatchAuthority(t *testing.T) {
	root := testkit.NewAuthority(t, "Ministry", now)
	leaf := root.Issue(t, &x509.Certificate{Subject: pkix.Name{CommonName: "School"}, NotBefore: now, NotAfter: now.Add(time.Hour)})
	h := badge("sd-jwt", nil)
	h.Credential.Proofs[0].Doc["x5c"] = []any{base64.StdEncoding.EncodeToString(leaf.Cert.Raw)}
	id := jose.Encode64(leaf.Cert.AuthorityKeyId)
	for value, want := range map[string]int{id: 1, id[1:]: 0, "": 0} {
		q := query(t, asksLines+`,"trusted_authorities":[{"type":"aki","values":["`+value+`x"]}]}`)
		q.Credentials[0].Authorities[0].Values = []string{value}
		if a := Match(q, Client{}, []Held{h})[0]; len(a.Fit) != want || len(a.Near) != 1-want {
			t.Errorf("%q: %+v", value, a)
		}
	}
}

// TestAskersHaveWords: whoever may ask, there are words for it.
func TestAskersHaveWords(t *testing.T) {
	for _, why := range []string{"certificate", "site", "certificate-unknown", "key-only", "key-unreachable", "attested", "unsigned", "unknown-kind"} {
		if !assets.English().Has("asker." + why) {
			t.Errorf("no words for %s", why)
		}
	}
}
