package cborld

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/multi"
)

// The kinds of values that are packed, beside those that stand as they are.
const (
	kindURL       = "url"
	kindNone      = "none"
	kindMultibase = "https://w3id.org/security#multibase"
	kindSuite     = "https://w3id.org/security#cryptosuiteString"
	kindDate      = "http://www.w3.org/2001/XMLSchema#date"
	kindDateTime  = "http://www.w3.org/2001/XMLSchema#dateTime"
)

// maxBase58 bounds the bytes that are written in base58, which takes more than
// linear time.
const maxBase58 = 4 << 10

// kindOf says how values of a term are packed.
func kindOf(name string, def definition) string {
	switch {
	case name == "@id", name == "@type", def.id == "@id", def.id == "@type", def.typ == "@id", def.typ == "@vocab":
		return kindURL
	case def.typ == "":
		return kindNone
	}
	return def.typ
}

// value unpacks one value: by its kind, or else by what it is.
func (d *decoder) value(a *active, kind string, v any) (any, error) {
	if m, ok := v.(map[any]any); ok {
		return d.object(a, m)
	}
	out, done, err := d.packed(kind, v)
	if done || err != nil {
		return out, err
	}
	if list, ok := v.([]any); ok {
		return d.list(a, kind, list)
	}
	return d.plain(v)
}

// packed unpacks a value that its kind has a form for.
func (d *decoder) packed(kind string, v any) (out any, done bool, err error) {
	switch kind {
	case kindURL:
		out, err = d.address(v)
		return out, out != nil, err
	case kindMultibase:
		out, err = d.multibase(v)
		return out, out != nil, err
	case kindDate, kindDateTime:
		out, err = date(kind, v)
		return out, out != nil, err
	case kindSuite:
		if id, ok := v.(int64); ok && d.old {
			out, err = known(oldSuites, id)
			return out, true, err
		}
	case kindNone:
		if b, ok := v.([]byte); ok && d.old {
			out, err = known(oldContexts, number(b))
			return out, true, err
		}
	}
	return nil, false, nil
}

func known(table map[int64]string, id int64) (any, error) {
	s, ok := table[id]
	if !ok {
		return nil, fmt.Errorf("%w: value %d", ErrTable, id)
	}
	return s, nil
}

// number reads the bytes that stand for an entry of a table; -1 where they don't.
func number(b []byte) int64 {
	if len(b) != 1 && len(b) != 2 && len(b) != 4 {
		return -1
	}
	var n int64
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	return n
}

// schemes are the beginnings of addresses that have numbers.
var schemes = map[int64]string{1: "http://", 2: "https://", 3: "urn:uuid:", 4: "data:", 1024: "did:v1:nym:", 1025: "did:key:"}

// address unpacks an address or the name of a type; nil where it is not packed.
func (d *decoder) address(v any) (any, error) {
	switch v := v.(type) {
	case string:
		return v, d.spend(len(v))
	case int64:
		return d.numbered(v)
	case []byte:
		return nil, fmt.Errorf("%w: address", ErrTable)
	case []any:
		if len(v) == 0 {
			return nil, nil
		}
		if id, ok := v[0].(int64); ok && schemes[id] != "" {
			return d.schemed(id, v[1:])
		}
	}
	return nil, nil
}

func (d *decoder) numbered(id int64) (any, error) {
	if url, ok := oldContexts[id]; ok && d.old {
		return url, d.spend(len(url))
	}
	name, ok := d.names.byID[id]
	if !ok {
		return nil, fmt.Errorf("%w: no term %d", ErrForm, id)
	}
	return name, d.spend(len(name))
}

