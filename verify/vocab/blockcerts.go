package vocab

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Blockcerts are certificates whose hash stands in a block chain: version 1.2 in a
// form of its own, 2 as an Open Badge 2 with a Merkle proof, 3 as a W3C credential.
const Blockcerts = "blockcerts"

var _ = register(vocabulary{kind: Blockcerts, claims: isBlockcerts, read: readBlockcerts})

// isBlockcerts: one of the old forms, or a W3C credential that says in a context or
// with its proof that it is one. What another vocabulary reads is left to it: that
// knows more of what was achieved, and the proof is judged all the same.
func isBlockcerts(c *vc.Credential) bool {
	if envelope.IsBlockcert(c.Doc) {
		return true
	}
	if c.Doc["credentialSubject"] == nil || !saysBlockcerts(c) {
		return false
	}
	return !slices.ContainsFunc(registry, func(v vocabulary) bool { return v.kind != Blockcerts && v.claims(c) })
}

func saysBlockcerts(c *vc.Credential) bool {
	for _, s := range envelope.Strings(c.Doc["@context"]) {
		if strings.HasPrefix(s, "https://w3id.org/blockcerts/") || strings.HasPrefix(s, "https://www.blockcerts.org/schema/") {
			return true
		}
	}
	return slices.ContainsFunc(c.Proofs, func(p vc.Proof) bool {
		return slices.Contains([]string{envelope.MerkleProof2019, envelope.MerkleDI2019, envelope.ChainedProof}, p.Suite)
	})
}

func readBlockcerts(r *reader) {
	switch {
	case first(r.c.Doc["document"]) != nil:
		r.blockcert1()
	case r.c.Doc["credentialSubject"] == nil:
		r.blockcert2()
	default:
		r.blockcert3()
	}
	r.c.Name = firstOf(r.c.Name, r.c.Badge.Name, "Certificate")
	r.c.Badge.Name = r.c.Name
}

// blockcert2 reads an Open Badge 2 with what Blockcerts 2.0 adds: the name of the
// recipient, lines of signature, and what the issuer wants displayed.
func (r *reader) blockcert2() {
	c, doc := r.c, r.c.Doc
	c.ID = text(doc["id"])
	class := first(doc["badge"])
	r.class(class)
	c.Issuer = r.profile(class["issuer"])
	c.Subject = r.recipient(doc)
	named := first(doc["recipientProfile"])
	if named == nil {
		named = first(first(doc["recipient"])["recipientProfile"]) // as drafts had it
	}
	c.Subject.Name = firstOf(r.words(named["name"]), c.Subject.Name)
	r.awardedBetween(doc["issuedOn"], doc["expires"])
	c.Badge.Evidence = r.badgeEvidence(doc["evidence"])
	c.Badge.Claims = append(c.Badge.Claims, r.signers(class["signatureLines"])...)
	r.displayed(doc["metadataJson"], "/metadataJson", doc["displayHtml"], "/displayHtml")
	r.issuerList(first(class["issuer"]))
	r.demand(doc, "", "id", "type", "recipient", "badge", "issuedOn")
	r.demandAward(class, "badge.")
}

// blockcert1 reads version 1.2: a document of four parts, and its receipt.
func (r *reader) blockcert1() {
	c := r.c
	doc := first(c.Doc["document"])
	class, award, to := first(doc["certificate"]), first(doc["assertion"]), first(doc["recipient"])
	c.ID = firstOf(text(award["id"]), text(award["uid"]))
	c.Name = r.words(class["name"])
	b := &c.Badge
	b.Name, b.Description, b.AchievementID = c.Name, r.words(class["description"]), text(class["id"])
	b.Specialization = r.words(class["subtitle"])
	b.Image = r.image(class["image"])
	c.Issuer = r.profile(class["issuer"])
	c.Subject = r.recipient(doc)
	c.Subject.Name = r.personName(to)
	r.awardedBetween(award["issuedOn"], award["expires"])
	b.Evidence = r.badgeEvidence(award["evidence"])
	r.demand(doc, "document.", "certificate", "assertion", "recipient")
	r.demand(award, "document.assertion.", "issuedOn")
	r.demandAward(class, "document.certificate.")
}

// blockcert3 reads a W3C credential: what was achieved may stand in "claim", and
// anything else is the issuer's own.
func (r *reader) blockcert3() {
	c := r.c
	r.model()
	r.modelShape()
	subject := first(c.Doc["credentialSubject"])
	claim := first(subject["claim"])
	b := &c.Badge
	c.Name = firstOf(r.words(claim["name"]), c.Name)
	b.Description = firstOf(r.words(claim["description"]), b.Description)
	if b.Criteria = r.criteria(claim["criteria"]); !isURI(b.Criteria.ID) { // said in words
		b.Criteria = vc.Criteria{Narrative: firstOf(b.Criteria.Narrative, b.Criteria.ID)}
	}
	b.Type = ownBlockcertType(c.Doc)
	if mail := text(subject["email"]); mail != "" {
		c.Subject.Identifiers = append(c.Subject.Identifiers, vc.Identifier{Type: "emailAddress", Value: mail})
	}
	b.Claims = r.claimsOf(subject, "id", "type", "name", "email", "publicKey", "claim")
	b.Claims = append(b.Claims, r.claimsOf(claim, "id", "type", "name", "description", "criteria")...)
	display := first(c.Doc["display"])
	r.displayed(c.Doc["metadata"], "/metadata", display["content"], "/display/content")
	r.issuerList(first(c.Doc["issuer"]))
}

