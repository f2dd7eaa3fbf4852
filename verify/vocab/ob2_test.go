package vocab

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/vc"
)

// award is a badge of version 2 with all its parts written out.
func award() map[string]any {
	return object(`{
		"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/a/1",
		"recipient": {"type": "email", "hashed": true, "salt": "deadsea", "identity": "sha256$00ff"},
		"issuedOn": "2026-01-02T03:04:05Z", "expires": "2027-01-02T03:04Z", "narrative": "Well done.",
		"evidence": ["https://ada.example/work", {"id": "_:b1", "narrative": "Rocked", "genre": "Film"}],
		"verification": {"type": "hosted"},
		"extensions:recipientProfile": {"@context": "https://x.example", "type": ["Extension"], "name": "Ada"},
		"extensions:note": {"@context": "https://x.example", "type": ["Extension"], "id": "_:b2", "http://schema.org/text": "Short"},
		"badge": {
			"type": "BadgeClass", "id": "https://school.example/b/1", "name": "Robots", "description": "Builds robots",
			"image": {"id": "https://school.example/b.png", "caption": "A robot"}, "criteria": {"id": "https://school.example/c", "narrative": "Build one"},
			"alignment": [{"targetName": "Building", "targetUrl": "https://skills.example/1", "targetCode": "B1"}],
			"tags": ["robots", "build"], "version": 2, "@language": "en", "related": {"id": "https://school.example/b/0"}, "colour": "red",
			"endorsement": "https://other.example/e/2",
			"issuer": {"type": "Profile", "id": "https://school.example/p", "name": "School", "url": "https://school.example", "email": "a@school.example"}
		},
		"endorsement": {"@context": "https://w3id.org/openbadges/v2", "type": "Endorsement", "id": "https://other.example/e/1",
			"issuer": {"id": "https://other.example/p", "name": "Other"}, "issuedOn": "2026-02-02T00:00:00Z",
			"claim": {"id": "https://school.example/a/1", "endorsementComment": "True"}, "verification": {"type": "hosted"}}
	}`)
}

// award1 is a badge of version 1.0.
func award1() map[string]any {
	return object(`{
		"uid": "f2c20", "recipient": {"type": "email", "hashed": true, "salt": "deadsea", "identity": "sha256$00ff"},
		"badge": "https://school.example/b/1", "verify": {"type": "hosted", "url": "https://school.example/a/1"},
		"issuedOn": 1767323045, "evidence": "https://ada.example/work"
	}`)
}

// award05 is a badge of version 0.5.
func award05() map[string]any {
	return object(`{
		"recipient": "sha256$00ff", "salt": "deadsea", "evidence": "/work", "expires": "2027-06-01", "issued_on": "2026-06-01",
		"badge": {"version": "0.5.0", "name": "Html", "image": "/html.png", "description": "Knows HTML", "criteria": "/html",
			"issuer": {"origin": "https://school.example", "name": "School", "org": "Web", "contact": "a@school.example"}}
	}`)
}

func TestOpenBadge2(t *testing.T) {
	c := document(t, award())
	Read(c)
	if flaws(c) != "" || c.Kind != OB2 || c.ID != "https://school.example/a/1" || c.Name != "Robots" {
		t.Errorf("%s %s %s %s", flaws(c), c.Kind, c.ID, c.Name)
	}
	who := []vc.Identifier{{Type: "emailAddress", Value: "sha256$00ff", Hashed: true, Salt: "deadsea"}}
	if !reflect.DeepEqual(c.Subject, vc.Party{Name: "Ada", Identifiers: who}) {
		t.Errorf("subject %+v", c.Subject)
	}
	if c.Issuer.ID != "https://school.example/p" || c.Issuer.Name != "School" || c.Issuer.Email != "a@school.example" {
		t.Errorf("issuer %+v", c.Issuer)
	}
	if c.From.Unix() != 1767323045 || c.Until != time.Date(2027, 1, 2, 3, 4, 0, 0, time.UTC) || c.Badge.Awarded != c.From {
		t.Errorf("%v %v", c.From, c.Until)
	}
	want := vc.Badge{
		AchievementID: "https://school.example/b/1", Name: "Robots", Description: "Builds robots", Narrative: "Well done.",
		Criteria: vc.Criteria{ID: "https://school.example/c", Narrative: "Build one"},
		Image:    vc.Image{URL: "https://school.example/b.png", Caption: "A robot"},
		Language: "en", Version: "2", Tags: []string{"robots", "build"}, Related: []string{"https://school.example/b/0"},
		Skills:       []vc.Alignment{{Code: "B1", Name: "Building", URL: "https://skills.example/1"}},
		Evidence:     []vc.Evidence{{ID: "https://ada.example/work"}, {ID: "_:b1", Narrative: "Rocked", Genre: "Film"}},
		Endorsements: []vc.Endorsement{{About: "credential", By: vc.Party{ID: "https://other.example/p", Name: "Other"}, Comment: "True"}},
		Awarded:      c.From,
		Claims: []vc.Claim{
			{Path: "/badge/endorsement/0", Label: "Endorsement", Value: "https://other.example/e/2"},
			{Path: "/badge/colour", Label: "Colour", Value: "red"},
			{Path: "/extensions:note/http:~1~1schema.org~1text", Label: "Note: Text", Value: "Short"},
			{Path: "/extensions:recipientProfile/name", Label: "Recipient profile: Name", Value: "Ada"},
		},
	}
	if !reflect.DeepEqual(c.Badge, want) {
		t.Errorf("badge\n%+v, want\n%+v", c.Badge, want)
	}
	if len(c.Parts) != 1 || c.Parts[0].Kind != OB2 || c.Parts[0].Name != "Endorsement" || flaws(c.Parts[0]) != "" || len(c.Parts[0].Proofs) != 1 {
		t.Errorf("parts %+v", c.Parts)
	}
}

