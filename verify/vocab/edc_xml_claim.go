package vocab

import (
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// achievement rewrites what was achieved, with its parts.
func (x *europass) achievement(v any, depth int) vc.Doc {
	m := x.thing(v)
	out := vc.Doc{"type": "LearningAchievement"}
	if m == nil || depth > maxAchievementDepth {
		return out
	}
	put(out, "id", text(m["@id"]))
	put(out, "title", texts(m["title"]))
	put(out, "description", texts(m["description"]))
	put(out, "awardedBy", x.award(m))
	put(out, "specifiedBy", x.qualification(m))
	put(out, "provenBy", x.all(m["wasDerivedFrom"], depth, x.assessment))
	put(out, "influencedBy", x.all(m["wasInfluencedBy"], depth, x.activity))
	put(out, "entitlesTo", x.all(m["entitlesTo"], depth, x.titled))
	put(out, "hasPart", x.all(parts(m["hasPart"]), depth+1, x.achievement))
	return out
}

// parts: in schema 0.10 each part stands in an element of its own kind.
func parts(v any) any {
	var out []any
	for _, m := range envelope.Objects(v) {
		if inner := listed(m["learningAchievement"]); len(inner) > 0 {
			out = append(out, inner...)
		} else {
			out = append(out, m)
		}
	}
	return out
}

func (x *europass) all(v any, depth int, rewrite func(v any, depth int) vc.Doc) []any {
	var out []any
	for _, m := range envelope.Objects(v) {
		if x.left > 0 {
			out = append(out, rewrite(m, depth))
		}
	}
	return out
}

func (x *europass) titled(v any, _ int) vc.Doc {
	out := vc.Doc{}
	put(out, "title", texts(x.thing(v)["title"]))
	return out
}

// award says who awarded it and when.
func (x *europass) award(m vc.Doc) vc.Doc {
	process := x.thing(m["wasAwardedBy"])
	out := vc.Doc{}
	put(out, "awardingBody", x.organisation(process["awardingBody"]))
	put(out, "awardingDate", plainText(firstSaid(process, "date")))
	if out["awardingDate"] == nil {
		put(out, "awardingDate", plainText(m["issuedDate"]))
	}
	return out
}

// qualification says what it is an achievement of.
func (x *europass) qualification(m vc.Doc) vc.Doc {
	q := x.thing(firstSaid(m, "specifiedBy", "NQFqualification"))
	out := vc.Doc{}
	if q == nil {
		return out
	}
	put(out, "id", text(q["@id"]))
	put(out, "title", texts(q["title"]))
	put(out, "description", texts(q["description"]))
	put(out, "dcType", concept(q["type"]))
	put(out, "volumeOfLearning", plainText(q["volumeOfLearning"]))
	put(out, "maximumDuration", plainText(q["duration"]))
	put(out, "language", concepts(q["language"]))
	put(out, "mode", concepts(q["mode"]))
	put(out, "learningSetting", concept(q["learningSettingType"]))
	put(out, "thematicArea", concepts(firstSaid(q, "ISCED-FCode", "iscedFcode")))
	put(out, "eqfLevel", concept(q["eqfLevel"]))
	put(out, "nqfLevel", concepts(q["nqfLevel"]))
	put(out, "entryRequirement", texts(q["entryRequirementsNote"]))
	if points := plainText(firstSaid(q, "hasECTSCreditPoints", "ectsCreditPoints")); points != "" {
		out["creditPoint"] = vc.Doc{"point": points, "framework": vc.Doc{"prefLabel": "ECTS"}}
	}
	if page := address(q["homepage"]); page != "" {
		out["homepage"] = vc.Doc{"contentURL": page}
	}
	put(out, "learningOutcome", x.all(first(q["learningOutcomes"])["learningOutcome"], 0, x.outcome))
	return out
}

func (x *europass) outcome(v any, _ int) vc.Doc {
	m := x.thing(v)
	out := vc.Doc{}
	put(out, "id", text(m["@id"]))
	put(out, "title", texts(firstSaid(m, "prefLabel", "name")))
	put(out, "additionalNote", texts(m["description"]))
	put(out, "dcType", concept(m["learningOutcomeType"]))
	var skills []any
	for _, s := range envelope.Objects(m["relatedEscoSkill"]) {
		skill := concept(s)
		put(skill, "inScheme", vc.Doc{"id": "http://data.europa.eu/esco/"})
		skills = append(skills, skill)
	}
	put(out, "relatedESCOSkill", skills)
	return out
}

func (x *europass) assessment(v any, depth int) vc.Doc {
	m := x.thing(v)
	out := vc.Doc{}
	if m == nil || depth > maxAchievementDepth {
		return out
	}
	put(out, "title", texts(m["title"]))
	put(out, "grade", firstText(m["grade"], first(m["gradeDetailsDTO"])["textScore"]))
	put(out, "dcType", texts(m["assesmentType"]))
	put(out, "idVerification", concept(m["idVerificationMethod"]))
	spec, how := vc.Doc{}, x.thing(m["specifiedBy"])
	put(spec, "dcType", concept(how["type"]))
	put(spec, "description", texts(how["description"]))
	if scheme := x.thing(how["gradingScheme"]); scheme != nil {
		grading := vc.Doc{}
		put(grading, "title", texts(scheme["title"]))
		put(grading, "description", texts(scheme["description"]))
		put(spec, "gradingScheme", grading)
	}
	put(out, "specifiedBy", spec)
	put(out, "hasPart", x.all(m["hasPart"], depth+1, x.assessment))
	return out
}

// activity says when the learning took place.
func (x *europass) activity(v any, _ int) vc.Doc {
	m := x.thing(v)
	out, when := vc.Doc{}, vc.Doc{}
	put(out, "title", texts(m["title"]))
	put(when, "startDate", plainText(firstSaid(m, "startedAtTime", "periodStartDate")))
	put(when, "endDate", plainText(firstSaid(m, "endedAtTime", "periodEndDate")))
	put(out, "temporal", when)
	return out
}
