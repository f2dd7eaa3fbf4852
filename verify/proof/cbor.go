package proof

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// maxEntries bounds the lists and maps in a proof value.
const maxEntries = 1 << 16

// The CBOR of proof values: nothing of indefinite length, no tags (VC-DI-ECDSA,
// section 3.5.2: "CBOR tagging MUST NOT be used"), no name twice.
var (
	cborDecoding = must(cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: 4, MaxArrayElements: maxEntries, MaxMapPairs: maxEntries,
	}.DecMode())
	cborEncoding = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic, NilContainers: cbor.NilContainerAsEmpty}.EncMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options are fixed
	}
	return v
}

// readCBOR reads the CBOR behind the three bytes that say which kind of proof it is.
func readCBOR(value []byte, into any) error {
	if err := cborDecoding.Unmarshal(value[3:], into); err != nil {
		return fmt.Errorf("%w: its value: %w", ErrMalformed, err)
	}
	return nil
}

func writeCBOR(header string, v any) ([]byte, error) {
	b, err := cborEncoding.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append([]byte(header), b...), nil
}
