package multi

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// encode45 writes base45, for the tests.
func encode45(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		n, letters := int(b[0]), 2
		if len(b) > 1 {
			n, letters = int(b[0])<<8|int(b[1]), 3
		}
		b = b[letters-1:]
		for range letters {
			out.WriteByte(letters45[n%45])
			n /= 45
		}
	}
	return out.String()
}

func TestBase45(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"RFC 9285, section 4.3", "RBB8", "AB"},
		{"the same, longer", "R%69 VD92EX0", "Hello!!"},
		{"the same, with a hyphen", "RUJCLQE7W581", "base-45"},
		{"section 4.4", "RQED8WEX0", "ietf!"},
		{"nothing", "R", ""},
		{"zeros", "R00000", "\x00\x00\x00"},
		{"the most", "RFGW", "\xff\xff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Decode(c.text); err != nil || string(got) != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
	for _, c := range []struct{ name, text string }{
		{"more than two bytes", "RGGW"},
		{"more than one byte", "RV5U0"[:3] + "::"},
		{"one letter", "RA"},
		{"four letters", "RBB8A"},
		{"a small letter", "Rbb8"},
		{"a line feed", "RBB\n"},
		{"beyond ASCII", "RBBé"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Decode(c.text); !errors.Is(err, ErrEncoding) {
				t.Errorf("got %q, %v, want ErrEncoding", got, err)
			}
		})
	}
}

func FuzzBase45(f *testing.F) {
	f.Add("BB8")
	f.Add("%69 VD92EX0")
	f.Add(":::")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := decode45(s)
		if err != nil {
			return
		}
		if again := encode45(b); again != s {
			t.Errorf("%q and %q stand for the same bytes", s, again)
		}
		if b2, err := decode45(encode45(b)); err != nil || !bytes.Equal(b, b2) {
			t.Errorf("%q: %v", b2, err)
		}
	})
}
