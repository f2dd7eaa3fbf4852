// Package share is everything that passes between the learner and somebody else.
// It joins the wallet with the ways of showing a credential: what may be ticked
// (Look), the proof made of the ticks (Sharer.Make), and what an employer sees of
// a proof (Check).
//
// It never shows more than was asked for, never hands out what it has not read
// back and checked as a stranger would, and sends nothing anywhere: the learner
// does, with a file or a code, or by saying so to those who asked (Sharer.Answer).
package share

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
)

// Wallet is what sharing needs of the learner's wallet.
type Wallet interface {
	Item(id string) (wallet.Item, error)
	Holder(c *vc.Credential) (key.Holder, error) // the key a credential is bound to; fault key.not-here
	Profile() (key.Holder, error)                // the public key, for credentials bound to none
}

// Sharer makes proofs. All members are needed.
type Sharer struct {
	Wallet   Wallet
	Verifier *verify.Verifier // its clock dates the proofs; what it knows of the learner is not used
	Rand     io.Reader        // cryptographic randomness
}

// Request is what the learner wants to show, and to whom.
type Request struct {
	Items    []string // ids in the wallet; several only when all are signed as one piece
	Show     []string // paths of Lines; those they stand in come along. Must be empty for a credential signed as one piece
	Audience string   // to whom: a name or an address
	Nonce    string   // from the employer's request; one is made when it is empty
	Purpose  string   // for what, in the learner's words; may be empty
	Days     int      // how long it is good; 0 means DefaultDays
	Format   string   // in which form a request wants it (OpenID4VP 1.0, appendix B); empty leaves it open
}

// Days a proof may be good.
const (
	DefaultDays = 7
	MaxDays     = 365
)

// Proof is ready to be handed over.
type Proof struct {
	Bytes    []byte
	Request  Request   // with the nonce and days filled in
	Until    time.Time // careful checkers refuse it from then on
	Notes    []string  // codes of what the learner has to know first: words under note.<code>
	Preview  Seen      // what a stranger finds in Bytes
	Withheld []string  // labels of the lines that were left out
}

// Notes.
const (
	NoteUnbound  = "share.unbound"   // the credential names no key: whoever gets a copy can show it as theirs
	NoteOtherKey = "share.other-key" // it was issued to a key that is not in this wallet
)

// Make builds a proof and reads it back. It signs with the learner's key, and
// records nothing: call Receipt once the proof was handed over. Errors are
// *fault.Fault; when there is one, nothing was made.
func (s Sharer) Make(ctx context.Context, r Request) (Proof, error) {
	p := Proof{Request: r}
	to, err := s.address(&p)
	if err != nil {
		return Proof{}, err
	}
	items, err := s.items(r.Items)
	if err != nil {
		return Proof{}, err
	}
	if sd := disclosable(items[0]); sd != nil && len(items) == 1 {
		err = s.lines(&p, items[0], sd, to)
	} else if d := divisible(items[0]); d != nil && len(items) == 1 {
		err = s.part(ctx, &p, items[0], d, to)
	} else {
		err = s.whole(ctx, &p, items, to)
	}
	if err != nil {
		return Proof{}, err
	}
	err = s.readBack(ctx, &p, items[0].Languages)
	return p, err
}

// Fit says how well the proof scans as one code.
func (p Proof) Fit() qr.Fit { return qr.FitOf(len(p.Bytes)) }

// Extension is how the name of a file with the proof should end.
func (p Proof) Extension() string {
	switch {
	case strings.HasPrefix(p.Preview.Form, "sd-jwt"):
		return ".sd-jwt"
	case p.Preview.Form == "vp+jwt":
		return ".jwt"
	}
	return ".json"
}

// Receipt is the learner's record of a proof that was handed over.
func (p Proof) Receipt() wallet.Event {
	var shown, names []string
	for _, one := range p.Preview.Shown {
		names = append(names, one.Credential.Name)
		for _, l := range one.Lines {
			shown = append(shown, l.Label)
		}
	}
	args := map[string]string{"name": strings.Join(names, ", "), "audience": p.Request.Audience}
	return wallet.Event{What: wallet.Shared, Items: p.Request.Items, Args: args, Share: &wallet.Share{
		Audience: p.Request.Audience, Purpose: p.Request.Purpose, Form: p.Preview.Form, Items: p.Request.Items,
		Shown: shown, Withheld: p.Withheld, Until: p.Until,
	}}
}
