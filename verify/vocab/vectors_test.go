package vocab

import (
	"encoding/json"
	"testing"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// object reads a JSON object of a test.
func object(s string) map[string]any {
	m, err := strict.Object([]byte(s))
	if err != nil {
		panic(err)
	}
	return m
}

// plain20 and plain11 are small credentials of the two data models.
func plain20() map[string]any {
	return object(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
		"id": "urn:uuid:1", "type": ["VerifiableCredential", "ExampleDegreeCredential"],
		"issuer": {"id": "did:example:school", "name": "Example School"},
		"validFrom": "2026-01-02T03:04:05Z", "validUntil": "2027-01-02T03:04:05Z",
		"credentialSubject": {"id": "did:example:learner", "name": "Ada", "degree": {"type": "Degree", "name": "Bachelor"}}
	}`)
}

func plain11() map[string]any {
	m := plain20()
	m["@context"] = []any{context11}
	m["issuanceDate"], m["expirationDate"] = m["validFrom"], m["validUntil"]
	delete(m, "validFrom")
	delete(m, "validUntil")
	return m
}

// badge is a small good Open Badge.
func badge() map[string]any {
	return object(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id": "urn:uuid:2", "type": ["VerifiableCredential", "OpenBadgeCredential"],
		"issuer": {"id": "https://school.example", "type": ["Profile"], "name": "School"},
		"validFrom": "2026-01-02T03:04:05Z", "name": "A badge",
		"credentialSubject": {"id": "did:example:learner", "type": ["AchievementSubject"], "achievement": {
			"id": "https://school.example/a/1", "type": ["Achievement"], "name": "Teamwork",
			"description": "Works with others", "criteria": {"narrative": "Do it"}}}
	}`)
}

// studentCard are the claims of an SD-JWT VC, as its envelope puts them in place.
func studentCard() map[string]any {
	return object(`{"iss": "https://school.example", "iat": 1767323045, "exp": 1798859045, "vct": "https://school.example/student_card",
		"given_name": "Ada", "family_name": "Lovelace", "address": {"locality": "London"}, "nationalities": ["GB", "FR"],
		"cnf": {"jwk": {}}, "status": {"status_list": {"idx": 7, "uri": "https://school.example/list"}}}`)
}

// document makes a credential of a JSON document by opening it, as a reader would.
func document(t testing.TB, m map[string]any) *vc.Credential {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	found, err := envelope.Open(b)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	return found[0].Credential()
}

// card makes a credential of the claims of an SD-JWT.
func card(t testing.TB, typ string, m map[string]any) *vc.Credential {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	header := vc.Doc{"alg": "ES256", "typ": typ}
	c := &vc.Credential{Form: "sd-jwt", Proofs: []vc.Proof{{Suite: "sd-jwt", Alg: "ES256", Doc: header}}}
	if c.Doc, err = strict.Object(b); err != nil {
		t.Fatal(err)
	}
	return c
}

// with gives a copy of m with members set; a nil value removes one.
func with(m map[string]any, pairs ...any) map[string]any {
	out := map[string]any{}
	for k, v := range m {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		if name := pairs[i].(string); pairs[i+1] == nil {
			delete(out, name)
		} else {
			out[name] = pairs[i+1]
		}
	}
	return out
}

// TestEveryCredentialHasOneVocabulary: at most one registered vocabulary claims a
// vector, and it is the one meant; what none claims is plain.
func TestEveryCredentialHasOneVocabulary(t *testing.T) {
	draft := with(badge(), "@context", []any{context11, "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json"})
	cases := []struct {
		name, kind string
		c          *vc.Credential
	}{
		{"VCDM 2.0", Plain, document(t, plain20())},
		{"VCDM 1.1", Plain, document(t, plain11())},
		{"badge", OB3, document(t, badge())},
		{"badge by its other name, as text", OB3, document(t, with(badge(), "type", "AchievementCredential"))},
		{"badge of VC 1.1 and the first context", OB3, document(t, with(badge(), "@context", []any{context11, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"}))},
		{"endorsement", OB3, document(t, with(badge(), "type", []any{"VerifiableCredential", "EndorsementCredential"}))},
		{"badge of a draft", Plain, document(t, draft)},
		{"badge by type alone", Plain, document(t, with(badge(), "@context", context20))},
		{"learner record", CLR2, document(t, record())},
		{"learner record by type alone", Plain, document(t, with(badge(), "type", []any{"VerifiableCredential", "ClrCredential", "AchievementCredential"}))},
		{"SD-JWT VC", SDJWTVC, card(t, "dc+sd-jwt", studentCard())},
		{"SD-JWT VC of the old type", SDJWTVC, card(t, "vc+sd-jwt", studentCard())},
		{"SD-JWT VC without a type", SDJWTVC, card(t, "", studentCard())},
		{"SD-JWT VC without its vct", SDJWTVC, card(t, "dc+sd-jwt", with(studentCard(), "vct", nil))},
		{"bare SD-JWT", Plain, card(t, "", map[string]any{"iss": "x:y"})},
		{"badge as SD-JWT", OB3, card(t, "vc+sd-jwt", badge())},
		{"credential as SD-JWT", Plain, card(t, "vc+sd-jwt", plain20())},
		{"presentation", Presentation, document(t, map[string]any{"@context": context20, "type": "VerifiablePresentation"})},
		{"Blockcerts 1.2", Blockcerts, document(t, certificate1())},
		{"Blockcerts 2", Blockcerts, document(t, certificate2())},
		{"Blockcerts 2 without its proof", Blockcerts, document(t, with(certificate2(), "signature", nil))},
		{"Blockcerts 2 by its proof", Blockcerts, document(t, with(certificate2(), "@context", "https://w3id.org/openbadges/v2"))},
		{"Blockcerts 3", Blockcerts, document(t, certificate3())},
		{"Blockcerts 3 by its proof", Blockcerts, document(t, with(certificate3(), "@context", context20))},
		{"Blockcerts 3 by its context", Blockcerts, document(t, with(certificate3(), "proof", nil))},
		{"badge with a proof of Blockcerts", OB3, document(t, with(badge(), "proof", certificate3()["proof"]))},
		{"Open Badge 2.0", OB2, document(t, award())},
		{"Open Badge 2.0 without its context", OB2, document(t, with(award(), "@context", nil))},
		{"Open Badge 1.1", OB1, document(t, with(award1(), "@context", "https://w3id.org/openbadges/v1", "type", "Assertion"))},
		{"Open Badge 1.0", OB1, document(t, award1())},
		{"Open Badge 0.5", OB1, document(t, award05())},
		{"European credential", EDC, unread(t, microCredential)},
		{"European credential that is an Open Badge", OB3, document(t, with(badge(), "type", []any{"VerifiableCredential", "OpenBadgeCredential", "EuropeanDigitalCredential"}))},
		{"nothing", Plain, &vc.Credential{}},
	}
	covered := map[string]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var who []string
			for _, v := range registry {
				if v.claims(c.c) {
					who = append(who, v.kind)
				}
			}
			if len(who) > 1 {
				t.Fatalf("claimed by %v", who)
			}
			Read(c.c)
			if c.c.Kind != c.kind {
				t.Errorf("kind %s, want %s", c.c.Kind, c.kind)
			}
		})
		covered[c.kind] = true
	}
	for _, v := range registry {
		if !covered[v.kind] {
			t.Errorf("no vector for %s", v.kind)
		}
	}
}
