// Package substance says what a credential tells an employer, apart from whether it
// is genuine: the seven parts that make it portable, the elements of the European
// description of a micro-credential, and the marks of a credible one.
//
// It reads and never judges: nothing here lifts or lowers a verdict. Each answer
// names the member of the document it was read from, and what is not stated is said
// to be so. Start at Of.
package substance

import (
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/vc"
)

// State says whether something was found.
type State string

// The states. Missing is said of what a portable credential has, and of what the
// credential itself says was not there, as an identity that was not checked.
const (
	Found     State = "found"
	Missing   State = "missing"
	NotStated State = "not-stated"
)

// Element is one thing looked for.
type Element struct {
	ID     string `json:"id"` // stable; its words stand under substance.<group>.<id>
	State  State  `json:"state"`
	Value  string `json:"value,omitempty"`  // what it says, in one line
	Member string `json:"member,omitempty"` // where it was read, as a dotted path; the form, for what the wrapping holds
}

// Sheet is what a credential tells.
type Sheet struct {
	Portable []Element `json:"portable"` // issuer, recipient, skill, criteria, evidence, dates, signature
	European []Element `json:"european"` // Council Recommendation 2022/C 243/02 on micro-credentials, Annex I
	Credible []Element `json:"credible"` // assessed, graded, identity, trail, quality
}

// Of reads what c tells. It is a pure function and takes any credential.
func Of(c *vc.Credential) Sheet {
	r := reader{c.Doc, c.Languages}
	var s Sheet
	for _, e := range portable {
		s.Portable = append(s.Portable, r.look(e, Missing))
	}
	s.Portable = append(s.Portable, signature(c))
	for _, e := range european {
		s.European = append(s.European, r.look(e, NotStated))
	}
	for _, e := range credible {
		s.Credible = append(s.Credible, r.look(e, NotStated))
	}
	return s
}

// Tally counts what was found in one group.
func Tally(all []Element) (found int) {
	for _, e := range all {
		if e.State == Found {
			found++
		}
	}
	return found
}

// signature is the seventh part: a token is signed as a whole, a document has a
// member for it. Whether it holds, the checks say.
func signature(c *vc.Credential) Element {
	e := Element{ID: "signature", State: Missing}
	if len(c.Proofs) == 0 {
		return e
	}
	e.State, e.Member = Found, c.Form
	for _, name := range []string{"proof", "signature", "verification", "verify", "receipt"} {
		if c.Doc[name] != nil {
			e.Member = name
			break
		}
	}
	return e
}

// look finds the first of the members an element may stand in.
func (r reader) look(w wanted, otherwise State) Element {
	e := Element{ID: w.id, State: otherwise}
	for _, path := range w.at {
		v, at := r.find(path)
		says := assets.OneLine(r.line(v))
		if says == "" || w.only != nil && !w.only(v) {
			continue
		}
		if w.date {
			says = day(v, says)
		}
		e.State, e.Value, e.Member = Found, says, at
		if w.denies != nil && w.denies(v) {
			e.State = Missing
		}
		break
	}
	return e
}