// schemed unpacks an address behind the number of its scheme.
func (d *decoder) schemed(scheme int64, rest []any) (any, error) {
	malformed := fmt.Errorf("%w: address", ErrForm)
	if len(rest) == 0 || len(rest) > 2 {
		return nil, malformed
	}
	first, isText := rest[0].(string)
	out := schemes[scheme] + first
	b, isBytes := rest[0].([]byte)
	switch {
	case scheme >= 1024:
		return d.did(schemes[scheme], rest)
	case scheme == 4 && isText && len(rest) == 2:
		data, ok := rest[1].([]byte)
		if !ok {
			return nil, malformed
		}
		out += ";base64," + base64.StdEncoding.EncodeToString(data)
	case len(rest) != 1:
		return nil, malformed
	case scheme == 3 && isBytes && len(b) == 16:
		s := hex.EncodeToString(b)
		out += strings.Join([]string{s[:8], s[8:12], s[12:16], s[16:20], s[20:]}, "-")
	case !isText:
		return nil, malformed
	}
	return out, d.spend(len(out))
}

// did unpacks a DID made of a key, and its fragment; each as text or as the bytes
// behind its base58.
func (d *decoder) did(prefix string, rest []any) (any, error) {
	out := prefix
	for i, part := range rest {
		if i > 0 {
			out += "#"
		}
		switch part := part.(type) {
		case string:
			out += part
		case []byte:
			if len(part) > maxBase58 {
				return nil, ErrTooLarge
			}
			out += multi.Encode(part)
		default:
			return nil, fmt.Errorf("%w: address", ErrForm)
		}
	}
	return out, d.spend(len(out))
}

// multibase writes bytes in the base that their first byte names; nil where the
// value is no bytes.
func (d *decoder) multibase(v any) (any, error) {
	b, ok := v.([]byte)
	if !ok {
		return nil, nil
	}
	if len(b) == 0 {
		return nil, fmt.Errorf("%w: multibase", ErrForm)
	}
	var out string
	switch body := b[1:]; b[0] {
	case 'z':
		if len(body) > maxBase58 {
			return nil, ErrTooLarge
		}
		out = multi.Encode(body)
	case 'u':
		out = multi.EncodeURL(body)
	case 'M':
		out = "M" + base64.StdEncoding.EncodeToString(body)
	default:
		return nil, fmt.Errorf("%w: multibase", ErrForm)
	}
	return out, d.spend(len(out))
}

// lastSecond is the end of the year 9999, beyond which dates are written otherwise.
const lastSecond = 253402300799

// date writes a date given in seconds or, with its milliseconds beside, in two
// numbers; nil where the value is neither.
func date(kind string, v any) (any, error) {
	seconds, isNumber := v.(int64)
	layout, millis := "2006-01-02T15:04:05Z", int64(0)
	if pair, ok := v.([]any); ok && len(pair) == 2 && kind == kindDateTime {
		var okMillis bool
		seconds, isNumber = pair[0].(int64)
		millis, okMillis = pair[1].(int64)
		isNumber = isNumber && okMillis
		layout = "2006-01-02T15:04:05.000Z"
	}
	if kind == kindDate {
		layout = "2006-01-02"
	}
	switch {
	case !isNumber:
		return nil, nil
	case seconds < -lastSecond/4 || seconds > lastSecond || millis < 0 || millis > 999:
		return nil, fmt.Errorf("%w: date", ErrForm)
	}
	return time.UnixMilli(seconds*1000 + millis).UTC().Format(layout), nil
}

// plain gives a value that stands as it is, as a JSON value. Bytes and tags have
// no form in JSON.
func (d *decoder) plain(v any) (any, error) {
	if err := d.spend(1); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case nil, bool:
		return v, nil
	case string:
		return v, d.spend(len(v))
	case int64:
		return json.Number(strconv.FormatInt(v, 10)), nil
	case float64:
		b, err := json.Marshal(v)
		return json.Number(b), err
	case []any:
		out := make([]any, 0, len(v))
		for _, el := range v {
			p, err := d.plain(el)
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
		return out, nil
	case map[any]any:
		return d.plainObject(v)
	}
	return nil, fmt.Errorf("%w: %T has no form in JSON", ErrForm, v)
}

func (d *decoder) plainObject(m map[any]any) (any, error) {
	out := map[string]any{}
	for name, v := range m {
		s, ok := name.(string)
		if !ok {
			return nil, fmt.Errorf("%w: a name that is no text", ErrForm)
		}
		var err error
		if out[s], err = d.plain(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}
