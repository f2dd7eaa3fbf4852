package strict

import (
	"bytes"
	"encoding/json"
)

// Marshal writes JSON as it is to be signed, sent or kept: without the escapes that
// package json adds for web pages. The errors are those of package json.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
