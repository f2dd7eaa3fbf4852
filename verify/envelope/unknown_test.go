package envelope

import (
	"errors"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
)

func TestEveryRefusalHasItsReason(t *testing.T) {
	encryptedZIP := "PK\x03\x04\x14\x00\x01\x00" + strings.Repeat("x", 30)
	cases := []struct{ name, in, code string }{
		{"nothing", "", "input.empty"},
		{"only space", " \r\n\t", "input.empty"},
		{"zero bytes", "\x00\x00\x00", "input.empty"},
		{"words", "My badge is the blue one.", "input.text"},
		{"bytes", "\x01\x02\x03\xff\xfe\x00", "input.unknown"},
		{"JPEG", "\xff\xd8\xff\xe0rest", "input.photo"},
		{"GIF", "GIF89a\x01", "input.photo"},
		{"WebP", "RIFF\x10\x00\x00\x00WEBPVP8 ", "input.photo"},
		{"HEIC", "\x00\x00\x00\x18ftypheic\x00\x00", "input.photo"},
		{"BMP", "BM\x9a\xff\x00\x00", "input.photo"},
		{"TIFF", "II*\x00\xff", "input.photo"},
		{"a web page", "<!doctype html>\n<html><body></body></html>", "input.web-page"},
		{"a web page without a declaration", "<!-- hi --><HTML lang=en>", "input.web-page"},
		{"an old web page", `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>`, "input.web-page"},
		{"a page of a server", "<head><title>404</title></head><body>x</body>", "input.web-page"},
		{"age", "age-encryption.org/v1\n-> X25519 x", "input.encrypted"},
		{"age as text", "-----BEGIN AGE ENCRYPTED FILE-----\n", "input.encrypted"},
		{"PGP", "-----BEGIN PGP MESSAGE-----\n", "input.encrypted"},
		{"an encrypted ZIP", encryptedZIP, "input.encrypted"},
		{"an encrypted PDF", "%PDF-1.7\n/Encrypt 5 0 R", "input.encrypted"},
		{"JWE in JSON", `{"protected":"x","ciphertext":"y","recipients":[]}`, "input.encrypted-json"},
		{"PDF", "%PDF-1.7\n", "input.pdf-empty"},
		{"Office", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "input.document"},
		{"ZIP", "PK\x03\x04\x14\x00\x00\x00rest", "input.archive-damaged"},
		{"gzip", "\x1f\x8b\x08\x00", "input.archive-damaged"},
		{"tar", strings.Repeat("a", 257) + "ustar\x0000", "input.archive-damaged"},
		{"7z", "7z\xbc\xaf\x27\x1c\x00", "input.archive"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "input.encoding"},
		{"cut JSON", `{"type":"VerifiableCredential","issuer":`, "input.truncated"},
		{"a doubled name", `{"type":"VerifiableCredential","a":1,"a":2}`, "input.duplicate"},
		{"broken letters", "{\"type\":\"\xff\"}", "input.encoding"},
		{"a comma too many", `{"type":"VerifiableCredential",}`, "input.not-json"},
		{"too deep", strings.Repeat("[", 200), "input.too-deep"},
		{"JSON about something else", `{"hello":"world"}`, "input.no-credential"},
		{"an empty list", `[]`, "input.no-credential"},
		{"a JSON text", `"hello"`, "input.no-credential"},
		{"a private JWK", `{"kty":"OKP","crv":"Ed25519","x":"x","d":"d"}`, "input.private-key"},
		{"a private PEM key", "-----BEGIN PRIVATE KEY-----\nx\n", "input.private-key"},
		{"a private OpenSSH key", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", "input.private-key"},
		{"a public PEM key", "-----BEGIN PUBLIC KEY-----\nx\n", "input.key"},
		{"a public JWK", `{"kty":"OKP","x":"x"}`, "input.key"},
		{"keys", `{"keys":[{"kty":"OKP"}]}`, "input.key"},
		{"a DTD", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`, "input.dtd"},
		{"a DTD of somebody else", `<!DOCTYPE a SYSTEM "https://x.example/a.dtd"><a/>`, "input.dtd"},
		{"a DTD without an end", `<!DOCTYPE lolz [<!ENTITY lol "lol">`, "input.dtd"},
		{"XML", `<?xml version="1.0"?><feed/>`, "input.xml"},
		{"a presentation of nothing in XML", `<?xml version="1.0"?><!-- c --><verifiablePresentation xmlns="http://data.europa.eu/snb/vp"/>`, "input.xml"},
		{"a European credential with a DTD", `<!DOCTYPE europassCredential><europassCredential/>`, "input.dtd"},
		{"a cut European credential", "<europassCredential>\n<title>", "input.truncated"},
		{"a broken European credential", "<europassCredential>\n<title></europassCredential>", "input.not-json"},
		{"a European credential in other letters", `<?xml version="1.0" encoding="ISO-8859-1"?><europassCredential/>`, "input.encoding"},
		{"a sealed document that is damaged", `{"payload":"{}","signatures":[{"protected":"x","signature":"y"}]}`, "input.sealed-broken"},
		{"a badge class", `{"type":"BadgeClass","criteria":"x"}`, "input.badge-class"},
		{"a DID document", `{"id":"did:web:x.example","verificationMethod":[]}`, "input.did-document"},
		{"an offer", `{"credential_issuer":"https://x.example","credential_configuration_ids":["a"]}`, "input.offer"},
		{"a pathway", `{"@graph":[]}`, "input.pathway"},
		{"a link", "https://x.example/badge/1", "input.link"},
		{"an offer as link", "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx.example", "input.link"},
		{"a DID", "did:web:x.example", "input.link"},
		{"a packed QR code, cut short", "VP1-B3ECQDIYACEMHIGDODB6K", "input.packed-damaged"},
		{"a barcode", "VC1-RSJRPWCR803A3P0098G3A3-B02-J743853U53KGK0XJ6MKJ1OI0M", "input.barcode"},
		{"COSE cut short", "\xd2\x84\x43\xa1\x01\x26", "input.token-damaged"},
		{"COSE in base64, cut short", "0oRDoQEmoA", "input.token-damaged"},
		{"COSE in hexadecimal, cut short", "d28443a10126a", "input.token-damaged"},
		{"a wrapped COSE, cut short", `{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+cose;base64,0oRD"}`, "input.token-damaged"},
		{"a wrapping around nothing", `{"type":"EnvelopedVerifiableCredential","id":"https://x.example"}`, "input.envelope"},
	}
	words := assets.English()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open([]byte(c.in))
			if fault.Code(err) != c.code {
				t.Fatalf("got %v, want %s", err, c.code)
			}
			told(t, words, err)
		})
	}
}

// told demands words for a refusal, with every slot filled.
func told(t *testing.T, words assets.Words, err error) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v is no fault", err)
	}
	for _, part := range []string{"title", "why", "do"} {
		s := words.Text("fault."+f.Code+"."+part, f.Args)
		if s == "" || strings.ContainsAny(s, "{}[]") {
			t.Errorf("%s of %s: %q", part, f.Code, s)
		}
	}
}
