// Package cborld unpacks CBOR-LD: JSON-LD documents in CBOR whose names and values
// are replaced by numbers that follow from their contexts, so short that a
// credential fits into a QR code (CBOR-LD 1.0, W3C draft; the forms of before it
// under the tags 0x0500, 0x0501 and 0x0600 to 0x06ff).
//
// The document it gives is a JSON value as package strict would read it. Nothing
// in it is judged, and no context is fetched: the caller hands in those it has.
// Start at Decode.
package cborld

import (
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Limits: a code that a camera can read holds less than 3 KiB.
const (
	MaxBytes = 1 << 20 // of what is unpacked
	maxWork  = 4 << 20 // letters written and terms laid out
)

// The ways unpacking can fail, besides a *ContextError.
var (
	ErrForm     = errors.New("not well-formed CBOR-LD")
	ErrTable    = errors.New("packed with a table that is not known") // of the CBOR-LD registry
	ErrTooLarge = errors.New("unpacks to too much")
)

// ContextError names a context that is not at hand, or is none.
type ContextError struct{ URL string }

func (e *ContextError) Error() string { return "context not known: " + e.URL }

// Contexts gives the JSON-LD context published at an address.
type Contexts func(url string) ([]byte, bool)

// The tags (CBOR-LD 1.0, section "CBOR Tags for CBOR-LD").
const (
	tagCurrent  = 0xcb1d
	tagPlain    = 0x0500
	tagPacked   = 0x0501
	tagRange    = 0x0600
	tagRangeEnd = 0x06ff
)

// Claims tells CBOR-LD by its tag.
func Claims(b []byte) bool {
	if len(b) < 3 || b[0] != 0xd9 {
		return false
	}
	tag := int(b[1])<<8 | int(b[2])
	return tag == tagCurrent || tag == tagPlain || tag == tagPacked || tag >= tagRange && tag <= tagRangeEnd
}

// Decode unpacks a document, or a list of documents.
func Decode(b []byte, contexts Contexts) (any, error) {
	if len(b) > MaxBytes {
		return nil, ErrTooLarge
	}
	var t cbor.RawTag
	if err := strict.CBOR(b, &t); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	var content any
	if err := strict.CBOR(t.Content, &content); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	d := &decoder{contexts: contexts, names: newNames()}
	switch {
	case t.Number == tagPlain:
		return d.plain(content)
	case t.Number == tagPacked:
		d.old = true
		return d.documents(content)
	case t.Number == tagCurrent, t.Number >= tagRange && t.Number <= tagRangeEnd:
		return d.registered(t.Number, content)
	}
	return nil, fmt.Errorf("%w: tag %#x", ErrForm, t.Number)
}

// registered reads a document that names its entry in the registry: 0 is not
// packed, 1 is packed without a table of its own.
func (d *decoder) registered(tag uint64, content any) (any, error) {
	entry, body, err := entryOf(tag, content)
	switch {
	case err != nil:
		return nil, err
	case entry == 0:
		return d.plain(body)
	case entry == 1:
		return d.documents(body)
	}
	return nil, fmt.Errorf("%w: %d", ErrTable, entry)
}

// entryOf finds the registry entry: beside the document or, before 1.0, as a
// varint whose first byte is the end of the tag and whose rest, if it has one,
// stands beside the document.
func entryOf(tag uint64, content any) (entry uint64, body any, err error) {
	pair, _ := content.([]any)
	if tag == tagCurrent {
		if len(pair) != 2 {
			return 0, nil, fmt.Errorf("%w: no registry entry", ErrForm)
		}
		n, ok := pair[0].(int64)
		if !ok || n < 0 {
			return 0, nil, fmt.Errorf("%w: no registry entry", ErrForm)
		}
		return uint64(n), pair[1], nil
	}
	varint := []byte{byte(tag - tagRange)}
	body = content
	if len(pair) == 2 {
		if rest, ok := pair[0].([]byte); ok {
			varint, body = append(varint, rest...), pair[1]
		}
	}
	entry, rest, err := multi.Varint(varint)
	if err != nil || len(rest) > 0 {
		return 0, nil, fmt.Errorf("%w: registry entry", ErrForm)
	}
	return entry, body, nil
}
