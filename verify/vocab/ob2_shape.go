package vocab

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// awardShape remarks on what Open Badges 2.0 demands. Without one of the members it
// calls mandatory there is no award; what its own examples leave out, and what the
// class and the profile lack beside their names, is a caution.
func (r *reader) awardShape() {
	doc := r.c.Doc
	if r.unfinished() {
		return
	}
	r.badgeContext()
	needed := []string{"id", "type", "recipient", "badge", "issuedOn"}
	if hasType(doc, "Endorsement") {
		needed = []string{"id", "claim", "issuer"}
	}
	for _, name := range needed {
		if doc[name] == nil {
			r.flaw(true, "shape.member-missing", name)
		}
	}
	if envelope.Verification(doc) == nil {
		r.flaw(true, "shape.member-missing", "verification")
	}
	r.uri(true, doc["id"], "id")
	r.awardDates(false)
	r.recipientShape()
	r.classShape()
}

// unfinished: of the bare address of an award, and of one that was taken back,
// nothing more is demanded (Open Badges 2.0, Assertion: revoked).
func (r *reader) unfinished() bool {
	if envelope.AddressOnly(r.c.Doc) {
		r.flaw(false, "shape.address-only", "")
		return true
	}
	return r.c.Doc["revoked"] == true && r.c.Doc["badge"] == nil
}

// badgeContext: the context says that the words are those of Open Badges 2. One
// written out in full may say so too; another's words could mean anything.
func (r *reader) badgeContext() {
	list := listed(r.c.Doc["@context"])
	switch {
	case len(list) == 0:
		r.flaw(false, "shape.member-missing", "@context")
	case slices.ContainsFunc(list, isBadgeContext):
	case slices.ContainsFunc(list, func(v any) bool { m, ok := v.(map[string]any); return ok && m["Assertion"] != nil }):
		r.flaw(false, "shape.badge-context", "@context")
	default:
		r.flaw(true, "shape.badge-context", "@context")
	}
}

// isBadgeContext knows the places the context of versions 2.0 and 2.1 has had.
func isBadgeContext(v any) bool {
	s := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(text(v), "https://"), "http://"), ".json")
	return slices.Contains([]string{
		"w3id.org/openbadges/v2", "openbadgespec.org/v2/context", "purl.imsglobal.org/spec/ob/v2p0/context",
		"purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld", "purl.imsglobal.org/spec/ob/v2p1/ob_v2p1",
	}, s)
}

func (r *reader) recipientShape() {
	v := r.c.Doc["recipient"]
	if v == nil {
		return // remarked on, or an endorsement
	}
	m, ok := v.(map[string]any)
	if !ok {
		r.flaw(true, "shape.member-type", "recipient")
		return
	}
	if scalar(m["identity"]) == "" {
		r.flaw(true, "shape.member-missing", "recipient.identity")
	}
	for _, name := range []string{"type", "hashed"} {
		if m[name] == nil {
			r.flaw(false, "shape.member-missing", "recipient."+name)
		}
	}
	if _, isBool := m["hashed"].(bool); m["hashed"] != nil && !isBool {
		r.flaw(false, "shape.member-type", "recipient.hashed")
	}
}

// classShape looks at the class and the profile as far as they are here.
func (r *reader) classShape() {
	v := r.c.Doc["badge"]
	class, ok := v.(map[string]any)
	switch {
	case v == nil:
		return
	case !ok:
		r.uri(true, v, "badge")
		return
	case r.words(class["name"]) == "":
		r.flaw(true, "shape.member-missing", "badge.name")
	}
	for _, name := range []string{"id", "type", "description", "image", "criteria", "issuer"} {
		if class[name] == nil {
			r.flaw(false, "shape.member-missing", "badge."+name)
		}
	}
	issuer, ok := class["issuer"].(map[string]any)
	if !ok {
		r.uri(true, class["issuer"], "badge.issuer")
		return
	}
	for _, name := range []string{"id", "type", "name", "url", "email"} {
		if issuer[name] == nil {
			r.flaw(false, "shape.member-missing", "badge.issuer."+name)
		}
	}
}

// awardDates: old says that it is version 1, which also took days and Unix times.
func (r *reader) awardDates(old bool) {
	doc := r.c.Doc
	for _, d := range []struct {
		name string
		v    any
	}{{"issuedOn", issuedOn(doc)}, {"expires", doc["expires"]}} {
		if d.v == nil {
			continue
		}
		switch t, zoned := badgeTime(d.v); {
		case t.IsZero():
			r.flaw(true, "shape.date", d.name)
		case !zoned && !old:
			r.flaw(false, "shape.date-zone", d.name)
		}
	}
	if from, until := r.c.From, r.c.Until; !from.IsZero() && until.Before(from) && !until.IsZero() {
		r.flaw(true, "shape.dates-order", "expires")
	}
}

// issuedOn has had two names.
func issuedOn(doc vc.Doc) any {
	if v := doc["issuedOn"]; v != nil {
		return v
	}
	return doc["issued_on"]
}

// badgeTime reads a date of any version: ISO 8601 with or without seconds, a day
// alone, or a Unix time. zoned says whether it is one instant by itself. The zero
// time means that it is none of these.
func badgeTime(v any) (t time.Time, zoned bool) {
	s := text(v)
	if t, zoned, err := envelope.Time(s); err == nil {
		return t, zoned
	}
	for layout, zoned := range map[string]bool{"2006-01-02T15:04Z07:00": true, "2006-01-02T15:04": false, time.DateOnly: false} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, zoned
		}
	}
	n, ok := v.(json.Number)
	if !ok {
		n = json.Number(s)
	}
	if _, err := n.Int64(); err != nil {
		return time.Time{}, false
	}
	t, _ = envelope.NumericDate(n)
	return t, false
}
