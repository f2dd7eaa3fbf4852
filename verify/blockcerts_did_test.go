package verify_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestBlockcertsDID: an issuer with a DID confirms an address by a key in its
// document, or in the profile that the document names.
func TestBlockcertsDID(t *testing.T) {
	const issuer, document = "did:web:college.example", "https://college.example/.well-known/did.json"
	doc := bare3(object{"issuer": issuer})
	sealed := cert3(0, 1, object{"issuer": issuer})
	byKey := didDocument(issuer, certKey, "assertionMethod")
	withService := func(endpoint string) string {
		m := jsonObject(didDocument(issuer, throwAway("college"), "assertionMethod"))
		m["service"] = []any{object{"id": "#s", "type": "Other"}, object{"id": "#profile", "type": "IssuerProfile", "serviceEndpoint": endpoint}}
		return string(text(m))
	}
	profile := issuerProfile(listedKey(anchor.Bitcoin))
	withList := strings.Replace(profile, `"name"`, `"revocationList":"`+listAt+`","name"`, 1)
	list := string(text(object{"type": "RevocationList", "revokedAssertions": []any{object{"id": doc["id"]}}}))
	for _, c := range []struct {
		name, document, profile string
		verdict                 check.Verdict
		rows                    map[string]string
	}{
		{"a key in the document", byKey, "", check.UnrecognisedIssuer, map[string]string{"key": "key.sender-listed", "status": "status.none"}},
		{"a key for something else", didDocument(issuer, certKey, "authentication"), "", check.Problem, map[string]string{"key": "key.sender-not-listed"}},
		{"an address in the profile", withService(certIssuer), profile, check.UnrecognisedIssuer, map[string]string{"key": "key.sender-listed"}},
		{"another address in the profile", withService(certIssuer), issuerProfile(object{"id": "ecdsa-koblitz-pubkey:1other"}), check.Problem, map[string]string{"key": "key.sender-not-listed"}},
		{"a profile that can't be had", withService(certIssuer), "", check.NotFullyChecked, map[string]string{"key": "key.unreachable", "status": "status.profile-unread"}},
		{"a profile of another address", withService("https://college.example/other"), "", check.NotFullyChecked, map[string]string{"key": "key.unreachable"}},
		{"a profile nowhere on the web", withService("did:example:1"), profile, check.NotFullyChecked, map[string]string{"key": "key.address-invalid"}},
		{"a list in the profile", withService(certIssuer), withList, check.Withdrawn, map[string]string{"status": check.ReasonRevoked}},
		{"no document", "", profile, check.NotFullyChecked, map[string]string{"key": "key.unreachable"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := map[string]string{explorerAt + "/tx/" + certTx: sent(rootOf(doc)), document: c.document, certIssuer: c.profile, listAt: list}
			maps.DeleteFunc(pages, func(_, body string) bool { return body == "" })
			v := verify.Verifier{Get: &testkit.Web{Pages: pages, Now: now}, Chains: providers(t, "bitcoin="+explorerAt)}
			expect(t, reported(t, text(sealed), v), c.verdict, c.rows)
		})
	}
}
