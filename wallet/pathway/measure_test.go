package pathway_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

var noon = time.Date(2026, 6, 12, 12, 0, 0, 0, time.UTC)

// a gives a verified badge of one achievement.
func a(id string) pathway.Held {
	return pathway.Held{ID: "item-" + id, Name: "Badge " + id, Achievement: id, Issuer: pathway.Issuer{ID: "did:web:a.example", Name: "A"}, Verdict: check.Verified}
}

func parse(t testing.TB, layers string) pathway.Pathway {
	t.Helper()
	p, err := pathway.Parse([]byte(`{"cairnPathway":1,"id":"p","name":"P","layers":[` + layers + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// step writes a step that accepts the achievement of the same id.
func step(id string, more ...string) string {
	return fmt.Sprintf(`{"id":%q,"name":"Step %s"%s,"accepts":[{"achievement":%q}]}`, id, id, strings.Join(more, ""), id)
}

func layer(id, rule string, steps ...string) string {
	return fmt.Sprintf(`{"id":%q,"name":"Layer %s","rule":%s,"steps":[%s]}`, id, id, rule, strings.Join(steps, ","))
}

func held(ids ...string) []pathway.Held {
	var out []pathway.Held
	for _, id := range ids {
		out = append(out, a(id))
	}
	return out
}

func TestRules(t *testing.T) {
	group := `{"id":"g","name":"G","rule":{"atLeast":2},"steps":[` + step("x") + "," + step("y") + "," + step("z") + `]}`
	cases := []struct {
		name, layer string
		held        []string
		done, total int
		fraction    float64
		state       pathway.State
	}{
		{"all, none held", layer("l", `{"all":true}`, step("x"), step("y")), nil, 0, 2, 0, pathway.Open},
		{"all, one held", layer("l", `{"all":true}`, step("x"), step("y")), []string{"x"}, 1, 2, 0.5, pathway.Open},
		{"all, all held", layer("l", `{"all":true}`, step("x"), step("y")), []string{"x", "y"}, 2, 2, 1, pathway.Complete},
		{"all but the optional", layer("l", `{"all":true}`, step("x"), step("y", `,"optional":true`)), []string{"x"}, 1, 1, 1, pathway.Complete},
		{"the optional alone", layer("l", `{"all":true}`, step("x"), step("y", `,"optional":true`)), []string{"y"}, 0, 1, 0, pathway.Open},
		{"any", layer("l", `{"any":true}`, step("x"), step("y")), []string{"y"}, 1, 1, 1, pathway.Complete},
		{"more than any", layer("l", `{"any":true}`, step("x"), step("y")), []string{"x", "y"}, 1, 1, 1, pathway.Complete},
		{"one of at least two", layer("l", `{"atLeast":2}`, step("x"), step("y"), step("z")), []string{"z"}, 1, 2, 0.5, pathway.Open},
		{"at least two", layer("l", `{"atLeast":2}`, step("x"), step("y"), step("z")), []string{"z", "x"}, 2, 2, 1, pathway.Complete},
		{"too few credits", layer("l", `{"credits":5}`, step("x", `,"credits":2.5`), step("y", `,"credits":1`), step("z", `,"credits":2.5`)), []string{"x", "y"}, 1, 2, 0.7, pathway.Open},
		{"credits enough", layer("l", `{"credits":5}`, step("x", `,"credits":2.5`), step("y", `,"credits":1`), step("z", `,"credits":2.5`)), []string{"x", "z"}, 2, 2, 1, pathway.Complete},
		{"a group counts as one", layer("l", `{"all":true}`, step("w"), group), []string{"w", "x", "z"}, 3, 3, 1, pathway.Complete},
		{"half a group", layer("l", `{"any":true}`, step("w"), group), []string{"x"}, 0, 1, 0.5, pathway.Open},
		{"part of a group", layer("l", `{"all":true}`, step("w"), group), []string{"w", "y"}, 2, 3, 2. / 3, pathway.Open},
		{"a step that comes after another", layer("l", `{"all":true}`, step("x"), step("y", `,"requires":["x"]`)), []string{"y"}, 0, 2, 0, pathway.Open},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := pathway.Measure(parse(t, c.layer), held(c.held...), noon)
			l := got.Layers[0]
			if l.Done != c.done || l.Total != c.total || l.State != c.state || l.Fraction-c.fraction > 1e-9 || c.fraction-l.Fraction > 1e-9 {
				t.Errorf("done %d of %d, %v, %s", l.Done, l.Total, l.Fraction, l.State)
			}
			if got.Complete != (c.state == pathway.Complete) || got.Done != l.Done || got.Total != l.Total {
				t.Errorf("sum %+v", got)
			}
		})
	}
}

// TestWhy asks of one badge whether it counts, and why.
func TestWhy(t *testing.T) {
	const did, skill = "did:web:a.example", "https://f.example/1"
	good := pathway.Held{
		ID: "1", Name: "Stock  control 101", Achievement: "urn:sc", Issuer: pathway.Issuer{ID: did, Name: "Alpine College"},
		Alignments: []vc.Alignment{{URL: skill, Code: "K-7", Framework: "Kitchen"}}, Verdict: check.Verified,
		From: noon.Add(-time.Hour), Until: noon.Add(time.Hour),
	}
	with := func(change func(*pathway.Held)) pathway.Held {
		h := good
		change(&h)
		return h
	}
	verdict := func(v check.Verdict) pathway.Held { return with(func(h *pathway.Held) { h.Verdict = v }) }
	cases := []struct {
		name, accept string
		held         pathway.Held
		counts       bool
		why          pathway.Why
	}{
		{"achievement", `{"achievement":"urn:sc"}`, good, true, pathway.ByAchievement},
		{"alignment by address", `{"alignment":{"url":"` + skill + `"}}`, good, true, pathway.ByAlignment},
		{"alignment by code", `{"alignment":{"code":"k-7"}}`, good, true, pathway.ByAlignment},
		{"alignment by code and framework", `{"alignment":{"code":"K-7","framework":"kitchen"}}`, good, true, pathway.ByAlignment},
		{"issuer id and name", `{"issuer":"` + did + `","name":"Stock Control 101"}`, good, true, pathway.ByName},
		{"issuer name and name", `{"issuer":"alpine college","name":"Stock Control 101"}`, good, true, pathway.ByName},
		{"any of an issuer", `{"issuer":"` + did + `"}`, good, true, pathway.ByIssuer},
		{"achievement of an issuer", `{"achievement":"urn:sc","issuer":"` + did + `"}`, good, true, pathway.ByAchievement},

		{"same code of another framework", `{"alignment":{"code":"K-7","framework":"Karate"}}`, good, false, pathway.SkillDiffers},
		{"same name, another issuer", `{"issuer":"did:web:b.example","name":"Stock Control 101"}`, good, false, pathway.IssuerDiffers},
		{"same achievement, another issuer", `{"achievement":"urn:sc","issuer":"Beta College"}`, good, false, pathway.IssuerDiffers},
		{"a longer name", `{"issuer":"` + did + `","name":"Stock Control"}`, good, false, pathway.NameDiffers},
		{"a shorter name", `{"issuer":"` + did + `","name":"Stock Control 101 Plus"}`, good, false, pathway.NameDiffers},
		{"an issuer named like an id", `{"issuer":"` + did + `"}`, with(func(h *pathway.Held) { h.Issuer = pathway.Issuer{ID: "did:web:evil.example", Name: did} }), false, pathway.IssuerDiffers},

		{"expired", `{"achievement":"urn:sc"}`, verdict(check.Expired), false, pathway.Expired},
		{"not yet valid", `{"achievement":"urn:sc"}`, verdict(check.NotYetValid), false, pathway.NotYetValid},
		{"withdrawn", `{"achievement":"urn:sc"}`, verdict(check.Withdrawn), false, pathway.Withdrawn},
		{"changed", `{"achievement":"urn:sc"}`, verdict(check.Problem), false, pathway.Problem},
		{"unsigned", `{"achievement":"urn:sc"}`, verdict(check.Unsigned), false, pathway.Unsigned},
		{"not fully checked", `{"achievement":"urn:sc"}`, verdict(check.NotFullyChecked), false, pathway.NotFullyChecked},
		{"no verdict at all", `{"achievement":"urn:sc"}`, verdict(""), false, pathway.NotFullyChecked},
		{"ended since it was checked", `{"achievement":"urn:sc"}`, with(func(h *pathway.Held) { h.Until = noon.Add(-time.Second) }), false, pathway.Expired},
		{"ends this very second", `{"achievement":"urn:sc"}`, with(func(h *pathway.Held) { h.Until = noon }), true, pathway.ByAchievement},
		{"begins in a second", `{"achievement":"urn:sc"}`, with(func(h *pathway.Held) { h.From = noon.Add(time.Second) }), false, pathway.NotYetValid},
		{"issuer unknown, nobody vouches", `{"achievement":"urn:sc"}`, verdict(check.UnrecognisedIssuer), false, pathway.Unrecognised},
		{"issuer unknown, named by name", `{"issuer":"Alpine College","name":"Stock Control 101"}`, verdict(check.UnrecognisedIssuer), false, pathway.Unrecognised},
		{"issuer unknown, named by id", `{"achievement":"urn:sc","issuer":"` + did + `"}`, verdict(check.UnrecognisedIssuer), true, pathway.ByAchievement},
	}
	words := assets.English()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := parse(t, `{"id":"l","name":"L","steps":[{"id":"s","name":"S","accepts":[`+c.accept+`]}]}`)
			s := pathway.Measure(p, []pathway.Held{c.held}, noon).Layers[0].Steps[0]
			if len(s.Badges) != 1 {
				t.Fatalf("%d badges", len(s.Badges))
			}
			want := pathway.Near
			if c.counts {
				want = pathway.Earned
			}
			m := s.Badges[0]
			if m.Counts != c.counts || m.Why != c.why || s.State != want {
				t.Errorf("%s: %+v", s.State, m)
			}
			if m.Vouched != (c.counts && c.held.Verdict == check.UnrecognisedIssuer) {
				t.Errorf("vouched: %v", m.Vouched)
			}
			if !words.Has("pathway.why."+string(m.Why)) || !words.Has("pathway.state."+string(s.State)) {
				t.Errorf("no words for %s or %s", m.Why, s.State)
			}
		})
	}
}

