package vocab

import (
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// results joins each result with the description it names (Open Badges 3.0,
// sections B.1.22 and B.1.23). A result that names none, or one that is not there,
// stands alone; a description without a result is not a result.
func (t tongues) results(descriptions, earned any) []vc.Result {
	byID := map[string]vc.Doc{}
	for _, d := range envelope.Objects(descriptions) {
		if s := text(d["id"]); s != "" {
			byID[s] = d
		}
	}
	var out []vc.Result
	for _, m := range envelope.Objects(earned) {
		d := byID[text(m["resultDescription"])]
		out = append(out, t.result(d, m))
	}
	return out
}

func (t tongues) result(d, m vc.Doc) vc.Result {
	r := vc.Result{
		Name: t.words(d["name"]), Type: text(d["resultType"]),
		Value: scalar(m["value"]), Status: text(m["status"]),
		Min: scalar(d["valueMin"]), Max: scalar(d["valueMax"]), Required: scalar(d["requiredValue"]),
		Allowed: scalars(d["allowedValue"]),
		Skills:  append(t.alignments(d["alignment"]), t.alignments(m["alignment"])...),
	}
	for _, l := range envelope.Objects(d["rubricCriterionLevel"]) {
		r.Levels = append(r.Levels, vc.Level{
			ID: text(l["id"]), Name: t.words(l["name"]), Level: scalar(l["level"]),
			Points: scalar(l["points"]), Description: t.words(l["description"]),
		})
	}
	r.AchievedLevel = levelName(r.Levels, text(m["achievedLevel"]))
	r.RequiredLevel = levelName(r.Levels, text(d["requiredLevel"]))
	return r
}

// levelName gives the name of a level of the rubric by its id; an id that is not
// in the rubric is shown as it is rather than hidden.
func levelName(levels []vc.Level, id string) string {
	for _, l := range levels {
		if l.ID == id && id != "" {
			return firstOf(l.Name, l.Level, id)
		}
	}
	return id
}

func scalars(v any) []string {
	var out []string
	for _, e := range listed(v) {
		if s := scalar(e); s != "" {
			out = append(out, s)
		}
	}
	return out
}
