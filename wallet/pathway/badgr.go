package pathway

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// badgr makes a sketch of a Badgr tree. There is no published specification; what
// the members mean was learnt from what Badgr exports.
type badgr struct {
	*sketch
	names map[string]string // of badges, as far as elements award them
}

func readBadgr(m map[string]any) (Reading, error) {
	b := &badgr{newSketch(), map[string]string{}}
	b.name(m)
	id, err := b.element(m)
	if err != nil {
		return Reading{}, err
	}
	root := b.parts[id]
	if own := badgeURL(m["completionBadge"]); own != "" && len(root.accepts) == 0 {
		root.accepts = []Accept{{Achievement: own}} // the goal, whatever else it stands for
	}
	b.root, b.about = id, Pathway{ID: id, Name: root.name, Description: root.about}
	return b.read(BadgrTree)
}

// name learns the names of the badges that elements award.
func (b *badgr) name(m map[string]any) {
	if url := badgeURL(m["completionBadge"]); url != "" {
		b.names[url], _ = m["name"].(string)
	}
	children, _ := m["children"].([]any)
	for _, c := range children {
		if child, ok := c.(map[string]any); ok {
			b.name(child)
		}
	}
}

func badgeURL(v any) string {
	m, _ := v.(map[string]any)
	url, _ := m["badgeUrl"].(string)
	return url
}

// element makes a part of an element and of all below it, and gives its id. It is
// done when the elements below, those elsewhere and the badges it asks for are, or
// by a badge that it takes as a shortcut.
func (b *badgr) element(m map[string]any) (string, error) {
	id, _ := m["elementId"].(string)
	name, _ := m["name"].(string)
	about, _ := m["description"].(string)
	if id == "" || b.parts[id] != nil {
		return "", fault.New("pathway.element", "name", name)
	}
	if len(b.order) > maxThings {
		return "", fault.New("pathway.too-many", "member", "children", "limit", strconv.Itoa(MaxSteps))
	}
	p := b.add(&part{id: id, name: name, about: about, rule: Rule{Kind: All}})
	req, _ := m["requirements"].(map[string]any)
	children, err := b.children(p, m, req)
	if err != nil {
		return "", err
	}
	asked := []*part{children, b.elsewhere(p, req), b.badges(p, req)}
	b.join(p, asked)
	b.shortcuts(p, m, req)
	return id, nil
}

// join puts what an element asks for into it: directly, where it is one thing only.
func (b *badgr) join(p *part, asked []*part) {
	var some []*part
	for _, a := range asked {
		if len(a.kids) > 0 {
			some = append(some, a)
		}
	}
	if len(some) == 1 {
		p.kids, p.rule, p.extra = some[0].kids, some[0].rule, some[0].extra
		return
	}
	for _, a := range some {
		p.kids = append(p.kids, b.add(a).id)
	}
}

func (b *badgr) children(p *part, m, req map[string]any) (*part, error) {
	out := &part{id: p.id + "#children", name: p.name, extra: map[string]bool{}}
	list, _ := m["children"].([]any)
	for _, c := range list {
		child, ok := c.(map[string]any)
		if !ok {
			return nil, fault.New("pathway.element", "name", p.name)
		}
		id, err := b.element(child)
		if err != nil {
			return nil, err
		}
		out.kids = append(out.kids, id)
		if child["requiredForParentCompletion"] == false {
			out.extra[id] = true
		}
	}
	b.count(out, req["childElementRequirements"])
	if out.rule.Kind != All {
		out.extra = nil
	}
	return out, nil
}

func (b *badgr) elsewhere(p *part, req map[string]any) *part {
	out := &part{id: p.id + "#elsewhere", name: p.name}
	m, _ := req["nonChildElementRequirements"].(map[string]any)
	out.kids = once(texts(m["elementIds"]))
	b.count(out, m)
	return out
}

func (b *badgr) badges(p *part, req map[string]any) *part {
	out := &part{id: p.id + "#badges", name: p.name}
	m, _ := req["badgeRequirements"].(map[string]any)
	list, _ := m["requiredBadges"].([]any)
	for _, v := range list {
		url := badgeURL(v)
		if url == "" {
			out.kids = append(out.kids, b.hidden(p.id+"#badge", p.name))
			continue
		}
		id := "badge " + url
		if b.parts[id] == nil {
			name := b.names[url]
			if name == "" {
				_, name, _ = strings.Cut(url, "://")
			}
			b.add(&part{id: id, name: name, accepts: []Accept{{Achievement: url}}})
		}
		out.kids = append(out.kids, id)
	}
	out.kids = once(out.kids)
	b.count(out, m)
	return out
}

// once gives each id once, in the order in which they come up.
func once(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	return slices.DeleteFunc(ids, func(id string) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// count reads how many of them are asked for.
func (b *badgr) count(p *part, v any) {
	m, _ := v.(map[string]any)
	rule, _ := m["countRule"].(map[string]any)
	kind, _ := rule["@type"].(string)
	p.rule = Rule{Kind: All}
	if kind == "all" || len(p.kids) == 0 {
		return
	}
	n, _ := rule["requiredCount"].(json.Number)
	number, err := strconv.Atoi(n.String())
	if kind != "atLeastN" || err != nil || number < 1 {
		b.findings.note("number", p.name)
		return
	}
	r, ok := numbered(number, len(p.kids))
	if p.rule = r; !ok {
		b.findings.note("unreachable", p.name)
	}
}

// shortcuts are the badges that stand for an element. Of one that asks for nothing,
// that is its own badge.
func (b *badgr) shortcuts(p *part, m, req map[string]any) {
	own := badgeURL(m["completionBadge"])
	if own != "" && (req["allowCompletionBadgeShortcut"] == true || len(p.kids) == 0) {
		p.accepts = append(p.accepts, Accept{Achievement: own})
	}
	list, _ := req["shortcutBadges"].([]any)
	for _, v := range list {
		if url := badgeURL(v); url != "" {
			p.accepts = append(p.accepts, Accept{Achievement: url})
		}
	}
	p.accepts = p.accepts[:min(len(p.accepts), MaxAccepts)]
}
