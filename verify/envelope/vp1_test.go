package envelope

import (
	"encoding/base32"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var base32upper = base32.StdEncoding.WithPadding(base32.NoPadding)

// packedDoc is doc11 as CBOR-LD, with the names of its first context packed.
func packedDoc(t testing.TB) []byte {
	t.Helper()
	doc := doc11()
	return testkit.CBOR(t, cbor.Tag{Number: 0x0501, Content: map[any]any{
		1: []any{17}, 112: doc["id"], 117: []any{108}, "issuer": doc["issuer"], "issuanceDate": doc["issuanceDate"],
		"expirationDate": doc["expirationDate"], "credentialSubject": doc["credentialSubject"],
	}})
}

// plainPacked is a document as CBOR-LD 1.0 that is not packed.
func plainPacked(t testing.TB, doc any) []byte {
	t.Helper()
	return testkit.CBOR(t, cbor.Tag{Number: 0xcb1d, Content: []any{0, doc}})
}

func vp1(packed []byte) []byte { return []byte("VP1-B" + base32upper.EncodeToString(packed)) }

func shownIn(doc map[string]any) map[string]any {
	return map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": doc}
}

func TestPacked(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []byte
		form string
	}{
		{"packed", packedDoc(t), "cbor-ld+json"},
		{"not packed", plainPacked(t, doc20()), "cbor-ld+json"},
		{"a QR code", vp1(packedDoc(t)), "cbor-ld+json"},
		{"a QR code with space around", append(append([]byte(" "), vp1(packedDoc(t))...), '\n'), "cbor-ld+json"},
		{"a presentation", vp1(plainPacked(t, shownIn(doc11()))), "cbor-ld+json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(c.in)
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if o.Form != c.form || string(o.Raw) != string(c.in) || len(o.Flaws) != 0 {
				t.Errorf("%+v", o)
			}
			doc := o.Doc
			if o.Presentation {
				doc = o.Inside[0].Doc
			}
			if doc["id"] != "urn:uuid:1" || Strings(doc["type"])[0] != "VerifiableCredential" || doc["issuer"].(map[string]any)["name"] != "Example School" {
				t.Errorf("%v", doc)
			}
		})
	}
}

func TestPackedRefused(t *testing.T) {
	good := string(vp1(packedDoc(t)))
	for _, c := range []struct{ name, in, code string }{
		{"cut short", good[:len(good)-8], "input.packed-damaged"},
		{"a small letter", strings.Replace(good, "A", "a", 1), "input.packed-damaged"},
		{"another base", "VP1-!" + good[5:], "input.packed-damaged"},
		{"nothing", "VP1-", "input.packed-damaged"},
		{"base45 that is none", "VP1-RGGW", "input.packed-damaged"},
		{"a context we don't have", string(vp1(testkit.CBOR(t, cbor.Tag{Number: 0x0501, Content: map[any]any{0: 22}}))), "input.packed-context"},
		{"a table we don't have", string(vp1(testkit.CBOR(t, cbor.Tag{Number: 0xcb1d, Content: []any{100, map[any]any{}}}))), "input.packed-table"},
		{"no badge", string(vp1(plainPacked(t, map[string]any{"a": 1}))), "input.no-credential"},
		{"bytes of nothing", "\xd9\x05\x01", "input.packed-damaged"},
		{"a barcode", "VC1-RSJRPWCR803A3P", "input.barcode"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, err := Open([]byte(c.in)); fault.Code(err) != c.code {
				t.Errorf("got %v, %v, want %s", found, err, c.code)
			}
		})
	}
}

// TestCorpusPacked: a presentation of another wallet, from its QR code.
func TestCorpusPacked(t *testing.T) {
	found, err := Open(testkit.File(t, "vpqr", "learncard__vp1-539638.txt"))
	if err != nil {
		t.Fatal(err)
	}
	o := found[0]
	if !o.Presentation || len(o.Inside) != 1 || o.Inside[0].Doc["id"] != "http://example.org/credentials/3731" || o.Inside[0].Proofs[0].Suite != "Ed25519Signature2018" {
		t.Errorf("%+v", o)
	}
}
