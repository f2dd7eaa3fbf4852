package vocab

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Open Badges before they became W3C credentials. OB2 is 2.0 and 2.1, whose data
// are the same.
const (
	OB1 = "ob1"
	OB2 = "ob2"
)

var _ = register(vocabulary{kind: OB2, claims: isOB2, read: readOB2})

func isOB2(c *vc.Credential) bool { return envelope.IsOpenBadge(c.Doc) && !isOB1(c) }

// readOB2 reads an Assertion or an Endorsement (Open Badges 2.0).
func readOB2(r *reader) {
	r.award()
	r.awardShape()
}

// award reads what all versions say in the same way. The badge class and the
// issuer's profile may be no more than addresses; then their parts stay empty
// until somebody fetches them.
func (r *reader) award() {
	c, doc := r.c, r.c.Doc
	c.ID = firstOf(text(doc["id"]), envelope.HostedAt(doc))
	c.Subject = r.recipient(doc)
	c.From, _ = badgeTime(issuedOn(doc))
	c.Until, _ = badgeTime(doc["expires"])
	b := &c.Badge
	b.Awarded, b.Narrative = c.From, r.words(doc["narrative"])
	b.Evidence = r.badgeEvidence(doc["evidence"])
	issuer := doc["issuer"]
	if hasType(doc, "Endorsement") {
		r.endorsing(first(doc["claim"]))
	} else {
		class := first(doc["badge"])
		issuer = class["issuer"]
		r.class(class)
	}
	c.Issuer = r.profile(issuer)
	r.endorsedBy("issuer", "/badge/issuer", first(issuer))
	r.extensions("", doc, assertionMembers)
	r.extensions("/badge/issuer", first(issuer), profileMembers)
}

// class reads a BadgeClass, which is what a person calls the badge.
func (r *reader) class(m vc.Doc) {
	c, b := r.c, &r.c.Badge
	c.Name = firstOf(r.words(m["name"]), "Badge")
	b.Name, b.Description = c.Name, r.words(m["description"])
	b.AchievementID = id(c.Doc["badge"])
	b.Criteria = r.criteria(m["criteria"])
	if b.Image = r.image(m["image"]); b.Image.URL == "" {
		b.Image = r.image(c.Doc["image"])
	}
	b.Language, b.Version = text(m["@language"]), scalar(m["version"])
	b.Tags, b.Skills = tags(m["tags"]), r.badgeSkills(m["alignment"])
	for _, v := range listed(m["related"]) {
		b.Related = append(b.Related, id(v))
	}
	r.endorsedBy("credential", "", c.Doc)
	r.endorsedBy("achievement", "/badge", m)
	r.extensions("/badge", m, classMembers)
}

// endorsing reads an Endorsement: what somebody says about something else.
func (r *reader) endorsing(claim vc.Doc) {
	c, b := r.c, &r.c.Badge
	c.Name, b.Name, b.Type = "Endorsement", "Endorsement", "Endorsement"
	b.Narrative = r.words(claim["endorsementComment"])
	if about := text(claim["id"]); about != "" {
		b.Related = []string{about}
	}
}

// maxEndorsements bounds the endorsements of one badge that are read, each of which
// may be kept at an address of its own.
const maxEndorsements = 16

// endorsedBy lists endorsements. One that is written out is a credential of its own
// and becomes a part; of one given by its address there is only the address.
func (r *reader) endorsedBy(about, path string, m vc.Doc) {
	for i, v := range listed(m["endorsement"]) {
		if link := text(v); link != "" {
			claim := vc.Claim{Path: path + "/endorsement/" + strconv.Itoa(i), Label: "Endorsement", Value: link}
			r.c.Badge.Claims = append(r.c.Badge.Claims, claim)
			continue
		}
		if len(r.c.Parts) >= maxEndorsements {
			r.flaw(false, "shape.inside-unread", "endorsement")
			return
		}
		p := r.part(v, "endorsement")
		if p == nil {
			continue
		}
		if !r.praised(m, p) {
			r.flaw(false, "shape.endorsement-other", "endorsement")
		}
		said := vc.Endorsement{About: about, By: p.Issuer, Comment: p.Badge.Narrative}
		r.c.Badge.Endorsements = append(r.c.Badge.Endorsements, said)
	}
}

