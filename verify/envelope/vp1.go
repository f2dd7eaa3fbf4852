package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/cborld"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/multi"
)

var (
	_ = register(envelope{name: "cbor-ld", claims: cborld.Claims, open: openCBORLD})
	_ = register(envelope{name: "vp1", claims: claimsVP1, open: openVP1})
)

// claimsVP1 tells the text of a QR code with CBOR-LD in it, VP1- for presentations,
// or of a VC Barcode, VC1-.
func claimsVP1(b []byte) bool {
	return (bytes.HasPrefix(b, []byte("VP1-")) || bytes.HasPrefix(b, []byte("VC1-"))) && bytes.IndexByte(b, '\n') < 0
}

// openVP1 opens a presentation from a QR code: multibase, in base32 or base45, of
// CBOR-LD (standards: vpqr). A VC Barcode says something about the card it is
// printed on, without which it proves nothing (VC Barcodes, "ecdsa-xi-2023").
func openVP1(l *load, b []byte) ([]*Opened, error) {
	text, ok := strings.CutPrefix(string(b), "VP1-")
	if !ok {
		return nil, fault.New("input.barcode")
	}
	packed, err := multi.Decode(text)
	if err != nil {
		return nil, fault.Wrap(err, "input.packed-damaged")
	}
	return l.fromCBOR(b, packed)
}

func openCBORLD(l *load, b []byte) ([]*Opened, error) { return l.fromCBOR(b, b) }

// fromCBOR opens what CBOR-LD holds. It is written as JSON: what is signed is its
// meaning, not its bytes.
func (l *load) fromCBOR(raw, packed []byte) ([]*Opened, error) {
	v, err := cborld.Decode(packed, assets.Context)
	if err != nil {
		return nil, packedFault(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fault.Wrap(err, "input.packed-damaged")
	}
	found, err := l.value(v, text)
	if errors.Is(err, errNone) {
		return nil, fault.New("input.no-credential")
	}
	for _, o := range found {
		o.Form = "cbor-ld+" + o.Form
	}
	if len(found) == 1 {
		found[0].Raw = raw
	}
	return found, err
}

// packedFault puts an error of package cborld into words.
func packedFault(err error) error {
	var unknown *cborld.ContextError
	switch {
	case errors.As(err, &unknown):
		return fault.Wrap(err, "input.packed-context", "context", unknown.URL)
	case errors.Is(err, cborld.ErrTable):
		return fault.Wrap(err, "input.packed-table")
	}
	return fault.Wrap(err, "input.packed-damaged")
}