func TestPrerequisites(t *testing.T) {
	p := parse(t, layer("one", `{"all":true}`, step("x"), step("y"))+","+
		`{"id":"two","name":"Layer two","requires":["one"],"steps":[`+step("z")+`,`+step("w")+`]}`)
	got := pathway.Measure(p, held("x", "z"), noon)
	two := got.Layers[1]
	if two.State != pathway.Later || two.Done != 0 || len(two.WaitsFor) != 1 || two.WaitsFor[0].ID != "one" {
		t.Errorf("layer two: %+v", two)
	}
	z, w := two.Steps[0], two.Steps[1]
	if z.State != pathway.Waiting || z.Badges[0].Counts || z.Badges[0].Why != pathway.Prerequisite || z.Badges[0].By != pathway.ByAchievement || len(z.WaitsFor) != 1 {
		t.Errorf("held step: %+v", z)
	}
	if w.State != pathway.Later {
		t.Errorf("other step: %+v", w)
	}
	want := []pathway.Next{{Step: pathway.Ref{ID: "y", Name: "Step y"}, Layer: pathway.Ref{ID: "one", Name: "Layer one"}, Finishes: true}}
	if !reflect.DeepEqual(got.Next, want) {
		t.Errorf("next %+v", got.Next)
	}
	if got = pathway.Measure(p, held("x", "y", "z", "w"), noon); !got.Complete || got.Fraction != 1 || got.Percent() != 100 || len(got.Next) != 0 {
		t.Errorf("complete: %+v", got)
	}
}

