package vocab

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// certificate2 and its kin are Blockcerts of each version; their proofs are not
// looked at here.
func certificate2() map[string]any {
	return object(`{
		"@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"], "type": "Assertion", "id": "urn:uuid:2",
		"issuedOn": "2026-01-02T03:04:05Z", "expires": "2027-01-02",
		"recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"},
		"recipientProfile": {"type": ["RecipientProfile", "Extension"], "name": "Ada Lovelace"},
		"badge": {"type": "BadgeClass", "id": "urn:uuid:3", "name": "Robots", "description": "Builds robots", "criteria": {"narrative": "Build one"},
			"signatureLines": [{"name": "Head of School", "jobTitle": "Head"}, {"jobTitle": "Dean"}, {"image": "data:,"}],
			"issuer": {"type": "Profile", "id": "https://school.example/p", "name": "School", "revocationList": "https://school.example/revoked"}},
		"verification": {"type": ["MerkleProofVerification2017", "Extension"], "publicKey": "ecdsa-koblitz-pubkey:1x"},
		"metadataJson": "{\"schema\": {\"x\": 1}, \"displayOrder\": [], \"certificate\": {\"hours\": 40}}",
		"displayHtml": "<section><script>alert('yo')</script><img src='https://evil.example/x'>Well done</section>",
		"signature": {"type": ["MerkleProof2017", "Extension"], "merkleRoot": "00", "targetHash": "00", "proof": [], "anchors": []}
	}`)
}

func certificate1() map[string]any {
	return object(`{
		"@context": "https://w3id.org/blockcerts/v1", "type": "BlockchainCertificate",
		"document": {"type": "CertificateDocument",
			"certificate": {"type": "Certificate", "id": "https://school.example/c", "name": "Robots", "subtitle": "2016", "description": "Builds robots",
				"issuer": {"type": "Issuer", "id": "https://school.example/p", "name": "School", "email": "a@school.example"}},
			"assertion": {"uid": "7", "id": "https://school.example/7", "issuedOn": "2016-05-26T12:00:00Z", "evidence": ""},
			"recipient": {"type": "email", "identity": "ada@example.org", "hashed": false, "givenName": "Ada", "familyName": "Lovelace"}},
		"receipt": {"type": "ChainpointSHA256v2", "merkleRoot": "00", "targetHash": "00", "proof": [], "anchors": []}
	}`)
}

