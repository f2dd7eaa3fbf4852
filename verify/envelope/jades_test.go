package envelope

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var sealedAt = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

const european = `{"@context":["https://www.w3.org/2018/credentials/v1"], "type":["VerifiableCredential","EuropeanDigitalCredential"],"id":"urn:credential:1",
 "issuer":{"id":"urn:epass:org:1"},"issuanceDate":"2026-01-01T00:00:00Z","credentialSubject":{"id":"urn:epass:person:1"}}`

func sealer(t testing.TB) testkit.Identity {
	return testkit.NewAuthority(t, "Authority", sealedAt).ForSeals(t, "Alpine College", "VATAT-U123", sealedAt)
}

func file(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealed(t *testing.T) {
	by := sealer(t)
	presentation := `{"@context":["https://www.w3.org/2018/credentials/v1"],"type":"VerifiablePresentation","holder":"did:example:h","verifiableCredential":[` + european + `]}`
	proven := strings.Replace(european, `"id":"urn:credential:1"`, `"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","verificationMethod":"did:example:1#k"}`, 1)
	seal := by.SealJAdES(t, european, sealedAt, nil)
	two := seal.Object()
	two["signatures"] = append(two["signatures"].([]any), sealer(t).SealJAdES(t, european, sealedAt, nil).Object()["signatures"].([]any)...)
	for _, tt := range []struct {
		name   string
		in     any
		text   string
		proofs []string
	}{
		{"general", seal.Object(), european, []string{"jades"}},
		{"flattened", seal.Flat(), european, []string{"jades"}},
		{"in a list", []any{seal.Object()}, european, []string{"jades"}},
		{"in a wrapper", map[string]any{"credential": seal.Object()}, european, []string{"jades"}},
		{"two signatures", two, european, []string{"jades", "jades"}},
		{"with a proof of its own inside", by.SealJAdES(t, proven, sealedAt, nil).Object(), proven, []string{"jades", "eddsa-jcs-2022"}},
		{"encoded", by.SealJAdES(t, jose.Encode64([]byte(european)), sealedAt, map[string]any{"b64": nil, "crit": []string{"sigT"}}).Flat(), european, []string{"jades"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := Open(file(t, tt.in))
			if err != nil || len(found) != 1 {
				t.Fatalf("%d found, %v", len(found), err)
			}
			o := found[0]
			var suites []string
			for _, p := range o.Proofs {
				suites = append(suites, p.Suite)
			}
			if o.Form != "jades" || o.Presentation || !slices.Equal(suites, tt.proofs) || len(o.Flaws)+len(o.Notes) != 0 {
				t.Errorf("%s, %v, %v, %v", o.Form, suites, o.Flaws, o.Notes)
			}
			var want map[string]any
			if err := json.Unmarshal([]byte(tt.text), &want); err != nil || o.Doc["issuanceDate"] != want["issuanceDate"] {
				t.Errorf("%v", o.Doc)
			}
			if !o.Proofs[0].Created.Equal(sealedAt) || o.Proofs[0].Alg != "ES256" {
				t.Errorf("%+v", o.Proofs[0])
			}
		})
	}
	found, err := Open(by.SealJAdES(t, presentation, sealedAt, nil).JSON(t))
	if err != nil || !found[0].Presentation || found[0].Form != "jades" || len(found[0].Inside) != 1 || found[0].Inside[0].Form != "json" {
		t.Errorf("a sealed presentation: %+v, %v", found, err)
	}
}

// TestTokenInJSON: a token that is written as JSON and has nothing of a seal is the
// same as in its compact form.
func TestTokenInJSON(t *testing.T) {
	plain := sealer(t).SealJAdES(t, jose.Encode64([]byte(european)), sealedAt, map[string]any{"b64": nil, "crit": nil, "sigT": nil, "x5c": nil, "x5t#S256": nil, "kid": "did:example:i#1"})
	in := file(t, plain.Flat())
	found, err := Open(in)
	if err != nil || found[0].Form != "jwt" || found[0].Proofs[0].Method != "did:example:i#1" || string(found[0].Raw) != string(in) {
		t.Errorf("%+v, %v", found, err)
	}
	if want := plain.Protected + "." + plain.Payload + "." + plain.Signature; string(found[0].Sealed) != want {
		t.Errorf("%s", found[0].Sealed)
	}
}

func TestSealedRefusals(t *testing.T) {
	by := sealer(t)
	object := func(change func(m map[string]any)) map[string]any {
		m := by.SealJAdES(t, european, sealedAt, nil).Object()
		change(m)
		return m
	}
	for name, tt := range map[string]struct {
		in   any
		code string
	}{
		"a text that is no credential":  {by.SealJAdES(t, `{"title":"Hello World"}`, sealedAt, nil).Object(), "input.sealed-other"},
		"a text that is no JSON":        {by.SealJAdES(t, "Hello World", sealedAt, nil).Object(), "input.sealed-other"},
		"a seal around a seal":          {by.SealJAdES(t, string(file(t, object(func(map[string]any) {}))), sealedAt, nil).Object(), "input.sealed-other"},
		"a list":                        {by.SealJAdES(t, "["+european+"]", sealedAt, nil).Object(), "input.sealed-other"},
		"a member twice in the text":    {by.SealJAdES(t, `{"type":"VerifiableCredential","type":"x"}`, sealedAt, nil).Object(), "input.sealed-other"},
		"no text":                       {object(func(m map[string]any) { m["payload"] = 1 }), "input.sealed-broken"},
		"no signature":                  {object(func(m map[string]any) { m["signatures"] = []any{} }), "input.sealed-broken"},
		"a header that can't be read":   {object(func(m map[string]any) { m["signatures"] = []any{map[string]any{"protected": "e3", "signature": "AA"}} }), "input.sealed-broken"},
		"what was sealed is elsewhere":  {object(func(m map[string]any) { m["payload"] = "" }), "input.detached"},
		"what was sealed is elsewhere2": {by.SealJAdES(t, european, sealedAt, map[string]any{"sigD": map[string]any{}}).Flat(), "input.detached"},
	} {
		if _, err := Open(file(t, tt.in)); fault.Code(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}

func TestSealRemarks(t *testing.T) {
	by := sealer(t)
	m := by.SealJAdES(t, european, sealedAt, nil)
	m.Add(t, "cSig", "x")
	m.Add(t, "sigTst", testkit.Stamps([]byte("x")))
	flat := m.Flat()
	flat["evil"] = "x"
	found, err := Open(file(t, flat))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range found[0].Notes {
		got = append(got, n.Code)
	}
	if want := []string{"shape.seal-countersigned", "shape.seal-stamp", "shape.seal-unprotected"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
