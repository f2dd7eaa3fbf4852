package pathway

import (
	"errors"
	"strconv"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Parse reads a pathway file. What it returns can be measured: every id that is
// named exists, nothing waits for itself, and every rule can be met. An error is
// a *fault.Fault that names the member concerned, as "layers[0].steps[2].name".
func Parse(raw []byte) (Pathway, error) {
	if len(raw) > MaxBytes {
		return Pathway{}, fault.New("pathway.too-large", "limit", strconv.Itoa(MaxBytes>>20))
	}
	m, err := strict.Object(raw)
	if err != nil {
		return Pathway{}, notJSON(err)
	}
	v, err := version(m)
	if err != nil {
		return Pathway{}, err
	}
	r := &reader{version: v}
	p := r.pathway(object{r: r, m: m})
	if r.err != nil {
		return Pathway{}, r.err
	}
	if err := sound(p); err != nil {
		return Pathway{}, err
	}
	return p, nil
}

func notJSON(err error) error {
	var at *strict.Error
	if errors.As(err, &at) && at.Err == strict.ErrDuplicate {
		return fault.Wrap(err, "pathway.name-twice", "name", at.Name, "line", strconv.Itoa(at.Line))
	}
	line, column := 1, 1
	if at != nil {
		line, column = at.Line, at.Column
	}
	return fault.Wrap(err, "pathway.not-json", "line", strconv.Itoa(line), "column", strconv.Itoa(column))
}

// version tells a pathway of a later version, which we must not guess at, from
// what is no pathway at all.
func version(m map[string]any) (int, error) {
	v, ok := m["cairnPathway"]
	if !ok {
		return 0, fault.New("pathway.none")
	}
	n, ok := whole(v)
	if !ok || n < 1 {
		return 0, fault.New("pathway.want-number", "member", "cairnPathway")
	}
	if n > Version {
		return 0, fault.New("pathway.newer", "version", strconv.Itoa(n))
	}
	return n, nil
}

func (r *reader) pathway(o object) Pathway {
	o.only("cairnPathway", "id", "name", "description", "issuer", "goal", "layers")
	p := Pathway{
		ID:          o.need("id"),
		Name:        o.need("name"),
		Description: o.text("description"),
		Goal:        o.text("goal"),
	}
	if by, ok := o.object("issuer"); ok {
		by.only("id", "name", "url")
		p.Issuer = Issuer{ID: by.text("id"), Name: by.need("name"), URL: by.web("url")}
	}
	list := o.list("layers", true)
	if len(list) > MaxLayers {
		r.refuse("pathway.too-many", "member", "layers", "limit", strconv.Itoa(MaxLayers))
	}
	for i, v := range list {
		if l, ok := o.element("layers", i, v); ok {
			p.Layers = append(p.Layers, r.layer(l))
		}
	}
	return p
}

func (r *reader) layer(o object) Layer {
	o.only(r.since2([]string{"id", "name", "description", "rule", "requires", "optional", "steps"}, "accepts")...)
	return Layer{
		ID: o.need("id"), Name: o.need("name"), Description: o.text("description"),
		Rule: r.rule(o), Requires: r.requires(o), Optional: o.flag("optional"),
		Accepts: r.accepts(o, false), Steps: r.children(o, 0),
	}
}

// since2 adds the names of members that version 2 brought.
func (r *reader) since2(names []string, more ...string) []string {
	if r.version < 2 {
		return names
	}
	return append(names, more...)
}

func (r *reader) children(o object, depth int) []Step {
	if depth > MaxDepth {
		r.refuse("pathway.too-deep", "member", o.path("steps"), "limit", strconv.Itoa(MaxDepth))
		return nil
	}
	var out []Step
	for i, v := range o.list("steps", true) {
		if r.steps++; r.steps > MaxSteps {
			r.refuse("pathway.too-many", "member", "steps", "limit", strconv.Itoa(MaxSteps))
		}
		if s, ok := o.element("steps", i, v); ok {
			out = append(out, r.step(s, depth))
		}
	}
	return out
}

func (r *reader) step(o object, depth int) Step {
	s := Step{
		ID: o.need("id"), Name: o.need("name"), Description: o.text("description"),
		Requires: r.requires(o), Optional: o.flag("optional"),
	}
	common := []string{"id", "name", "description", "requires", "optional"}
	if _, group := o.m["steps"]; group {
		o.only(r.since2(append(common, "rule", "steps"), "accepts")...)
		s.Rule, s.Accepts, s.Steps = r.rule(o), r.accepts(o, false), r.children(o, depth+1)
		return s
	}
	if _, ok := o.m["same"]; ok && r.version > 1 {
		o.only(append(common, "same")...)
		s.Same = o.need("same")
		return s
	}
	if _, ok := o.m["unseen"]; ok && r.version > 1 {
		o.only(append(common, "unseen")...)
		s.Unseen = o.flag("unseen")
		return s
	}
	o.only(append(common, "offeredBy", "credits", "accepts")...)
	if by, ok := o.object("offeredBy"); ok {
		by.only("name", "url")
		s.OfferedBy = Offer{Name: by.need("name"), URL: by.web("url")}
	}
	s.Credits, s.Awarded = o.credits()
	s.Accepts = r.accepts(o, true)
	return s
}

func (r *reader) requires(o object) []string {
	var out []string
	list := o.list("requires", false)
	if len(list) > MaxRequires {
		r.refuse("pathway.too-many", "member", o.path("requires"), "limit", strconv.Itoa(MaxRequires))
	}
	for i, v := range list {
		id, ok := v.(string)
		if !ok || id == "" {
			r.refuse("pathway.want-text", "member", o.path("requires")+index(i))
		}
		out = append(out, id)
	}
	return out
}

func (r *reader) rule(o object) Rule {
	rule, ok := o.object("rule")
	if !ok {
		return Rule{Kind: All}
	}
	rule.only("all", "any", "atLeast", "credits", "unit")
	var found []Rule
	if rule.flag("all") {
		found = append(found, Rule{Kind: All})
	}
	if rule.flag("any") {
		found = append(found, Rule{Kind: Any, N: 1})
	}
	if v, ok := rule.m["atLeast"]; ok {
		n, good := whole(v)
		if !good || n < 1 {
			r.refuse("pathway.want-number", "member", rule.path("atLeast"))
		}
		found = append(found, Rule{Kind: AtLeast, N: n})
	}
	if v, ok := rule.m["credits"]; ok {
		found = append(found, Rule{Kind: CreditsRule, Credits: rule.number("credits", v), Unit: rule.text("unit")})
	}
	if len(found) != 1 || rule.m["unit"] != nil && found[0].Kind != CreditsRule {
		r.refuse("pathway.rule", "member", rule.at)
		return Rule{}
	}
	return found[0]
}

func (r *reader) accepts(o object, needed bool) []Accept {
	if _, ok := o.m["accepts"]; !ok && !needed {
		return nil
	}
	list := o.list("accepts", true)
	if len(list) > MaxAccepts {
		r.refuse("pathway.too-many", "member", o.path("accepts"), "limit", strconv.Itoa(MaxAccepts))
	}
	var out []Accept
	for i, v := range list {
		if a, ok := o.element("accepts", i, v); ok {
			out = append(out, r.accept(a))
		}
	}
	return out
}

func (r *reader) accept(o object) Accept {
	o.only("achievement", "alignment", "issuer", "name")
	a := Accept{Achievement: o.text("achievement"), Issuer: o.text("issuer"), Name: o.text("name")}
	if al, ok := o.object("alignment"); ok {
		al.only("url", "code", "framework")
		a.Alignment = Alignment{URL: al.text("url"), Code: al.text("code"), Framework: al.text("framework")}
		if a.Alignment.URL == "" && a.Alignment.Code == "" {
			r.refuse("pathway.alignment", "member", al.at)
		}
	}
	if a.Name != "" && a.Issuer == "" {
		r.refuse("pathway.name-alone", "member", o.path("name")) // anybody can call a badge anything
	}
	if a == (Accept{}) {
		r.refuse("pathway.accepts", "member", o.at)
	}
	return a
}
