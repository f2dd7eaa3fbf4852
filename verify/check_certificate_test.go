package verify

import (
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

var sealedAt = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// collegeEDC is a European Digital Credential of Alpine College, VAT number U123.
const collegeEDC = `{"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"],
"id":"urn:credential:1","type":["VerifiableCredential","EuropeanDigitalCredential"],"credentialProfiles":{"id":"http://data.europa.eu/snb/credential/e34929035b","type":"Concept"},
"displayParameter":{"id":"urn:epass:displayParameter:1","type":"DisplayParameter","title":{"en":"Guest care"}},
"issuer":{"id":"urn:epass:org:1","type":"Organisation","legalName":{"de":"Alpenkolleg","en":"Alpine College"},
"vatIdentifier":{"id":"urn:epass:legalIdentifier:1","type":"LegalIdentifier","notation":"ATU123","spatial":{"id":"http://publications.europa.eu/resource/authority/country/AUT","type":"Concept"}}},
"issuanceDate":"2026-03-01T00:00:00Z","validFrom":"2026-03-01T00:00:00Z",
"credentialSubject":{"id":"urn:epass:person:1","type":"Person","fullName":{"en":"Ada"},"hasClaim":{"id":"urn:epass:learningAchievement:1","type":"LearningAchievement","title":{"en":"Guest care"}}}}`

// bureau is a country with a trusted list that names an authority and a clock.
type bureau struct {
	authority, root, clock testkit.Identity
	college                testkit.Identity
	sealer                 testkit.Sealer
	list                   testkit.EUList
}

func newBureau(t testing.TB) *bureau {
	b := &bureau{authority: testkit.NewAuthority(t, "Authority", sealedAt), root: testkit.NewAuthority(t, "Clocks", sealedAt)}
	b.clock = b.root.ForStamps(t, "Clock", sealedAt)
	b.college = b.authority.ForSeals(t, "Alpine College", "VATAT-U123", sealedAt)
	b.sealer = testkit.NewSealer(t, "p256", "Office", sealedAt)
	long := []time.Time{sealedAt.AddDate(-4, 0, 0)}
	b.list = testkit.EUList{
		Territory: "AT", Issued: sealedAt.AddDate(0, 0, -3), Next: sealedAt.AddDate(5, 0, 0),
		Services: []testkit.EUService{
			{Provider: "Authority", Type: "CA/QC", Cert: b.authority.Cert, Status: []string{"granted"}, Since: long},
			{Provider: "Clocks", Type: "TSA/QTST", Cert: b.clock.Cert, Status: []string{"granted"}, Since: long},
		},
	}
	return b
}

// eu gives the list as a person loads it.
func (b *bureau) eu(t testing.TB) trust.EU {
	t.Helper()
	l, err := trust.ParseEU([]byte(b.sealer.Seal(t, b.list.XML())))
	if err != nil {
		t.Fatal(err)
	}
	return trust.EU{l}
}

// full seals text with a time stamp and an answer that the certificate is good.
func (b *bureau) full(t testing.TB, text string) *testkit.JAdES {
	s := b.college.SealJAdES(t, text, sealedAt, nil)
	s.AddStamp(t, b.clock, sealedAt)
	s.AddValues(t, []*x509.Certificate{b.authority.Cert}, [][]byte{b.good(t, b.college)}, nil)
	return s
}

func (b *bureau) good(t testing.TB, about testkit.Identity) []byte {
	return b.authority.OCSP(t, about.Cert, time.Time{}, sealedAt.Add(-time.Hour), sealedAt.Add(time.Hour))
}

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

func TestEuropeanSeal(t *testing.T) {
	year := sealedAt.AddDate(1, 0, 0) // the seal's certificate has ended by then
	month := sealedAt.AddDate(0, 1, 0)
	type made struct {
		seal *testkit.JAdES
		eu   trust.EU
		now  time.Time
	}
	for _, tt := range []struct {
		name    string
		make    func(t *testing.T, b *bureau) made
		key     string
		issuer  string // "" where the row does not matter
		verdict check.Verdict
	}{
		{"stamped, good then, listed", func(t *testing.T, b *bureau) made {
			return made{b.full(t, collegeEDC), b.eu(t), year}
		}, "key.certificate-listed", "issuer.eu-listed", check.Verified},
		{"no list", func(t *testing.T, b *bureau) made {
			return made{b.full(t, collegeEDC), nil, month}
		}, "key.certificate", "issuer.not-run", check.NotFullyChecked},
		{"a list that names others", func(t *testing.T, b *bureau) made {
			return made{b.full(t, collegeEDC), newBureau(t).eu(t), month}
		}, "key.certificate", "", check.NotFullyChecked},
		{"a list too old", func(t *testing.T, b *bureau) made {
			b.list.Next = month.Add(-time.Second)
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate-list-old", "", check.NotFullyChecked},
		{"a list nobody signed", func(t *testing.T, b *bureau) made {
			l, _ := trust.ParseEU([]byte(b.list.XML()))
			return made{b.full(t, collegeEDC), trust.EU{l}, month}
		}, "key.certificate-list-unchecked", "", check.NotFullyChecked},
		{"a list with a letter changed", func(t *testing.T, b *bureau) made {
			l, _ := trust.ParseEU([]byte(strings.Replace(b.sealer.Seal(t, b.list.XML()), "Office", "Orfice", 1)))
			return made{b.full(t, collegeEDC), trust.EU{l}, month}
		}, "key.certificate-list-broken", "", check.NotFullyChecked},
		{"an authority that had lost its standing", func(t *testing.T, b *bureau) made {
			b.list.Services[0].Status = []string{"withdrawn"}
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate-lapsed", "", check.NotFullyChecked},
		{"an authority for something else", func(t *testing.T, b *bureau) made {
			b.list.Services[0].Type = "TSA/QTST"
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate", "", check.NotFullyChecked},
		{"nobody says whether it was withdrawn", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddStamp(t, b.clock, sealedAt)
			return made{s, b.eu(t), month}
		}, "key.certificate-standing", "", check.NotFullyChecked},
		{"no stamp, and a good word of a month ago", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.good(t, b.college)}, nil)
			return made{s, b.eu(t), month}
		}, "key.certificate-standing", "", check.NotFullyChecked},
		{"no stamp, and a good word of today", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddValues(t, nil, [][]byte{b.good(t, b.college)}, nil)
			return made{s, b.eu(t), sealedAt}
		}, "key.certificate-listed", "issuer.eu-listed-now", check.Verified},
		{"ended, and the clock is on no list", func(t *testing.T, b *bureau) made {
			b.list.Services = b.list.Services[:1]
			return made{b.full(t, collegeEDC), b.eu(t), year}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"ended, and the stamp is over another signature", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.Add(t, "sigTst", testkit.Stamps(b.clock.Stamp(t, []byte("x"), sealedAt)))
			s.AddValues(t, nil, [][]byte{b.good(t, b.college)}, nil)
			return made{s, b.eu(t), year}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"revoked before it sealed", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddStamp(t, b.clock, sealedAt)
			s.AddValues(t, []*x509.Certificate{b.authority.Cert}, [][]byte{b.authority.OCSP(t, b.college.Cert, sealedAt.AddDate(0, 0, -1), sealedAt, month)}, nil)
			return made{s, b.eu(t), month}
		}, "key.certificate-revoked", "", check.Problem},
		{"revoked before it sealed, on no list", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddValues(t, []*x509.Certificate{b.authority.Cert}, nil, [][]byte{b.authority.CRL(t, sealedAt, month,
				x509.RevocationListEntry{SerialNumber: b.college.Cert.SerialNumber, RevocationTime: sealedAt.AddDate(0, 0, -1)})})
			return made{s, nil, month}
		}, "key.certificate-revoked", "", check.Problem},
		{"revoked after it sealed", func(t *testing.T, b *bureau) made {
			s := b.college.SealJAdES(t, collegeEDC, sealedAt, nil)
			s.AddStamp(t, b.clock, sealedAt)
			s.AddValues(t, nil, [][]byte{b.authority.OCSP(t, b.college.Cert, sealedAt.AddDate(0, 0, 1), sealedAt.AddDate(0, 0, 2), month)}, nil)
			return made{s, b.eu(t), month}
		}, "key.certificate-listed", "", check.Verified},
		{"an old stamp, kept alive by an archive stamp", func(t *testing.T, b *bureau) made {
			s := b.full(t, collegeEDC)
			later := b.root.ForStamps(t, "Clock 2", sealedAt.AddDate(3, 0, 0))
			s.AddArchive(t, later, sealedAt.AddDate(1, 6, 0))
			b.list.Services = append(b.list.Services, testkit.EUService{Provider: "Clocks", Type: "TSA/QTST", Cert: later.Cert, Status: []string{"granted"}, Since: []time.Time{sealedAt}})
			return made{s, b.eu(t), sealedAt.AddDate(2, 6, 0)}
		}, "key.certificate-listed", "issuer.eu-listed", check.Verified},
		{"an old stamp, and its clock's certificate has ended", func(t *testing.T, b *bureau) made {
			return made{b.full(t, collegeEDC), b.eu(t), sealedAt.AddDate(2, 6, 0)}
		}, "key.certificate-ended", "", check.NotFullyChecked},
		{"the same number, another name", func(t *testing.T, b *bureau) made {
			return made{b.full(t, strings.Replace(collegeEDC, "Alpine College", "Highland School", 1)), b.eu(t), month}
		}, "key.certificate-other-name", "issuer.eu-listed", check.Verified},
		{"the same name, another number", func(t *testing.T, b *bureau) made {
			return made{b.full(t, strings.Replace(collegeEDC, "ATU123", "ATU124", 1)), b.eu(t), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
		{"the same number of another country, another name", func(t *testing.T, b *bureau) made {
			text := strings.Replace(strings.Replace(collegeEDC, "country/AUT", "country/DEU", 1), "Alpine College", "Highland School", 1)
			return made{b.full(t, text), b.eu(t), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
		{"no number, the same name in another language", func(t *testing.T, b *bureau) made {
			b.college = b.authority.ForSeals(t, "Alpenkolleg", "", sealedAt)
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate-listed", "", check.Verified},
		{"no number, another name", func(t *testing.T, b *bureau) made {
			b.college = b.authority.ForSeals(t, "Highland School", "", sealedAt)
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate-other", "", check.NotFullyChecked},
		{"a certificate that is not qualified", func(t *testing.T, b *bureau) made {
			b.college = b.authority.Issue(t, &x509.Certificate{Subject: b.college.Cert.Subject, NotBefore: sealedAt.AddDate(0, -1, 0), NotAfter: month})
			return made{b.full(t, collegeEDC), b.eu(t), month}
		}, "key.certificate-listed", "issuer.eu-not-qualified", check.UnrecognisedIssuer},
		{"the header names another certificate", func(t *testing.T, b *bureau) made {
			return made{b.college.SealJAdES(t, collegeEDC, sealedAt, map[string]any{"x5t#S256": "x"}), b.eu(t), month}
		}, "key.certificate-mismatch", "", check.Problem},
		{"no certificate", func(t *testing.T, b *bureau) made {
			return made{b.college.SealJAdES(t, collegeEDC, sealedAt, map[string]any{"x5c": nil}), b.eu(t), month}
		}, "key.certificate-missing", "", check.NotFullyChecked},
		{"a letter of the text", func(t *testing.T, b *bureau) made {
			s := b.full(t, collegeEDC)
			s.Payload = strings.Replace(s.Payload, `"Ada"`, `"Eve"`, 1)
			return made{s, b.eu(t), month}
		}, "key.certificate-listed", "issuer.not-run", check.Problem},
		{"a policy it demands", func(t *testing.T, b *bureau) made {
			return made{b.college.SealJAdES(t, collegeEDC, sealedAt, map[string]any{"sigPId": 1, "crit": []string{"b64", "sigPId"}}), nil, month}
		}, "key.certificate", "", check.NotFullyChecked},
	} {
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
		m := b.full(t, collegeEDC).Object()
		m["signatures"] = append(m["signatures"].([]any), second.Object()["signatures"].([]any)...)
		file, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	r := judgeSeal(t, both(other.full(t, collegeEDC)), b.eu(t), sealedAt)
	if r.Verdict() != check.Verified || len(r.Rows(check.Key)) != 2 || len(r.Rows(check.Signature)) != 2 {
		t.Errorf("%s: %+v", r.Verdict(), r.Checks)
	}
	broken := other.full(t, collegeEDC)
	broken.Signature = b.full(t, collegeEDC).Signature
	if r := judgeSeal(t, both(broken), b.eu(t), sealedAt); r.Verdict() != check.Problem {
		t.Errorf("%s: %+v", r.Verdict(), r.Checks)
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
