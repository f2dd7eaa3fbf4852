package testkit

import (
	"crypto/x509"
	"testing"
	"time"
)

// Bureau is a country with a trusted list, which names an authority that gave a
// college its certificate, and a clock that stamps.
type Bureau struct {
	Authority, Clocks Identity
	Clock             Identity
	College           Identity // "Alpine College", "VATAT-U123"; ends half a year after At
	Office            Sealer   // who signs the list
	List              EUList
	At                time.Time
}

// NewBureau makes one in which all is well at a time and for some years.
func NewBureau(t testing.TB, at time.Time) *Bureau {
	t.Helper()
	b := &Bureau{Authority: NewAuthority(t, "Authority", at), Clocks: NewAuthority(t, "Clocks", at), Office: NewSealer(t, "p256", "Office", at), At: at}
	b.Clock = b.Clocks.ForStamps(t, "Clock", at)
	b.College = b.Authority.ForSeals(t, "Alpine College", "VATAT-U123", at)
	long := []time.Time{at.AddDate(-4, 0, 0)}
	b.List = EUList{
		Territory: "AT", Issued: at.AddDate(0, 0, -3), Next: at.AddDate(5, 0, 0),
		Services: []EUService{
			{Provider: "Authority", Type: "CA/QC", Cert: b.Authority.Cert, Status: []string{"granted"}, Since: long},
			{Provider: "Clocks", Type: "TSA/QTST", Cert: b.Clock.Cert, Status: []string{"granted"}, Since: long},
		},
	}
	return b
}

// Seal seals a text with a time stamp, and an answer that the certificate is good.
func (b *Bureau) Seal(t testing.TB, text string) *JAdES {
	t.Helper()
	s := b.College.SealJAdES(t, text, b.At, nil)
	s.AddStamp(t, b.Clock, b.At)
	s.AddValues(t, []*x509.Certificate{b.Authority.Cert}, [][]byte{b.Good(t)}, nil)
	return s
}

// Good is an answer that the college's certificate is good, an hour around At.
func (b *Bureau) Good(t testing.TB) []byte {
	t.Helper()
	return b.Authority.OCSP(t, b.College.Cert, time.Time{}, b.At.Add(-time.Hour), b.At.Add(time.Hour))
}

// Published gives the list with its signature.
func (b *Bureau) Published(t testing.TB) []byte {
	t.Helper()
	return []byte(b.Office.Seal(t, b.List.XML()))
}

// CollegeEDC is a European Digital Credential of Alpine College, which states its
// VAT number.
const CollegeEDC = `{"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"],
"id":"urn:credential:1","type":["VerifiableCredential","EuropeanDigitalCredential"],"credentialProfiles":{"id":"http://data.europa.eu/snb/credential/e34929035b","type":"Concept"},
"displayParameter":{"id":"urn:epass:displayParameter:1","type":"DisplayParameter","title":{"en":"Guest care"}},
"issuer":{"id":"urn:epass:org:1","type":"Organisation","legalName":{"de":"Alpenkolleg","en":"Alpine College"},
"vatIdentifier":{"id":"urn:epass:legalIdentifier:1","type":"LegalIdentifier","notation":"ATU123","spatial":{"id":"http://publications.europa.eu/resource/authority/country/AUT","type":"Concept"}}},
"issuanceDate":"2026-03-01T00:00:00Z","validFrom":"2026-03-01T00:00:00Z",
"credentialSubject":{"id":"urn:epass:person:1","type":"Person","fullName":{"en":"Ada"},"hasClaim":{"id":"urn:epass:learningAchievement:1","type":"LearningAchievement","title":{"en":"Guest care"}}}}`

// CollegeXML is a European credential of Alpine College in the older form.
const CollegeXML = `<?xml version="1.0" encoding="UTF-8"?>
<europassCredential xmlns="http://data.europa.eu/snb" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" xsdVersion="0.10.0" cred:id="urn:credential:1">
<cred:validFrom>2026-03-01T00:00:00Z</cred:validFrom><cred:issuer idref="urn:epass:org:1"/><title><text lang="en">Guest care</text></title>
<credentialSubject id="urn:epass:person:1"><fullName><text lang="en">Ada</text></fullName><achievements><learningAchievement id="urn:epass:learningAchievement:1"><title><text lang="en">Guest care</text></title></learningAchievement></achievements></credentialSubject>
<agentReferences><organization id="urn:epass:org:1"><vatIdentifier spatialID="AUT">ATU123</vatIdentifier><prefLabel><text lang="en">Alpine College</text></prefLabel></organization></agentReferences>
<proof></proof></europassCredential>`
