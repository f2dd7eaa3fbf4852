package present

import (
	"context"
	"crypto/ed25519"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/wallet/key"
)

const sealedText = `{"@context":["https://www.w3.org/2018/credentials/v1"], "type":["VerifiableCredential","EuropeanDigitalCredential"], "id":"urn:credential:1",
 "issuer":{"id":"urn:epass:org:1","legalName":{"en":"A & B <c>"}},"issuanceDate":"2026-01-01T00:00:00Z","credentialSubject":{"id":"urn:epass:person:1"}}`

// TestSealed: a seal in JSON or XML is shown as it was received, so that it still
// holds, whether the presentation is a token or a document.
func TestSealed(t *testing.T) {
	by := testkit.NewAuthority(t, "Authority", to.Made).ForSeals(t, "A & B", "", to.Made)
	seal := by.SealJAdES(t, sealedText, to.Made, nil).JSON(t)
	h := holder(t, key.EdDSA)
	token, err := JWT([]Part{{Sealed: seal}}, to, h)
	if err != nil {
		t.Fatal(err)
	}
	document, err := LDP(context.Background(), []Part{{Sealed: seal}}, to, h)
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string][]byte{"token": token, "document": document} {
		p, err := verify.ReadPresentation(out)
		if err != nil || len(p.Credentials) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		if c := p.Credentials[0]; c.Form != "jades" || string(c.Sealed) != string(seal) {
			t.Errorf("%s: shown as %s: %s", name, c.Form, c.Sealed)
		}
	}
	xml := Part{Sealed: []byte("<a>ü</a>")}
	if got := xml.enveloped()["id"]; got != "data:application/xml;base64,PGE+w7w8L2E+" {
		t.Errorf("%s", got)
	}
}

// TestMessage: a badge in CBOR is shown as it was received.
func TestMessage(t *testing.T) {
	h := holder(t, key.EdDSA)
	message := testkit.Sign1(t, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)), nil, nil, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],
"type":["VerifiableCredential"],"issuer":"https://a.example","credentialSubject":{"id":"did:example:maya"}}`))
	out, err := JWT([]Part{{Sealed: message}}, to, h)
	if err != nil {
		t.Fatal(err)
	}
	p, err := verify.ReadPresentation(out)
	if err != nil || len(p.Credentials) != 1 || p.Credentials[0].Form != "cose" || string(p.Credentials[0].Sealed) != string(message) {
		t.Errorf("%+v, %v", p, err)
	}
}
