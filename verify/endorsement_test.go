package verify_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
)

const badgeID = "urn:uuid:6a3f1f0e-0000-4000-8000-000000000001"

// praise is what somebody says about something, not sealed yet.
func praise(by, about string) object {
	return object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:praise", "type": []any{"VerifiableCredential", "EndorsementCredential"}, "name": "Well done",
		"issuer": object{"id": by, "type": []any{"Profile"}, "name": "Chamber of Cooks"}, "validFrom": "2026-02-01T00:00:00Z",
		"credentialSubject": object{"id": about, "type": []any{"EndorsementSubject"}, "endorsementComment": "We know this course."},
	}
}

// TestEndorsements: each endorsement, embedded or a token, of the badge, its issuer
// or its achievement, is judged by itself. How they fare is a row of its own, which
// moves the badge's verdict not at all.
func TestEndorsements(t *testing.T) {
	school, chamber, thief := throwAway("college"), throwAway("chamber"), throwAway("other")
	sealed := func(about string) object {
		return seal(praise(didOf(chamber), about), "eddsa-rdfc-2022", chamber, nil)
	}
	altered := sealed(badgeID)
	altered["credentialSubject"].(object)["endorsementComment"] = "The best course there is."
	asToken := func(k object) string { return string(token(k, object{"kid": method(chamber)}, chamber)) }
	forged := string(token(praise(didOf(chamber), badgeID), object{"kid": method(chamber)}, thief))
	ended := praise(didOf(chamber), badgeID)
	ended["validUntil"] = "2026-03-01T00:00:00Z"
	cases := []struct {
		name     string
		put      func(d object)
		verdicts []check.Verdict
		reason   string
		shape    string // a caution, if any
	}{
		{"embedded", func(d object) { d["endorsement"] = []any{sealed(badgeID)} }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", ""},
		{"a token", func(d object) { d["endorsementJwt"] = []any{asToken(praise(didOf(chamber), badgeID))} }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", ""},
		{"one by itself, not in a list", func(d object) { d["endorsement"] = sealed(badgeID) }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", ""},
		{"of the issuer", func(d object) { d["issuer"].(object)["endorsement"] = []any{sealed(didOf(school))} }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", ""},
		{"of the achievement", func(d object) { achievement(d)["endorsement"] = []any{sealed(badgeID[:len(badgeID)-1] + "2")} }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", ""},
		{"one letter altered", func(d object) { d["endorsement"] = []any{altered} }, []check.Verdict{check.Problem}, "parts.endorsements-some-not", ""},
		{"signed by somebody else", func(d object) { d["endorsementJwt"] = []any{forged} }, []check.Verdict{check.Problem}, "parts.endorsements-some-not", ""},
		{"not signed", func(d object) { d["endorsement"] = []any{praise(didOf(chamber), badgeID)} }, []check.Verdict{check.Unsigned}, "parts.endorsements-some-not", ""},
		{"ended", func(d object) {
			d["endorsement"] = []any{seal(ended, "eddsa-rdfc-2022", chamber, nil)}
		}, []check.Verdict{check.Expired}, "parts.endorsements-some-not", ""},
		{"a good one and a bad one", func(d object) {
			d["endorsement"], d["endorsementJwt"] = []any{sealed(badgeID)}, []any{forged}
		}, []check.Verdict{check.UnrecognisedIssuer, check.Problem}, "parts.endorsements-some-not", ""},
		{"borrowed from another badge", func(d object) { d["endorsement"] = []any{sealed("urn:uuid:another")} }, []check.Verdict{check.UnrecognisedIssuer}, "parts.endorsements-hold", "shape.endorsement-other"},
		{"a token that is none", func(d object) { d["endorsementJwt"] = []any{"e30.e30."} }, nil, "parts.none", "shape.inside-unread"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := badge(didOf(school), c.put)
			raw := token(claims(d, nil), object{"kid": method(school)}, school)
			if d["endorsementJwt"] == nil { // which the context of Open Badges does not define
				raw = text(seal(d, "eddsa-rdfc-2022", school, nil))
			}
			found := must(verify.Read(raw))[0]
			v := verify.Verifier{Now: at("2026-06-01T12:00:00Z"), Issuers: []verify.Trusted{{ID: didOf(school)}}}
			r := v.Verify(context.Background(), found, nil)
			if r.Verdict() != check.Verified {
				t.Errorf("the badge itself is %s: %+v", r.Verdict(), r.Checks)
			}
			var got []check.Verdict
			for _, p := range r.Parts {
				got = append(got, p.Verdict())
			}
			if !slices.Equal(got, c.verdicts) || len(found.Badge.Endorsements) != len(c.verdicts) {
				t.Errorf("endorsements are %v, want %v; listed %+v", got, c.verdicts, found.Badge.Endorsements)
			}
			if rows := r.Rows(check.Parts); len(rows) != 1 || rows[0].Reason != c.reason {
				t.Errorf("rows %+v, want %s", rows, c.reason)
			}
			cautioned := slices.ContainsFunc(r.Rows(check.Shape), func(k check.Check) bool { return k.Outcome == check.Caution && k.Reason == c.shape })
			if cautioned != (c.shape != "") {
				t.Errorf("shape %+v, want %q", r.Rows(check.Shape), c.shape)
			}
		})
	}
}

// TestEndorsementsBesideParts: a record tells the badges it carries from what
// others say about it.
func TestEndorsementsBesideParts(t *testing.T) {
	chamber := throwAway("chamber")
	inside := numbered(2)
	achievement(inside[1].(object))["name"] = "Altered"
	record := recordOf(college(), inside...)
	delete(record, "proof")
	record["endorsement"] = []any{seal(praise(didOf(chamber), "urn:uuid:record"), "eddsa-rdfc-2022", chamber, nil)}
	found := must(verify.Read(text(seal(record, "eddsa-rdfc-2022", throwAway("college"), nil))))[0]
	r := (&verify.Verifier{Now: at("2026-06-01T12:00:00Z")}).Verify(context.Background(), found, nil)
	rows := r.Rows(check.Parts)
	if len(rows) != 2 || rows[0].Reason != "parts.some-not" || rows[0].Args["good"] != "1" || rows[1].Reason != "parts.endorsements-hold" {
		t.Errorf("rows %+v", rows)
	}
}
