package envelope

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

var _ = register(envelope{name: "shc", claims: claimsSHC, open: openSHC})

const shcScheme = "shc:/"

// maxCodes bounds the QR codes that one token is spread over.
const maxCodes = 100

// claimsSHC tells the texts of QR codes in which each letter of a token is two
// digits, as SMART Health Cards have it (SMART Health Cards Framework 1.4.0,
// "Every Health Card can be embedded in a QR Code").
func claimsSHC(b []byte) bool {
	if len(b) < len(shcScheme) || b[0]|0x20 != 's' {
		return false
	}
	for code := range bytes.FieldsSeq(b) {
		if len(code) < len(shcScheme) || !strings.EqualFold(string(code[:len(shcScheme)]), shcScheme) {
			return false
		}
	}
	return true
}

// openSHC opens the token in one code, or in several whose texts stand below each
// other in any order.
func openSHC(l *load, b []byte) ([]*Opened, error) {
	digits, err := joinSHC(strings.Fields(string(b)))
	if err != nil {
		return nil, err
	}
	token, err := lettersSHC(digits)
	if err != nil {
		return nil, fault.Wrap(err, "input.code-damaged")
	}
	c, err := takeApartPacked([]byte(token))
	if err != nil {
		return nil, tokenFault(token, err)
	}
	o, err := l.token(c)
	if err != nil {
		return nil, err
	}
	o.Raw, o.Form = b, "shc+"+o.Form
	return []*Opened{o}, nil
}

// joinSHC puts the chunks in order: shc:/C/N/DIGITS is chunk C of N, and
// shc:/DIGITS is all there is.
func joinSHC(codes []string) (string, error) {
	chunks := map[int]string{}
	all := 0
	for _, code := range codes {
		n, of, digits, err := chunkSHC(code)
		if err != nil {
			return "", fault.Wrap(err, "input.code-damaged")
		}
		if old, twice := chunks[n]; all != 0 && of != all || twice && old != digits {
			return "", fault.Wrap(errCodes, "input.code-mixed")
		}
		chunks[n], all = digits, of
	}
	if len(chunks) < all {
		return "", fault.New("input.code-parts", "have", fmt.Sprint(len(chunks)), "all", fmt.Sprint(all))
	}
	var out strings.Builder
	for n := range all {
		out.WriteString(chunks[n+1])
	}
	return out.String(), nil
}

var (
	errCodes  = errors.New("codes of more than one badge")
	errDigits = errors.New("not pairs of digits that stand for letters of a token")
)

// chunkSHC reads one code: which chunk of how many, and its digits.
func chunkSHC(code string) (n, of int, digits string, err error) {
	parts := strings.Split(code[len(shcScheme):], "/")
	if len(parts) == 1 {
		return 1, 1, parts[0], nil
	}
	if len(parts) != 3 {
		return 0, 0, "", errDigits
	}
	n, errN := strconv.Atoi(parts[0])
	of, errOf := strconv.Atoi(parts[1])
	if errN != nil || errOf != nil || n < 1 || n > of || of > maxCodes {
		return 0, 0, "", errDigits
	}
	return n, of, parts[2], nil
}

// lettersSHC turns pairs of digits into letters: each is the letter's number in
// ASCII less 45, which is the hyphen's.
func lettersSHC(digits string) (string, error) {
	if len(digits)%2 != 0 {
		return "", errDigits
	}
	out := make([]byte, 0, len(digits)/2)
	for i := 0; i < len(digits); i += 2 {
		a, b := digits[i]-'0', digits[i+1]-'0'
		if a > 9 || b > 9 || !isToken(a*10+b+'-') {
			return "", errDigits
		}
		out = append(out, a*10+b+'-')
	}
	return string(out), nil
}

// takeApartPacked is takeApart also for a token whose header says that its payload
// was packed before it was signed ("zip": "DEF", raw DEFLATE). The signature is
// over the packed payload, as it stands. Other headers called zip mean nothing in a
// signed token (RFC 7515, section 4).
func takeApartPacked(token []byte) (*compact, error) {
	c, err := takeApart(token)
	parts := bytes.SplitN(token, []byte("."), 4)
	if err == nil || len(parts) != 3 {
		return c, err
	}
	header, errHeader := segment(parts[0])
	packed, errPayload := base64url.AppendDecode(nil, parts[1])
	if errHeader != nil || errPayload != nil || header["zip"] != "DEF" {
		return nil, err
	}
	payload, err := inflateRaw(packed)
	if err != nil {
		return nil, err
	}
	parts[1] = base64url.AppendEncode(nil, payload)
	if c, err = takeApart(bytes.Join(parts, []byte("."))); err != nil {
		return nil, err
	}
	c.text = token
	return c, nil
}

// maxInflated bounds a payload once it is unpacked; codes hold a few KiB.
const maxInflated = 1 << 20

var errInflate = errors.New("the payload unpacks to nothing, or to too much")

func inflateRaw(packed []byte) ([]byte, error) {
	r := flate.NewReader(bytes.NewReader(packed))
	defer r.Close()
	out, err := io.ReadAll(io.LimitReader(r, maxInflated+1))
	if err != nil || len(out) == 0 || len(out) > maxInflated {
		return nil, errors.Join(errInflate, err)
	}
	return out, nil
}
