package envelope

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "sd-jwt", claims: claimsSDJWT, open: openSDJWT})

// claimsSDJWT tells the compact form of RFC 9901 section 4 by its looks: a token,
// then a tilde.
func claimsSDJWT(b []byte) bool {
	head, rest, ok := bytes.Cut(b, []byte("~"))
	return ok && claimsJWT(head) && bytes.IndexByte(rest, '\n') < 0
}

// fixed names the claims of an SD-JWT VC that may not be left out, and so may not
// be in a disclosure (draft-ietf-oauth-sd-jwt-vc section 3.2.2.2).
var fixed = []string{"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "aka_vcts"}

// needed names the members of a W3C credential that should not be left out, since
// whoever checks it needs them (VC-JOSE-COSE, section 3.2.1).
var needed = []string{"@context", "type", "credentialStatus", "credentialSchema", "relatedResource"}

func openSDJWT(l *load, b []byte) ([]*Opened, error) {
	if bytes.Count(b, []byte("~")) > maxParts {
		return nil, fault.New("input.too-many-parts", "limit", fmt.Sprint(maxParts))
	}
	s, err := sdjwt.Parse(string(b))
	c, tokenErr := signedPart(b, s)
	if tokenErr != nil {
		return nil, tokenErr
	}
	switch {
	case errors.Is(err, sdjwt.ErrTilde):
		return nil, fault.Wrap(err, "input.tilde")
	case err != nil && c.signed:
		return nil, fault.Wrap(err, "input.token-damaged")
	}
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: b, Sealed: b, Form: "sd-jwt", Payload: c.payload, Doc: c.payload, Proofs: c.proof("sd-jwt")}
	o.header(c)
	if s == nil {
		return []*Opened{o}, nil
	}
	o.Doc = s.Claims()
	for _, f := range s.Flaws {
		o.flaw(true, disclosureReason(f.Err), member(f.Path))
	}
	return l.one(l.disclosed(o, c, s))
}

// signedPart gives the token before the first tilde; s is nil where the whole is no
// SD-JWT.
func signedPart(b []byte, s *sdjwt.SDJWT) (*compact, error) {
	signed, _, _ := bytes.Cut(b, []byte("~"))
	if s != nil {
		return &compact{text: signed, header: s.Token.Header, payload: s.Signed()}, nil
	}
	c, err := takeApart(signed)
	if err != nil {
		return nil, tokenFault(string(signed), err)
	}
	return c, nil
}

// disclosed tells an SD-JWT VC from a W3C credential secured as SD-JWT: both use
// the type vc+sd-jwt, and the presence of vct or @context decides (VC-JOSE-COSE
// section 3.2).
func (l *load) disclosed(o *Opened, c *compact, s *sdjwt.SDJWT) (*Opened, error) {
	if o.Doc["@context"] == nil {
		o.sdJWTVC(c, s)
		return o, nil
	}
	o.Doc = clone(o.Doc)
	for _, name := range []string{"vc", "vp"} {
		if o.Doc[name] != nil {
			o.flaw(true, "shape.claim-forbidden", name)
		}
	}
	for _, t := range Strings(o.Doc["type"]) {
		if t == "VerifiablePresentation" {
			return o, l.flatVP(o)
		}
	}
	o.agree(o.Doc, true)
	o.disclosedOf(s, false, needed)
	return o, nil
}

func (o *Opened) sdJWTVC(c *compact, s *sdjwt.SDJWT) {
	if o.Doc["vct"] == nil && !strings.HasSuffix(c.typ(), "sd-jwt") {
		return // a bare SD-JWT, which has no rules of its own about claims
	}
	if c.typ() == "vc+sd-jwt" {
		// The name used before draft -06; still what most issuers write.
		o.Notes = append(o.Notes, vc.Note{Code: "shape.typ-old"})
	}
	o.disclosedOf(s, true, fixed)
}

// disclosedOf remarks on disclosures of members that may not be left out.
func (o *Opened) disclosedOf(s *sdjwt.SDJWT, grave bool, names []string) {
	for _, d := range s.Disclosures {
		name, _, _ := strings.Cut(strings.TrimPrefix(d.Path, "/"), "/")
		if slices.Contains(names, name) {
			o.flaw(grave, "shape.not-disclosable", member(d.Path))
		}
	}
}

func disclosureReason(err error) string {
	switch {
	case errors.Is(err, sdjwt.ErrHash):
		return "shape.sd-hash"
	case errors.Is(err, sdjwt.ErrTwice), errors.Is(err, sdjwt.ErrCollision):
		return "shape.sd-twice"
	case errors.Is(err, sdjwt.ErrUnreferenced):
		return "shape.sd-unreferenced"
	}
	return "shape.sd-malformed"
}

// member writes a JSON pointer as the dotted path that people are shown.
func member(pointer string) string {
	s := strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(s)
}
