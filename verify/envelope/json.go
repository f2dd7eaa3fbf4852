package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "json", claims: claimsJSON, open: openJSON})

func claimsJSON(b []byte) bool { return len(b) > 0 && (b[0] == '{' || b[0] == '[') }

func openJSON(l *load, b []byte) ([]*Opened, error) {
	v, err := parse(b)
	if err != nil {
		if found, ok, err := l.ndjson(b); ok {
			return found, err
		}
		return nil, jsonFault(err)
	}
	return l.value(v, b)
}

var errValues = errors.New("too many members and elements")

// parse reads JSON strictly. Before that it bounds how many values there can be,
// because small ones take far more memory than text.
func parse(b []byte) (any, error) {
	n := bytes.Count(b, []byte(",")) + bytes.Count(b, []byte("{")) + bytes.Count(b, []byte("["))
	if n > maxValues {
		return nil, errValues
	}
	return strict.Parse(b)
}

// jsonFault puts an error of package strict into words.
func jsonFault(err error) error {
	if errors.Is(err, errValues) {
		return fault.Wrap(err, "input.too-many-parts", "limit", fmt.Sprint(maxValues))
	}
	var e *strict.Error
	if !errors.As(err, &e) {
		return fault.Wrap(err, "input.not-json", "line", "1", "column", "1")
	}
	line, column := fmt.Sprint(e.Line), fmt.Sprint(e.Column)
	switch {
	case errors.Is(err, strict.ErrTruncated):
		return fault.Wrap(err, "input.truncated", "line", line)
	case errors.Is(err, strict.ErrDuplicate):
		return fault.Wrap(err, "input.duplicate", "name", e.Name, "line", line)
	case errors.Is(err, strict.ErrEncoding):
		return fault.Wrap(err, "input.encoding", "line", line)
	case errors.Is(err, strict.ErrTooDeep):
		return fault.Wrap(err, "input.too-deep")
	case errors.Is(err, strict.ErrTooLarge):
		return fault.Wrap(err, "input.too-large", "limit", fmt.Sprint(strict.MaxBytes>>20))
	}
	return fault.Wrap(err, "input.not-json", "line", line, "column", column)
}

// wrappers names the members under which other programs put credentials: wallet
// exports (UniversalWallet2020), answers of issuers (OpenID4VCI, VCALM, Open
// Badges 3.0 section 6.2) and issuing tools.
var wrappers = []string{
	"contents", "credential", "credentials", "verifiableCredential", "verifiableCredentials",
	"verifiablePresentation", "compactJwsString", "compactJwsStrings",
}

// value opens what a JSON value holds; raw is the value as written. Credentials
// nested in a credential are its parts and stay inside.
func (l *load) value(v any, raw []byte) ([]*Opened, error) {
	switch v := v.(type) {
	case string:
		if b := tidy([]byte(v)); claimsJWT(b) || claimsSDJWT(b) {
			return l.open(b)
		}
	case []any:
		return l.list(v, raw)
	case map[string]any:
		return l.object(v, raw)
	}
	return nil, errNone
}

// list opens each element; what holds no credential, such as the keys in a wallet
// export, is left out. When there is nothing at all, the first reason is given.
func (l *load) list(vs []any, raw []byte) ([]*Opened, error) {
	if err := l.enter(); err != nil {
		return nil, err
	}
	defer l.leave()
	var raws []json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil || len(raws) != len(vs) {
		return nil, errNone
	}
	g := gathered{err: errNone}
	for i, v := range vs {
		found, err := l.value(v, raws[i])
		g.add(found, err)
	}
	return g.result()
}

// gathered collects what several values hold.
type gathered struct {
	found  []*Opened
	err    error // the first reason that says more than "no credential"
	unread int   // values that look like credentials and can't be opened
}

func (g *gathered) add(found []*Opened, err error) {
	g.found = append(g.found, found...)
	if err == nil || errors.Is(err, errNone) {
		return
	}
	g.unread++
	if errors.Is(g.err, errNone) || stops(err) {
		g.err = err
	}
}

// result gives what was found; the first of it says how many others can't be read.
func (g *gathered) result() ([]*Opened, error) {
	if len(g.found) == 0 || stops(g.err) {
		return nil, g.err
	}
	if g.unread > 0 {
		n := vc.Note{Code: "shape.others-unread", Args: map[string]string{"count": fmt.Sprint(g.unread)}}
		g.found[0].Notes = append(g.found[0].Notes, n)
	}
	return g.found, nil
}

func (l *load) object(m map[string]any, raw []byte) ([]*Opened, error) {
	types := Strings(m["type"])
	switch {
	case slices.Contains(types, "VerifiablePresentation"):
		return l.one(l.presentation(m, raw))
	case enveloped(m):
		return l.dataURL(m)
	case m["payload"] != nil && (m["signature"] != nil || m["signatures"] != nil):
		return l.serialised(m, raw)
	case isCredential(m, types):
		return l.one(l.document(m, raw))
	case IsBlockcert(m):
		return l.one(l.blockcert(m, raw))
	case IsOpenBadge(m):
		return l.one(l.openBadge(m, raw))
	case isLERRS(m):
		return l.resume(m, raw)
	}
	return l.wrapper(m, raw)
}

func (l *load) one(o *Opened, err error) ([]*Opened, error) {
	if err != nil {
		return nil, err
	}
	return []*Opened{o}, nil
}

// isCredential tells a credential by its type, or by its members where the type is
// missing or wrong: then it is a credential with a flaw, not something else.
func isCredential(m map[string]any, types []string) bool {
	for _, t := range []string{"VerifiableCredential", "OpenBadgeCredential", "AchievementCredential"} {
		if slices.Contains(types, t) {
			return true
		}
	}
	_, subject := m["credentialSubject"]
	_, issuer := m["issuer"]
	_, proof := m["proof"]
	return subject && (issuer || proof || m["@context"] != nil)
}

func (l *load) document(m map[string]any, raw []byte) (*Opened, error) {
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: raw, Sealed: raw, Form: "json", Doc: m}
	o.embedded()
	return o, nil
}

func (l *load) wrapper(m map[string]any, raw []byte) ([]*Opened, error) {
	if err := l.enter(); err != nil {
		return nil, err
	}
	defer l.leave()
	var raws map[string]json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil {
		return nil, errNone
	}
	g := gathered{err: errNone}
	for _, name := range wrappers {
		if v, ok := m[name]; ok {
			found, err := l.value(v, raws[name])
			g.add(found, err)
		}
	}
	return g.result()
}

// Strings gives a member that may be one text or a list of texts; what is no text
// is left out.
func Strings(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// Objects gives a member that may be one object or a list of objects.
func Objects(v any) []vc.Doc {
	switch v := v.(type) {
	case map[string]any:
		return []vc.Doc{v}
	case []any:
		var out []vc.Doc
		for _, e := range v {
			if m, ok := e.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

func text(v any) string { s, _ := v.(string); return s }
