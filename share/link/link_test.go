package link

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var signer = ed25519.NewKeyFromSeed(make([]byte, 32))

func token(t testing.TB, typ, payload string) string {
	t.Helper()
	s, err := jose.Sign(map[string]any{"alg": "EdDSA", "typ": typ}, []byte(payload), signer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func disclosable(t testing.TB) string {
	t.Helper()
	s, err := sdjwt.Issue(sdjwt.Draft{
		Header: map[string]any{"alg": "EdDSA", "typ": "dc+sd-jwt"},
		Claims: map[string]any{"vct": "https://example.org/badge", "name": sdjwt.Hidden{Value: "Maya"}},
	}, rand.NewChaCha8([32]byte{}), signer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func bound(t testing.TB) string {
	t.Helper()
	s, err := sdjwt.Bind(disclosable(t), sdjwt.Binding{Audience: "a", Nonce: "n", IssuedAt: time.Unix(1, 0)}, map[string]any{"alg": "EdDSA"}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drawn(t testing.TB, text string) string {
	t.Helper()
	c, err := qr.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.PNG(4)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	credential = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:i","credentialSubject":{"name":"Maya"}}`
	wrapper    = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + credential + `]}`
	proven     = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + credential + `],"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","proofPurpose":"authentication"}}`
)

func blank(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 90, 90))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func decoded(t testing.TB, picture string) image.Image {
	t.Helper()
	p, err := png.Decode(strings.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func asGIF(t testing.TB, picture string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, decoded(t, picture), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, picture string) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, decoded(t, picture), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// document is a PDF with a file attached, or nil, and codes on its pages.
func document(t testing.TB, attached []byte, codes ...string) string {
	t.Helper()
	var p testkit.PDF
	if attached != nil {
		p.Files = [][]byte{attached}
	}
	for _, text := range codes {
		code := decoded(t, drawn(t, text))
		grey := image.NewGray(code.Bounds())
		draw.Draw(grey, grey.Rect, code, code.Bounds().Min, draw.Src)
		p.Pictures = append(p.Pictures, grey)
	}
	return string(p.Bytes(t))
}

// painted is a PDF with a code on its page that is no picture but areas.
func painted(t testing.TB, text string) string {
	t.Helper()
	code, err := qr.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := code.PNG(1)
	if err != nil {
		t.Fatal(err)
	}
	p := decoded(t, string(picture))
	var b strings.Builder
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			if r, _, _, _ := p.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "%.1f %.1f 1.5 1.5 re f\n", 100+1.5*float64(x), 700-1.5*float64(y))
			}
		}
	}
	page := fmt.Sprintf("90 0 obj << /Type /Page /Contents 91 0 R >> endobj 91 0 obj << /Length %d >> stream\n%s\nendstream endobj\n", b.Len(), b.String())
	return string(testkit.PDF{Extra: page}.Bytes(t))
}

func TestLook(t *testing.T) {
	b64 := base64.StdEncoding.EncodeToString
	raw := func(k Kind, s string) []Found { return []Found{{Kind: k, Raw: []byte(s)}} }
	web := func(s string) []Found { return []Found{{Kind: Web, URL: s}} }
	request := func(s string) []Found { return []Found{{Kind: Request, URL: s}} }
	offer := func(s string) []Found { return []Found{{Kind: Offer, URL: s}} }
	for name, c := range map[string]struct {
		in   string
		want []Found
	}{
		"badge, JSON":            {credential, raw(Badge, credential)},
		"badge, token":           {token(t, "vc+jwt", credential), raw(Badge, token(t, "vc+jwt", credential))},
		"badge, disclosures":     {disclosable(t), raw(Badge, disclosable(t))},
		"badge in a wrapper":     {wrapper, raw(Badge, wrapper)},
		"proof, disclosures":     {bound(t), raw(Proof, bound(t))},
		"proof, token":           {token(t, "vp+jwt", wrapper), raw(Proof, token(t, "vp+jwt", wrapper))},
		"proof, JSON":            {proven, raw(Proof, proven)},
		"address":                {" https://example.org/b?x=1#y\n", web("https://example.org/b?x=1#y")},
		"address without lock":   {"http://example.org/b", web("https://example.org/b")},
		"two addresses":          {"# dropped\r\nhttps://a.example/1\r\nhttps://b.example/2\r\n", []Found{{Kind: Web, URL: "https://a.example/1"}, {Kind: Web, URL: "https://b.example/2"}}},
		"data, text":             {"data:application/json," + credential, raw(Badge, credential)},
		"data, base64":           {"data:text/plain;base64," + b64([]byte(bound(t))), raw(Proof, bound(t))},
		"code with an address":   {drawn(t, "https://example.org/b"), []Found{{Kind: Web, URL: "https://example.org/b", Code: true}}},
		"code with a proof":      {drawn(t, bound(t)), []Found{{Kind: Proof, Raw: []byte(bound(t)), Code: true}}},
		"code in a data: URL":    {"data:image/png;base64," + b64([]byte(drawn(t, "https://example.org/b"))), []Found{{Kind: Web, URL: "https://example.org/b", Code: true}}},
		"code in a GIF as data":  {"data:image/gif;base64," + b64(asGIF(t, drawn(t, bound(t)))), []Found{{Kind: Proof, Raw: []byte(bound(t)), Code: true}}},
		"code in a photo":        {asJPEG(t, drawn(t, "https://example.org/b")), []Found{{Kind: Web, URL: "https://example.org/b", Code: true}}},
		"code on a page":         {document(t, nil, "https://example.org/b"), []Found{{Kind: Web, URL: "https://example.org/b", Code: true}}},
		"codes on pages":         {document(t, nil, "https://example.org/b", "https://example.org/a", "https://example.org/b"), []Found{{Kind: Web, URL: "https://example.org/a", Code: true}, {Kind: Web, URL: "https://example.org/b", Code: true}}},
		"code drawn on a page":   {painted(t, "https://example.org/b"), []Found{{Kind: Web, URL: "https://example.org/b", Code: true}}},
		"badge beside a code":    {document(t, []byte(credential), "https://example.org/b"), raw(Badge, document(t, []byte(credential), "https://example.org/b"))},
		"offer":                  {"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo", offer("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo")},
		"offer on the web":       {"https://wallet.example/add?credential_offer_uri=https%3A%2F%2Fi.example%2Fo", offer("https://wallet.example/add?credential_offer_uri=https%3A%2F%2Fi.example%2Fo")},
		"offer, JSON":            {`{"credential_issuer":"https://i.example","credential_configuration_ids":["a"]} `, offer(`{"credential_issuer":"https://i.example","credential_configuration_ids":["a"]}`)},
		"code with an offer":     {drawn(t, "haip-vci://?credential_offer_uri=x"), []Found{{Kind: Offer, URL: "haip-vci://?credential_offer_uri=x", Code: true}}},
		"request":                {"openid4vp://?client_id=x&request_uri=https%3A%2F%2Fv.example", request("openid4vp://?client_id=x&request_uri=https%3A%2F%2Fv.example")},
		"request on the web":     {"https://wallet.example/present?client_id=x&request_uri=https%3A%2F%2Fv.example", request("https://wallet.example/present?client_id=x&request_uri=https%3A%2F%2Fv.example")},
		"code with a request":    {drawn(t, "haip-vp://?client_id=x"), []Found{{Kind: Request, URL: "haip-vp://?client_id=x", Code: true}}},
		"address with an escape": {"https://example.org/a%20b", web("https://example.org/a%20b")},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Look([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLookRefuses(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nothing":              {" \n", "input.empty"},
		"a note":               {"Dear Maya, here is your badge", "input.text"},
		"an offer of old":      {"openid-initiate-issuance://?issuer=https%3A%2F%2Fi.example", "link.offer"},
		"what offers are like": {`{"credential_issuer":"https://i.example"}`, "input.offer"},
		"an interaction":       {"https://issuer.example/x?iuv=1", "link.offer"},
		"another wallet's":     {"dccrequest://request?issuer=x", "link.wallet"},
		"a file":               {"file:///home/maya/badge.json", "link.file"},
		"a drive":              {`C:\badges\b.json`, "link.file"},
		"a DID":                {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "link.did"},
		"mail":                 {"mailto:maya@example.org", "link.mail"},
		"something":            {"spotify:track:1", "link.unknown"},
		"no host":              {"https://", "link.broken"},
		"a password inside":    {"https://maya:secret@example.org/", "link.broken"},
		"data without a comma": {"data:text/plain", "link.broken"},
		"data, bad base64":     {"data:;base64,!!!", "link.broken"},
		"one code of two":      {"shc:/1/2/5676", "input.code-parts"},
		"a compressed proof":   {"VP1-B3ECQDIQADIQ", "input.packed-damaged"},
		"a blank picture":      {blank(t), "input.picture-empty"},
		"a page without codes": {document(t, nil), "input.pdf-empty"},
		"a page with a note":   {document(t, nil, "hello there"), "input.text"},
		"code with a note":     {drawn(t, "hello there"), "input.text"},
		"things inside things": {"data:,data:,data:,https://example.org/", "input.too-deep"},
		"too many addresses":   {strings.Repeat("https://a.example/\n", MaxFound+1), "link.too-many"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Look([]byte(c.in)); fault.Code(err) != c.want {
				t.Errorf("got %v, %v, want %s", got, err, c.want)
			}
		})
	}
}

// TestCorpus: nothing of the real world breaks Look, and it always has an answer.
func TestCorpus(t *testing.T) {
	counts := map[Kind]int{}
	err := filepath.WalkDir(testkit.Corpus(t), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() > 300<<10 {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found, err := Look(b)
		if err == nil && len(found) == 0 || err != nil && fault.Code(err) == "" {
			t.Errorf("%s: %v, %v", path, found, err)
		}
		for _, f := range found {
			counts[f.Kind]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if counts[Badge] < 100 || counts[Proof] < 10 || counts[Web] < 5 {
		t.Errorf("found %v", counts)
	}
}

func FuzzLook(f *testing.F) {
	for _, s := range []string{credential, proven, bound(f), "https://example.org/", "data:,x", "openid4vp://?a", "a\nhttps://b.example/", drawn(f, "x:y"), document(f, nil, "https://b.example/")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		found, err := Look(in)
		if err == nil && len(found) == 0 || err != nil && fault.Code(err) == "" {
			t.Errorf("%v, %v", found, err)
		}
		for _, f := range found {
			if f.Kind == Web && !strings.HasPrefix(f.URL, "https://") {
				t.Errorf("address %q", f.URL)
			}
		}
	})
}
