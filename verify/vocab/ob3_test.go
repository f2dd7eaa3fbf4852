package vocab

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/vc"
)

// fullBadge states everything a learner or an employer would look at, with single
// values where the standard allows one or a list.
func fullBadge() map[string]any {
	b := badge()
	b["name"], b["description"], b["image"] = "Outer name", "Outer", map[string]any{"id": "https://school.example/outer.png"}
	b["awardedDate"] = "2026-01-01T00:00:00Z"
	b["issuer"] = object(`{"id": "https://school.example", "type": "Profile", "name": [{"@value": "Schule", "@language": "de"}, {"@value": "School", "@language": "en"}],
		"url": "https://school.example/about", "email": "office@school.example", "description": "A school",
		"image": "https://school.example/logo.png"}`)
	b["evidence"] = object(`{"id": "https://school.example/e", "type": ["Evidence"], "name": "Film", "narrative": "We filmed it", "genre": "video", "audience": "all", "description": "d"}`)
	b["credentialStatus"] = object(`{"id": "https://school.example/revoked", "type": "1EdTechRevocationList"}`)
	b["credentialSubject"] = object(`{
		"id": "did:example:learner", "type": "AchievementSubject", "creditsEarned": 2.50, "narrative": "Did well", "role": "Lead",
		"term": "Fall", "licenseNumber": "A-1", "activityStartDate": "2025-10-01T00:00:00Z", "activityEndDate": "2025-12-01T00:00:00Z",
		"source": {"id": "https://source.example", "name": "Source"}, "image": {"id": "https://school.example/subject.png"},
		"identifier": [
			{"type": "IdentityObject", "identityType": "emailAddress", "hashed": true, "identityHash": "sha256$abc", "salt": "s"},
			{"type": "IdentityObject", "identityType": "name", "hashed": false, "identityHash": "Ada Lovelace", "salt": "not-used"}],
		"result": [
			{"type": ["Result"], "resultDescription": "urn:r:1", "achievedLevel": "urn:l:2", "value": "B", "status": "Completed"},
			{"type": ["Result"], "resultDescription": "urn:r:gone", "value": "7", "achievedLevel": "urn:l:9"}],
		"achievement": {
			"id": "https://school.example/a/1", "type": "Achievement", "achievementType": "MicroCredential", "name": "Teamwork",
			"description": "Works with others", "criteria": {"id": "https://school.example/c", "narrative": "**Do** it"},
			"image": {"id": "data:image/png;base64,AAAA", "caption": "A hand"}, "inLanguage": "en", "fieldOfStudy": "People",
			"specialization": "Groups", "humanCode": "T-1", "version": "2", "tag": ["team", "work, together", ""],
			"creditsAvailable": 3, "creator": {"id": "https://creator.example", "name": "Creator"}, "related": {"id": "https://school.example/a/0"},
			"alignment": {"type": "Alignment", "targetCode": "C1", "targetName": "Cooperate", "targetDescription": "With people",
				"targetFramework": "ESCO", "targetType": "CTDL", "targetUrl": "https://skill.example/1"},
			"resultDescription": [{"id": "urn:r:1", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade",
				"allowedValue": ["A", "B", "C"], "valueMin": "C", "valueMax": "A", "requiredValue": "C", "requiredLevel": "urn:l:1",
				"alignment": [{"targetName": "Listen", "targetUrl": "https://skill.example/2"}],
				"rubricCriterionLevel": [
					{"id": "urn:l:1", "type": ["RubricCriterionLevel"], "name": "Some", "level": "1", "points": "5", "description": "ok"},
					{"id": "urn:l:2", "type": ["RubricCriterionLevel"], "name": "Much", "level": "2", "points": "10"}]}]}}`)
	return b
}

