package pki_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var at = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// world is a root, an authority below it, and a college with a seal.
type world struct{ root, authority, college testkit.Identity }

func newWorld(t testing.TB) world {
	root := testkit.NewAuthority(t, "Root", at)
	middle := root.Issue(t, &x509.Certificate{
		Subject: testkit.NewAuthority(t, "Authority", at).Cert.Subject, NotBefore: at.AddDate(-2, 0, 0), NotAfter: at.AddDate(2, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	})
	return world{root, middle, middle.ForSeals(t, "Alpine College", "VATAT-U123", at)}
}

func certs(ids ...testkit.Identity) []*x509.Certificate {
	var out []*x509.Certificate
	for _, i := range ids {
		out = append(out, i.Cert)
	}
	return out
}

func TestChain(t *testing.T) {
	w := newWorld(t)
	other := testkit.NewAuthority(t, "Authority", at) // the same name, another key
	for _, tt := range []struct {
		name    string
		others  []*x509.Certificate
		anchors []*x509.Certificate
		at      time.Time
		length  int // 0: no chain
	}{
		{"to the authority itself", nil, certs(w.authority), at, 2},
		{"to the root by way of the authority", certs(w.authority), certs(w.root), at, 3},
		{"the nearest of two", certs(w.authority), certs(w.root, w.authority), at, 2},
		{"a leaf that is listed", nil, certs(w.college), at, 1},
		{"a link is missing", nil, certs(w.root), at, 0},
		{"a namesake", nil, certs(other), at, 0},
		{"nobody", certs(w.authority, w.root), nil, at, 0},
		{"the last day", nil, certs(w.authority), w.college.Cert.NotAfter, 2},
		{"a second late", nil, certs(w.authority), w.college.Cert.NotAfter.Add(time.Second), 0},
		{"a second early", nil, certs(w.authority), w.college.Cert.NotBefore.Add(-time.Second), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path, err := pki.Chain(w.college.Cert, tt.others, tt.anchors, tt.at)
			if len(path) != tt.length || (tt.length == 0) != errors.Is(err, pki.ErrNoChain) {
				t.Errorf("%d certificates, %v", len(path), err)
			}
		})
	}
	if got := pki.Issuer(w.college.Cert, certs(other, w.root, w.authority)); !got.Equal(w.authority.Cert) {
		t.Error("the issuer was not told from its namesake")
	}
	if pki.Issuer(w.college.Cert, certs(other)) != nil {
		t.Error("a namesake is the issuer")
	}
}

// TestHugeKeys: a certificate whose key takes long to check with closes no chain.
func TestHugeKeys(t *testing.T) {
	c := *newWorld(t).college.Cert
	for bits, good := range map[uint]bool{8191: true, 8192: false} { // a modulus of one bit more
		c.PublicKey = &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), bits), E: 65537}
		if _, err := pki.Chain(&c, nil, []*x509.Certificate{&c}, at); errors.Is(err, pki.ErrNoChain) == good {
			t.Errorf("%d bits: %v", bits+1, err)
		}
	}
}

