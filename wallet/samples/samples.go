// Package samples makes the practice wallet: eight badges from made-up schools and
// two pathways, to try everything on before a badge of one's own is there.
//
// The schools don't exist (their names end in .example, RFC 2606), their keys are
// made from a seed that stands in this package, and a practice wallet is a wallet
// of its own with keys of its own, so that nothing in it can be taken for real.
// Nothing here asks the network: what the schools would publish, Web answers, and
// Pages gives as files.
//
// The badges are signed when they are made, by the clock and for the key handed
// in: the same clock and key give the same bytes. Start at Open, or at Make.
package samples

import (
	"crypto"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
)

// The badges that the story of the first run needs by name.
const (
	Shared  = "food-safety-2"        // hides lines, and is bound to the wallet's key
	Changed = "allergen-aware-menus" // one letter is not as it was signed
)

// Private names the lines of Shared that a job doesn't need: the two that the
// story holds back.
var Private = []string{"birthDate", "studentNumber"}

// File is one badge, as an issuer would send it.
type File struct {
	Sample  string // its name in assets
	Name    string // of the file
	Raw     []byte
	Verdict check.Verdict // what checking it finds, as long as Web answers
}

// Set is everything a practice wallet is made of.
type Set struct {
	Files    []File           // in the order in which to show them
	Getter   fetch.Getter     // answers for the schools, and for nobody else
	Trusted  []verify.Trusted // the schools that are on the learner's list
	Pathways [][]byte
}

// how a badge is signed and what is done to it afterwards.
type how struct {
	sample  string
	file    string
	school  string
	seal    func(maker, map[string]any) ([]byte, error)
	after   func(maker, []byte) ([]byte, error)
	verdict check.Verdict
}

var list = []how{
	{Shared, "food-safety-level-2.sd-jwt", alpine, maker.sdJWT, nil, check.Verified},
	{"kitchen-foundations", "kitchen-foundations.json", alpine, maker.embedded, nil, check.Verified},
	{"guest-care", "guest-care.jwt", hotel, maker.token, nil, check.Verified},
	{"barista-basics", "barista-basics.png", roast, maker.embedded, maker.bake, check.Verified},
	{"first-aid-at-work", "first-aid-at-work.json", shield, maker.embedded, nil, check.Expired},
	{Changed, "allergen-aware-menus.json", alpine, maker.embedded, maker.alter, check.Problem},
	{"responsible-alcohol-service", "responsible-alcohol-service.json", shield, maker.embedded, nil, check.Withdrawn},
	{"staying-safe-online", "staying-safe-online.jwt", popup, maker.flatToken, nil, check.UnrecognisedIssuer},
}

// Make makes the badges for the holder of a key. Dates are set around now; none
// of the good badges ends.
func Make(now time.Time, holder crypto.PublicKey) (Set, error) {
	m, err := newMaker(now, holder)
	if err != nil {
		return Set{}, err
	}
	set := Set{Getter: Web{Now: func() time.Time { return now }}, Trusted: Trusted(now)}
	for _, h := range list {
		raw, err := m.make(h)
		if err != nil {
			return Set{}, fmt.Errorf("make sample %s: %w", h.sample, err)
		}
		set.Files = append(set.Files, File{Sample: h.sample, Name: h.file, Raw: raw, Verdict: h.verdict})
	}
	for _, name := range []string{"professional-cook", "digital-basics"} {
		raw, ok := assets.Pathway(name)
		if !ok {
			return Set{}, fmt.Errorf("pathway %s is not shipped", name)
		}
		set.Pathways = append(set.Pathways, raw)
	}
	return set, nil
}

// Verifier judges like somebody who knows the schools: the practice wallet, and
// the employer in the story. It is offline.
func Verifier(now func() time.Time) *verify.Verifier {
	return &verify.Verifier{Now: now, Get: Web{Now: now}, Issuers: Trusted(now())}
}
