package envelope

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "jwt", claims: claimsJWT, open: openJWT})

// claimsJWT tells a compact JWS (RFC 7515 section 7.1) by its looks: three parts
// of base64url, the first of which begins a JSON object. The parts are read
// strictly only when it is opened, so that a damaged token is called just that.
func claimsJWT(b []byte) bool {
	if !startsToken(b) {
		return false
	}
	for _, c := range b {
		if !isToken(c) {
			return false
		}
	}
	dots := bytes.Count(b, []byte("."))
	return dots == 2 || dots > 0 && b[1] == 'y'
}

// startsToken tells base64url of an object's brace and the quote, space, line feed
// or brace after it.
func startsToken(b []byte) bool {
	return len(b) > 1 && b[0] == 'e' && (b[1] == 'y' || b[1] == 'w' || b[1] == '3')
}

// compact is a token taken apart, its signature not looked at.
type compact struct {
	text            []byte // as received
	header, payload vc.Doc
	signed          bool // it has a signature and does not say "none"
}

var errToken = errors.New("not three parts of base64url around two JSON objects")

// takeApart reads a token strictly: no padding, no stray bits, no doubled member.
func takeApart(token []byte) (*compact, error) {
	parts := bytes.SplitN(token, []byte("."), 4)
	if len(parts) != 3 {
		return nil, errToken
	}
	header, err := segment(parts[0])
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	payload, err := segment(parts[1])
	if err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	alg := text(header["alg"])
	return &compact{text: token, header: header, payload: payload, signed: len(parts[2]) > 0 && !strings.EqualFold(alg, "none")}, nil
}

var base64url = base64.RawURLEncoding.Strict()

func segment(part []byte) (vc.Doc, error) {
	b, err := base64url.AppendDecode(nil, part)
	if err != nil {
		return nil, errToken
	}
	v, err := parse(b)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errToken
	}
	return m, nil
}

// proof gives the token's signature as a proof, also where it says "none" or is
// empty: that is a signature that does not hold, not a document without one.
func (c *compact) proof(suite string) []vc.Proof {
	p := vc.Proof{Suite: suite, Alg: text(c.header["alg"]), Method: text(c.header["kid"]), Doc: c.header}
	if t, ok := NumericDate(c.payload["iat"]); ok {
		p.Created = t
	}
	return []vc.Proof{p}
}

// typ gives the header's type without "application/", in lower case (RFC 7515
// section 4.1.9).
func (c *compact) typ() string {
	return strings.TrimPrefix(strings.ToLower(text(c.header["typ"])), "application/")
}

// typedOther tells a token that is typed as another kind of token, such as a key
// binding or a status list, so that it could be taken for one (RFC 8725, sections
// 3.11 and 3.12). A type without "+jwt" says nothing of the kind.
func (c *compact) typedOther() bool {
	kind, typed := strings.CutSuffix(c.typ(), "+jwt")
	return typed && !slices.Contains([]string{"vc", "vp", "vc+ld", "vp+ld", "vc-ld", "vp-ld", "vc+ld+json", "vp+ld+json", "vc+sd", "dc+sd"}, kind)
}

func openJWT(l *load, b []byte) ([]*Opened, error) {
	c, err := takeApartPacked(b)
	if err != nil {
		return nil, tokenFault(string(b), err)
	}
	return l.one(l.token(c))
}

// tokenFault puts into words why a token can't be taken apart.
func tokenFault(s string, err error) error {
	switch {
	case strings.Count(s, ".") == 4: // RFC 7516 section 7.1
		return fault.Wrap(err, "input.encrypted", "kind", "JWE")
	case strings.Count(s, ".") == 2 && strings.Contains(s, ".."): // RFC 7515 appendix F
		return fault.Wrap(err, "input.detached")
	case errors.Is(err, strict.ErrDuplicate), errors.Is(err, errValues):
		return jsonFault(err)
	}
	return fault.Wrap(err, "input.token-damaged")
}

