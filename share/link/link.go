// Package link finds out what a learner pasted, dropped, opened or scanned: a
// badge to add, somebody's proof to check, an address to fetch, an issuer's offer,
// an employer's request, or a picture with a code that is one of these.
//
// It opens, but judges nothing, fetches nothing and keeps nothing. All input is
// foreign: it is bounded, and what stands inside something else is followed two
// steps deep at most. Start at Look.
package link

import (
	"bytes"
	"strings"

	"github.com/cairnwallet/cairn/share/oid4vci"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/pdf"
)

// Kind says what was found, and so what to do with it.
type Kind string

// The kinds.
const (
	Badge Kind = "badge" // one or more credentials: offer to add them
	Proof Kind = "proof" // credentials shown by a holder who signed: check them
	Web   Kind = "web"   // an https address that may hold either: fetch it, after asking
	Offer Kind = "offer" // an issuer's offer: look who offers what, after asking

	Request Kind = "request" // somebody asks to be shown a badge: look who asks for what
)

// Found is one thing in the input.
type Found struct {
	Kind Kind
	Raw  []byte // for Badge and Proof: what to read or check
	URL  string // for Web, Offer and Request; an offer may also be its own text
	Code bool   // it was read from a QR code in a picture
}

// maxInside is how many things inside each other are followed: a picture with a
// code with a data: address.
const maxInside = 3

// MaxFound is how many things of one input are told apart.
const MaxFound = 100

// Look says what input is. There is at least one thing when the error is nil; the
// error is a *fault.Fault that says in words what the input is instead, and what
// to do.
func Look(input []byte) ([]Found, error) { return look(input, maxInside) }

func look(input []byte, inside int) ([]Found, error) {
	if inside == 0 {
		return nil, fault.New("input.too-deep")
	}
	text := strings.TrimSpace(string(input[:min(len(input), maxAddresses)]))
	if strings.HasPrefix(strings.ToLower(text[:min(len(text), 5)]), "data:") && len(input) <= envelope.MaxBytes {
		return fromData(strings.TrimSpace(string(input)), inside)
	}
	opened, err := envelope.Open(input)
	if err == nil {
		return []Found{{Kind: kindOf(opened), Raw: input}}, nil
	}
	switch {
	case isPicture(input):
		return fromPicture(input, err, inside)
	case pdf.Is(input):
		return fromPDF(input, err, inside)
	case fault.Code(err) == "input.offer" && oid4vci.IsOffer(input):
		return []Found{{Kind: Offer, URL: strings.TrimSpace(string(input))}}, nil
	case strings.HasPrefix(fault.Code(err), "input.code-"): // digits of a QR code, which look like an address
		return nil, err
	case len(input) <= maxAddresses:
		if found, ok, err := fromAddresses(text); ok {
			return found, err
		}
	}
	return nil, err
}

// kindOf tells a proof, which its holder signed, from a badge. A presentation
// that nobody signed is only a wrapper: other wallets save badges that way.
func kindOf(opened []*envelope.Opened) Kind {
	for _, o := range opened {
		bound := strings.HasSuffix(o.Form, "sd-jwt") && !bytes.HasSuffix(bytes.TrimSpace(o.Sealed), []byte("~")) && bytes.Contains(o.Sealed, []byte("~"))
		if bound || o.Presentation && len(o.Proofs) > 0 {
			return Proof
		}
	}
	return Badge
}
