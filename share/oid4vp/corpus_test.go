package oid4vp

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// counts is what stands in a query: credentials, claims, sets, optional ones among
// them, and claims with values.
type counts struct{ credentials, claims, sets, optional, values int }

func (q Query) counts() (n counts) {
	for _, c := range q.Credentials {
		n.credentials++
		n.claims += len(c.Claims)
		for _, claim := range c.Claims {
			if claim.Values != nil {
				n.values++
			}
		}
	}
	for _, s := range q.Sets {
		n.sets++
		if s.Optional {
			n.optional++
		}
	}
	return n
}

func isQuery(want counts) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		q, err := ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.counts(); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// answers: a query of the corpus finds its claims in an answer of the corpus.
func answers(query string, claims int, doc func(m map[string]any) any) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		m, err := strict.Object(raw)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, c := range must(ParseQuery(testkit.File(t, "oid4vp", query))).Credentials[0].Claims {
			found += len(c.Path.Select(doc(m)))
		}
		if found != claims {
			t.Errorf("%d claims found, want %d", found, claims)
		}
	}
}

func isClient(format string, want int) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		c, err := ParseClient(raw)
		if err != nil {
			t.Fatal(err)
		}
		if a := c.Formats[format]; len(c.Formats) != 1 || len(a.Issuer) != want || len(a.Holder) != want {
			t.Errorf("%+v", c)
		}
	}
}

// refuses: as a request it is a fault with a code, which names a member where that is
// what it says.
func refuses(code, name string, wrap ...string) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		for _, w := range wrap {
			raw = []byte(`{"` + w + `":` + string(raw) + `}`)
		}
		if _, err := ParseRequest(raw); fault.Code(err) != code || member(err) != name {
			t.Errorf("%v, want %s of %q", err, code, name)
		}
	}
}

// handMade makes the query that a verifier's own format stands for.
func handMade(t *testing.T, raw []byte) {
	refuses("request.member", "response_type")(t, raw)
	var own struct {
		Credentials []struct{ Type, Format string } `json:"request_credentials"`
	}
	if err := json.Unmarshal(raw, &own); err != nil || len(own.Credentials) != 1 {
		t.Fatal(err)
	}
	c := own.Credentials[0]
	query := map[string]any{"credentials": []any{map[string]any{"id": "badge", "format": c.Format, "meta": map[string]any{"type_values": [][]string{{c.Type}}}}}}
	if q, err := ParseQuery(must(json.Marshal(query))); err != nil || !q.Credentials[0].typed(map[string]any{"type": []any{"VerifiableCredential", "OpenBadgeCredential"}}) {
		t.Errorf("%+v, %v", q, err)
	}
}

func isSDJWT(disclosures int, bound bool) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		s, err := sdjwt.Parse(strings.Join(strings.Fields(string(raw)), ""))
		if err != nil || len(s.Flaws) > 0 || len(s.Disclosures) != disclosures || (s.KB != nil) != bound {
			t.Fatalf("%+v, %v", s, err)
		}
		if !bound {
			return
		}
		if b, err := s.Binding(); err != nil || b.Nonce != "1234567890" || b.Audience != "https://verifier.example.org" || b.Typ != sdjwt.TypKB || !s.HashHolds(b) {
			t.Errorf("%+v, %v", b, err)
		}
	}
}

// holds: it is JSON with these members.
func holds(names ...string) func(*testing.T, []byte) {
	return func(t *testing.T, raw []byte) {
		m, err := strict.Object(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if m[name] == nil {
				t.Errorf("%s is missing", name)
			}
		}
	}
}

// settings are how the corpus made its SD-JWT; nothing reads them here.
func settings(t *testing.T, raw []byte) {
	if _, err := strict.Object(raw); err == nil {
		t.Error("it is JSON: give it a case of its own")
	}
}

// TestCorpus has a case for each file of the corpus.
func TestCorpus(t *testing.T) {
	cases := map[string]func(*testing.T, []byte){
		"oid4vp__query_lang-simple_mdoc.json":              isQuery(counts{credentials: 1, claims: 2}),
		"oid4vp__query_lang-value_matching_simple.json":    isQuery(counts{credentials: 1, claims: 4, values: 2}),
		"oid4vp__query_lang-multi_credentials.json":        isQuery(counts{credentials: 2, claims: 5}),
		"oid4vp__query_lang-credentials_alternatives.json": isQuery(counts{credentials: 5, claims: 12, sets: 2, optional: 1}),
		"oid4vp__request-dcql_jwt_vc.json":                 isQuery(counts{credentials: 1, claims: 2}),
		"oid4vp__request-dcql_ldp_vc.json":                 isQuery(counts{credentials: 1, claims: 7}),

		"oid4vp__credentials-jwt_vc.json":    answers("oid4vp__request-dcql_jwt_vc.json", 2, func(m map[string]any) any { return m["vc"] }),
		"oid4vp__credentials-sd_jwt_vc.json": holds("_sd", "vct", "cnf"),
		"oid4vp__response-jwt_vc.json":       holds("aud", "nonce", "vp"),
		"oid4vp__response-ldp_vc.json": answers("oid4vp__request-dcql_ldp_vc.json", 7, func(m map[string]any) any {
			return m["verifiableCredential"].([]any)[0]
		}),

		"oid4vp__client_metadata-sd_jwt_vc_verifier_metadata.json": isClient(SDJWT, 2),
		"oid4vp__client_metadata-w3c_jwt_verifier_metadata.json":   isClient(JWT, 2),

		"oid4vp__digital_credentials_api-signed_request_payload.json":         refuses("request.member", "request"),
		"oid4vp__digital_credentials_api-signed_request_payload_compact.json": refuses("request.member", "request"),

		"haip__presentation_definition_sd_jwt_vc.json": refuses("request.older", "", "presentation_definition"),
		"haip__authorization_details_sd_jwt_vc.json":   refuses("request.member", "request"),
		"haip__credential_metadata_sd_jwt_vc.json":     refuses("request.member", "response_type"),
		"haip__credential_offer_sd_jwt_vc.json":        refuses("request.member", "response_type"),

		"oid4vp__sd_jwt_vcld-01-sd_jwt_issuance.txt":     isSDJWT(3, false),
		"oid4vp__sd_jwt_vcld-01-sd_jwt_presentation.txt": isSDJWT(1, true),
		"oid4vp__sd_jwt_vcld-01-kb_jwt_header.json":      holds("alg", "typ"),
		"oid4vp__sd_jwt_vcld-01-kb_jwt_payload.json":     holds("nonce", "aud", "iat", "sd_hash"),
		"oid4vp__sd_jwt_vcld-01-user_claims.json":        holds("vct", "ld"),
		"oid4vp__sd_jwt_vcld-01-specification.yml":       settings,
		"oid4vp__sd_jwt_vcld-settings.yml":               settings,

		"waltid__openbadgecredential-presentation-request.json":    handMade,
		"waltid__openbadgecredential-sd-presentation-request.json": handMade,
	}
	files, err := os.ReadDir(testkit.Corpus(t, "oid4vp"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if cases[f.Name()] == nil {
			t.Errorf("%s has no case", f.Name())
		}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { c(t, testkit.File(t, "oid4vp", name)) })
	}
}