func TestBadgeIsReadInFull(t *testing.T) {
	c := document(t, fullBadge())
	Read(c)
	if flaws(c) != "" {
		t.Errorf("flaws %s", flaws(c))
	}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	want := vc.Badge{
		AchievementID: "https://school.example/a/1", Type: "MicroCredential", Name: "Teamwork", Description: "Works with others",
		Criteria: vc.Criteria{ID: "https://school.example/c", Narrative: "**Do** it"},
		Image:    vc.Image{URL: "data:image/png;base64,AAAA", Caption: "A hand"},
		Language: "en", FieldOfStudy: "People", Specialization: "Groups", HumanCode: "T-1", Version: "2",
		Tags:           []string{"team", "work, together"},
		Skills:         []vc.Alignment{{Code: "C1", Name: "Cooperate", Description: "With people", Framework: "ESCO", Type: "CTDL", URL: "https://skill.example/1"}},
		CreditsOffered: "3", CreditsEarned: "2.50",
		Results: []vc.Result{
			{
				Name: "Grade", Type: "LetterGrade", Value: "B", Status: "Completed", AchievedLevel: "Much",
				Levels: []vc.Level{
					{ID: "urn:l:1", Name: "Some", Level: "1", Points: "5", Description: "ok"},
					{ID: "urn:l:2", Name: "Much", Level: "2", Points: "10"},
				},
				Allowed: []string{"A", "B", "C"}, Min: "C", Max: "A", Required: "C", RequiredLevel: "Some",
				Skills: []vc.Alignment{{Name: "Listen", URL: "https://skill.example/2"}},
			},
			{Value: "7", AchievedLevel: "urn:l:9"},
		},
		Evidence:  []vc.Evidence{{ID: "https://school.example/e", Name: "Film", Description: "d", Narrative: "We filmed it", Genre: "video", Audience: "all"}},
		Narrative: "Did well", Role: "Lead", Term: "Fall", License: "A-1",
		ActivityStart: day(2025, 10, 1), ActivityEnd: day(2025, 12, 1),
		Creator: vc.Party{ID: "https://creator.example", Name: "Creator"}, Source: vc.Party{ID: "https://source.example", Name: "Source"},
		Related: []string{"https://school.example/a/0"}, Awarded: day(2026, 1, 1),
	}
	if !reflect.DeepEqual(c.Badge, want) {
		t.Errorf("got  %+v\nwant %+v", c.Badge, want)
	}
}

func TestBadgeNamesItsPeople(t *testing.T) {
	c := document(t, fullBadge())
	Read(c)
	issuer := vc.Party{ID: "https://school.example", Name: "School", Description: "A school", URL: "https://school.example/about", Email: "office@school.example", Image: vc.Image{URL: "https://school.example/logo.png"}}
	if !reflect.DeepEqual(c.Issuer, issuer) {
		t.Errorf("issuer %+v", c.Issuer)
	}
	ids := []vc.Identifier{{Type: "emailAddress", Value: "sha256$abc", Hashed: true, Salt: "s"}, {Type: "name", Value: "Ada Lovelace"}}
	if c.Subject.Name != "Ada Lovelace" || c.Subject.ID != "did:example:learner" || !reflect.DeepEqual(c.Subject.Identifiers, ids) {
		t.Errorf("subject %+v", c.Subject)
	}
	if c.ID != "urn:uuid:2" || c.Name != "Teamwork" || c.From.Year() != 2026 || !c.Until.IsZero() {
		t.Errorf("%s %q %v %v", c.ID, c.Name, c.From, c.Until)
	}
}

// TestSingleOrList: a list of one means what the one means, everywhere.
func TestSingleOrList(t *testing.T) {
	one, list := fullBadge(), fullBadge()
	s := list["credentialSubject"].(map[string]any)
	a := s["achievement"].(map[string]any)
	for _, m := range []struct {
		in    map[string]any
		names []string
	}{
		{list, []string{"evidence", "credentialStatus", "credentialSubject", "image"}},
		{s, []string{"type", "achievement"}},
		{a, []string{"type", "alignment", "related", "image"}},
		{list["issuer"].(map[string]any), []string{"type"}},
	} {
		for _, name := range m.names {
			m.in[name] = []any{m.in[name]}
		}
	}
	first, second := document(t, one), document(t, list)
	Read(first)
	Read(second)
	if !reflect.DeepEqual(first.Badge, second.Badge) || !reflect.DeepEqual(first.Subject, second.Subject) || !reflect.DeepEqual(first.Status, second.Status) {
		t.Errorf("one  %+v\nlist %+v", first.Badge, second.Badge)
	}
}