func TestOpenBadge1(t *testing.T) {
	c := document(t, award1())
	Read(c)
	if flaws(c) != "" || c.Kind != OB1 || c.ID != "https://school.example/a/1" || c.Name != "Badge" || c.Issuer.ID != "" {
		t.Errorf("%s %s %q %q %+v", flaws(c), c.Kind, c.ID, c.Name, c.Issuer)
	}
	if c.From.Unix() != 1767323045 || c.Badge.AchievementID != "https://school.example/b/1" || c.Badge.Evidence[0].ID != "https://ada.example/work" {
		t.Errorf("%v %+v", c.From, c.Badge)
	}
	c = document(t, award05())
	Read(c)
	if flaws(c) != "" || c.Kind != OB1 || c.Name != "Html" || c.Issuer.ID != "https://school.example" || c.Issuer.Email != "a@school.example" || len(c.Proofs) != 0 {
		t.Errorf("%s %s %q %+v %v", flaws(c), c.Kind, c.Name, c.Issuer, c.Proofs)
	}
	who := []vc.Identifier{{Type: "emailAddress", Value: "sha256$00ff", Hashed: true, Salt: "deadsea"}}
	if !reflect.DeepEqual(c.Subject.Identifiers, who) || c.Until.Format(time.DateOnly) != "2027-06-01" {
		t.Errorf("%+v %v", c.Subject, c.Until)
	}
	old := with(award1(), "badge", object(`{"name": "n", "issuer": "https://school.example/p", "alignment": {"name": "Skill", "url": "https://x.example", "description": "d"}}`))
	c = document(t, old)
	Read(c)
	if want := []vc.Alignment{{Name: "Skill", URL: "https://x.example", Description: "d"}}; !reflect.DeepEqual(c.Badge.Skills, want) {
		t.Errorf("%+v", c.Badge.Skills)
	}
}

