package verify

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/verify/vc"
)

var sealedAt = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// load gives a bureau's list as a person loads it.
func load(t testing.TB, b *testkit.Bureau) trust.EU {
	t.Helper()
	l, err := trust.ParseEU(b.Published(t))
	if err != nil {
		t.Fatal(err)
	}
	return trust.EU{l}
}

func newBureau(t testing.TB) *testkit.Bureau { return testkit.NewBureau(t, sealedAt) }

// judgeSeal gives the report of what a file holds, by these lists and this clock.
func judgeSeal(t testing.TB, file []byte, eu trust.EU, now time.Time) check.Report {
	t.Helper()
	found, err := Read(file)
	if err != nil || len(found) != 1 || found[0].Kind != "edc" || found[0].Form != "jades" {
		t.Fatalf("%d found, %v", len(found), err)
	}
	v := Verifier{Now: func() time.Time { return now }, EU: eu}
	return v.Verify(context.Background(), found[0], nil)
}

// sealCase is a seal, the lists and the clock it is judged by, and what is to come of it.
type sealCase struct {
	name    string
	make    func(t *testing.T, b *testkit.Bureau) made
	key     string
	issuer  string // "" where the row does not matter
	verdict check.Verdict
}

type made struct {
	seal *testkit.JAdES
	eu   trust.EU
	now  time.Time
}

var (
	year  = sealedAt.AddDate(1, 0, 0) // the seal's certificate has ended by then
	month = sealedAt.AddDate(0, 1, 0)
)

func judgeSeals(t *testing.T, cases []sealCase) {
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			m := tt.make(t, newBureau(t))
			r := judgeSeal(t, m.seal.JSON(t), m.eu, m.now)
			if got := reasonOf(r, check.Key); got != tt.key {
				t.Errorf("key: %s, want %s", got, tt.key)
			}
			if got := reasonOf(r, check.Issuer, tt.issuer); tt.issuer != "" && got != tt.issuer {
				t.Errorf("issuer: %s, want %s", got, tt.issuer)
			}
			if r.Verdict() != tt.verdict {
				t.Errorf("verdict %s, want %s: %+v", r.Verdict(), tt.verdict, r.Checks)
			}
		})
	}
}

