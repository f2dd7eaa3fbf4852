package strict

import (
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// ErrCBOR marks bytes that are not CBOR as CBOR reads it.
var ErrCBOR = errors.New("not valid CBOR")

// MaxValues bounds the elements of one array and the members of one map of CBOR.
const MaxValues = 1 << 16

// The modes of reading, with tags and without.
var cborMode, plainMode = decoding(cbor.TagsAllowed), decoding(cbor.TagsForbidden)

func decoding(tags cbor.TagsMode) cbor.DecMode {
	mode, err := cbor.DecOptions{
		TagsMd:           tags,
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		IntDec:           cbor.IntDecConvertSignedOrFail,
		MaxNestedLevels:  32,
		MaxArrayElements: MaxValues,
		MaxMapPairs:      MaxValues,
		NaN:              cbor.NaNDecodeForbidden,
		Inf:              cbor.InfDecodeForbidden,
		// A struct takes the names it asks for, not others that look alike.
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
	}.DecMode()
	if err != nil {
		panic(err) // the options above contradict each other
	}
	return mode
}

// CBOR reads one CBOR data item (RFC 8949) into what into points to, and nothing
// after it: no name twice, no length left open, text in UTF-8, no number without a
// value, nesting and counts bounded. Into an any come int64, float64, string,
// []byte, bool, nil, []any, map[any]any and cbor.Tag; small items take many times
// their own size there, so the caller bounds b.
func CBOR(b []byte, into any) error {
	if err := cborMode.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%w: %w", ErrCBOR, err)
	}
	return nil
}

// PlainCBOR reads as CBOR does, and refuses tags, which could say that bytes are not
// the bytes they are.
func PlainCBOR(b []byte, into any) error {
	if err := plainMode.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%w: %w", ErrCBOR, err)
	}
	return nil
}
