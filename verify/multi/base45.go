package multi

import (
	"fmt"
	"strings"
)

const letters45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// decode45 reads base45 (RFC 9285, section 4): three letters for two bytes, two
// letters for a last one, the digit of least weight first.
func decode45(s string) ([]byte, error) {
	if len(s)%3 == 1 {
		return nil, fmt.Errorf("%w: base45 of %d letters", ErrEncoding, len(s))
	}
	out := make([]byte, 0, (len(s)+2)/3*2)
	for len(s) > 0 {
		group := s[:min(3, len(s))]
		s = s[len(group):]
		n, weight := 0, 1
		for _, c := range []byte(group) {
			i := strings.IndexByte(letters45, c)
			if i < 0 {
				return nil, fmt.Errorf("%w: %q is no letter of base45", ErrEncoding, c)
			}
			n, weight = n+i*weight, weight*45
		}
		switch {
		case len(group) == 3 && n <= 0xffff:
			out = append(out, byte(n>>8), byte(n))
		case len(group) == 2 && n <= 0xff:
			out = append(out, byte(n))
		default:
			return nil, fmt.Errorf("%w: %q stands for no bytes", ErrEncoding, group)
		}
	}
	return out, nil
}
