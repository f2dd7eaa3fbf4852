package vocab

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(vocabulary{kind: OB1, claims: isOB1, read: readOB1})

// isOB1: an award of version 0.5 or 1.0, which had no context, or of 1.1, which
// names its own. What has no context and is verified as version 2 says is of
// version 2.
func isOB1(c *vc.Credential) bool {
	if !envelope.IsOpenBadge(c.Doc) {
		return false
	}
	if c.Doc["@context"] == nil {
		return c.Doc["verification"] == nil
	}
	return slices.ContainsFunc(envelope.Strings(c.Doc["@context"]), func(s string) bool {
		return strings.HasSuffix(s, "/openbadges/v1") || strings.HasSuffix(s, "openbadgespec.org/v1/context.json")
	})
}

// readOB1 reads an assertion of Open Badges 0.5 to 1.1.
func readOB1(r *reader) {
	r.award()
	r.awardShape1()
}

// awardShape1 remarks on what all of these versions demand. Those after 0.5 demand
// more, which old badges of well-known issuers lack: a caution.
func (r *reader) awardShape1() {
	doc := r.c.Doc
	if r.unfinished() {
		return
	}
	for _, name := range []string{"recipient", "badge"} {
		if doc[name] == nil {
			r.flaw(true, "shape.member-missing", name)
		}
	}
	if _, written := doc["recipient"].(string); !written {
		r.recipientShape()
	}
	_, first := doc["badge"].(map[string]any) // of 0.5, or fetched since
	for _, name := range []string{"uid", "verify", "issuedOn"} {
		v := doc[name]
		if name == "issuedOn" {
			v = issuedOn(doc)
		}
		if v == nil && (!first || doc["verify"] != nil) {
			r.flaw(false, "shape.member-missing", name)
		}
	}
	r.awardDates(true)
	r.class1Shape(doc["badge"])
}

// class1Shape: a badge has a name, and an address is an address.
func (r *reader) class1Shape(v any) {
	class, ok := v.(map[string]any)
	switch {
	case !ok:
		r.uri(true, v, "badge")
	case r.words(class["name"]) == "":
		r.flaw(true, "shape.member-missing", "badge.name")
	case class["issuer"] == nil:
		r.flaw(false, "shape.member-missing", "badge.issuer")
	}
}
