package envelope

import (
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
)

// serialised opens a token in JSON (RFC 7515 section 7.2): an SD-JWT (RFC 9901
// section 8), a seal (ETSI TS 119 182-1), or a token that could as well have been
// written in the compact form. The first and the last are opened by way of that.
func (l *load) serialised(m vc.Doc, raw []byte) ([]*Opened, error) {
	if s, err := sdjwt.FromJSON(m); err == nil && claimsSDJWT([]byte(s)) && strings.Count(s, "~") > 1 {
		return l.rewritten(s, raw)
	}
	s, err := jades.Parse(m)
	switch {
	case errors.Is(err, jades.ErrDetached):
		return nil, fault.Wrap(err, "input.detached")
	case err != nil:
		return nil, fault.Wrap(err, "input.sealed-broken")
	}
	if compact, ok := s.Compact(); ok {
		return l.rewritten(compact, raw)
	}
	return l.one(l.sealed(s, raw))
}

// rewritten opens the compact form of what was written as JSON.
func (l *load) rewritten(compact string, raw []byte) ([]*Opened, error) {
	found, err := l.open([]byte(compact))
	for _, o := range found {
		o.Raw = raw
	}
	return found, err
}

// sealed opens what a seal is around: a credential or a presentation. Other texts
// may be sealed, too; they are no business of a wallet.
func (l *load) sealed(s *jades.Seal, raw []byte) (*Opened, error) {
	v, err := parse(s.Payload)
	if err != nil {
		return nil, fault.Wrap(err, "input.sealed-other")
	}
	m, _ := v.(map[string]any)
	var o *Opened
	switch types := Strings(m["type"]); {
	case slices.Contains(types, "VerifiablePresentation"):
		o, err = l.presentation(m, s.Payload)
	case isCredential(m, types):
		o, err = l.document(m, s.Payload)
	default:
		return nil, fault.New("input.sealed-other")
	}
	if err != nil {
		return nil, err
	}
	o.Raw, o.Sealed, o.Form = raw, raw, "jades"
	o.Proofs = append(sealProofs(s), o.Proofs...)
	o.sealRemarks(s)
	return o, nil
}

func sealProofs(s *jades.Seal) []vc.Proof {
	var out []vc.Proof
	for _, one := range s.Signatures {
		t := one.Token
		out = append(out, vc.Proof{Suite: "jades", Alg: t.Alg, Method: t.Kid, Created: one.Claimed, Doc: t.Header})
	}
	return out
}

// sealReasons are the remarks that become cautions.
var sealReasons = map[jades.Remark]string{
	jades.BadAdditions:     "shape.seal-additions",
	jades.BadStamp:         "shape.seal-stamp",
	jades.UnreadStamp:      "shape.seal-stamp-unread",
	jades.CounterSignature: "shape.seal-countersigned",
	jades.PolicyStored:     "shape.seal-policy",
	jades.BadRecord:        "shape.seal-additions",
	jades.UnprotectedExtra: "shape.seal-unprotected",
}

// sealRemarks tells what of a seal could not be used, and what stands beside the
// sealed text without being covered.
func (o *Opened) sealRemarks(s *jades.Seal) {
	var codes []string
	for _, one := range s.Signatures {
		for _, r := range one.Unsigned.Remarks {
			codes = append(codes, sealReasons[r])
		}
	}
	if len(s.Extra) > 0 {
		codes = append(codes, "shape.seal-unprotected")
	}
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		o.Notes = append(o.Notes, vc.Note{Code: code})
	}
}