// TestSealAndLists: what the trusted lists say of the authority behind a seal.
func TestSealAndLists(t *testing.T) {
	judgeSeals(t, []sealCase{
		{"stamped, good then, listed", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), year}
		}, "key.certificate-listed", "issuer.eu-listed", check.Verified},
		{"no list", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, testkit.CollegeEDC), nil, month}
		}, "key.certificate", "issuer.not-run", check.NotFullyChecked},
		{"a list that names others", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, testkit.CollegeEDC), load(t, newBureau(t)), month}
		}, "key.certificate", "", check.NotFullyChecked},
		{"a list too old", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Next = month.Add(-time.Second)
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate-list-old", "", check.NotFullyChecked},
		{"a list nobody signed", func(t *testing.T, b *testkit.Bureau) made {
			l, _ := trust.ParseEU([]byte(b.List.XML()))
			return made{b.Seal(t, testkit.CollegeEDC), trust.EU{l}, month}
		}, "key.certificate-list-unchecked", "", check.NotFullyChecked},
		{"a list with a letter changed", func(t *testing.T, b *testkit.Bureau) made {
			l, _ := trust.ParseEU([]byte(strings.Replace(string(b.Published(t)), "Office", "Orfice", 1)))
			return made{b.Seal(t, testkit.CollegeEDC), trust.EU{l}, month}
		}, "key.certificate-list-broken", "", check.NotFullyChecked},
		{"an authority that had lost its standing", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Services[0].Status = []string{"withdrawn"}
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate-lapsed", "", check.NotFullyChecked},
		{"an authority for something else", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Services[0].Type = "TSA/QTST"
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate", "", check.NotFullyChecked},
		{"a certificate that is not qualified", func(t *testing.T, b *testkit.Bureau) made {
			b.College = b.Authority.Issue(t, &x509.Certificate{Subject: b.College.Cert.Subject, NotBefore: sealedAt.AddDate(0, -1, 0), NotAfter: month})
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate-listed", "issuer.eu-not-qualified", check.UnrecognisedIssuer},
	})
}

// TestSealAndStanding: whether the certificate was good when it sealed, by the values that are stored with the seal.
func TestSealAndStanding(t *testing.T) {
	judgeSeals(t, []sealCase{
		{"nobody says whether it was withdrawn", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddStamp(t, b.Clock, sealedAt)
			return made{s, load(t, b), month}
		}, "key.certificate-standing", "", check.NotFullyChecked},
		{"no stamp, and a good word of a month ago", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.Good(t)}, nil)
			return made{s, load(t, b), month}
		}, "key.certificate-standing", "", check.NotFullyChecked},
		{"no stamp, and a good word of today", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.Good(t)}, nil)
			return made{s, load(t, b), sealedAt}
		}, "key.certificate-listed", "issuer.eu-listed-now", check.Verified},
		{"revoked before it sealed", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddStamp(t, b.Clock, sealedAt)
			s.AddValues(t, []*x509.Certificate{b.Authority.Cert}, [][]byte{b.Authority.OCSP(t, b.College.Cert, sealedAt.AddDate(0, 0, -1), sealedAt, month)}, nil)
			return made{s, load(t, b), month}
		}, "key.certificate-revoked", "", check.Problem},
		{"revoked before it sealed, on no list", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddValues(t, []*x509.Certificate{b.Authority.Cert}, nil, [][]byte{b.Authority.CRL(t, sealedAt, month,
				x509.RevocationListEntry{SerialNumber: b.College.Cert.SerialNumber, RevocationTime: sealedAt.AddDate(0, 0, -1)})})
			return made{s, nil, month}
		}, "key.certificate-revoked", "", check.Problem},
		{"revoked before it sealed, and only the list has its issuer", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.Authority.OCSP(t, b.College.Cert, sealedAt.AddDate(0, 0, -1), sealedAt, month)}, nil)
			return made{s, load(t, b), sealedAt}
		}, "key.certificate-revoked", "", check.Problem},
		{"an authority between, good", func(t *testing.T, b *testkit.Bureau) made {
			return made{between(t, b, time.Time{}), load(t, b), sealedAt}
		}, "key.certificate-listed", "", check.Verified},
		{"an authority between, revoked", func(t *testing.T, b *testkit.Bureau) made {
			return made{between(t, b, sealedAt.AddDate(0, 0, -1)), load(t, b), sealedAt}
		}, "key.certificate-standing", "", check.NotFullyChecked},
		{"revoked between two stamps", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddStamp(t, b.Clock, sealedAt)
			s.AddStamp(t, b.Clock, sealedAt.AddDate(0, 0, 2))
			s.AddValues(t, nil, [][]byte{b.Authority.OCSP(t, b.College.Cert, sealedAt.AddDate(0, 0, 1), sealedAt.AddDate(0, 0, 2), month)}, nil)
			return made{s, load(t, b), month}
		}, "key.certificate-listed", "", check.Verified},
		{"revoked after it sealed", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddStamp(t, b.Clock, sealedAt)
			s.AddValues(t, []*x509.Certificate{b.Authority.Cert}, [][]byte{b.Authority.OCSP(t, b.College.Cert, sealedAt.AddDate(0, 0, 1), sealedAt.AddDate(0, 0, 2), month)}, nil)
			return made{s, load(t, b), month}
		}, "key.certificate-listed", "", check.Verified},
	})
}

// TestSealAndStamps: when it was sealed, by the clocks that stamped it.
func TestSealAndStamps(t *testing.T) {
	judgeSeals(t, []sealCase{
		{"ended, and the clock is on no list", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Services = b.List.Services[:1]
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), year}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"ended, and the stamp is over another signature", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.Add(t, "sigTst", testkit.Stamps(b.Clock.Stamp(t, []byte("x"), sealedAt)))
			s.AddValues(t, nil, [][]byte{b.Good(t)}, nil)
			return made{s, load(t, b), year}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"a clock below the one on the list, of which nobody says that it is good", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Services[1].Cert = b.Clocks.Cert
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), year}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"a clock below the one on the list", func(t *testing.T, b *testkit.Bureau) made {
			b.List.Services[1].Cert = b.Clocks.Cert
			s := b.Seal(t, testkit.CollegeEDC)
			s.AddValues(t, nil, nil, [][]byte{b.Clocks.CRL(t, sealedAt, year)})
			return made{s, load(t, b), year}
		}, "key.certificate-listed", "issuer.eu-listed", check.Verified},
		{"a stamp of tomorrow", func(t *testing.T, b *testkit.Bureau) made {
			s := b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.Good(t)}, nil)
			s.AddArchive(t, b.Clock, sealedAt.AddDate(0, 0, 1))
			return made{s, load(t, b), sealedAt}
		}, "key.certificate-listed", "issuer.eu-listed-now", check.Verified},
		{"an old stamp, kept alive by an archive stamp", func(t *testing.T, b *testkit.Bureau) made {
			s := b.Seal(t, testkit.CollegeEDC)
			later := b.Clocks.ForStamps(t, "Clock 2", sealedAt.AddDate(3, 0, 0))
			s.AddArchive(t, later, sealedAt.AddDate(1, 6, 0))
			b.List.Services = append(b.List.Services, testkit.EUService{Provider: "Clocks", Type: "TSA/QTST", Cert: later.Cert, Status: []string{"granted"}, Since: []time.Time{sealedAt}})
			return made{s, load(t, b), sealedAt.AddDate(2, 6, 0)}
		}, "key.certificate-listed", "issuer.eu-listed", check.Verified},
		{"an old stamp, and its clock's certificate has ended", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), sealedAt.AddDate(2, 6, 0)}
		}, "key.certificate-ended", "", check.NotFullyChecked},
	})
}