// TestOpenBadgeShape: the good badges, each with one thing wrong.
func TestOpenBadgeShape(t *testing.T) {
	class := func(pairs ...any) map[string]any {
		return with(award(), "badge", with(award()["badge"].(map[string]any), pairs...))
	}
	recipient := func(pairs ...any) map[string]any {
		return with(award(), "recipient", with(award()["recipient"].(map[string]any), pairs...))
	}
	issuer := func(pairs ...any) map[string]any {
		return class("issuer", with(award()["badge"].(map[string]any)["issuer"].(map[string]any), pairs...))
	}
	endorsement := award()["endorsement"].(map[string]any)
	for _, c := range []struct {
		name, want string
		doc        map[string]any
	}{
		{"no id", "!shape.member-missing(id)", with(award(), "id", nil, "endorsement", nil)},
		{"an id that is no address", "!shape.not-a-link(id)", with(award(), "id", "robots badge", "endorsement", nil)},
		{"nobody", "!shape.member-missing(recipient)", with(award(), "recipient", nil)},
		{"a bare text as recipient", "!shape.member-type(recipient)", with(award(), "recipient", "sha256$00ff")},
		{"a recipient without identity", "!shape.member-missing(recipient.identity)", recipient("identity", nil)},
		{"a recipient without a kind", "shape.member-missing(recipient.type)", recipient("type", nil)},
		{"a recipient that does not say whether it is hashed", "shape.member-missing(recipient.hashed)", recipient("hashed", nil)},
		{"hashed in words", "shape.member-type(recipient.hashed)", recipient("hashed", "true")},
		{"for nothing", "!shape.member-missing(badge)", with(award(), "badge", nil)},
		{"a class whose address is none", "!shape.not-a-link(badge)", with(award(), "badge", "robots")},
		{"a class by its address", "", with(award(), "badge", "https://school.example/b/1")},
		{"a class without a name", "!shape.member-missing(badge.name)", class("name", nil)},
		{"a class without a picture", "shape.member-missing(badge.image)", class("image", nil)},
		{"a class without an issuer", "shape.member-missing(badge.issuer)", class("issuer", nil)},
		{"an issuer by its address", "", class("issuer", "https://school.example/p")},
		{"an issuer whose address is none", "!shape.not-a-link(badge.issuer)", class("issuer", "school")},
		{"an issuer without a name", "shape.member-missing(badge.issuer.name)", issuer("name", nil)},
		{"no date", "!shape.member-missing(issuedOn)", with(award(), "issuedOn", nil)},
		{"a day that is none", "!shape.date(issuedOn)", with(award(), "issuedOn", "2026-02-30T00:00:00Z")},
		{"a date in words", "!shape.date(expires)", with(award(), "expires", "next year")},
		{"a day alone", "shape.date-zone(expires)", with(award(), "expires", "2027-01-02")},
		{"a Unix time", "shape.date-zone(issuedOn)", with(award(), "issuedOn", 1767323045)},
		{"an end on the day before", "!shape.dates-order(expires)", with(award(), "expires", "2026-01-01T03:04:05Z")},
		{"an end on the very instant", "", with(award(), "expires", "2026-01-02T03:04:05Z")},
		{"no way to verify it", "!shape.member-missing(verification)", with(award(), "verification", nil)},
		{"the old name of the way", "", with(award(), "verification", nil, "verify", object(`{"type": "hosted"}`))},
		{"no context", "shape.member-missing(@context)", with(award(), "@context", nil)},
		{"the context of 2.1", "", with(award(), "@context", "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld")},
		{"a context of one letter more", "!shape.badge-context(@context)", with(award(), "@context", "https://w3id.org/openbadges/v2x")},
		{"the context written out", "shape.badge-context(@context)", with(award(), "@context", object(`{"Assertion": "https://w3id.org/openbadges#Assertion"}`))},
		{"one among several contexts", "", with(award(), "@context", []any{"https://x.example/context", "https://w3id.org/openbadges/v2"})},
		{"taken back, all else removed", "", object(`{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/a/1", "revoked": true}`)},
		{"an address", "shape.address-only()", object(`{"id": "https://school.example/a/1", "verify": {"type": "hosted", "url": "https://school.example/a/1"}}`)},
		{"an endorsement", "", endorsement},
		{"an endorsement of another badge", "shape.endorsement-other(endorsement)", with(award(), "endorsement", with(endorsement, "claim", object(`{"id": "https://school.example/a/2"}`)))},
		{"an endorsement of the class", "", with(award(), "endorsement", with(endorsement, "claim", object(`{"id": "https://school.example/b/1"}`)))},
		{"an endorsement of the issuer", "", with(award(), "endorsement", with(endorsement, "claim", object(`{"id": "https://school.example/p"}`)))},
		{"an endorsement by nobody", "!shape.member-missing(issuer)", with(endorsement, "issuer", nil)},
		{"version 1 without its number", "shape.member-missing(uid)", with(award1(), "uid", nil)},
		{"version 1 for nobody", "!shape.member-missing(recipient)", with(award1(), "recipient", nil, "type", "Assertion")},
		{"version 1 with a date in words", "!shape.date(issuedOn)", with(award1(), "issuedOn", "in May")},
		{"version 0.5 without a name", "!shape.member-missing(badge.name)", with(award05(), "badge", object(`{"issuer": {"origin": "https://school.example"}}`))},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := document(t, c.doc)
			Read(d)
			if flaws(d) != c.want {
				t.Errorf("got %q, want %q", flaws(d), c.want)
			}
		})
	}
}

// TestAgain: what the envelope remarked on stays, what the old document lacked does
// not.
func TestAgain(t *testing.T) {
	c := document(t, with(award(), "issuedOn", nil))
	c.Notes = []vc.Note{{Code: "shape.png-crc"}}
	c.Shape = []vc.Flaw{{Code: "shape.private-key", Member: "jwk.d"}}
	Read(c)
	before := flaws(c)
	out := Again(c, award())
	if flaws(out) != "shape.private-key(jwk.d)" || len(out.Notes) != 1 || out.From.IsZero() || len(out.Proofs) != 1 {
		t.Errorf("%s, %v", flaws(out), out.Notes)
	}
	if flaws(c) != before || c.Doc["issuedOn"] != nil || !strings.Contains(before, "issuedOn") {
		t.Errorf("the first was changed: %s, now %s", before, flaws(c))
	}
}

// TestManyEndorsementsOfVersion2: no badge makes us ask more addresses than a person would.
func TestManyEndorsementsOfVersion2(t *testing.T) {
	var list []any
	for range maxEndorsements + 1 {
		list = append(list, award()["endorsement"])
	}
	c := document(t, with(award(), "endorsement", list))
	Read(c)
	if len(c.Parts) != maxEndorsements || flaws(c) != "shape.inside-unread(endorsement)" {
		t.Errorf("%d parts, %s", len(c.Parts), flaws(c))
	}
}
