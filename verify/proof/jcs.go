package proof

import (
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/canon"
)

// jcs is RFC 8785 over the whole document. It covers every member, but for numbers
// that it rounds: another number could then stand in their place.
var jcs canonical = func(_ context.Context, doc map[string]any, _ crypto.Hash) ([]byte, []string, error) {
	text, err := canon.JCS(doc)
	if err != nil {
		return nil, nil, err
	}
	return text, rounded(nil, "", doc), nil
}

// rounded adds the paths of numbers that are not what a double holds of them.
func rounded(out []string, path string, v any) []string {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			out = rounded(out, join(path, name), inner)
		}
	case []any:
		for i, inner := range v {
			out = rounded(out, join(path, strconv.Itoa(i)), inner)
		}
	case json.Number:
		if !exact(v.String()) {
			out = append(out, path)
		}
	}
	return out
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// exact says whether the shortest text of the double nearest to a number is that
// number again.
func exact(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || len(text) > 400:
		return false
	case f == 0: // which any number is that is small enough, and writing one out can take for ever
		digits, _, _ := strings.Cut(strings.ToLower(text), "e")
		return strings.Trim(digits, "-0.") == ""
	}
	written, ok := new(big.Rat).SetString(text)
	held, okHeld := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return ok && okHeld && written.Cmp(held) == 0
}

// stated puts the contexts a proof states in the place of the document's, which
// must begin with them; what the document has beyond is not covered (VC-DI-EDDSA,
// section 3.3.2, step 4).
func stated(doc, proof map[string]any, uncovered []string) ([]string, error) {
	own, has := proof["@context"]
	if !has {
		return uncovered, nil
	}
	begin, all := list(own), list(doc["@context"])
	if len(begin) > len(all) || !reflect.DeepEqual(begin, all[:len(begin)]) {
		return nil, fmt.Errorf("%w: its contexts are not those of the document", ErrSignature)
	}
	if len(begin) < len(all) {
		uncovered = append(uncovered, "@context")
	}
	doc["@context"] = own
	return uncovered, nil
}

func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}
