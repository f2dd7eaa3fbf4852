package share

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/share/present"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/vc"
)

// division is a document with a base proof, from which proofs over a part are
// derived (VC-DI-ECDSA, section 3.5; VC-DI-BBS, section 3). The document itself
// never leaves the wallet.
type division struct {
	doc   vc.Doc
	reads vc.Languages
	base  vc.Doc   // the base proof
	fixed []string // pointers to what is always shown
}

// divisible takes apart a document with a base proof; nil for anything else, and
// for base proofs of a kind that nothing can be derived from here.
func divisible(c *vc.Credential) *division {
	for _, p := range c.Proofs {
		if !proof.IsBase(p.Doc) {
			continue
		}
		if mandatory, err := proof.Mandatory(p.Doc); err == nil {
			return &division{doc: c.Doc, reads: c.Languages, base: p.Doc, fixed: append(mandatory, due(c.Doc)...)}
		}
	}
	return nil
}

// due gives pointers to what an employer must be told whatever the learner ticks:
// whose word it is, how long it is good, how to see whether it was withdrawn, and
// what Open Badges 3.0 (section B.1) requires of a badge. Leaving an end or a list of
// withdrawn badges out would not be a choice of lines but a lie.
func due(doc vc.Doc) []string {
	out := there(doc, "", "issuer", "name", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSchema")
	for _, at := range objectsAt(doc, "/credentialSubject") {
		out = append(out, there(at.object, at.path, "id", "type")...)
		for _, a := range objectsAt(at.object, "/achievement") {
			out = append(out, there(a.object, at.path+a.path, "id", "type", "name", "description", "criteria")...)
		}
	}
	return out
}

// there gives pointers to those members an object has.
func there(object vc.Doc, path string, names ...string) (out []string) {
	for _, name := range names {
		if _, has := object[name]; has {
			out = append(out, path+"/"+name)
		}
	}
	return out
}

type placed struct {
	path   string
	object vc.Doc
}

// objectsAt gives the objects of a member that may be one or several.
func objectsAt(object vc.Doc, path string) (out []placed) {
	switch v := at(object, path).(type) {
	case map[string]any:
		return []placed{{path, v}}
	case []any:
		for i, e := range v {
			if o, ok := e.(map[string]any); ok {
				out = append(out, placed{path + "/" + strconv.Itoa(i), o})
			}
		}
	}
	return out
}

// isFixed says whether all of what a pointer leads to is always shown.
func (d *division) isFixed(path string) bool {
	return slices.ContainsFunc(d.fixed, func(f string) bool { return f == path || strings.HasPrefix(path, f+"/") })
}

// look lists what can be ticked: the members of the credential, of its subject and of
// the achievement; of lists of objects each element.
func (d *division) look() Choices {
	out := Choices{Whole: true, Why: "share.whole.no-lines", Lines: d.heads()}
	said := map[string]bool{}
	for _, l := range out.Lines {
		said[l.Value] = true
	}
	d.each(func(path string, v any) {
		text := inline(v, path, technicalIn(v, path))
		fixed := d.isFixed(path)
		if text == "" || fixed && said[text] || steers(path) {
			return
		}
		out.Whole = out.Whole && fixed
		out.Lines = append(out.Lines, line(path, text, fixed))
	})
	if !out.Whole {
		out.Why = ""
	}
	return out
}

// heads are the lines an employer looks for first, read from the least that can be
// shown.
func (d *division) heads() []Line {
	least, err := proof.Select(d.doc, d.fixed)
	if err != nil || least == nil {
		return nil
	}
	delete(least, "proof")
	text, err := json.Marshal(least)
	if err != nil {
		return nil
	}
	found, err := verify.Read(text, d.reads...)
	if err != nil || len(found) != 1 {
		return nil
	}
	return heads(found[0])
}

// outside are members that say nothing of the learner, or that have lines of their
// own for what stands in them.
var outside = []string{"/@context", "/proof", "/issuer", "/validFrom", "/validUntil", "/issuanceDate", "/expirationDate", "/credentialStatus", "/credentialSchema"}

// each visits what can be ticked, in the order of the paths.
func (d *division) each(visit func(path string, v any)) {
	walk(d.doc, "", func(path string, v any) bool {
		_, isObject := v.(map[string]any)
		list, isList := v.([]any)
		opened := path == "" || isObject && isPart(path) || isList && slices.ContainsFunc(list, isMap)
		if !opened && !slices.Contains(outside, path) {
			visit(path, v)
		}
		return opened
	})
}

// technicalIn gives the pointers to what only a program reads in a value.
func technicalIn(v any, path string) map[string]bool {
	out := map[string]bool{}
	walk(v, path, func(at string, _ any) bool {
		out[at] = at != path && steers(at)
		return !out[at]
	})
	return out
}

func isMap(v any) bool { _, ok := v.(map[string]any); return ok }

// isPart says whether a pointer leads to a subject or to an achievement of one.
func isPart(path string) bool {
	var names []string
	for name := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if _, err := strconv.Atoi(name); err != nil {
			names = append(names, name)
		}
	}
	where := strings.Join(names, "/")
	return where == "credentialSubject" || where == "credentialSubject/achievement"
}

// part shows a part of a document, with a proof derived for this one showing.
func (s Sharer) part(ctx context.Context, p *Proof, c *vc.Credential, d *division, to present.To) error {
	choices := d.look()
	for _, path := range p.Request.Show {
		if !slices.ContainsFunc(choices.Lines, func(l Line) bool { return l.Path == path && !l.Fixed }) {
			return fault.New("share.no-line")
		}
	}
	shown, err := proof.Derive(ctx, d.doc, d.base, append(slices.Clone(d.fixed), p.Request.Show...), []byte(to.Nonce), s.Rand)
	if errors.Is(err, proof.ErrPointer) {
		return fault.Wrap(err, "share.no-line")
	}
	if err != nil {
		return fault.Wrap(err, "share.failed")
	}
	sealed, err := json.Marshal(shown)
	if err != nil {
		return fault.Wrap(err, "share.failed")
	}
	for _, l := range choices.Lines {
		if !l.Fixed && !slices.Contains(p.Request.Show, l.Path) {
			p.Withheld = append(p.Withheld, l.Label)
		}
	}
	return s.around(ctx, p, []*vc.Credential{c}, []present.Part{{Sealed: sealed, Subject: c.Subject.ID}}, to)
}