func TestNextPutsFirstWhatFinishes(t *testing.T) {
	group := `{"id":"g","name":"G","rule":{"any":true},"steps":[` + step("m") + "," + step("n") + `]}`
	p := parse(t, layer("far", `{"all":true}`, step("a"), step("b"))+","+layer("near", `{"all":true}`, step("c"), group))
	ended := a("a")
	ended.Until = noon.Add(-time.Hour)
	got := pathway.Measure(p, append(held("c"), ended), noon)
	var ids []string
	for _, n := range got.Next {
		ids = append(ids, fmt.Sprintf("%s:%v", n.Step.ID, n.Finishes))
	}
	if want := []string{"m:true", "n:true", "b:false", "a:false"}; !slices.Equal(ids, want) {
		t.Errorf("next %v", ids)
	}
}

func TestAwardedCredits(t *testing.T) {
	any := `"credits":"awarded","accepts":[{"issuer":"did:web:a.example"}]}`
	p := parse(t, layer("l", `{"credits":6,"unit":"ECTS"}`, `{"id":"s","name":"S",`+any, `{"id":"t","name":"T",`+any))
	with := func(id, credits string) pathway.Held {
		h := a(id)
		h.Credits = credits
		return h
	}
	cases := []struct {
		name string
		held []pathway.Held
		want string
		done bool
	}{
		{"one badge in two steps is added once", []pathway.Held{with("x", "3")}, "3", false},
		{"two achievements are added", []pathway.Held{with("x", "3"), with("y", "2.5")}, "5.5", false},
		{"the same achievement renewed is added once, at its best", []pathway.Held{with("x", "3"), func() pathway.Held { h := with("x", "4"); h.ID = "again"; return h }()}, "4", false},
		{"enough", []pathway.Held{with("x", "3"), with("y", "3")}, "6", true},
		{"no number", []pathway.Held{with("x", "lots"), with("y", "")}, "0", false},
		{"below zero", []pathway.Held{with("x", "3"), with("y", "-3")}, "3", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := pathway.Measure(p, c.held, noon).Layers[0]
			if l.Credits.String() != c.want || l.Needed.String() != "6" || (l.State == pathway.Complete) != c.done {
				t.Errorf("%s credits, %s", l.Credits, l.State)
			}
			if l.Rule.Args["need"] != "6" || l.Rule.Args["unit"] != "ECTS" {
				t.Errorf("rule %v", l.Rule)
			}
		})
	}
}

