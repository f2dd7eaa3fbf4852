package verify_test

import (
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// wrongDay is a date with one letter changed.
const wrongDay = "2026-01-O1T00:00:00Z"

// vocabMakers say something in every vocabulary, well formed and not.
var vocabMakers = map[string]func(t *testing.T) made{
	"ob3": func(*testing.T) made {
		return made{
			"good.json": sealedBadge(), "bad-date.json": sealedWith(func(d object) { d["validFrom"] = wrongDay }),
			"bad-name.json": sealedWith(func(d object) { delete(achievement(d), "name") }),
		}
	},
	"clr2": func(*testing.T) made {
		record := func(edit object) []byte {
			d := unsealed(recordOf(college(), numbered(2)...))
			maps.Copy(d, edit)
			return text(seal(d, "eddsa-rdfc-2022", throwAway("college"), nil))
		}
		return made{"good.json": record(nil), "bad-date.json": record(object{"validFrom": wrongDay}), "bad-subject.json": record(object{"credentialSubject": []any{}})}
	},
	"ob2": func(*testing.T) made {
		return hostedAt(made{
			"good.json":          text(award()),
			"bad-date.json":      text(award(object{"id": awardAt + "-date", "issuedOn": wrongDay})),
			"bad-recipient.json": text(award(object{"id": awardAt + "-recipient", "recipient": nil})),
		})
	},
	"ob1": func(*testing.T) made {
		m := made{
			"good.json":      text(award1(nil)),
			"bad-date.json":  text(award1(object{"issuedOn": wrongDay, "verify": object{"type": "hosted", "url": awardAt + "-date"}})),
			"bad-class.json": text(award1(object{"badge": nil, "verify": object{"type": "hosted", "url": awardAt + "-class"}})),
		}
		m.at(classAt, text(object{"name": "Robots", "description": "d", "image": "https://college.example/i.png", "criteria": "https://college.example/c", "issuer": profileAt}))
		m.at(profileAt, text(object{"name": "College", "url": "https://college.example"}))
		return m.at(awardAt, m["good.json"]).at(awardAt+"-date", m["bad-date.json"]).at(awardAt+"-class", m["bad-class.json"])
	},
	"sd-jwt-vc": func(*testing.T) made {
		return made{
			"good.sd-jwt": studentCard(nil), "bad-type.sd-jwt": studentCard(object{"vct": 7}),
			"bad-date.sd-jwt": studentCard(object{"exp": "2027"}), "bad-key.sd-jwt": studentCard(object{"cnf": "key"}),
		}
	},
	"edc": func(*testing.T) made {
		b, x := testkit.CollegeEDC, testkit.CollegeXML
		return made{
			"good.json": []byte(b), "good.xml": []byte(x),
			"bad-date.json": swapped(b, "2026-03-01T", "2026-O3-01T"), "bad-issuer.json": swapped(b, `"issuer"`, `"issuet"`),
			"bad-date.xml": swapped(x, "2026-03-01T", "2026-O3-01T"), "bad-issuer.xml": swapped(x, `<cred:issuer idref="urn:epass:org:1"/>`, ""),
		}
	},
	"blockcerts": func(*testing.T) made {
		c1, c2, c3 := text(cert1()), text(cert2()), text(cert3(0, 1))
		return made{
			"good-1.json": c1, "good-2.json": c2, "good-3.json": c3, "bad-date-1.json": swapped(c1, "2026-01-01T00:00:00Z", wrongDay),
			"bad-date-2.json": swapped(c2, "2026-01-01T00:00:00Z", wrongDay), "bad-date-3.json": text(cert3(0, 1, object{"validFrom": wrongDay})),
		}
	},
	"plain": func(*testing.T) made {
		return made{
			"good.json": text(degree(nil)), "bad-date.json": text(degree(object{"validFrom": wrongDay})),
			"bad-issuer.json": text(degree(object{"issuer": "Alpine College"})), "bad-subject.json": text(degree(object{"credentialSubject": nil})),
		}
	},
	"presentation": func(*testing.T) made {
		maya, shown := throwAway("maya"), badge(didOf(throwAway("college")), func(d object) { d["credentialSubject"].(object)["id"] = didOf(throwAway("maya")) })
		shown = seal(shown, "eddsa-rdfc-2022", throwAway("college"), nil)
		b := around(maya, shown, object{"proofPurpose": "authentication"})
		wrong := copyOf(b)
		wrong["id"] = "my badges"
		return made{
			"good.json": text(b), "bad-letter.json": swapped(text(b), "Job application", "Job applicatiom"),
			"bad-id.json": text(seal(unsealed(wrong), "eddsa-jcs-2022", maya, object{"proofPurpose": "authentication"})),
		}
	},
}

// sealedWith is a badge of the college with something else in it.
func sealedWith(edit func(object)) []byte {
	k := throwAway("college")
	return text(seal(badge(didOf(k), edit), "eddsa-rdfc-2022", k, nil))
}

// hostedAt puts the awards of version 2 on their issuer's site, at their addresses.
func hostedAt(m made) made {
	for _, b := range maps.Clone(m) {
		m.at(jsonObject(string(b))["id"].(string), b)
	}
	return m.at(classAt, text(class())).at(profileAt, text(profile()))
}

// award1 is a badge of version 1.
func award1(edit object) object {
	return jsonObject(`{"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "id": "`+awardAt+`", "uid": "abc", "recipient": {"type": "email", "hashed": false, "identity": "maya@example.org"},
		"badge": "`+classAt+`", "issuedOn": "2026-01-01T00:00:00Z", "verify": {"type": "hosted", "url": "`+awardAt+`"}}`, edit)
}

// degree is a sealed credential of no vocabulary in particular.
func degree(edit object) object {
	k := throwAway("college")
	return seal(jsonObject(`{"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
		"id": "urn:uuid:6a3f1f0e-0000-4000-8000-000000000003", "type": ["VerifiableCredential", "ExampleDegreeCredential"], "issuer": "`+didOf(k)+`",
		"validFrom": "2026-01-01T00:00:00Z", "credentialSubject": {"id": "did:example:maya", "degree": {"type": "ExampleBachelorDegree", "name": "Bachelor"}}}`, edit), "eddsa-jcs-2022", k, nil)
}