// TestSealAndName: whether the seal is that of the issuer whom the badge names.
func TestSealAndName(t *testing.T) {
	judgeSeals(t, []sealCase{
		{"the same number, another name", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, strings.Replace(testkit.CollegeEDC, "Alpine College", "Highland School", 1)), load(t, b), month}
		}, "key.certificate-other-name", "issuer.eu-listed", check.Verified},
		{"the same name, another number", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.Seal(t, strings.Replace(testkit.CollegeEDC, "ATU123", "ATU124", 1)), load(t, b), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
		{"the same number of another country, another name", func(t *testing.T, b *testkit.Bureau) made {
			text := strings.Replace(strings.Replace(testkit.CollegeEDC, "country/AUT", "country/DEU", 1), "Alpine College", "Highland School", 1)
			return made{b.Seal(t, text), load(t, b), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
		{"no number, the same name in another language", func(t *testing.T, b *testkit.Bureau) made {
			b.College = b.Authority.ForSeals(t, "Alpenkolleg", "", sealedAt)
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate-listed", "", check.Verified},
		{"no number, another name", func(t *testing.T, b *testkit.Bureau) made {
			b.College = b.Authority.ForSeals(t, "Highland School", "", sealedAt)
			return made{b.Seal(t, testkit.CollegeEDC), load(t, b), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
	})
}

// TestSealAndForm: the seal itself, and what its header says.
func TestSealAndForm(t *testing.T) {
	judgeSeals(t, []sealCase{
		{"the header names another certificate", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, map[string]any{"x5t#S256": "x"}), load(t, b), month}
		}, "key.certificate-mismatch", "", check.Problem},
		{"no certificate", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, map[string]any{"x5c": nil}), load(t, b), month}
		}, "key.certificate-missing", "", check.NotFullyChecked},
		{"a letter of the text", func(t *testing.T, b *testkit.Bureau) made {
			s := b.Seal(t, testkit.CollegeEDC)
			s.Payload = strings.Replace(s.Payload, `"Ada"`, `"Eve"`, 1)
			return made{s, load(t, b), month}
		}, "key.certificate-listed", "issuer.not-run", check.Problem},
		{"a policy it demands", func(t *testing.T, b *testkit.Bureau) made {
			return made{b.College.SealJAdES(t, testkit.CollegeEDC, sealedAt, map[string]any{"sigPId": 1, "crit": []string{"b64", "sigPId"}}), nil, month}
		}, "key.certificate", "", check.NotFullyChecked},
	})
}

// between seals with a certificate of an authority that the listed one vouches for,
// or took back.
func between(t testing.TB, b *testkit.Bureau, revoked time.Time) *testkit.JAdES {
	middle := b.Authority.Issue(t, &x509.Certificate{
		Subject: pkix.Name{CommonName: "Middle"}, NotBefore: sealedAt.AddDate(-1, 0, 0), NotAfter: sealedAt.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	})
	college := middle.ForSeals(t, "Alpine College", "VATAT-U123", sealedAt)
	s := college.SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)
	until := sealedAt.Add(time.Hour)
	s.AddValues(t, []*x509.Certificate{middle.Cert}, [][]byte{
		middle.OCSP(t, college.Cert, time.Time{}, sealedAt, until), b.Authority.OCSP(t, middle.Cert, revoked, sealedAt, until),
	}, nil)
	return s
}

// reasonOf gives the reason of the row with an id: the wanted one, where some row
// has it, else the first.
func reasonOf(r check.Report, id string, want ...string) string {
	rows := r.Rows(id)
	if len(rows) == 0 {
		return ""
	}
	for _, c := range rows {
		for _, w := range want {
			if c.Reason == w {
				return w
			}
		}
	}
	return rows[0].Reason
}

