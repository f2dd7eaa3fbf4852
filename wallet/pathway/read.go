package pathway

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Form is what a pathway was written in; its words stand under pathway.form.<form>.
type Form string

// The forms.
const (
	Cairn     Form = "cairn"
	CTDL      Form = "ctdl"       // Credential Transparency Description Language, in JSON-LD
	BadgrTree Form = "badgr"      // the tree that Badgr exports, and Canvas and Parchment after it
	Table     Form = "ctdl-table" // the columns of CTDL as comma separated values
)

// Reading is a pathway as it was read.
type Reading struct {
	Pathway  Pathway
	Form     Form
	Findings []Finding // what a person should know about the file; none of it kept it from being read
}

// Finding is something that was noticed in a pathway of others: that could not be
// taken over as it is, or that its maker should mend. Its words stand under
// pathway.find.<code>.
type Finding struct {
	Code  string   `json:"code"`
	Names []string `json:"names,omitempty"` // what it is about, at most MaxNames
	More  int      `json:"more,omitzero"`   // how many are not named
}

// MaxNames bounds the names in one finding.
const MaxNames = 5

// findings gathers findings, one for each code, in the order in which they came up.
type findings []Finding

func (f *findings) note(code, name string) {
	i := slices.IndexFunc(*f, func(x Finding) bool { return x.Code == code })
	if i < 0 {
		*f, i = append(*f, Finding{Code: code}), len(*f)
	}
	at := &(*f)[i]
	switch {
	case slices.Contains(at.Names, name):
	case len(at.Names) < MaxNames:
		at.Names = append(at.Names, name)
	default:
		at.More++
	}
}

// Declared says whether the file itself says that it is a pathway. One that merely
// describes things to earn is read too, but may be meant as something else.
func (r Reading) Declared() bool {
	return r.Form != "" && !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == "no-pathway" })
}

// Likely says at a glance whether a file may be a pathway: of those that it says no
// to, Read finds none that is Declared.
func Likely(raw []byte) bool {
	return slices.ContainsFunc([]string{`"cairnPathway"`, `"elementId"`, "Pathway"}, func(s string) bool { return bytes.Contains(raw, []byte(s)) }) ||
		isTable(raw)
}

// Read reads a pathway file of any form. A rule of others that this package's rules
// can't express is never dropped: what no badge can show becomes a step that stays
// open, and a finding says so. An error is a *fault.Fault.
func Read(raw []byte) (Reading, error) {
	if len(raw) > MaxBytes {
		return Reading{}, fault.New("pathway.too-large", "limit", strconv.Itoa(MaxBytes>>20))
	}
	text := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if isTable(text) {
		return readTable(text)
	}
	v, err := strict.Parse(text)
	if err != nil {
		return Reading{}, notJSON(err)
	}
	m, _ := v.(map[string]any)
	switch {
	case m["cairnPathway"] != nil:
		p, err := Parse(text)
		return Reading{Pathway: p, Form: Cairn}, err
	case m["$schema"] != nil:
		return Reading{}, fault.New("pathway.schema")
	case m["elementId"] != nil:
		return readBadgr(m)
	}
	return readCTDL(v)
}
