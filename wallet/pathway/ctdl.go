package pathway

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Classes of CTDL (credreg.net/ctdl/terms), with the names they had in drafts.
var (
	// credentials are held: a condition on one says what leads to it.
	credentials = []string{
		"CredentialComponent", "Credential", "ApprenticeshipCertificate", "AssociateDegree", "AcademicCertificate", "BachelorDegree", "Badge",
		"Certificate", "CertificateOfCompletion", "Certification", "Degree", "DigitalBadge", "Diploma", "DoctoralDegree",
		"GeneralEducationDevelopment", "JourneymanCertificate", "License", "MasterCertificate", "MasterDegree", "MicroCredential", "OpenBadge",
		"ProfessionalDoctorate", "ResearchDoctorate", "SecondarySchoolDiploma",
	}
	// groupings are done when what they ask for is.
	groupings = []string{"BasicComponent", "Basic", "SelectionComponent", "Selection", "MultiComponent", "Multi", "CollectionComponent"}
	// learning is anything else that may stand in a pathway.
	learning = []string{
		"AssessmentComponent", "Assessment", "CocurricularComponent", "Cocurricular", "CompetencyComponent", "Competency", "CourseComponent",
		"Course", "ExtracurricularComponent", "Extracurricular", "JobComponent", "Job", "LearningOpportunityProfile", "LearningProgram",
		"WorkExperienceComponent", "WorkExperience",
	}
)

func isPart(at *resource) bool {
	return at.is(credentials...) || at.is(groupings...) || at.is(learning...)
}

// ctdl makes a sketch of what a CTDL file describes.
type ctdl struct {
	*sketch
	*resources
	childrenOf map[string][]string // as the children say
}

func readCTDL(v any) (Reading, error) { return sketched(gather(v)).read(CTDL) }

// sketched makes a sketch of resources; one without parts holds no pathway.
func sketched(r *resources) *ctdl {
	c := &ctdl{newSketch(), r, r.naming("isChildOf")}
	c.identifiers()
	for _, id := range r.order {
		if at := r.byID[id]; isPart(at) {
			c.component(at)
		}
	}
	c.inverses()
	c.chooseRoot()
	return c
}

// read refuses a file without parts, saying what it holds instead.
func (c *ctdl) read(form Form) (Reading, error) {
	rules := slices.ContainsFunc(c.resources.order, func(id string) bool { return c.byID[id].is("ComponentCondition", "Constraint") })
	switch {
	case c.full != "":
		return Reading{}, fault.New("pathway.too-many", "member", c.full, "limit", strconv.Itoa(MaxSteps))
	case len(c.parts) > 0:
		return c.sketch.read(form)
	case rules:
		return Reading{}, fault.New("pathway.none-rule")
	case slices.ContainsFunc(c.resources.order, func(id string) bool { return c.byID[id].is("Concept", "ConceptScheme") }):
		return Reading{}, fault.New("pathway.none-inside")
	}
	return Reading{}, fault.New("pathway.none")
}

// component makes a part of a component, and parts of its conditions.
func (c *ctdl) component(at *resource) {
	p := c.add(&part{
		id: at.id, name: c.nameOf(at), about: at.text("description"), offer: offerOf(at), accepts: c.badgesOf(at),
		credits: c.creditsOf(at), requires: at.all("prerequisite"), level: c.levelOf(at), badge: at.is(credentials...),
	})
	p.rule = Rule{Kind: All}
	children, conditions := c.children(at), at.all("hasCondition")
	if len(conditions) > 0 {
		c.conditions(p, at, conditions, children)
		return
	}
	p.kids = c.ungrouped(children)
	if len(children) > 0 {
		c.findings.note("uncounted", p.name)
	}
}

// conditions puts into a part what its conditions ask for: directly, where that is
// one thing only. Children that no condition asks for are not needed.
func (c *ctdl) conditions(p *part, at *resource, conditions, children []string) {
	asked := c.asked(conditions, map[string]bool{})
	extra := slices.DeleteFunc(children, func(id string) bool { return asked[id] })
	if only := c.byID[conditions[0]]; only != nil && len(conditions) == 1 && len(extra) == 0 {
		rule := c.condition(only, p.name, at.text("requiredNumber"))
		if p.rule, p.kids = rule.rule, rule.kids; rule.unseen != "" {
			p.kids = []string{c.add(rule).id}
		}
		return
	}
	for _, id := range conditions {
		if cond := c.byID[id]; cond != nil {
			c.add(c.condition(cond, p.name, ""))
		} else {
			c.add(&part{id: id, unseen: "outside"})
		}
		p.kids = append(p.kids, id)
	}
	p.extra = map[string]bool{}
	for _, id := range extra {
		p.kids, p.extra[id] = append(p.kids, id), true
	}
}

