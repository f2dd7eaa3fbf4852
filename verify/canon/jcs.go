package canon

import (
	"encoding/json"
	"fmt"

	"github.com/gowebpki/jcs"
)

// JCS gives the canonical JSON text of a value as package strict makes it
// (RFC 8785). Numbers become IEEE 754 doubles, as that standard wants.
func JCS(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if b, err = jcs.Transform(b); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return b, nil
}