func TestCertificate(t *testing.T) {
	w := newWorld(t)
	text := base64.StdEncoding.EncodeToString(w.college.Cert.Raw)
	wrapped := text[:64] + "\n  " + text[64:]
	for name, s := range map[string]string{"plain": text, "with line breaks": wrapped} {
		if c, err := pki.Certificate(s); err != nil || !c.Equal(w.college.Cert) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, s := range map[string]string{"empty": "", "cut off": text[:100], "not base64": "*" + text, "with more behind": text + "AAAA"} {
		if _, err := pki.Certificate(s); !errors.Is(err, pki.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNames(t *testing.T) {
	w := newWorld(t)
	if got := pki.Name(w.college.Cert); got != "Alpine College" {
		t.Errorf("name %q", got)
	}
	for name, tt := range map[string]struct {
		extensions []pkix.Extension
		want       bool
	}{
		"for signatures":      {testkit.Qualified(t, 1), true},
		"for seals":           {testkit.Qualified(t, 2), true},
		"for a web site":      {testkit.Qualified(t, 3), false},
		"not at all":          {nil, false},
		"in a way unheard of": {[]pkix.Extension{{Id: testkit.Qualified(t, 2)[0].Id, Value: []byte{4, 0}}}, false},
	} {
		c := w.authority.Issue(t, &x509.Certificate{NotBefore: at, NotAfter: at, ExtraExtensions: tt.extensions}).Cert
		if got := pki.Qualified(c); got != tt.want {
			t.Errorf("qualified %s: %v", name, got)
		}
	}
	for id, want := range map[string]pki.OrganizationID{
		"VATIE-123":    {Text: "VATIE-123", Scheme: "VAT", Country: "IE", Reference: "123"},
		"NTRES-A-0-1":  {Text: "NTRES-A-0-1", Scheme: "NTR", Country: "ES", Reference: "A-0-1"},
		"EI:SE-555-1":  {Text: "EI:SE-555-1", Scheme: "EI:SE", Country: "SE", Reference: "555-1"},
		"LEIXG-ABC":    {Text: "LEIXG-ABC", Scheme: "LEI", Country: "XG", Reference: "ABC"},
		"":             {},
		"VATIE":        {},
		"VATIE-":       {},
		"VATIRL-12345": {},
	} {
		got, ok := pki.Organization(w.authority.ForSeals(t, "X", id, at).Cert)
		if got != want || ok != (want != pki.OrganizationID{}) {
			t.Errorf("%q: %+v, %v", id, got, ok)
		}
	}
}

func TestRecords(t *testing.T) {
	w := newWorld(t)
	leaf, by := w.college.Cert, w.authority
	before, after := at.AddDate(0, 0, -3), at.AddDate(0, 0, 3)
	entry := x509.RevocationListEntry{SerialNumber: leaf.SerialNumber, RevocationTime: before}
	other := x509.RevocationListEntry{SerialNumber: w.root.Cert.SerialNumber, RevocationTime: before}
	removed := x509.RevocationListEntry{SerialNumber: leaf.SerialNumber, RevocationTime: before, ReasonCode: 8}
	never := time.Time{}
	responder := func(use x509.ExtKeyUsage, end time.Time) testkit.Identity {
		return by.Issue(t, &x509.Certificate{
			Subject: w.root.Cert.Subject, NotBefore: at.AddDate(-30, 0, 0), NotAfter: end,
			ExtKeyUsage: []x509.ExtKeyUsage{use},
		})
	}
	long := at.AddDate(100, 0, 0) // answers are dated by this computer's clock
	namesake := testkit.NewAuthority(t, "Authority", at)
	twin := bytes.Clone(by.OCSP(t, leaf, never, before, after))
	twin[len(twin)-1] ^= 1
	for _, tt := range []struct {
		name    string
		records pki.Records
		known   bool
		revoked time.Time
	}{
		{"nothing", pki.Records{}, false, never},
		{"a good answer", pki.Records{OCSP: [][]byte{by.OCSP(t, leaf, never, before, after)}}, true, never},
		{"a good answer of later", pki.Records{OCSP: [][]byte{by.OCSP(t, leaf, never, after, after.AddDate(0, 0, 1))}}, true, never},
		{"a good answer that had ended", pki.Records{OCSP: [][]byte{by.OCSP(t, leaf, never, before, at.Add(-time.Second))}}, false, never},
		{"an answer with one bit changed", pki.Records{OCSP: [][]byte{twin}}, false, never},
		{"an answer by somebody else", pki.Records{OCSP: [][]byte{w.root.OCSP(t, leaf, never, before, after)}}, false, never},
		{"an answer about somebody else", pki.Records{OCSP: [][]byte{by.OCSP(t, w.root.Cert, never, before, after)}}, false, never},
		{"an answer that says revoked", pki.Records{OCSP: [][]byte{by.OCSP(t, leaf, before, before, after)}}, true, before},
		{"revoked, by an answer that had ended", pki.Records{OCSP: [][]byte{by.OCSP(t, leaf, before, before, before)}}, true, before},
		{"an answer by a responder", pki.Records{OCSP: [][]byte{responder(x509.ExtKeyUsageOCSPSigning, long).OCSPFor(t, by, leaf, before, after)}}, true, never},
		{"by a responder who had ended", pki.Records{OCSP: [][]byte{responder(x509.ExtKeyUsageOCSPSigning, at.AddDate(-20, 0, 0)).OCSPFor(t, by, leaf, before, after)}}, false, never},
		{"by one who is no responder", pki.Records{OCSP: [][]byte{responder(x509.ExtKeyUsageTimeStamping, long).OCSPFor(t, by, leaf, before, after)}}, false, never},
		{"by a responder of somebody else", pki.Records{OCSP: [][]byte{w.root.ForStamps(t, "x", at).OCSPFor(t, by, leaf, before, after)}}, false, never},
		{"no answer at all", pki.Records{OCSP: [][]byte{[]byte("x"), nil}}, false, never},
		{"a list without it", pki.Records{CRLs: [][]byte{by.CRL(t, before, after, other)}}, true, never},
		{"a list with it", pki.Records{CRLs: [][]byte{by.CRL(t, before, after, other, entry)}}, true, before},
		{"a list that takes its entry back", pki.Records{CRLs: [][]byte{by.CRL(t, before, after, removed)}}, true, never},
		{"a list by a namesake", pki.Records{CRLs: [][]byte{namesake.CRL(t, before, after, entry)}}, false, never},
		{"a list by somebody else", pki.Records{CRLs: [][]byte{w.root.CRL(t, before, after, entry)}}, false, never},
		{"a list that had ended", pki.Records{CRLs: [][]byte{by.CRL(t, before, at.Add(-time.Second))}}, false, never},
		{"no list at all", pki.Records{CRLs: [][]byte{[]byte("x")}}, false, never},
		{"good and revoked: revoked", pki.Records{
			OCSP: [][]byte{by.OCSP(t, leaf, never, before, after)}, CRLs: [][]byte{by.CRL(t, before, after, entry)},
		}, true, before},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.records.About(leaf, by.Cert, at)
			if got.Known != tt.known || !got.Revoked.Equal(tt.revoked) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestListForSomeCertificatesOnly(t *testing.T) {
	w := newWorld(t)
	partial := w.authority.PartialCRL(t, at.AddDate(0, 0, -1), at.AddDate(0, 0, 1))
	if got := (pki.Records{CRLs: [][]byte{partial}}).About(w.college.Cert, w.authority.Cert, at); got.Known {
		t.Errorf("a list for some certificates only is a good word for all: %+v", got)
	}
}

// FuzzCertificate: whatever can be read can be named, and says at most once what it
// is for.
func FuzzCertificate(f *testing.F) {
	w := newWorld(f)
	f.Add(base64.StdEncoding.EncodeToString(w.college.Cert.Raw))
	f.Add(base64.StdEncoding.EncodeToString(w.root.ForStamps(f, "Clock", at).Cert.Raw))
	f.Fuzz(func(t *testing.T, text string) {
		c, err := pki.Certificate(text)
		if err != nil {
			if !errors.Is(err, pki.ErrMalformed) {
				t.Fatalf("error of no kind: %v", err)
			}
			return
		}
		if org, ok := pki.Organization(c); ok && (org.Scheme == "" || org.Country == "" || org.Reference == "") {
			t.Errorf("%+v", org)
		}
		if pki.Qualified(c) && len(c.Extensions) == 0 {
			t.Error("qualified by nothing")
		}
		if path, err := pki.Chain(c, nil, []*x509.Certificate{w.root.Cert}, at); err == nil && !path[len(path)-1].Equal(w.root.Cert) {
			t.Error("a chain that leads elsewhere")
		}
	})
}