// TestGoal: the qualification itself may be held without the badges below it.
func TestGoal(t *testing.T) {
	raw := strings.Replace(base, `"goal": "s3"`, `"goal": "s1"`, 1)
	p, err := pathway.Parse([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	gone := a("urn:a:1")
	gone.Verdict = check.Withdrawn
	for _, c := range []struct {
		name string
		held []pathway.Held
		want bool
	}{{"nothing", nil, false}, {"held", held("urn:a:1"), true}, {"withdrawn", []pathway.Held{gone}, false}} {
		got := pathway.Measure(p, c.held, noon)
		if got.GoalHeld != c.want || got.Complete {
			t.Errorf("%s: %v", c.name, got.GoalHeld)
		}
	}
}

func TestMeasureHandmade(t *testing.T) {
	if got := pathway.Measure(pathway.Pathway{}, held("x"), noon); got.Complete || got.Fraction != 0 {
		t.Errorf("empty: %+v", got)
	}
	circle := pathway.Pathway{Layers: []pathway.Layer{{ID: "l", Requires: []string{"l", "nowhere"}, Steps: []pathway.Step{{ID: "s", Accepts: []pathway.Accept{{Achievement: "x"}}}}}}}
	if got := pathway.Measure(circle, held("x"), noon); got.Complete || got.Done != 0 {
		t.Errorf("circle: %+v", got)
	}
}

func TestRuleWords(t *testing.T) {
	steps := step("x", `,"credits":3`) + "," + step("y", `,"credits":2`)
	for rule, want := range map[string]string{
		`{"all":true}`:                "all 2",
		`{"any":true}`:                "any 1 of 2",
		`{"atLeast":2}`:               "any 2 of 2",
		`{"credits":4.5}`:             "4.5 credits",
		`{"credits":4,"unit":"ECTS"}`: "4 ECTS",
	} {
		r := pathway.Measure(parse(t, layer("l", rule, steps)), nil, noon).Layers[0].Rule
		if got := assets.English().Text(r.Code(), r.Args); got != want {
			t.Errorf("%s: %q", rule, got)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		fraction float64
		complete bool
		want     int
	}{{0, false, 0}, {0.0001, false, 1}, {7. / 12, false, 58}, {0.999, false, 99}, {1, true, 100}} {
		if got := (pathway.Progress{Fraction: c.fraction, Complete: c.complete}).Percent(); got != c.want {
			t.Errorf("%v: %d", c.fraction, got)
		}
	}
}

// TestInARecord: a badge held by itself and in records is one badge.
func TestInARecord(t *testing.T) {
	p := parse(t, layer("l", `{"all":true}`, `{"id":"s","name":"S","accepts":[{"achievement":"a"}]}`))
	one := func(id, in string, v check.Verdict) pathway.Held {
		return pathway.Held{ID: id, In: in, Name: "A", Achievement: "a", Verdict: v}
	}
	for _, c := range []struct {
		name string
		held []pathway.Held
		want string // in what the badge stands that counts; "-" when none counts
		all  int
	}{
		{"in a record", []pathway.Held{one("1", "R", check.Verified)}, "R", 1},
		{"by itself too", []pathway.Held{one("1", "R", check.Verified), one("2", "", check.Verified)}, "", 1},
		{"in two records", []pathway.Held{one("1", "R", check.Verified), one("2", "Q", check.Verified)}, "R", 1},
		{"expired by itself", []pathway.Held{one("1", "R", check.Verified), one("2", "", check.Expired)}, "R", 2},
		{"withdrawn in the record", []pathway.Held{one("1", "R", check.Withdrawn)}, "-", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := pathway.Measure(p, c.held, noon).Layers[0].Steps[0]
			if len(s.Badges) != c.all || s.Badges[0].Counts == (c.want == "-") || c.want != "-" && s.Badges[0].In != c.want {
				t.Errorf("%+v", s.Badges)
			}
		})
	}
}
