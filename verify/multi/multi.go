// Package multi reads and writes the small self-describing encodings that keys
// and proofs come in: base58btc, multibase, multicodec and Multikey (Controlled
// Identifiers 1.0, sections 2.2.2, 2.4 and 2.5; the multicodec table).
//
// Reading is strict: one text for one value, no white space, no padding where
// none is due, points on their curve. It never judges what a key is good for.
// Start at Decode for bytes and at DecodeKey for keys.
package multi

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// MaxBase58 is the longest base58btc text that is read, in characters: decoding
// takes more than linear time, and no key or proof in use comes near it.
const MaxBase58 = 16 << 10

// The ways a text can fail. Errors wrap exactly one of these, ErrUnsupportedKey
// or ErrPrivate.
var (
	ErrEncoding = errors.New("not a valid multibase text") // wrong letter, length, padding or prefix
	ErrKey      = errors.New("not a valid public key")     // wrong length, not on the curve
)

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// digits are the letters math/big uses for the same values, up to base 62.
const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"

// to58 and from58 translate between the two sets of letters; 0 marks a byte that
// is no letter of base58btc.
var to58, from58 = func() (to, from [256]byte) {
	for i := range len(alphabet) {
		to[digits[i]], from[alphabet[i]] = alphabet[i], digits[i]
	}
	return to, from
}()

// Base58Encode writes b in base58btc, without a multibase prefix.
func Base58Encode(b []byte) string {
	zeros := leading(b, 0)
	out := make([]byte, zeros, zeros+len(b)*138/100+1)
	for i := range out {
		out[i] = alphabet[0]
	}
	if zeros == len(b) {
		return string(out)
	}
	n := new(big.Int).SetBytes(b)
	start := len(out)
	out = n.Append(out, 58)
	for i := start; i < len(out); i++ {
		out[i] = to58[out[i]]
	}
	return string(out)
}

// Base58Decode reads base58btc without a multibase prefix. The empty text is no
// bytes.
func Base58Decode(s string) ([]byte, error) {
	if len(s) > MaxBase58 {
		return nil, fmt.Errorf("%w: more than %d characters", ErrEncoding, MaxBase58)
	}
	text := []byte(s)
	zeros := leading(text, alphabet[0])
	for i, c := range text {
		if text[i] = from58[c]; text[i] == 0 {
			return nil, fmt.Errorf("%w: character %d is not base58btc", ErrEncoding, i+1)
		}
	}
	if zeros == len(text) {
		return make([]byte, zeros), nil
	}
	n, ok := new(big.Int).SetString(string(text[zeros:]), 58)
	if !ok {
		return nil, ErrEncoding
	}
	out := make([]byte, zeros+(n.BitLen()+7)/8)
	n.FillBytes(out[zeros:])
	return out, nil
}

func leading(b []byte, c byte) int {
	n := 0
	for n < len(b) && b[n] == c {
		n++
	}
	return n
}

// bases are the multibase prefixes that DIDs, keys, proofs and status lists use.
var bases = map[byte]func(string) ([]byte, error){
	'z': Base58Decode,
	'u': canonical(base64.RawURLEncoding),
	'U': canonical(base64.URLEncoding),
	'm': canonical(base64.RawStdEncoding),
	'M': canonical(base64.StdEncoding),
	'b': canonical(base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)),
	'B': canonical(base32.StdEncoding.WithPadding(base32.NoPadding)),
	'R': decode45,
	'f': base16(strings.ToLower),
	'F': base16(strings.ToUpper),
}

type codec interface {
	DecodeString(string) ([]byte, error)
	EncodeToString([]byte) string
}

// canonical demands that c would write the bytes as they were written: that
// rules out line breaks, which Go's decoders skip, and stray bits at the end.
func canonical(c codec) func(string) ([]byte, error) {
	return func(s string) ([]byte, error) {
		b, err := c.DecodeString(s)
		if err != nil || c.EncodeToString(b) != s {
			return nil, ErrEncoding
		}
		return b, nil
	}
}

func base16(letters func(string) string) func(string) ([]byte, error) {
	return func(s string) ([]byte, error) {
		b, err := hex.DecodeString(s)
		if err != nil || letters(s) != s {
			return nil, ErrEncoding
		}
		return b, nil
	}
}

// Decode reads a multibase text in base58btc (z), base64 or base64url with and
// without padding (m, M, u, U), base32 (b, B), base45 (R) or base16 (f, F).
func Decode(multibase string) ([]byte, error) {
	if multibase == "" {
		return nil, fmt.Errorf("%w: empty", ErrEncoding)
	}
	read, ok := bases[multibase[0]]
	if !ok {
		return nil, fmt.Errorf("%w: unknown prefix %q", ErrEncoding, multibase[:1])
	}
	return read(multibase[1:])
}

// Encode writes b as multibase base58btc, "z…".
func Encode(b []byte) string { return "z" + Base58Encode(b) }

// EncodeURL writes b as multibase base64url without padding, "u…".
func EncodeURL(b []byte) string { return "u" + base64.RawURLEncoding.EncodeToString(b) }
