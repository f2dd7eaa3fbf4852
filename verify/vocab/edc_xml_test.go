package vocab

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// older is a credential of schema 0.10.
const older = `<?xml version="1.0" encoding="UTF-8"?>
<europassCredential xmlns="http://data.europa.eu/snb" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" xsdVersion="0.10.0" cred:id="urn:credential:1">
<type uri="http://data.europa.eu/snb/credential/e34929035b"><targetName><text lang="en">Generic</text></targetName></type>
<primaryLanguage>fr</primaryLanguage>
<cred:validFrom>2021-01-18T18:00:00+01:00</cred:validFrom><cred:issued>2021-01-28T13:20:16+01:00</cred:issued><cred:validUntil>2031-01-18T18:00:00+01:00</cred:validUntil>
<cred:issuer idref="urn:epass:org:1"/>
<title><text lang="de">Schweißen</text><text lang="en">Welding</text></title><description><text lang="en">Has learnt it.</text></description>
<credentialSubject id="urn:epass:person:1"><contactPoint><mailBox uri="mailto:ada@example.org"/></contactPoint>
 <fullName><text lang="en">Ada Lovelace</text></fullName><givenNames><text lang="en">Ada</text></givenNames>
 <achievements><learningAchievement id="urn:epass:learningAchievement:1">
  <title><text lang="en">Welding, level 2</text></title>
  <wasDerivedFrom id="urn:epass:assessment:1"><title><text lang="en">Exam</text></title><grade>A</grade><idVerificationMethod uri="x:y"><targetName><text lang="en">ID card</text></targetName></idVerificationMethod><specifiedBy idref="urn:epass:assessmentspec:1"/></wasDerivedFrom>
  <wasInfluencedBy><startedAtTime>2020-01-02T03:04:05Z</startedAtTime><endedAtTime>2020-12-31T00:00:00Z</endedAtTime></wasInfluencedBy>
  <wasAwardedBy idref="urn:epass:awardingProcess:1"/>
  <entitlesTo><title><text lang="en">Work on bridges</text></title></entitlesTo>
  <specifiedBy idref="urn:epass:qualification:1"/>
  <hasPart><learningAchievement><title><text lang="en">Safety</text></title></learningAchievement></hasPart>
 </learningAchievement></achievements>
</credentialSubject>
<learningSpecificationReferences><qualification id="urn:epass:qualification:1">
 <type uri="x:module"><targetName><text lang="en">Programme module</text></targetName></type><title><text lang="en">Welding</text></title>
 <volumeOfLearning>PT80H</volumeOfLearning><hasECTSCreditPoints>5</hasECTSCreditPoints>
 <language uri="http://publications.europa.eu/resource/authority/language/ENG"><targetName><text lang="en">English</text></targetName></language>
 <eqfLevel uri="http://data.europa.eu/snb/eqf/4"><targetName><text lang="en">Level 4</text></targetName></eqfLevel>
 <learningOutcomes><learningOutcome idref="urn:epass:learningOutcome:1"/></learningOutcomes>
</qualification></learningSpecificationReferences>
<learningOutcomeReferences><learningOutcome id="urn:epass:learningOutcome:1"><prefLabel><text lang="en">Weld a bridge</text></prefLabel>
 <relatedEscoSkill uri="http://data.europa.eu/esco/skill/1"><targetName><text lang="en">weld</text></targetName></relatedEscoSkill></learningOutcome></learningOutcomeReferences>
<assessmentSpecificationReferences><assessmentSpecification id="urn:epass:assessmentspec:1"><type><targetName><text lang="en">Written</text></targetName></type></assessmentSpecification></assessmentSpecificationReferences>
<agentReferences><organization id="urn:epass:org:1"><registration spatialID="IRL">R-1</registration><vatIdentifier spatialID="IRL">V-1</vatIdentifier>
 <prefLabel><text lang="en">Green University</text><text lang="ga">Ollscoil Ghlas</text></prefLabel><homepage uri="https://green.example"/>
 <hasLocation><hasAddress><country uri="http://publications.europa.eu/resource/authority/country/IRL"><targetName><text lang="en">Ireland</text></targetName></country></hasAddress></hasLocation>
 <logo><contentType uri="http://publications.europa.eu/resource/authority/file-type/PNG"/><content>aGk= </content></logo></organization></agentReferences>
<awardingProcessReferences><awardingProcess id="urn:epass:awardingProcess:1"><awardingBody idref="urn:epass:org:1"/><date>2020-10-20T17:00:00+02:00</date></awardingProcess></awardingProcessReferences>
<proof></proof></europassCredential>`