func TestPicturesInTheirOrder(t *testing.T) {
	b := fullBadge()
	a := b["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
	for _, step := range []struct {
		drop func()
		want string
	}{
		{func() {}, "data:image/png;base64,AAAA"},
		{func() { delete(a, "image") }, "https://school.example/outer.png"},
		{func() { delete(b, "image") }, "https://school.example/subject.png"},
	} {
		step.drop()
		c := document(t, b)
		Read(c)
		if c.Badge.Image.URL != step.want {
			t.Errorf("picture %q, want %q", c.Badge.Image.URL, step.want)
		}
	}
}

func endorsement(by, comment string) map[string]any {
	e := badge()
	e["type"] = []any{"VerifiableCredential", "EndorsementCredential"}
	e["issuer"] = map[string]any{"id": by, "type": "Profile", "name": "Name of " + by}
	e["credentialSubject"] = map[string]any{"id": "https://school.example", "type": "EndorsementSubject", "endorsementComment": comment}
	e["proof"] = map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "verificationMethod": "did:example:1#k", "proofValue": "z"}
	return e
}

func TestEndorsements(t *testing.T) {
	b := badge()
	b["endorsement"] = endorsement("did:example:1", "good badge")
	b["issuer"].(map[string]any)["endorsement"] = []any{endorsement("did:example:2", "good school"), "https://elsewhere.example"}
	a := b["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
	const token = "eyJhbGciOiJFUzI1NiIsInR5cCI6InZjK2p3dCJ9.eyJAY29udGV4dCI6WyJodHRwczovL3d3dy53My5vcmcvbnMvY3JlZGVudGlhbHMvdjIiXSwidHlwZSI6IlZlcmlmaWFibGVDcmVkZW50aWFsIiwiaXNzdWVyIjoiZGlkOmV4YW1wbGU6MyIsImNyZWRlbnRpYWxTdWJqZWN0Ijp7ImVuZG9yc2VtZW50Q29tbWVudCI6Imdvb2QgY291cnNlIn19.c2ln"
	a["endorsementJwt"] = []any{token, "damaged"}
	c := document(t, b)
	Read(c)
	var got []string
	for _, e := range c.Badge.Endorsements {
		got = append(got, e.About+" "+e.By.ID+" "+e.Comment)
	}
	want := []string{"credential did:example:1 good badge", "issuer did:example:2 good school", "achievement did:example:3 good course"}
	if !reflect.DeepEqual(got, want) || len(c.Parts) != 3 {
		t.Fatalf("got %q, %d parts", got, len(c.Parts))
	}
	for i, p := range c.Parts {
		if p.Kind == "" || len(p.Sealed) == 0 || len(p.Proofs) != 1 {
			t.Errorf("part %d: %+v", i, p)
		}
	}
	if string(c.Parts[2].Sealed) != token || c.Parts[2].Form != "jwt" {
		t.Errorf("token part: %s", c.Parts[2].Sealed)
	}
	if flaws(c) != "shape.inside-unread(endorsementJwt)" {
		t.Errorf("flaws %s", flaws(c))
	}
}

// TestEndorsementsInEndorsements: nesting ends somewhere, and says so.
func TestEndorsementsInEndorsements(t *testing.T) {
	e := endorsement("did:example:0", "")
	for range 2 * maxDepth {
		outer := endorsement("did:example:0", "")
		outer["endorsement"] = []any{e}
		e = outer
	}
	c := document(t, e)
	Read(c)
	depth, last := 0, c
	for len(last.Parts) > 0 {
		depth, last = depth+1, last.Parts[0]
	}
	if depth != maxDepth || flaws(last) != "shape.inside-unread(endorsement)" {
		t.Errorf("depth %d, flaws %s", depth, flaws(last))
	}
}

// TestManyEndorsements: how many are looked at does not grow with how they nest.
func TestManyEndorsements(t *testing.T) {
	inner := endorsement("did:example:0", "")
	for range 2 {
		outer := endorsement("did:example:0", "")
		outer["endorsement"] = slices.Repeat([]any{inner}, 60)
		inner = outer
	}
	left := 1000
	c := document(t, inner)
	ReadWithin(c, &left)
	n := 0
	for _, p := range c.Parts {
		n += 1 + len(p.Parts)
	}
	if n != 1000 || flaws(c) != "shape.inside-unread(endorsement)" {
		t.Errorf("%d read, flaws %s", n, flaws(c))
	}
}

func BenchmarkRead(b *testing.B) {
	full := document(b, fullBadge())
	b.ReportAllocs()
	for b.Loop() {
		c := *full
		Read(&c)
	}
}
