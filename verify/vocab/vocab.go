// Package vocab says what an opened document says: which kind of credential it is,
// who issued it about whom, what a learner or an employer would look at, and what
// its kind demands and it does not have.
//
// It never judges whether any of it is true, and it never fetches anything. Start
// at Read. A vocabulary is one file that registers itself; plain.go is the named
// fallback.
package vocab

import (
	"slices"
	"strconv"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// The kinds this package reads. Presentation is no kind of credential: it shows
// some, as its Parts.
const (
	OB3          = "ob3"
	CLR2         = "clr2"
	SDJWTVC      = "sd-jwt-vc"
	Plain        = "plain"
	Presentation = "presentation"
)

// maxDepth bounds credentials inside credentials.
const maxDepth = 8

// vocabulary is one way of saying things. No document is claimed by two.
type vocabulary struct {
	kind   string
	claims func(c *vc.Credential) bool
	read   func(r *reader)
}

var registry []vocabulary

// register adds a vocabulary at start; a kind can be taken only once.
func register(v vocabulary) bool {
	if slices.ContainsFunc(registry, func(o vocabulary) bool { return o.kind == v.kind }) {
		panic("vocabulary " + v.kind + " registered twice")
	}
	registry = append(registry, v)
	return true
}

// Names lists the kinds that are read, sorted: those of the vocabularies, and Plain.
func Names() []string {
	names := []string{Plain}
	for _, v := range registry {
		names = append(names, v.kind)
	}
	slices.Sort(names)
	return names
}

// tongues are the languages that texts are wanted in, the best first.
type tongues vc.Languages

// reader is one credential being read.
type reader struct {
	tongues
	c     *vc.Credential
	depth int
	left  *int // how many credentials may still be found inside
}

// Read picks the one vocabulary that claims c and fills everything from Kind to
// Badge, the parts included, from c.Doc, c.Form and c.Proofs, in c.Languages. Flaws that the
// envelope found stay; those of the kind are added.
func Read(c *vc.Credential) {
	left := envelope.MaxInside
	ReadWithin(c, &left)
}

// ReadWithin is Read for one of several credentials, in which together no more
// than left others are looked for; those beyond are remarked on, not read.
func ReadWithin(c *vc.Credential, left *int) { read(c, 0, left) }

func read(c *vc.Credential, depth int, left *int) {
	if c.Doc == nil {
		c.Doc = vc.Doc{}
	}
	r := &reader{tongues: tongues(c.Languages), c: c, depth: depth, left: left}
	v := pick(c)
	c.Kind = v.kind
	v.read(r)
	for _, p := range c.Parts {
		if p.Kind == "" && depth < maxDepth {
			p.Languages = c.Languages
			read(p, depth+1, left)
		}
	}
	c.Shape = slices.Compact(c.Shape)
	for _, name := range []*string{&c.Name, &c.Issuer.Name, &c.Subject.Name, &c.Badge.Name} {
		*name = assets.OneLine(*name) // they stand within lines of ours
	}
}

// pick finds the vocabulary; plain where none claims c.
func pick(c *vc.Credential) vocabulary {
	for _, v := range registry {
		if v.claims(c) {
			return v
		}
	}
	return vocabulary{kind: Plain, read: readPlain}
}

// flaw remarks on a breach; grave means the document is not well formed.
func (r *reader) flaw(grave bool, code, member string) {
	r.c.Shape = append(r.c.Shape, vc.Flaw{Code: code, Member: member, Grave: grave})
}

// note makes a remark with a number in it.
func (r *reader) note(code string, n int) {
	r.c.Notes = append(r.c.Notes, vc.Note{Code: code, Args: map[string]string{"count": strconv.Itoa(n)}})
}

// part adds a credential that stands inside: a document, or a compact token. One
// that can't be opened is remarked on.
func (r *reader) part(v any, member string) *vc.Credential {
	if *r.left--; r.depth >= maxDepth || *r.left < 0 {
		r.flaw(false, "shape.inside-unread", member)
		return nil
	}
	o, err := envelope.Inside(v)
	if err != nil {
		r.flaw(false, "shape.inside-unread", member)
		return nil
	}
	p := o.Credential()
	p.Languages = r.c.Languages
	read(p, r.depth+1, r.left)
	r.c.Parts = append(r.c.Parts, p)
	return p
}