// token tells the dialects apart by content, because their types overlap: VCDM
// 1.1 puts the credential into "vc" or "vp" (section 6.3.1), Open Badges 3.0
// (section 8.2) and VC-JOSE-COSE (section 3.1) make it the payload itself.
func (l *load) token(c *compact) (*Opened, error) {
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: c.text, Sealed: c.text, Form: "jwt", Payload: c.payload, Proofs: c.proof("jws")}
	o.header(c)
	inner, isVC := c.payload["vc"].(map[string]any)
	shown, isVP := c.payload["vp"].(map[string]any)
	flat := c.payload["@context"] != nil || !isVC && !isVP && saysCredential(c.payload)
	switch {
	case IsOpenBadge(c.payload):
		o.signedBadge(c)
		return o, nil
	case flat:
		return o, l.flat(o, c)
	case isVP:
		return o, l.vp(o, shown)
	case isVC:
		o.Doc = clone(inner)
		o.fill11(c.payload)
		return o, nil
	case c.payload["vct"] != nil || strings.HasSuffix(c.typ(), "sd-jwt"):
		// RFC 9901 section 4: an SD-JWT ends with a tilde, even without disclosures.
		o.Form, o.Doc, o.Proofs = "sd-jwt", c.payload, c.proof("sd-jwt")
		o.flaw(true, "shape.tilde-missing", "")
		return o, nil
	}
	return nil, otherToken(c)
}

// saysCredential tells the payload of a token that is a credential or a presentation
// by its own word, and lacks the context it must have.
func saysCredential(m vc.Doc) bool {
	types := Strings(m["type"])
	return m["vct"] == nil && (slices.Contains(types, "VerifiablePresentation") || isCredential(m, types))
}

// header remarks on what no header of a credential may be.
func (o *Opened) header(c *compact) {
	switch alg := text(c.header["alg"]); {
	case alg == "": // RFC 7515 section 4.1.1
		o.flaw(true, "shape.member-missing", "alg")
	case strings.EqualFold(alg, "none"): // RFC 8725 section 3.1, RFC 9901 section 7.1
		o.flaw(true, "shape.alg-none", "alg")
	}
	if c.typedOther() {
		o.flaw(false, "shape.media-type", "typ")
	}
	if jwk, ok := c.header["jwk"].(map[string]any); ok && jwk["d"] != nil {
		o.flaw(false, "shape.private-key", "jwk.d") // Open Badges 3.0 section 8.2.3
	}
}

// flat opens a payload that is the credential or the presentation itself.
func (l *load) flat(o *Opened, c *compact) error {
	o.Doc = clone(c.payload)
	jose := strings.HasPrefix(c.typ(), "vc+") || strings.HasPrefix(c.typ(), "vp+") || strings.HasPrefix(c.typ(), "vc-ld+")
	for _, name := range []string{"vc", "vp"} {
		if c.payload[name] != nil { // VC-JOSE-COSE section 1.1.2.1: must not be present
			o.flaw(true, "shape.claim-forbidden", name)
		}
	}
	for _, t := range Strings(o.Doc["type"]) {
		if t == "VerifiablePresentation" {
			return l.flatVP(o)
		}
	}
	o.agree(c.payload, jose)
	return nil
}

func (l *load) flatVP(o *Opened) error {
	o.Presentation = true
	o.shownClaims()
	if iss := text(o.Payload["iss"]); iss != "" && holder(o.Doc) != "" && holder(o.Doc) != iss {
		o.flaw(true, "shape.iss-differs", "holder")
	}
	return l.shownAgain(o)
}

// vp opens a presentation of VCDM 1.1 section 6.3.1: iss is the holder, jti the id.
func (l *load) vp(o *Opened, m vc.Doc) error {
	o.Presentation, o.Doc = true, clone(m)
	o.shownClaims()
	switch iss := text(o.Payload["iss"]); {
	case iss == "":
	case holder(o.Doc) == "":
		o.Doc["holder"] = iss
	case holder(o.Doc) != iss:
		o.flaw(true, "shape.iss-differs", "holder")
	}
	if jti := text(o.Payload["jti"]); jti != "" && o.Doc["id"] == nil {
		o.Doc["id"] = jti
	}
	return l.shownAgain(o)
}

// shownAgain writes the member of a decoded payload as JSON once more, for the
// credentials in it that are JSON documents: their proofs are over their meaning,
// not over their bytes.
func (l *load) shownAgain(o *Opened) error {
	raw, err := json.Marshal(o.Doc["verifiableCredential"])
	if err != nil {
		return fault.Wrap(err, "input.unknown")
	}
	return l.shown(o, raw)
}

func holder(m vc.Doc) string {
	if h, ok := m["holder"].(map[string]any); ok {
		return text(h["id"])
	}
	return text(m["holder"])
}

// otherToken says what a token is that holds no credential.
func otherToken(c *compact) error {
	switch {
	case strings.HasPrefix(c.typ(), "statuslist+") || c.payload["status_list"] != nil:
		return fault.New("input.status-list")
	case c.typ() == "kb+jwt":
		return fault.New("input.token-other")
	}
	return fault.New("input.token-other")
}

func clone(m vc.Doc) vc.Doc {
	out := make(vc.Doc, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}
