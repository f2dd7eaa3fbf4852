package verify

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// Presentation is what somebody shows: credentials, and what the holder signed
// around them. A bare credential is a presentation without a holder's signature.
type Presentation struct {
	Form        string // "sd-jwt+kb", "sd-jwt", "vp+jwt", "vp+cose", "vp", or "" for a bare credential
	Holder      string // who shows it, as the presentation states it; a key's thumbprint for an SD-JWT
	Audience    string // for whom it was made
	Nonce       string
	Purpose     string
	Issued      time.Time
	Until       time.Time // it is no longer good from here on; zero when not stated
	Credentials []*vc.Credential

	around *vc.Credential // the presentation itself, as something to judge; nil when there is none
	kb     *jose.Token    // the key binding of an SD-JWT
	sd     *sdjwt.SDJWT
	to     []string  // the names in Audience, which may hold commas themselves
	from   time.Time // it is not good before; zero when not stated
}

// Expect is what an employer knows of what they asked for; empty members are not
// compared.
type Expect struct {
	Audience string
	Nonce    string
}

// ReadPresentation opens what somebody shows; it judges nothing. Texts are read in
// the languages named, as Read does. An error is a *fault.Fault.
func ReadPresentation(raw []byte, languages ...string) (p *Presentation, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fault.Wrap(fmt.Errorf("reader broke: %v", r), "input.reader-broke")
		}
	}()
	opened, err := envelope.Open(raw)
	if err != nil {
		return nil, err
	}
	p = &Presentation{}
	left := envelope.MaxInside
	for _, o := range opened {
		p.Credentials = append(p.Credentials, understand(o, &left, languages)...)
	}
	if len(opened) == 1 {
		p.readAround(opened[0])
	}
	if len(p.Credentials) == 0 && !p.showBreach() {
		return nil, fault.New("input.nothing-shown")
	}
	return p, nil
}

// showBreach: where nothing could be read inside because the presentation itself
// is not well formed, that is what there is to judge.
func (p *Presentation) showBreach() bool {
	if p.around == nil || !slices.ContainsFunc(p.around.Shape, func(f vc.Flaw) bool { return f.Grave }) {
		return false
	}
	p.Credentials = []*vc.Credential{p.around}
	return true
}

func (p *Presentation) readAround(o *envelope.Opened) {
	switch {
	case o.Presentation && o.Payload != nil:
		p.readToken(o)
	case o.Presentation:
		p.readDocument(o)
	case strings.HasSuffix(o.Form, "sd-jwt"):
		p.readBinding(o)
	}
}

// readToken reads the claims of a presentation signed as a token (VC-JOSE-COSE,
// sections 3.1.2 and 3.3.2; VCDM 1.1, section 6.3.1).
func (p *Presentation) readToken(o *envelope.Opened) {
	if p.Form = "vp+jwt"; strings.HasSuffix(o.Form, "cose") {
		p.Form = "vp+cose"
	}
	p.Holder = text(o.Payload["iss"], idOf(o.Doc["holder"]))
	p.address(o.Payload["aud"])
	p.Nonce = text(o.Payload["nonce"])
	p.Purpose = text(o.Doc["description"])
	p.from, p.Until = date(o.Payload["nbf"]), date(o.Payload["exp"])
	p.Issued = first(date(o.Payload["iat"]), p.from)
	p.around = asSigned(o, p.Holder)
}

// readDocument reads a presentation with an embedded proof (Data Integrity 1.0,
// section 2.1: domain, challenge, created, expires).
func (p *Presentation) readDocument(o *envelope.Opened) {
	p.Form = "vp"
	p.Holder = idOf(o.Doc["holder"])
	p.Purpose = text(o.Doc["description"])
	for i, proof := range o.Proofs {
		p.readProof(proof, i == 0)
	}
	p.Audience = strings.Join(p.to, ", ")
	p.around = asSigned(o, p.Holder)
}

// readProof notes what one proof of a presentation was made for. Of several, each
// can have been made for another request: only what all of them say counts, and the
// first end of theirs.
func (p *Presentation) readProof(proof vc.Proof, first bool) {
	to, nonce := envelope.Strings(proof.Doc["domain"]), text(proof.Doc["challenge"])
	if first {
		if p.Holder == "" {
			p.Holder, _, _ = strings.Cut(proof.Method, "#")
		}
		p.to, p.Nonce = to, nonce
		p.Issued, p.Until = proof.Created, proof.Expires
		return
	}
	p.to = slices.DeleteFunc(p.to, func(name string) bool { return !slices.Contains(to, name) })
	if p.Nonce != nonce {
		p.Nonce = ""
	}
	if proof.Created.Before(p.Issued) {
		p.Issued = proof.Created
	}
	if !proof.Expires.IsZero() && (p.Until.IsZero() || proof.Expires.Before(p.Until)) {
		p.Until = proof.Expires
	}
}

// readBinding reads the key binding of an SD-JWT (RFC 9901, section 4.3).
func (p *Presentation) readBinding(o *envelope.Opened) {
	p.Form = "sd-jwt"
	sd, err := sdjwt.Parse(string(bytes.TrimSpace(o.Sealed)))
	if err != nil {
		return // the reader has noted the flaws of the credential itself
	}
	p.sd = sd
	if k, ok := boundKey(o.Doc); ok {
		p.Holder = k.Thumbprint()
	}
	if sd.KB == nil {
		return
	}
	p.Form, p.kb = "sd-jwt+kb", sd.KB
	b, err := sd.Binding()
	if err != nil {
		return
	}
	p.address(b.Audience)
	p.Nonce, p.Purpose = b.Nonce, b.Purpose
	p.Issued, p.from, p.Until = b.IssuedAt, b.NotBefore, b.Expires
}

// asSigned makes the presentation something the shape, key and signature checks
// take: its holder stands where an issuer would.
func asSigned(o *envelope.Opened, holder string) *vc.Credential {
	c := o.Credential()
	c.Parts = nil // they are judged by themselves
	vocab.Read(c)
	c.Issuer.ID = holder
	return c
}

func text(values ...any) string {
	for _, v := range values {
		if s, ok := v.(string); ok && s != "" {
			return s
		}
	}
	return ""
}

func idOf(v any) string {
	if m, ok := v.(map[string]any); ok {
		v = m["id"]
	}
	return text(v)
}

// address notes for whom it was made.
func (p *Presentation) address(v any) {
	p.to = envelope.Strings(v)
	p.Audience = strings.Join(p.to, ", ")
}

func first(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// date reads a date of a token; anything else is no date, as its reader has noted.
func date(v any) time.Time {
	t, _ := envelope.NumericDate(v)
	return t
}
