package pathway

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// chooseRoot finds what the pathway leads to: its destination, or what no other
// part asks for. Without a pathway in the file, its parts make one up.
func (c *ctdl) chooseRoot() {
	var path *resource
	for _, id := range c.resources.order {
		if at := c.byID[id]; at.is("Pathway") && path == nil {
			path = at
		} else if at.is("Pathway") {
			c.findings.note("more-pathways", at.text("name"))
		}
	}
	if len(c.parts) == 0 {
		return
	}
	if path == nil {
		c.bundle()
		return
	}
	c.sketch.about = Pathway{ID: path.id, Name: clip(path.text("name")), Description: clip(path.text("description"))}
	c.sketch.about.Issuer.Name = clip(c.nameOfOwner(path))
	c.root = c.destination(path)
	if root := c.parts[c.root]; c.sketch.about.Name == "" {
		c.sketch.about.Name = root.name
	}
	c.before()
}

// destination follows what the pathway says, or finds what nothing else asks for.
func (c *ctdl) destination(path *resource) string {
	stated := path.all("hasDestinationComponent", "hasRoot")
	for i, id := range stated {
		if c.parts[id] == nil {
			if at := c.byID[id]; at != nil {
				c.component(at) // of a class we don't know
			}
		}
		if c.parts[id] != nil && i == 0 {
			return id
		}
		c.findings.note("outside", id)
	}
	for _, id := range c.sketch.order {
		if at := c.byID[id]; at != nil && len(at.all("isDestinationComponentFor", "isRootOf")) > 0 {
			return id
		}
	}
	return c.tops()
}

// tops makes one root of the parts that no other part asks for.
func (c *ctdl) tops() string {
	asked := map[string]bool{}
	for _, p := range c.parts {
		for _, kid := range p.kids {
			asked[kid] = true
		}
	}
	tops := slices.DeleteFunc(slices.Clone(c.sketch.order), func(id string) bool { return asked[id] })
	if len(tops) == 1 {
		return tops[0]
	}
	if len(tops) == 0 {
		tops = c.sketch.order[:1]
	}
	if c.sketch.about.Name != "" { // else it is no pathway, which was said
		c.findings.note("no-goal", c.sketch.about.Name)
	}
	return c.add(&part{id: "#", name: c.sketch.about.Name, rule: Rule{Kind: All}, kids: tops}).id
}

// bundle takes the parts of a file without a pathway for one, and says so.
func (c *ctdl) bundle() {
	for _, id := range c.sketch.order {
		c.findings.note("no-pathway", c.parts[id].name)
	}
	c.root = c.tops()
	first := c.parts[c.sketch.order[0]]
	c.sketch.about = Pathway{ID: first.id, Name: first.name, Description: first.about}
	c.parts[c.root].name = first.name
}

// before lists the parts that come before the root, the first one first. That they
// come before is an order (precededBy, precedes), no condition.
func (c *ctdl) before() {
	precede := c.naming("precedes")
	seen := map[string]bool{c.root: true}
	for next := []string{c.root}; len(next) > 0; next = next[1:] {
		earlier := slices.Clone(precede[next[0]])
		if at := c.byID[next[0]]; at != nil {
			earlier = append(earlier, at.all("precededBy")...)
		}
		for _, id := range earlier {
			if c.parts[id] == nil || seen[id] {
				continue
			}
			seen[id] = true
			next = append(next, id)
			c.stages = append(c.stages, id)
			c.findings.note("order", c.parts[id].name)
		}
	}
	slices.Reverse(c.stages)
}

// ctid is a CTDL identifier: "ce-" and a version 4 UUID in lower case
// (credreg.net/registry/policy, CTID).
var ctid = regexp.MustCompile(`^ce-[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// identifiers reports identifiers that are not as they should be, and names that
// stand for nothing.
func (c *ctdl) identifiers() {
	for _, id := range c.resources.order {
		at := c.byID[id]
		for _, s := range at.all("ctid") {
			lower := strings.ToLower(s)
			switch m := ctid.FindStringSubmatch(lower); {
			case ctid.MatchString("ce-" + lower):
				c.findings.note("ctid-prefix", s)
			case m == nil:
				c.findings.note("ctid-form", s)
			case lower != s:
				c.findings.note("ctid-case", s)
			case m[1] != "4":
				c.findings.note("ctid-version", s)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(at.props)) {
			for _, v := range at.props[name] {
				if strings.HasPrefix(v.text, "_:") && c.byID[v.text] == nil {
					c.findings.note("undefined", name+": "+v.text)
				}
			}
		}
	}
}

// inverses reports a part that is said to belong to a whole, and itself names others.
func (c *ctdl) inverses() {
	for _, id := range c.resources.order {
		for _, kid := range c.byID[id].all("hasPart") {
			if at := c.byID[kid]; at != nil {
				if back := at.all("isPartOf"); len(back) > 0 && !slices.Contains(back, id) {
					c.findings.note("inverse", at.text("name"))
				}
			}
		}
	}
}