// pilot is one of 2019: plain text, other names.
const pilot = `<europassCredential><expirationDate>2029-11-15T00:00:00Z</expirationDate><issuanceDate>2019-10-15T00:00:00Z</issuanceDate><uuid>u-1</uuid>
<issuer><organization idref="urn:agent:002"/></issuer><title lang="en_GB">Technician</title>
<credentialSubject><id>ada</id><fullName>Ada Lovelace</fullName><achievements><learningAward id="u-1/1"><title>Networks</title><issuedDate>2019-10-15T00:00:00Z</issuedDate>
<hasPart id="u-1/2"><title>Routers</title></hasPart><wasDerivedFrom><title>Exam</title><gradeDetailsDTO><textScore>7.0</textScore></gradeDetailsDTO></wasDerivedFrom>
<NQFqualification><iscedFcode>0611 Computer use</iscedFcode><ectsCreditPoints>80.0</ectsCreditPoints><eqfLevel>7.0</eqfLevel></NQFqualification></learningAward></achievements></credentialSubject>
<agentReferences><organization id="urn:agent:002"><legalIdentifier>L-1</legalIdentifier><preferredName>Institut Example</preferredName><email>school@example.org</email></organization></agentReferences></europassCredential>`

func readXML(t testing.TB, in string) *vc.Credential {
	t.Helper()
	found, err := envelope.Open([]byte(in))
	if err != nil || len(found) != 1 {
		t.Fatal(len(found), err)
	}
	c := found[0].Credential()
	Read(c)
	return c
}

func claims(c *vc.Credential) map[string]string {
	out := map[string]string{}
	for _, one := range c.Badge.Claims {
		out[one.Label] = one.Value
	}
	return out
}

