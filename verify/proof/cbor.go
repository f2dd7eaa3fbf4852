package proof

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/strict"
)

var cborEncoding = func() cbor.EncMode {
	mode, err := cbor.EncOptions{Sort: cbor.SortCoreDeterministic, NilContainers: cbor.NilContainerAsEmpty}.EncMode()
	if err != nil {
		panic(err) // the options are fixed
	}
	return mode
}()

// readCBOR reads the CBOR behind the three bytes that say which kind of proof it is.
// It has no tags (VC-DI-ECDSA, section 3.5.2, "CBOR tagging MUST NOT be used").
func readCBOR(value []byte, into any) error {
	if err := strict.PlainCBOR(value[3:], into); err != nil {
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
