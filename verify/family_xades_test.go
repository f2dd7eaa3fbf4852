package verify

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
)

// xmlSealer is how European tools seal: no signature is signed, a time stamp and an
// answer about the certificate come along.
func xmlSealer(t testing.TB, b *testkit.Bureau) testkit.Sealer {
	s := testkit.SealerOf(b.College, sealedAt)
	s.Transform = "xpath"
	s.Stamp = func(content []byte) []byte { return b.Clock.Stamp(t, content, sealedAt) }
	s.More = testkit.Values([]*x509.Certificate{b.Authority.Cert}, [][]byte{b.Good(t)})
	return s
}

func judgeXML(t testing.TB, file string, eu trust.EU, now time.Time) check.Report {
	t.Helper()
	found, err := Read([]byte(file))
	if err != nil || len(found) != 1 || found[0].Kind != "edc" || found[0].Form != "xml" {
		t.Fatalf("%d found, %v", len(found), err)
	}
	v := Verifier{Now: func() time.Time { return now }, EU: eu}
	return v.Verify(context.Background(), found[0], nil)
}

func TestXMLSeal(t *testing.T) {
	swap := func(t *testing.T, s, a, b string) string {
		t.Helper()
		if !strings.Contains(s, a) {
			t.Fatalf("no %s", a)
		}
		return strings.Replace(s, a, b, 1)
	}
	for _, tt := range []struct {
		name           string
		make           func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time)
		key, signature string
		verdict        check.Verdict
	}{
		{"stamped, good then, listed", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return xmlSealer(t, b).Seal(t, testkit.CollegeXML), load(t, b), year
		}, "key.certificate-listed", "signature.holds", check.Verified},
		{"no list", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return xmlSealer(t, b).Seal(t, testkit.CollegeXML), nil, month
		}, "key.certificate", "signature.holds", check.NotFullyChecked},
		{"a stamp over something else", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			s := xmlSealer(t, b)
			s.Stamp = func([]byte) []byte { return b.Clock.Stamp(t, []byte("another"), sealedAt) }
			return s.Seal(t, testkit.CollegeXML), load(t, b), year
		}, "key.certificate-ended", "signature.holds", check.NotFullyChecked},
		{"one letter", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return swap(t, xmlSealer(t, b).Seal(t, testkit.CollegeXML), ">Ada<", ">Ade<"), load(t, b), month
		}, "key.certificate-standing", "signature.broken", check.Problem},
		{"one day", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return swap(t, xmlSealer(t, b).Seal(t, testkit.CollegeXML), "2026-03-01T", "2026-03-02T"), load(t, b), month
		}, "key.certificate-standing", "signature.broken", check.Problem},
		{"another certificate of the same name", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			s := xmlSealer(t, b)
			s.Key = b.Authority.ForSeals(t, "Alpine College", "VATAT-U123", sealedAt).Key
			return s.Seal(t, testkit.CollegeXML), load(t, b), month
		}, "key.certificate-listed", "signature.broken", check.Problem},
		{"no certificate", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			sealed := xmlSealer(t, b).Seal(t, testkit.CollegeXML)
			i, j := strings.Index(sealed, "<ds:KeyInfo>"), strings.Index(sealed, "</ds:KeyInfo>")
			return sealed[:i] + sealed[j+len("</ds:KeyInfo>"):], load(t, b), month
		}, "key.certificate-missing", "signature.no-key", check.NotFullyChecked},
		{"a weak method", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return swap(t, xmlSealer(t, b).Seal(t, testkit.CollegeXML), "xmldsig-more#ecdsa-sha256", "xmldsig-more#ecdsa-sha1"), load(t, b), month
		}, "key.certificate-listed", "signature.suite-unsupported", check.NotFullyChecked},
		{"a seal that is no base64", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return swap(t, xmlSealer(t, b).Seal(t, testkit.CollegeXML), "<ds:SignatureValue>", "<ds:SignatureValue>!"), load(t, b), month
		}, "key.certificate-standing", "signature.unreadable", check.Problem},
		{"only a part is sealed", func(t *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			s := xmlSealer(t, b)
			s.Reference = "#part"
			return s.Seal(t, swap(t, testkit.CollegeXML, "<fullName>", `<fullName Id="part">`)), load(t, b), month
		}, "key.certificate-listed", "signature.part-only", check.Problem},
		{"nothing is sealed", func(_ *testing.T, b *testkit.Bureau) (string, trust.EU, time.Time) {
			return testkit.CollegeXML, nil, month
		}, "key.none", check.ReasonNoProof, check.Unsigned},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file, eu, now := tt.make(t, newBureau(t))
			r := judgeXML(t, file, eu, now)
			if got := r.Rows(check.Key); len(got) != 1 || got[0].Reason != tt.key {
				t.Errorf("key %+v, want %s", got, tt.key)
			}
			if got := r.Rows(check.Signature); len(got) != 1 || got[0].Reason != tt.signature {
				t.Errorf("signature %+v, want %s", got, tt.signature)
			}
			if got := r.Verdict(); got != tt.verdict {
				t.Errorf("%s, want %s: %+v", got, tt.verdict, r.Checks)
			}
		})
	}
}

// TestXMLSealHides: what stands in a signature of its own is not covered by the
// seal, and is not read either.
func TestXMLSealHides(t *testing.T) {
	b := newBureau(t)
	in := strings.Replace(testkit.CollegeXML, "<proof></proof>", `<proof></proof><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><title xmlns="http://data.europa.eu/snb">Surgery</title></Signature>`, 1)
	found, err := Read([]byte(xmlSealer(t, b).Seal(t, in)))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if doc, err := json.Marshal(found[0].Doc); err != nil || bytes.Contains(doc, []byte("Surgery")) {
		t.Errorf("%v, %s", err, doc)
	}
}

// TestXMLShown: a presentation in XML is a wrapper that no holder signed. What is in
// it is judged as if it stood alone.
func TestXMLShown(t *testing.T) {
	b := newBureau(t)
	_, alone, _ := strings.Cut(xmlSealer(t, b).Seal(t, testkit.CollegeXML), "?>")
	p, err := ReadPresentation([]byte(`<vp:verifiablePresentation xmlns:vp="http://data.europa.eu/snb/vp">` + alone + `</vp:verifiablePresentation>`))
	if err != nil || len(p.Credentials) != 1 {
		t.Fatal(p, err)
	}
	v := Verifier{Now: func() time.Time { return sealedAt.AddDate(1, 0, 0) }, EU: load(t, b)}
	r := v.VerifyPresentation(context.Background(), p, Expect{}, nil)[0]
	if got := r.Rows(check.Binding); len(got) != 1 || got[0].Reason != check.ReasonUnsignedShow || r.Verdict() != check.Unsigned {
		t.Errorf("%s, %+v", r.Verdict(), got)
	}
	if r := v.Verify(context.Background(), p.Credentials[0], nil); r.Verdict() != check.Verified {
		t.Errorf("by itself %s: %+v", r.Verdict(), r.Checks)
	}
}
