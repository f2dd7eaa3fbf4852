package proof

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// hmacLabels names nodes by an HMAC of their canonical label, so that what is left
// out can't be guessed from the labels of what is shown (VC-DI-ECDSA, section
// 3.4.4, createHmacIdLabelMapFunction).
func hmacLabels(key []byte) labelling {
	return func(canonical []string) (map[string]string, error) {
		out := make(map[string]string, len(canonical))
		for _, c := range canonical {
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(c))
			out[c] = hmacLabel(mac.Sum(nil))
		}
		return out, nil
	}
}

func hmacLabel(digest []byte) string { return "u" + base64.RawURLEncoding.EncodeToString(digest) }

// shuffledLabels names nodes b0, b1, … in the order of their HMAC labels, which
// tells less than these (VC-DI-BBS, createShuffledIdLabelMapFunction).
func shuffledLabels(key []byte) labelling {
	return func(canonical []string) (map[string]string, error) {
		out, err := hmacLabels(key)(canonical)
		if err != nil {
			return nil, err
		}
		order := slices.Clone(canonical)
		slices.SortFunc(order, func(a, b string) int { return cmp.Compare(out[a], out[b]) })
		for i, c := range order {
			out[c] = shuffledLabel(uint64(i))
		}
		return out, nil
	}
}

func shuffledLabel(n uint64) string { return "b" + strconv.FormatUint(n, 10) }

func canonicalLabel(n uint64) string { return "c14n" + strconv.FormatUint(n, 10) }

// statedLabels takes the labels a derived proof states. Each node must have one,
// and no two the same: two nodes in one would say of the one what was signed of the
// other.
func statedLabels(stated map[string]string) labelling {
	return func(canonical []string) (map[string]string, error) {
		taken := make(map[string]bool, len(stated))
		for _, c := range canonical {
			label, ok := stated[c]
			if !ok || taken[label] {
				return nil, fmt.Errorf("%w: its labels are not one for each node", ErrMalformed)
			}
			taken[label] = true
		}
		if len(taken) != len(stated) {
			return nil, fmt.Errorf("%w: it labels nodes that are not there", ErrMalformed)
		}
		return stated, nil
	}
}

// number takes the number out of a label.
func number(label, prefix string) (uint64, error) {
	digits, ok := strings.CutPrefix(label, prefix)
	if !ok {
		return 0, fmt.Errorf("label %q has no number", label)
	}
	return strconv.ParseUint(digits, 10, 64)
}
