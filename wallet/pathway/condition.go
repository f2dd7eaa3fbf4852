package pathway

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// condition makes a part of a ComponentCondition: so many of the components and
// conditions it names (requiredNumber, targetComponent, hasCondition), and what its
// constraints ask for. number is one that stands on the component instead.
func (c *ctdl) condition(at *resource, of, number string) *part {
	name := cmp.Or(at.text("name"), at.text("description"), of)
	p := &part{id: at.id, name: name, rule: Rule{Kind: All}}
	p.kids = append(slices.Clone(at.all("targetComponent")), c.nested(at, name)...)
	n, stated := c.number(at, name)
	if !stated && number != "" {
		if m, err := strconv.Atoi(number); err == nil {
			c.findings.note("number-elsewhere", name)
			n, stated = m, true
		}
	}
	operator := strings.ToLower(local(cmp.Or(at.text("logicalOperator"), at.text("logicalOperand"))))
	switch {
	case stated:
		rule, ok := numbered(n, len(p.kids))
		if p.rule = rule; !ok && len(p.kids) > 0 {
			c.findings.note("unreachable", name)
		}
	case operator == "onlyone":
		p.rule = Rule{Kind: Any, N: 1}
		c.findings.note("exactly", name)
	case operator == "or":
		p.rule = Rule{Kind: Any, N: 1}
	}
	c.limit(at, p, !stated && p.rule.Kind == Any)
	return p
}

// nested makes parts of the conditions in a condition, each once.
func (c *ctdl) nested(at *resource, of string) []string {
	var out []string
	for _, id := range at.all("hasCondition") {
		inner := c.byID[id]
		switch {
		case inner == nil:
			c.add(&part{id: id, unseen: "outside"})
		case c.parts[id] == nil:
			c.add(&part{id: id}) // so that one that leads back to itself ends
			c.add(c.condition(inner, of, ""))
		}
		out = append(out, id)
	}
	return out
}

// number reads how many are required: requiredNumber, or the comparison of the
// draft of 2022. What else that draft could compare is left to limit.
func (c *ctdl) number(at *resource, name string) (int, bool) {
	text := at.text("requiredNumber")
	if text == "" && at.text("leftOperand") == "reqNum" && slices.Contains([]string{"=", ">=", ""}, at.text("operand")) {
		text = at.text("rightOperand")
	}
	if text == "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		c.findings.note("number", name)
		return 0, false
	}
	return n, true
}

// limit adds what constraints ask for, such as a grade, as a step that no badge can
// show. either says that the constraints are one way among several.
func (c *ctdl) limit(at *resource, p *part, either bool) {
	text := c.constraints(at)
	if len(p.kids) == 0 { // nothing but constraints, or a rule in words only
		p.about, p.unseen = text, "unseen"
		return
	}
	if text == "" {
		return
	}
	hidden := c.hidden(p.id+"#constraints", text)
	switch {
	case either || p.rule.Kind == All:
		p.kids = append(p.kids, hidden)
	default:
		inner := c.add(&part{id: p.id + "#number", name: p.name, rule: p.rule, kids: p.kids})
		p.kids, p.rule = []string{inner.id, hidden}, Rule{Kind: All}
	}
}

// constraints writes the constraints of a condition as they are stated.
func (c *ctdl) constraints(at *resource) string {
	var out []string
	for _, id := range at.all("hasConstraint") {
		k := c.byID[id]
		if k == nil {
			c.findings.note("outside", id)
			out = append(out, id)
			continue
		}
		sides := []string{k.side("left"), comparators[strings.ToUpper(local(k.text("comparator")))], k.side("right")}
		out = append(out, strings.Join(slices.DeleteFunc(sides, func(s string) bool { return s == "" }), " "))
	}
	if at.text("leftOperand") != "" && at.text("leftOperand") != "reqNum" || at.text("operand") != "" && !slices.Contains([]string{"=", ">="}, at.text("operand")) {
		out = append(out, strings.Join([]string{at.text("leftOperand"), at.text("operand"), at.text("rightOperand")}, " "))
	}
	return strings.Join(out, "; ")
}

// comparators of CTDL, as signs.
var comparators = map[string]string{"EQ": "=", "NEQ": "≠", "GT": ">", "GTEQ": "≥", "LT": "<", "LTEQ": "≤"}

// side writes one side of a constraint: what is compared, and what is done to it first.
func (k *resource) side(which string) string {
	var parts []string
	for _, s := range k.all(which + "Source") {
		parts = append(parts, local(strings.TrimRight(s, "/")))
	}
	text := strings.Join(parts, ", ")
	if action := local(k.text(which + "Action")); action != "" {
		return action + " (" + text + ")"
	}
	return text
}