// praised says whether an endorsement that stands in m is about m, or this badge,
// its class or its issuer: praise for something else would be borrowed here.
func (r *reader) praised(m vc.Doc, p *vc.Credential) bool {
	doc := r.c.Doc
	own := []string{text(m["id"]), text(doc["id"]), id(doc["badge"]), id(first(doc["badge"])["issuer"])}
	return len(p.Badge.Related) == 0 || slices.Contains(own, p.Badge.Related[0])
}

// recipient reads an IdentityObject, or the bare text of version 0.5, whose salt
// stands beside it. A name comes from an extension many issuers use.
func (t tongues) recipient(doc vc.Doc) vc.Party {
	m := first(doc["recipient"])
	plain := text(doc["recipient"])
	named := vc.Party{Name: t.words(first(doc["extensions:recipientProfile"])["name"])}
	if m == nil && plain == "" {
		return named
	}
	i := vc.Identifier{Type: text(m["type"]), Value: firstOf(scalar(m["identity"]), plain)}
	if i.Type == "email" || m == nil {
		i.Type = "emailAddress"
	}
	said, isBool := m["hashed"].(bool)
	if i.Hashed = said || !isBool && isHash(i.Value); i.Hashed {
		i.Salt = firstOf(scalar(m["salt"]), scalar(doc["salt"]))
	}
	named.Identifiers = []vc.Identifier{i}
	return named
}

// isHash tells an IdentityHash by its algorithm (Open Badges 2.0, IdentityHash).
func isHash(s string) bool { return strings.HasPrefix(s, "sha256$") || strings.HasPrefix(s, "md5$") }

// profile reads an issuer's Profile. Version 0.5 had no id: its origin stands for it.
func (t tongues) profile(v any) vc.Party {
	p, m := t.party(v), first(v)
	p.ID = firstOf(p.ID, text(m["origin"]))
	p.Name = firstOf(p.Name, t.words(m["org"]))
	p.Email = firstOf(p.Email, text(m["contact"]))
	return p
}

// badgeEvidence: addresses, objects, or a list of both.
func (t tongues) badgeEvidence(v any) []vc.Evidence {
	var out []vc.Evidence
	for _, e := range listed(v) {
		if link := text(e); link != "" {
			out = append(out, vc.Evidence{ID: link})
		}
		out = append(out, t.evidence(e)...)
	}
	return out
}

// badgeSkills reads alignments with the names of version 2, or those of version 1.
func (t tongues) badgeSkills(v any) []vc.Alignment {
	out := t.alignments(v)
	for i, m := range envelope.Objects(v) {
		a := &out[i]
		a.Name = firstOf(a.Name, t.words(m["name"]))
		a.Description = firstOf(a.Description, t.words(m["description"]))
		a.URL = firstOf(text(m["targetUrl"]), text(m["url"]), a.URL)
	}
	return out
}

// The members that are read, or say nothing to a person. All others are shown as
// they are.
var (
	assertionMembers = []string{
		"@context", "id", "uid", "type", "recipient", "salt", "badge", "verification", "verify", "issuedOn", "issued_on", "image",
		"evidence", "narrative", "expires", "revoked", "revocationReason", "endorsement", "claim", "issuer",
	}
	classMembers = []string{
		"@context", "@language", "id", "type", "name", "description", "image", "criteria", "issuer", "alignment", "tags", "related",
		"version", "endorsement",
	}
	profileMembers = []string{
		"@context", "@language", "id", "type", "name", "org", "origin", "url", "telephone", "description", "image", "email", "contact",
		"publicKey", "verification", "revocationList", "endorsement", "related", "version",
	}
)

// extensions keeps what the standard lets issuers add (Open Badges 2.0, Extensions
// and Additional Properties), as claims.
func (r *reader) extensions(path string, m vc.Doc, known []string) {
	l := &lister{tongues: r.tongues, out: r.c.Badge.Claims}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if slices.Contains(known, name) || strings.HasPrefix(name, "_") { // the backpacks' own notes
			continue
		}
		l.add(path+"/"+pointer.Replace(name), label(name), withoutSyntax(m[name]), 0)
	}
	r.c.Badge.Claims = l.out
}

// withoutSyntax leaves out what only tells a machine how to read an extension.
func withoutSyntax(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	m = maps.Clone(m)
	for _, name := range []string{"@context", "type", "id"} {
		delete(m, name)
	}
	return m
}