func TestOlderEDC(t *testing.T) {
	c := readXML(t, older)
	if c.Kind != EDC || c.Form != "xml" || len(c.Shape) != 0 {
		t.Errorf("%s, %s, %+v", c.Kind, c.Form, c.Shape)
	}
	got := map[string]string{
		"id": c.ID, "name": c.Name, "issuer": c.Issuer.Name, "issuer's names": fmt.Sprint(c.Issuer.Names), "issuer's id": c.Issuer.ID, "site": c.Issuer.URL,
		"logo": c.Issuer.Image.URL, "learner": c.Subject.Name, "mail": c.Subject.Email, "from": c.From.UTC().String(), "until": c.Until.UTC().String(),
		"badge": c.Badge.Name, "type": c.Badge.Type, "credits": c.Badge.CreditsOffered, "awarded": c.Badge.Awarded.UTC().String(), "by": c.Badge.Creator.Name,
		"start": c.Badge.ActivityStart.String(), "language": c.Badge.Language, "record": fmt.Sprint(len(c.Record.Claimed)),
	}
	want := map[string]string{
		"id": "urn:credential:1", "name": "Welding", "issuer": "Green University", "issuer's names": "[Green University Ollscoil Ghlas]", "issuer's id": "NTRIE-R-1", "site": "https://green.example",
		"logo": "data:image/png;base64,aGk=", "learner": "Ada Lovelace", "mail": "ada@example.org", "from": "2021-01-18 17:00:00 +0000 UTC", "until": "2031-01-18 17:00:00 +0000 UTC",
		"badge": "Welding, level 2", "type": "Programme module", "credits": "5", "awarded": "2020-10-20 15:00:00 +0000 UTC", "by": "Green University",
		"start": "2020-01-02 03:04:05 +0000 UTC", "language": "English", "record": "2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	said := claims(c)
	for label, want := range map[string]string{
		"Profile": "Generic", "Country": "Ireland", "Workload": "80 hours", "Credit system": "ECTS", "European qualifications framework": "Level 4",
		"Supervision and identity check": "ID card", "Gives the right to": "Work on bridges",
	} {
		if said[label] != want {
			t.Errorf("%s: %q, want %q", label, said[label], want)
		}
	}
	if r := c.Badge.Results; len(r) != 1 || r[0].Name != "Exam" || r[0].Value != "A" || r[0].Type != "Written" {
		t.Errorf("results %+v", r)
	}
	if s := c.Badge.Skills; len(s) != 2 || s[0].Name != "Weld a bridge" || s[1].Name != "weld" || s[1].Framework != "ESCO" || s[1].URL != "http://data.europa.eu/esco/skill/1" {
		t.Errorf("skills %+v", s)
	}
}

func TestPilotEDC(t *testing.T) {
	c := readXML(t, pilot)
	got := []string{
		c.Kind, c.ID, c.Name, c.Issuer.Name, c.Issuer.Email, c.Subject.Name, c.Badge.Name, c.Badge.CreditsOffered, c.Badge.FieldOfStudy,
		claims(c)["European qualifications framework"], c.From.String(), c.Until.String(), fmt.Sprint(len(c.Record.Claimed)),
	}
	want := []string{
		EDC, "u-1", "Technician", "Institut Example", "school@example.org", "Ada Lovelace", "Networks", "80.0", "0611 Computer use",
		"7.0", "2019-10-15 00:00:00 +0000 UTC", "2029-11-15 00:00:00 +0000 UTC", "2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOlderEDCFlaws(t *testing.T) {
	without := func(from, to string) string {
		i := strings.Index(older, from)
		j := strings.Index(older, to) + len(to)
		return older[:i] + older[j:]
	}
	for name, c := range map[string]struct{ in, flaw string }{
		"no issuer":             {strings.Replace(older, `<cred:issuer idref="urn:epass:org:1"/>`, "", 1), "true shape.member-missing issuer"},
		"an issuer not in it":   {strings.Replace(older, `<cred:issuer idref="urn:epass:org:1"/>`, `<cred:issuer idref="urn:epass:org:9"/>`, 1), "true shape.member-missing issuer"},
		"two issuers":           {strings.Replace(older, `<cred:issuer idref="urn:epass:org:1"/>`, `<cred:issuer idref="urn:epass:org:1"/><cred:issuer idref="urn:epass:org:1"/>`, 1), "true shape.member-type issuer"},
		"no title":              {strings.Replace(older, `<title><text lang="de">Schweißen</text><text lang="en">Welding</text></title>`, "", 1), "true shape.member-missing title"},
		"nobody it was given":   {without("<credentialSubject", "</credentialSubject>"), "true shape.member-missing credentialSubject"},
		"a date that is none":   {strings.Replace(older, "2021-01-18T18:00:00+01:00", "18 January", 1), "true shape.date validFrom"},
		"a date without a zone": {strings.Replace(older, "2021-01-18T18:00:00+01:00", "2021-01-18T18:00:00", 1), "false shape.date-zone validFrom"},
	} {
		t.Run(name, func(t *testing.T) {
			found := false
			for _, f := range readXML(t, c.in).Shape {
				found = found || fmt.Sprint(f.Grave, " ", f.Code, " ", f.Member) == c.flaw
			}
			if !found {
				t.Errorf("no %s in %+v", c.flaw, readXML(t, c.in).Shape)
			}
		})
	}
}

// TestOlderEDCBombs: things that refer to each other in circles, or each to many,
// are written out within bounds.
func TestOlderEDCBombs(t *testing.T) {
	circle := `<a><learningAchievement id="1"><title>x</title><hasPart idref="1"/><hasPart idref="1"/><hasPart idref="1"/><hasPart idref="1"/><hasPart idref="1"/><hasPart idref="1"/></learningAchievement></a>`
	in := strings.Replace(older, "<achievements>", "<achievements>"+strings.ReplaceAll(strings.ReplaceAll(circle, "<a>", ""), "</a>", ""), 1)
	many := strings.Replace(older, `<hasPart><learningAchievement><title><text lang="en">Safety</text></title></learningAchievement></hasPart>`, strings.Repeat(`<hasPart idref="urn:epass:learningAchievement:1"/>`, 300), 1)
	for name, in := range map[string]string{"circle": in, "many": many} {
		t.Run(name, func(t *testing.T) {
			var c *vc.Credential
			if used := testkit.Cost(func() { c = readXML(t, in) }) >> 20; used > 64 || len(c.Record.Claimed) > maxAchievements {
				t.Errorf("%d MiB allocated, %d achievements", used, len(c.Record.Claimed))
			}
		})
	}
}

func TestOlderEDCCorpus(t *testing.T) {
	for file, want := range map[string]string{
		"edcxml__Credential_EPAS_476_unsigned.xml":             "Superior Technician in Informatics",
		"edcxml__credential-generic-profile-xsd-signed.xml":    "Master of Science: Climate Studies and Biofuture (version 1.3)",
		"edcxml__credential-generic-profile-xsd-ko.xml":        "La Modiste Diplome",
		"edcxml__credential-withspecialchars.xml":              "Stellar Diploma",
		"edcxml__diploma_credential.xml":                       "",
		"edcxml__verificable_presentation_shared-xsd_v1.1.xml": "",
	} {
		found, err := envelope.Open(testkit.File(t, "edc", file))
		if err != nil || len(found) != 1 {
			t.Fatal(file, len(found), err)
		}
		o := found[0]
		if o.Presentation {
			o = o.Inside[0]
		}
		c := o.Credential()
		Read(c)
		if c.Kind != EDC || want != "" && c.Name != want || c.Name == "" || c.Issuer.Name == "" || c.Subject.Name == "" || c.From.IsZero() {
			t.Errorf("%s: %s, %q by %q for %q from %v", file, c.Kind, c.Name, c.Issuer.Name, c.Subject.Name, c.From)
		}
	}
}