// ownBlockcertType gives the type that says most.
func ownBlockcertType(m vc.Doc) string {
	if t := ownType(m); t != "BlockcertsCredential" {
		return t
	}
	return ""
}

// awardedBetween reads when the certificate was given and until when it is good.
func (r *reader) awardedBetween(from, until any) {
	c := r.c
	c.From, _ = badgeTime(from)
	c.Until, _ = badgeTime(until)
	c.Badge.Awarded = c.From
	if from != nil && c.From.IsZero() {
		r.flaw(true, "shape.date", "issuedOn")
	}
	if until != nil && c.Until.IsZero() {
		r.flaw(true, "shape.date", "expires")
	}
	if !c.From.IsZero() && !c.Until.IsZero() && c.Until.Before(c.From) {
		r.flaw(true, "shape.dates-order", "expires")
	}
}

// issuerList notes the revocation lists that the issuer, as the certificate
// describes it, publishes.
func (r *reader) issuerList(issuer vc.Doc) {
	r.c.Status = append(r.c.Status, RevocationLists(issuer)...)
}

// RevocationLists gives the lists of badges taken back that an issuer's profile
// names, each by its address or as an object with one (Open Badges 2.0, Profile,
// revocationList). One that is named and can't be found has no address, so that
// nobody takes it for none.
func RevocationLists(profile vc.Doc) []vc.StatusRef {
	all, ok := profile["revocationList"].([]any)
	if !ok {
		all = []any{profile["revocationList"]}
	}
	var out []vc.StatusRef
	for _, v := range all {
		if v == nil || v == "" {
			continue
		}
		at := text(v)
		if m, ok := v.(map[string]any); ok {
			at = text(m["id"])
		}
		out = append(out, vc.StatusRef{Type: "RevocationList", Purpose: "revocation", List: at})
	}
	return out
}

// signers lists who signed by hand: the pictures of their writing prove nothing.
func (t tongues) signers(v any) []vc.Claim {
	var out []vc.Claim
	for _, m := range envelope.Objects(v) {
		name, title := t.words(m["name"]), t.words(m["jobTitle"])
		if title != "" && name != "" {
			name += ", "
		}
		if name+title != "" {
			out = append(out, vc.Claim{Path: "/badge/signatureLines", Label: "Signed by", Value: name + title})
		}
	}
	return out
}

// maxDisplay bounds how much of a page that the issuer laid out is kept, in bytes:
// more than a person would read as text.
const maxDisplay = 4000

// displayed keeps what the issuer wants to be shown: metadata, a JSON text, as
// claims, and a page as its words.
func (r *reader) displayed(metadata any, metadataPath string, page any, pagePath string) {
	b := &r.c.Badge
	if m, err := strict.Object([]byte(text(metadata))); err == nil {
		for _, cl := range r.claimsOf(m, "schema", "displayOrder") {
			cl.Path = metadataPath + cl.Path
			b.Claims = append(b.Claims, cl)
		}
	}
	if s := wordsOfPage(text(page)); s != "" {
		b.Claims = append(b.Claims, vc.Claim{Path: pagePath, Label: "Page by the issuer, as text", Value: cutText(s, maxDisplay)})
	}
}

// markup is a tag, with all that a program or a style sheet would be inside it.
var markup = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)<script\b.*?(</script>|$)|<style\b.*?(</style>|$)|<!--.*?(-->|$)|<[a-z/!?][^>]*(>|$)`)
})

// wordsOfPage gives the words of a page, in one line, without its markup, which is
// never heeded. What looks like markup only after that is words too.
func wordsOfPage(page string) string {
	plain := html.UnescapeString(markup().ReplaceAllString(page, " "))
	return readable(strings.Join(strings.Fields(plain), " "))
}

// cutText shortens a text to at most n bytes, between two letters.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// demand remarks on members that have to be there.
func (r *reader) demand(m vc.Doc, prefix string, names ...string) {
	for _, name := range names {
		if m[name] == nil {
			r.flaw(true, "shape.member-missing", prefix+name)
		}
	}
}

// demandAward: without a name and an issuer nobody knows what was given by whom.
func (r *reader) demandAward(class vc.Doc, prefix string) {
	if r.words(class["name"]) == "" {
		r.flaw(true, "shape.member-missing", prefix+"name")
	}
	if r.c.Issuer.ID == "" {
		r.flaw(true, "shape.member-missing", prefix+"issuer.id")
	}
}
