package xmlsig_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/xmlsig"
	"github.com/cairnwallet/cairn/verify/xmltree"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const doc = `<?xml version="1.0" encoding="UTF-8"?>
<list xmlns="x:list" xmlns:o="x:other"><name o:lang="en">Ada &amp; Co</name><proof></proof></list>`

// one gives the only signature of a document.
func one(t *testing.T, in string) *xmlsig.Signature {
	t.Helper()
	all, err := xmlsig.Find([]byte(in))
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	return all[0]
}

func holds(s *xmlsig.Signature) error {
	if len(s.Certs) == 0 { // it broke before its key was read
		return s.Check(nil)
	}
	return s.Check(s.Certs[0].PublicKey)
}

func TestGood(t *testing.T) {
	sealer := testkit.NewSealer(t, "p256", "Example School", at)
	with := func(change func(*testkit.Sealer)) testkit.Sealer { s := sealer; change(&s); return s }
	for name, s := range map[string]testkit.Sealer{
		"RSA":       testkit.NewSealer(t, "rsa", "Example School", at),
		"P-256":     sealer,
		"P-384":     testkit.NewSealer(t, "p384", "Example School", at),
		"Ed25519":   testkit.NewSealer(t, "ed25519", "Example School", at),
		"XPath":     with(func(s *testkit.Sealer) { s.Transform = "xpath" }),
		"filter 2":  with(func(s *testkit.Sealer) { s.Transform = "filter2" }),
		"inclusive": with(func(s *testkit.Sealer) { s.Canonical = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" }),
	} {
		t.Run(name, func(t *testing.T) {
			sealed := s.Seal(t, doc)
			got := one(t, sealed)
			if err := holds(got); err != nil {
				t.Fatal(err)
			}
			if !got.Whole || !got.Time.Equal(at) || got.ID != "sig-1" || !got.Certs[0].Equal(s.Chain[0]) {
				t.Errorf("%+v", got)
			}
			read, err := xmltree.Parse(got.Content)
			if err != nil || read.Root.Child("x:list", "name").Text() != "Ada & Co" || bytes.Contains(got.Content, []byte("Signature")) {
				t.Errorf("%v, %s", err, got.Content)
			}
			if err := got.Check(testkit.NewSealer(t, "p256", "Another", at).Key.Public()); err == nil {
				t.Error("holds under another key")
			}
		})
	}
}

// TestBrokenTwins changes one thing of a good document each time.
func TestBrokenTwins(t *testing.T) {
	sealer := testkit.NewSealer(t, "p256", "Example School", at)
	other := testkit.NewSealer(t, "p256", "Example School", at)
	sealed := sealer.Seal(t, doc)
	xpath := sealer
	xpath.Transform = "xpath"
	swap := func(a, b string) string {
		if !strings.Contains(sealed, a) {
			t.Fatalf("no %s", a)
		}
		return strings.Replace(sealed, a, b, 1)
	}
	flip := func(tag string) string {
		i := strings.Index(sealed, "<"+tag+">") + len(tag) + 2
		c := byte('A')
		if sealed[i] == c {
			c = 'B'
		}
		return sealed[:i] + string(c) + sealed[i+1:]
	}
	cert := func(s testkit.Sealer) string { return base64.StdEncoding.EncodeToString(s.Chain[0].Raw) }
	cases := map[string]struct {
		in   string
		want error
	}{
		"one letter of the text":         {swap("Ada", "Ade"), xmlsig.ErrBroken},
		"a space in the text":            {swap("<proof></proof>", "<proof> </proof>"), xmlsig.ErrBroken},
		"an attribute":                   {swap(`o:lang="en"`, `o:lang="fr"`), xmlsig.ErrBroken},
		"an attribute more":              {swap(`o:lang="en"`, `o:lang="en" x="1"`), xmlsig.ErrBroken},
		"a namespace":                    {swap(`xmlns="x:list"`, `xmlns="x:lost"`), xmlsig.ErrBroken},
		"one bit of the value":           {flip("ds:SignatureValue"), xmlsig.ErrBroken},
		"one bit of a digest":            {flip("ds:DigestValue"), xmlsig.ErrBroken},
		"one day of the signing time":    {swap("2026-01-02T", "2026-01-03T"), xmlsig.ErrBroken},
		"an instruction before the root": {swap("<list", "<?style none?><list"), xmlsig.ErrBroken},
		"another certificate":            {swap(cert(sealer), cert(other)), xmlsig.ErrCertificate},
		"two values":                     {swap("<ds:SignatureValue>", "<ds:SignatureValue></ds:SignatureValue><ds:SignatureValue>"), xmlsig.ErrMalformed},
		"two SignedInfo":                 {swap("<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>"), xmlsig.ErrMalformed},
		"two KeyInfo":                    {swap("<ds:Object>", "<ds:KeyInfo/><ds:Object>"), xmlsig.ErrMalformed},
		"a value that is no base64":      {swap("<ds:SignatureValue>", "<ds:SignatureValue>!"), xmlsig.ErrMalformed},
		"SHA-1 as digest":                {swap("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"), xmlsig.ErrUnsupported},
		"SHA-1 as method":                {swap("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2000/09/xmldsig#dsa-sha1"), xmlsig.ErrUnsupported},
		"the method of other keys":       {swap("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"), xmlsig.ErrBroken},
		"a MAC":                          {swap("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"), xmlsig.ErrUnsupported},
		"an XSLT transform":              {swap(xmlsig.DSig+"enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116"), xmlsig.ErrUnsupported},
		"an address as reference":        {swap(`URI=""`, `URI="https://x.example/a.xml"`), xmlsig.ErrUnsupported},
		"a reference by XPointer":        {swap(`URI=""`, `URI="#xpointer(/)"`), xmlsig.ErrUnsupported},
		"a reference to nothing":         {swap(`URI=""`, `URI="#nothing"`), xmlsig.ErrBroken},
		"another XPath":                  {strings.Replace(xpath.Seal(t, doc), "not(ancestor-or-self::ds:Signature)", "not(self::ds:name)", 1), xmlsig.ErrUnsupported},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if err := holds(one(t, c.in)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// TestWrapping moves what was signed aside and puts something else in its place,
// in the ways that are known from SAML. What was signed is then either refused, or
// Content still is exactly that.
func TestWrapping(t *testing.T) {
	s := testkit.NewSealer(t, "p256", "Example School", at)
	s.Reference = "#claim"
	signed := `<name Id="claim">Ada</name>`
	sealed := s.Seal(t, `<list>`+signed+`</list>`)
	start := strings.Index(sealed, "<ds:Signature ")
	signature := sealed[start:strings.LastIndex(sealed, "</list>")]
	cases := map[string]string{
		"the good one":                       sealed,
		"another beside it":                  `<list><name>Eve</name>` + signed + signature + `</list>`,
		"another with the same id before":    `<list><name Id="claim">Eve</name>` + signed + signature + `</list>`,
		"another with the same id after":     `<list>` + signed + signature + `<name Id="claim">Eve</name></list>`,
		"the same id in other letters":       `<list><name ID="claim">Eve</name>` + signed + signature + `</list>`,
		"the same id with a prefix":          `<list><name xml:id="claim">Eve</name>` + signed + signature + `</list>`,
		"the signed one inside the other":    `<list><name Id="evil">Eve` + signed + `</name>` + signature + `</list>`,
		"the signed one inside an object":    `<list><name Id="evil">Eve</name>` + strings.Replace(signature, "</ds:Signature>", "<ds:Object>"+signed+"</ds:Object></ds:Signature>", 1) + `</list>`,
		"the signature inside the other one": `<list><name Id="evil">Eve` + signature + `</name>` + signed + `</list>`,
		"a comment that splits the text":     `<list><name Id="claim">Ad<!-- -->a</name>` + signature + `</list>`,
	}
	for name, in := range cases {
		t.Run(name, func(t *testing.T) {
			got := one(t, in)
			if got.Whole {
				t.Error("says that the whole document is signed")
			}
			if err := holds(got); err != nil {
				if name == "the good one" {
					t.Error(err)
				}
				return
			}
			if d, err := xmltree.Parse(got.Content); string(got.Content) != signed || err != nil || d.Root.Text() != "Ada" {
				t.Errorf("holds over %s", got.Content)
			}
		})
	}
}

// TestRootByID: a reference to the root by its id is over the root, and not over
// what stands around it.
func TestRootByID(t *testing.T) {
	s := testkit.NewSealer(t, "p256", "Example School", at)
	s.Reference = "#all"
	sealed := s.Seal(t, `<list Id="all"><name>Ada</name></list>`)
	got := one(t, "<?style none?>"+sealed)
	if err := holds(got); err != nil || !got.Whole || string(got.Content) != `<list Id="all"><name>Ada</name></list>` {
		t.Errorf("%v, %s", err, got.Content)
	}
}

// TestAdditions: what came along unprotected is read as far as it can be.
func TestAdditions(t *testing.T) {
	s := testkit.NewSealer(t, "p256", "Example School", at)
	s.Stamp = func([]byte) []byte { return []byte("stamp") }
	s.More = `<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm="x:y"/><xades:EncapsulatedTimeStamp>c3RhbXA=</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>` +
		`<xades:CertificateValues><xades:EncapsulatedX509Certificate>Y2VydA==</xades:EncapsulatedX509Certificate><xades:EncapsulatedX509Certificate>!</xades:EncapsulatedX509Certificate></xades:CertificateValues>` +
		`<xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>Y3Js</xades:EncapsulatedCRLValue></xades:CRLValues><xades:OCSPValues><xades:EncapsulatedOCSPValue>b2NzcA==</xades:EncapsulatedOCSPValue></xades:OCSPValues></xades:RevocationValues>`
	sealed := s.Seal(t, doc)
	got := one(t, sealed)
	if err := holds(got); err != nil {
		t.Fatal(err)
	}
	value := sealed[strings.Index(sealed, "<ds:SignatureValue>"):]
	value = value[:strings.Index(value, "</ds:SignatureValue>")]
	over := strings.Replace(value, "<ds:SignatureValue>", `<ds:SignatureValue xmlns:ds="`+xmlsig.DSig+`">`, 1) + "</ds:SignatureValue>"
	if len(got.Stamps) != 1 || string(got.Stamps[0].Token) != "stamp" || string(got.Stamps[0].Over) != over {
		t.Errorf("stamps %q", got.Stamps)
	}
	if fmt.Sprintf("%s %s %s", got.Values, got.CRL, got.OCSP) != "[cert] [crl] [ocsp]" {
		t.Errorf("values %s %s %s", got.Values, got.CRL, got.OCSP)
	}
}

// TestWholeMeansWhole: what hides in another signature of the document is not in
// Content, and a signature over a part is not over the whole.
func TestWholeMeansWhole(t *testing.T) {
	s := testkit.NewSealer(t, "p256", "Example School", at)
	s.Transform = "xpath"
	sealed := s.Seal(t, doc)
	hidden := strings.Replace(sealed, "<proof></proof>", `<proof><Signature xmlns="`+xmlsig.DSig+`"><name xmlns="x:list">Eve</name></Signature></proof>`, 1)
	all, err := xmlsig.Find([]byte(hidden))
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	if err := holds(all[1]); err != nil || bytes.Contains(all[1].Content, []byte("Eve")) {
		t.Errorf("%v, %s", err, all[1].Content)
	}
	if err := all[0].Check(s.Key.Public()); err == nil {
		t.Error("the hidden one holds")
	}
}

func TestLimits(t *testing.T) {
	sig := `<Signature xmlns="` + xmlsig.DSig + `"/>`
	if _, err := xmlsig.Find([]byte("<a>" + strings.Repeat(sig, 9) + "</a>")); !errors.Is(err, xmlsig.ErrMalformed) {
		t.Error("signatures:", err)
	}
	ref := `<Reference URI=""><DigestMethod Algorithm="x"/><DigestValue>AAAA</DigestValue></Reference>`
	many := fmt.Sprintf(`<a><Signature xmlns=%q><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="x"/>%s</SignedInfo><SignatureValue>AAAA</SignatureValue></Signature></a>`, xmlsig.DSig, strings.Repeat(ref, 9))
	if err := one(t, many).Check(at); !errors.Is(err, xmlsig.ErrMalformed) {
		t.Error("references:", err)
	}
	if _, err := xmlsig.Find([]byte(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`)); !errors.Is(err, xmltree.ErrDTD) {
		t.Error("document type:", err)
	}
}

// TestTrustLists: the real lists of the corpus, sealed by their operators.
func TestTrustLists(t *testing.T) {
	for file, want := range map[string]string{"tl__EU.xml": "2020-04-29T11:01:53Z", "tl__IE.xml": "2020-03-05T09:45:22Z"} {
		b := testkit.File(t, "trust-list", file)
		s := one(t, string(b))
		if err := holds(s); err != nil || !s.Whole || s.Time.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %s, whole %v", file, err, s.Time, s.Whole)
		}
		i := bytes.Index(b, []byte("<TSLSequenceNumber>")) + len("<TSLSequenceNumber>")
		b[i]++
		if err := holds(one(t, string(b))); !errors.Is(err, xmlsig.ErrBroken) {
			t.Errorf("%s with another number: %v", file, err)
		}
	}
}

func FuzzFind(f *testing.F) {
	s := testkit.NewSealer(f, "ed25519", "Example School", at)
	f.Add([]byte(s.Seal(f, doc)))
	s.Transform = "xpath"
	f.Add([]byte(s.Seal(f, doc)))
	f.Fuzz(func(t *testing.T, in []byte) {
		all, err := xmlsig.Find(in)
		if err != nil {
			return
		}
		for _, got := range all {
			if got.Check(s.Key.Public()) == nil && len(got.Content) == 0 {
				t.Error("holds over nothing")
			}
		}
	})
}