// children are the parts a component is said to hold, from either side.
func (c *ctdl) children(at *resource) []string {
	out := slices.Clone(at.all("hasChild", "isParentOf"))
	for _, id := range c.childrenOf[at.id] {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// ungrouped leaves out the children that another child's conditions choose from:
// they are needed there, if at all.
func (c *ctdl) ungrouped(children []string) []string {
	var conditions []string
	for _, id := range children {
		if at := c.byID[id]; at != nil {
			conditions = append(conditions, at.all("hasCondition")...)
		}
	}
	chosen := c.asked(conditions, map[string]bool{})
	if out := slices.DeleteFunc(slices.Clone(children), func(id string) bool { return chosen[id] }); len(out) > 0 {
		return out
	}
	return children
}

// asked are the parts that conditions name, at any depth.
func (c *ctdl) asked(conditions []string, seen map[string]bool) map[string]bool {
	for _, id := range conditions {
		at := c.byID[id]
		if at == nil || seen[id] {
			continue
		}
		seen[id] = true
		for _, target := range at.all("targetComponent") {
			seen[target] = true
		}
		c.asked(at.all("hasCondition"), seen)
	}
	return seen
}

// nameOf names a component: as the file does, or after what it asks for. One id that
// was given to several things has all their names.
func (c *ctdl) nameOf(at *resource) string {
	names := sameLanguage(at.props["name"])
	if len(names) == 0 {
		for _, id := range at.all("hasCondition") {
			if cond := c.byID[id]; cond != nil && cond.text("description", "name") != "" {
				names = append(names, cond.text("description", "name"))
			}
		}
	}
	several := strings.Join(names, " / ")
	if len(names) > 1 && at.stands > 1 || len(sameLanguage(at.props["name"])) > 1 {
		c.findings.note("twice", several)
		return several
	}
	name := cmp.Or(at.text("name", "prefLabel", "codeNotation", "codedNotation"), several)
	if name == "" && strings.HasPrefix(at.id, "_:") {
		name = at.types[0]
	}
	return name
}

// sameLanguage gives the texts where one language has several.
func sameLanguage(list []value) []string {
	var out []string
	for i, v := range list {
		if i == 0 || v.language == list[0].language {
			out = append(out, v.text)
		}
	}
	return out
}

// badgesOf describes the badges that count as a component: those given for what it
// stands for, or that name it as the skill they show. A grouping has none of its
// own, unless the file names one.
func (c *ctdl) badgesOf(at *resource) []Accept {
	var out []Accept
	own := slices.Concat(at.all("sourceData"), at.all("proxyFor"), at.all("completionAward"))
	if !at.is(groupings...) {
		own = append(own, at.id)
		if ctid := at.text("ctid"); ctid != "" {
			out = append(out, Accept{Alignment: Alignment{Code: ctid}})
		}
		if page := at.text("subjectWebpage"); page != "" && at.is(credentials...) {
			out = append(out, Accept{Achievement: page})
		}
		if owner := c.nameOfOwner(at); owner != "" && !isID(owner) && at.text("name") != "" {
			out = append(out, Accept{Issuer: owner, Name: at.text("name")})
		}
	}
	for _, id := range own {
		if isID(id) && !strings.HasPrefix(id, "_:") {
			out = append(out, known(id)...)
		}
	}
	return out
}

func (c *ctdl) nameOfOwner(at *resource) string {
	for _, id := range at.all("ownedBy", "offeredBy") {
		if owner := c.byID[id]; owner != nil {
			if name := owner.text("name"); name != "" {
				return name
			}
			continue
		}
		if !strings.HasPrefix(id, "_:") {
			c.findings.note("owner-outside", id)
		}
	}
	return ""
}

// offerOf gives the page of a component, if a browser may be sent there.
func offerOf(at *resource) Offer {
	for _, page := range at.all("subjectWebpage", "subjectWebPage", "source") {
		u, err := url.Parse(page)
		if err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil {
			return Offer{Name: u.Hostname(), URL: page}
		}
	}
	return Offer{}
}

// creditsOf reads a number of credits; without a rule about them it is only shown.
func (c *ctdl) creditsOf(at *resource) Credits {
	for _, id := range at.all("creditValue") {
		if q := c.byID[id]; q != nil {
			if n, ok := ParseCredits(q.text("value")); ok {
				return n
			}
		}
	}
	return 0
}

// levelOf reads the term or stage of a component, if the file names it.
func (c *ctdl) levelOf(at *resource) level {
	for i, id := range at.all("hasProgressionLevel", "proficiencyLevel") {
		l := c.byID[id]
		if l == nil {
			continue
		}
		n, err := strconv.Atoi(cmp.Or(l.text("notation"), l.text("sequence")))
		if err != nil {
			n = 1000 + i
		}
		if name := l.text("prefLabel", "name"); name != "" {
			return level{n, name}
		}
	}
	return level{}
}
