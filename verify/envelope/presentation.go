package envelope

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// presentation opens a JSON presentation and the credentials it shows (VCDM 2.0
// section 4.13).
func (l *load) presentation(m map[string]any, raw []byte) (*Opened, error) {
	o := &Opened{Raw: raw, Sealed: raw, Form: "json", Doc: m, Presentation: true}
	o.embedded()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil, fault.Wrap(err, "input.not-json", "line", "1", "column", "1")
	}
	return o, l.shown(o, members["verifiableCredential"])
}

// shown opens the credentials of a presentation; raw is the member as written.
// One that can't be opened is remarked on: the rest can still be judged.
func (l *load) shown(o *Opened, raw []byte) error {
	if err := l.enter(); err != nil {
		return err
	}
	defer l.leave()
	v, ok := o.Doc["verifiableCredential"]
	if !ok {
		return nil
	}
	vs, raws := []any{v}, []json.RawMessage{raw}
	if list, ok := v.([]any); ok {
		vs = list
		if err := json.Unmarshal(raw, &raws); err != nil || len(raws) != len(vs) {
			return fault.New("input.unknown")
		}
	}
	for i, v := range vs {
		found, err := l.value(v, raws[i])
		switch {
		case stops(err):
			return err
		case err != nil:
			o.flaw(true, "shape.inside-broken", "verifiableCredential")
		}
		o.Inside = append(o.Inside, found...)
	}
	return nil
}

// enveloped tells an EnvelopedVerifiableCredential (VCDM 2.0 section 4.12.2), or
// a thing that would be one if it named its type.
func enveloped(m map[string]any) bool {
	for _, t := range Strings(m["type"]) {
		if t == "EnvelopedVerifiableCredential" || t == "EnvelopedVerifiablePresentation" {
			return true
		}
	}
	return strings.HasPrefix(text(m["id"]), "data:application/v")
}

var errEnvelope = errors.New("an enveloped credential needs a data: URL")

// dataURL opens a credential that is wrapped as a data: URL (RFC 2397). What it
// is, is told by its content: its media type is written in several ways.
func (l *load) dataURL(m map[string]any) ([]*Opened, error) {
	b, err := DataURL(text(m["id"]))
	if err != nil {
		return nil, fault.Wrap(err, "input.envelope")
	}
	found, err := l.open(tidy(b))
	if err != nil {
		return nil, err
	}
	types := Strings(m["type"])
	for _, o := range found {
		if !slices.Contains(types, "EnvelopedVerifiableCredential") && !slices.Contains(types, "EnvelopedVerifiablePresentation") {
			o.flaw(true, "shape.enveloped-type", "type")
		}
	}
	return found, nil
}