// TestSealWithTwoSignatures: each has its own rows, and one that is broken is a
// problem although the other holds.
func TestSealWithTwoSignatures(t *testing.T) {
	b, other := newBureau(t), newBureau(t)
	both := func(second *testkit.JAdES) []byte {
		m := b.Seal(t, testkit.CollegeEDC).Object()
		m["signatures"] = append(m["signatures"].([]any), second.Object()["signatures"].([]any)...)
		file, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	r := judgeSeal(t, both(other.Seal(t, testkit.CollegeEDC)), load(t, b), sealedAt)
	if r.Verdict() != check.Verified || len(r.Rows(check.Key)) != 2 || len(r.Rows(check.Signature)) != 2 {
		t.Errorf("%s: %+v", r.Verdict(), r.Checks)
	}
	rows := judgeSeal(t, both(other.Authority.ForSeals(t, "Highland School", "", sealedAt).SealJAdES(t, testkit.CollegeEDC, sealedAt, nil)), append(load(t, b), load(t, other)...), sealedAt).Rows(check.Issuer)
	if len(rows) != 1 || rows[0].Reason != "issuer.eu-listed" {
		t.Errorf("a list vouches for somebody else's seal: %+v", rows)
	}
	broken := other.Seal(t, testkit.CollegeEDC)
	broken.Signature = b.Seal(t, testkit.CollegeEDC).Signature
	if r := judgeSeal(t, both(broken), load(t, b), sealedAt); r.Verdict() != check.Problem {
		t.Errorf("%s: %+v", r.Verdict(), r.Checks)
	}
}

// TestSealWithoutCertificate: its key is then the one the issuer's own identifier
// stands for, as with any token.
func TestSealWithoutCertificate(t *testing.T) {
	b := newBureau(t)
	own, err := did.Key(b.College.Key.Public())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(testkit.CollegeEDC, "urn:epass:org:1", own, 1)
	for kid, want := range map[string]string{own + "#" + strings.TrimPrefix(own, "did:key:"): "key.own", "": "key.own", "did:web:elsewhere.example#1": "key.offline"} {
		more := map[string]any{"x5c": nil, "x5t#S256": nil, "kid": kid}
		if kid == "" {
			delete(more, "kid")
		}
		r := judgeSeal(t, b.College.SealJAdES(t, text, sealedAt, more).JSON(t), nil, sealedAt)
		if got := reasonOf(r, check.Key); got != want {
			t.Errorf("kid %q: %s, want %s", kid, got, want)
		}
	}
}

// TestSameRegister: numbers decide whether two are the same organisation, by any
// usual way to write them, of the same country.
func TestSameRegister(t *testing.T) {
	authority := testkit.NewAuthority(t, "Authority", sealedAt)
	for _, tt := range []struct {
		name, certificate string
		issuer            vc.Identifier
		same, other       bool
	}{
		{"the number alone", "VATAT-U123", vc.Identifier{Type: "vatIdentifier", Value: "U123", Country: "AT"}, true, false},
		{"with its country", "VATAT-U123", vc.Identifier{Type: "vatIdentifier", Value: "AT U 123", Country: "AT"}, true, false},
		{"as a whole", "VATAT-U123", vc.Identifier{Type: "identifier", Value: "vatat-u123"}, true, false},
		{"another number", "VATAT-U123", vc.Identifier{Type: "vatIdentifier", Value: "U124", Country: "AT"}, false, true},
		{"another number in another register", "VATAT-U123", vc.Identifier{Type: "registration", Value: "77", Country: "AT"}, false, false},
		{"the same of another country", "VATAT-U123", vc.Identifier{Type: "vatIdentifier", Value: "U123", Country: "DE"}, false, false},
		{"Greece by its letters for taxes", "VATEL-1", vc.Identifier{Type: "vatIdentifier", Value: "1", Country: "GR"}, true, false},
		{"valid everywhere", "LEIXG-ABC", vc.Identifier{Type: "identifier", Value: "ABC", Country: "AT"}, true, false},
		{"a register", "NTRAT-77", vc.Identifier{Type: "registration", Value: "78", Country: "AT"}, false, true},
		{"no number in the certificate", "", vc.Identifier{Type: "vatIdentifier", Value: "U123", Country: "AT"}, false, false},
		{"an empty number", "VATAT-U123", vc.Identifier{Type: "identifier", Country: "AT"}, false, false},
	} {
		c := authority.ForSeals(t, "Alpine College", tt.certificate, sealedAt).Cert
		if same, other := sameRegister(c, []vc.Identifier{tt.issuer}); same != tt.same || other != tt.other {
			t.Errorf("%s: same %v, other %v", tt.name, same, other)
		}
	}
}

// TestLocalIssuerID: an id that means something inside a document only is trusted by
// nobody's list.
func TestLocalIssuerID(t *testing.T) {
	const local = "urn:epass:org:1"
	v := &Verifier{Issuers: []Trusted{{ID: local, Name: "Alpine College"}}}
	for _, c := range issuerRows(v, local, confirmedSeal()) {
		if c.Outcome == check.Pass {
			t.Errorf("%+v", c)
		}
	}
}
