package envelope

import (
	"bytes"
	"compress/flate"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// digits writes a token as the QR code of a SMART Health Card has it.
func digits(token string) string {
	var out strings.Builder
	for i := range len(token) {
		fmt.Fprintf(&out, "%02d", token[i]-45)
	}
	return out.String()
}

// deflated signs a token whose payload is packed before it is signed.
func deflated(t testing.TB, header map[string]any, payload []byte) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = w.Write(payload)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	e := base64.RawURLEncoding
	s := e.EncodeToString(marshal(header)) + "." + e.EncodeToString(packed.Bytes())
	return s + "." + e.EncodeToString(ed25519.Sign(testKey, []byte(s)))
}

// chunked spreads a token over n codes, one a line.
func chunked(token string, n int) []string {
	all := digits(token)
	size := (len(all)/n + 1) / 2 * 2
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("shc:/%d/%d/%s", i+1, n, all[i*size:min((i+1)*size, len(all))]))
	}
	return out
}

func TestSHC(t *testing.T) {
	plain := token(eddsa(), with(claims(), "vc", doc11()))
	packed := deflated(t, eddsa("zip", "DEF"), marshal(with(claims(), "vc", doc11())))
	three := chunked(packed, 3)
	for _, c := range []struct{ name, in, token string }{
		{"one code", "shc:/" + digits(plain), plain},
		{"in capitals", "SHC:/" + digits(plain), plain},
		{"packed", "shc:/" + digits(packed), packed},
		{"three codes", strings.Join(three, "\n"), packed},
		{"in another order", strings.Join([]string{three[2], three[0], three[1], three[0]}, " "), packed},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open([]byte(c.in))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if o.Form != "shc+jwt" || string(o.Sealed) != c.token || string(o.Raw) != c.in || o.Doc["id"] != "urn:uuid:1" || o.Proofs[0].Alg != "EdDSA" {
				t.Errorf("%+v", o)
			}
		})
	}
}

// TestPackedToken: the same token without its digits, as it stands in what the
// holder shows.
func TestPackedToken(t *testing.T) {
	packed := deflated(t, eddsa("zip", "DEF"), marshal(with(claims(), "vc", doc11())))
	for _, in := range []string{packed, token(eddsa("zip", "DEF"), with(claims(), "vc", doc11()))} {
		found, err := Open([]byte(in))
		if err != nil || found[0].Form != "jwt" || string(found[0].Sealed) != in || found[0].Doc["id"] != "urn:uuid:1" {
			t.Errorf("%+v, %v", found, err)
		}
	}
}

func TestSHCRefused(t *testing.T) {
	claim := marshal(with(claims(), "vc", doc11()))
	good := "shc:/" + digits(token(eddsa(), with(claims(), "vc", doc11())))
	two, other := chunked(deflated(t, eddsa("zip", "DEF"), claim), 2), chunked(token(eddsa(), claims()), 2)
	bomb := deflated(t, eddsa("zip", "DEF"), append([]byte(`{"vc":"`), make([]byte, maxInflated)...))
	for _, c := range []struct{ name, in, code string }{
		{"a digit too few", good[:len(good)-1], "input.code-damaged"},
		{"a letter", good[:len(good)-1] + "x", "input.code-damaged"},
		{"a pair that is no letter", good[:len(good)-2] + "99", "input.code-damaged"},
		{"cut short", good[:61], "input.token-damaged"},
		{"one of two", two[0], "input.code-parts"},
		{"of two badges", two[0] + "\n" + other[1], "input.token-damaged"},
		{"the same chunk twice, and different", two[0] + "\n" + other[0], "input.code-mixed"},
		{"of three and of two", two[0] + "\n" + chunked(token(eddsa(), claims()), 3)[1], "input.code-mixed"},
		{"the third of two", "shc:/3/2/56", "input.code-damaged"},
		{"none of two", "shc:/0/2/56", "input.code-damaged"},
		{"of a thousand", "shc:/1/1000/56", "input.code-damaged"},
		{"something else beside", two[0] + "\nhttps://x.example", "input.text"},
		{"nothing", "shc:/", "input.token-damaged"},
		{"another way of packing", "shc:/" + digits(deflated(t, eddsa("zip", "GZIP"), claim)), "input.token-damaged"},
		{"packed, and not DEFLATE", "shc:/" + digits(token(eddsa("zip", "DEF"), nil)), "input.token-damaged"},
		{"packed, and no JSON", "shc:/" + digits(deflated(t, eddsa("zip", "DEF"), []byte("hello"))), "input.token-damaged"},
		{"a bomb", "shc:/" + digits(bomb), "input.token-damaged"},
		{"no badge", "shc:/" + digits(token(eddsa(), claims())), "input.token-other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, err := Open([]byte(c.in)); fault.Code(err) != c.code {
				t.Errorf("got %v, %v, want %s", found, err, c.code)
			}
		})
	}
}

func FuzzSHC(f *testing.F) {
	plain := token(eddsa(), with(claims(), "vc", doc11()))
	f.Add("shc:/" + digits(plain))
	f.Add(strings.Join(chunked(deflated(f, eddsa("zip", "DEF"), marshal(doc20())), 3), "\n"))
	f.Fuzz(func(t *testing.T, s string) { opens(t, []byte("shc:/"+s)) })
}