func certificate3() map[string]any {
	return object(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/data-integrity/v2", "https://w3id.org/blockcerts/v3.2"],
		"id": "urn:uuid:4", "type": ["VerifiableCredential", "BlockcertsCredential"], "issuer": "https://school.example/p",
		"validFrom": "2026-01-02T03:04:05Z", "metadata": "{\"classOf\":\"2026\"}",
		"display": {"contentMediaType": "text/html", "content": "<b>Hello</b>"},
		"credentialSubject": {"id": "did:example:ada", "name": "Ada Lovelace", "email": "ada@example.org", "publicKey": "ecdsa-koblitz-pubkey:1y", "grade": "A",
			"claim": {"type": "Course", "id": "urn:uuid:5", "name": "Robots", "description": "Builds robots", "criteria": "Build one"}},
		"proof": {"type": "DataIntegrityProof", "cryptosuite": "merkle-proof-2019", "verificationMethod": "did:example:1#k", "proofPurpose": "assertionMethod", "proofValue": "z"}
	}`)
}

// claim gives the value of the claim at a path.
func claim(c *vc.Credential, path string) string {
	for _, cl := range c.Badge.Claims {
		if cl.Path == path {
			return cl.Value
		}
	}
	return ""
}

func TestBlockcerts2(t *testing.T) {
	c := document(t, certificate2())
	Read(c)
	if flaws(c) != "" || c.Kind != Blockcerts || c.Form != "json" || c.ID != "urn:uuid:2" || c.Name != "Robots" || c.Badge.Criteria.Narrative != "Build one" {
		t.Errorf("%s %+v", flaws(c), c.Badge)
	}
	who := []vc.Identifier{{Type: "emailAddress", Value: "ada@example.org"}}
	if c.Subject.Name != "Ada Lovelace" || !slices.Equal(c.Subject.Identifiers, who) || c.Issuer.ID != "https://school.example/p" || c.Issuer.Name != "School" {
		t.Errorf("%+v, %+v", c.Subject, c.Issuer)
	}
	if c.From.Format(time.DateOnly) != "2026-01-02" || c.Until.Format(time.DateOnly) != "2027-01-02" {
		t.Errorf("%v to %v", c.From, c.Until)
	}
	if len(c.Proofs) != 1 || c.Proofs[0].Suite != "MerkleProof2017" || c.Proofs[0].Method != "ecdsa-koblitz-pubkey:1x" {
		t.Errorf("%+v", c.Proofs)
	}
	if len(c.Status) != 1 || c.Status[0].Type != "RevocationList" || c.Status[0].List != "https://school.example/revoked" {
		t.Errorf("%+v", c.Status)
	}
	var signed []string
	for _, cl := range c.Badge.Claims {
		if cl.Label == "Signed by" {
			signed = append(signed, cl.Value)
		}
	}
	if !slices.Equal(signed, []string{"Head of School, Head", "Dean"}) || claim(c, "/metadataJson/certificate/hours") != "40" {
		t.Errorf("%+v", c.Badge.Claims)
	}
	if got := claim(c, "/displayHtml"); got != "Well done" {
		t.Errorf("the page is not its words: %q", got)
	}
	draft := with(certificate2(), "recipientProfile", nil, "recipient", object(`{"type": "email", "identity": "x", "hashed": false, "recipientProfile": {"name": "Grace"}}`))
	if c := document(t, draft); read0(c).Subject.Name != "Grace" {
		t.Errorf("%+v", c.Subject)
	}
}

func TestBlockcerts1(t *testing.T) {
	c := read0(document(t, certificate1()))
	if flaws(c) != "" || c.Kind != Blockcerts || c.ID != "https://school.example/7" || c.Name != "Robots" || c.Badge.Description != "Builds robots" {
		t.Errorf("%s %+v", flaws(c), c.Badge)
	}
	if c.Subject.Name != "Ada Lovelace" || c.Issuer.Email != "a@school.example" || c.From.Year() != 2016 || !c.Until.IsZero() {
		t.Errorf("%+v, %+v, %v", c.Subject, c.Issuer, c.From)
	}
	if len(c.Proofs) != 1 || c.Proofs[0].Suite != "ChainpointSHA256v2" {
		t.Errorf("%+v", c.Proofs)
	}
}

func TestBlockcerts3(t *testing.T) {
	c := read0(document(t, certificate3()))
	if flaws(c) != "" || c.Kind != Blockcerts || c.Name != "Robots" || c.Badge.Criteria.Narrative != "Build one" || c.Badge.Type != "" {
		t.Errorf("%s %+v", flaws(c), c.Badge)
	}
	if c.Subject.ID != "did:example:ada" || c.Subject.Name != "Ada Lovelace" || len(c.Subject.Identifiers) != 1 {
		t.Errorf("%+v", c.Subject)
	}
	for path, want := range map[string]string{"/metadata/classOf": "2026", "/display/content": "Hello", "/grade": "A", "/publicKey": ""} {
		if got := claim(c, path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func read0(c *vc.Credential) *vc.Credential {
	Read(c)
	return c
}

func TestBlockcertsShape(t *testing.T) {
	class := certificate2()["badge"].(map[string]any)
	for _, c := range []struct {
		name string
		m    map[string]any
		want string
	}{
		{"no name", with(certificate2(), "badge", with(class, "name", nil)), "badge.name"},
		{"no issuer", with(certificate2(), "badge", with(class, "issuer", nil)), "badge.issuer.id"},
		{"no date", with(certificate2(), "issuedOn", nil), "issuedOn"},
		{"a date that is none", with(certificate2(), "issuedOn", "soon"), "issuedOn"},
		{"an end before the start", with(certificate2(), "expires", "2020-01-01"), "expires"},
		{"a proof that is none", with(certificate2(), "signature", "x"), "signature"},
		{"1.2 without an award", with(certificate1(), "document", object(`{"certificate": {"name": "Robots", "issuer": {"id": "https://school.example/p"}}, "recipient": {}}`)), "document.assertion"},
		{"a page with more than anybody reads", with(certificate2(), "displayHtml", strings.Repeat("ä", maxDisplay)), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read0(document(t, c.m))
			if got.Kind != Blockcerts {
				t.Fatalf("kind %s", got.Kind)
			}
			grave := slices.ContainsFunc(got.Shape, func(f vc.Flaw) bool { return f.Grave && f.Member == c.want })
			if grave != (c.want != "") {
				t.Errorf("flaws %+v", got.Shape)
			}
			if page := claim(got, "/displayHtml"); len(page) > maxDisplay+3 || !strings.HasPrefix(page, "ä") && page != "Well done" && page != "" {
				t.Errorf("a page of %d bytes", len(page))
			}
		})
	}
}

// TestWordsOfPage: of a page its words are kept, and what would be a picture, a
// program or a style sheet says nothing.
func TestWordsOfPage(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"plain words", "Well done", "Well done"},
		{"tags", "<h1>Ada</h1>\n<p>has <b>passed</b></p>", "Ada has passed"},
		{"a picture in the text", `<img src="data:image/png;base64,AAAA"/>Ada`, "Ada"},
		{"a program", "Ada<SCRIPT>alert(1)</script>", "Ada"},
		{"a program without an end", "Ada<script>alert(1)", "Ada"},
		{"a tag without an end", `Ada<img src="x`, "Ada"},
		{"letters with names", "Caf&eacute; &lt;b&gt;", "Café <b>"},
		{"no tag", "1 < 2", "1 < 2"},
		{"nothing but a picture", "data:image/png;base64,AAAA", "(a picture)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wordsOfPage(tt.page); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestCorpusBlockcertsXSS: a script in what a certificate wants displayed is left out.
func TestCorpusBlockcertsXSS(t *testing.T) {
	c := read0(document(t, object(string(testkit.File(t, "hostile", "bc__xss-certificate-example.json")))))
	if got := claim(c, "/displayHtml"); got != "YO!" {
		t.Errorf("not its words: %q", got)
	}
	if c.Badge.Image.URL != "" && !strings.HasPrefix(c.Badge.Image.URL, "data:") || c.Badge.Description != "details" {
		t.Errorf("%+v", c.Badge)
	}
}
