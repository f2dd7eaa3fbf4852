package multi

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	crand "crypto/rand"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// The vectors of draft-msporny-base58-03, section 5.
var base58Vectors = []struct{ name, plain, text string }{
	{"words", "Hello World!", "2NEpo7TZRRrLZSi2U"},
	{"sentence", "The quick brown fox jumps over the lazy dog.", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
	{"leading zeros", "\x00\x00\x28\x7f\xb4\xcd", "11233QC4"},
	{"empty", "", ""},
	{"one zero", "\x00", "1"},
	{"only zeros", "\x00\x00\x00", "111"},
	{"largest letter", "\x39", "z"},
	{"two letters", "\x3a", "21"},
}

func TestBase58(t *testing.T) {
	for _, v := range base58Vectors {
		t.Run(v.name, func(t *testing.T) {
			if got := Base58Encode([]byte(v.plain)); got != v.text {
				t.Errorf("Base58Encode = %q, want %q", got, v.text)
			}
			got, err := Base58Decode(v.text)
			if err != nil || string(got) != v.plain {
				t.Errorf("Base58Decode = %q, %v, want %q", got, err, v.plain)
			}
		})
	}
}

func TestBase58RoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := make([]byte, r.IntN(80))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		clear(b[:min(len(b), r.IntN(4))])
		got, err := Base58Decode(Base58Encode(b))
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%x came back as %x, %v", b, got, err)
		}
	}
}

func TestBase58Refused(t *testing.T) {
	for name, text := range map[string]string{
		"zero":          "10",
		"capital o":     "O",
		"capital i":     "I",
		"small l":       "l",
		"space":         "2NEpo7TZ RRrLZSi2U",
		"line break":    "2NEpo7TZRRrLZSi2U\n",
		"sign":          "-2",
		"separator":     "2_2",
		"not ASCII":     "2é",
		"byte above 7f": "\xff",
		"too long":      strings.Repeat("z", MaxBase58+1),
	} {
		t.Run(name, func(t *testing.T) {
			if b, err := Base58Decode(text); !errors.Is(err, ErrEncoding) {
				t.Errorf("got %x, %v, want ErrEncoding", b, err)
			}
		})
	}
}

// The bytes of "yes mani !" in every base that is read (multibase test vectors).
func TestMultibase(t *testing.T) {
	const plain = "yes mani !"
	for _, text := range []string{
		"z7paNL19xttacUY", "meWVzIG1hbmkgIQ", "MeWVzIG1hbmkgIQ==", "ueWVzIG1hbmkgIQ", "UeWVzIG1hbmkgIQ==",
		"f796573206d616e692021", "F796573206D616E692021", "bpfsxgidnmfxgsibb", "BPFSXGIDNMFXGSIBB",
	} {
		got, err := Decode(text)
		if err != nil || string(got) != plain {
			t.Errorf("Decode(%q) = %q, %v", text, got, err)
		}
	}
	if got := Encode([]byte(plain)); got != "z7paNL19xttacUY" {
		t.Errorf("Encode = %q", got)
	}
	if got := EncodeURL([]byte(plain)); got != "ueWVzIG1hbmkgIQ" {
		t.Errorf("EncodeURL = %q", got)
	}
}

func TestMultibaseRefused(t *testing.T) {
	for name, text := range map[string]string{
		"empty":              "",
		"unknown prefix":     "xyz",
		"padding in u":       "ueWVzIG1hbmkgIQ==",
		"no padding in U":    "UeWVzIG1hbmkgIQ",
		"stray bits":         "ueWVzIG1hbmkgIR",
		"line break":         "ueWVz\nIG1hbmkgIQ",
		"wrong alphabet":     "ueWVzIG1hbmkg+/",
		"upper case in f":    "f796573206D",
		"odd hex":            "f7965732",
		"lower case in F":    "F796d",
		"lower case in B":    "Bpfsxgidnmfxgsibb",
		"stray base32 bits":  "bmf",
		"bad letter in z":    "z0",
		"no prefix, base64":  "eWVzIG1hbmkgIQ",
		"trailing space":     "ueWVzIG1hbmkgIQ ",
		"one base64 letter":  "ue",
		"identity multibase": "\x00abc",
	} {
		t.Run(name, func(t *testing.T) {
			if b, err := Decode(text); !errors.Is(err, ErrEncoding) {
				t.Errorf("got %x, %v, want ErrEncoding", b, err)
			}
		})
	}
}

func TestBase58Longest(t *testing.T) {
	if _, err := Base58Decode(strings.Repeat("z", MaxBase58)); err != nil {
		t.Fatal(err)
	}
}

// Public keys of the specifications: Controlled Identifiers 1.0, section 2.2.2,
// and did:key 0.9, sections 7 and 8.
var keyVectors = []struct{ name, text, kind string }{
	{"Ed25519", "z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu", "Ed25519"},
	{"Ed25519, seed of zeros", "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "Ed25519"},
	{"X25519", "z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW", "X25519"},
	{"P-256", "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", "P-256"},
	{"P-256, another", "zDnaeTiq1PdzvZXUaMdezchcMJQpBdH2VN4pgrrEhMCCbmwSb", "P-256"},
	{"BLS12-381 G2", "zUC7DerdEmfZ8f4pFajXgGwJoMkV1ofMTmEG5UoNvnWiPiLuGKNeqgRpLH2TV4Xe5mJ2cXV76gRN7LFQwapF1VFu6x2yrr5ci1mXqC1WNUrnHnLgvfZfMH7h6xP6qsf9EKRQrPQ", "BLS12-381 G2"},
	{"P-384", "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9", "P-384"},
	{"P-521", "z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7", "P-521"},
}

func TestKeyRoundTrip(t *testing.T) {
	for _, v := range keyVectors {
		t.Run(v.name, func(t *testing.T) {
			pub, err := DecodeKey(v.text)
			if err != nil {
				t.Fatal(err)
			}
			if k, ok := pub.(*ecdsa.PublicKey); ok && k.Params().Name != v.kind {
				t.Errorf("curve %s, want %s", k.Params().Name, v.kind)
			}
			again, err := EncodeKey(pub)
			if err != nil || again != v.text {
				t.Errorf("EncodeKey = %q, %v", again, err)
			}
		})
	}
}

func raw(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestKeyRefused(t *testing.T) {
	zeros := strings.Repeat("00", 32)
	x256 := "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" // the generator of P-256
	y256 := "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
	for _, c := range []struct {
		name, bytes string
		want        error
	}{
		{"empty", "", ErrEncoding},
		{"half a multicodec", "80", ErrEncoding},
		{"multicodec not the shortest", "ed81 00" + zeros, ErrEncoding},
		{"multicodec too long", "ffffffffffffffffffff01", ErrEncoding},
		{"Ed25519 a byte short", "ed01" + zeros[2:], ErrKey},
		{"Ed25519 a byte long", "ed01" + zeros + "00", ErrKey},
		{"Ed25519 without bytes", "ed01", ErrKey},
		{"Ed25519 off the curve", "ed01 02" + zeros[2:], ErrKey},
		{"Ed25519 y not reduced", "ed01 edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", ErrKey},
		{"Ed25519 neutral point", "ed01 01" + zeros[2:], ErrKey},
		{"Ed25519 order 2", "ed01 ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", ErrKey},
		{"Ed25519 order 4", "ed01" + zeros, ErrKey},
		{"Ed25519 order 8", "ed01 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", ErrKey},
		{"Ed25519 order 8, other", "ed01 c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", ErrKey},
		{"Ed25519 order 8, other sign", "ed01 c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", ErrKey},
		{"X25519 a byte short", "ec01" + zeros[2:], ErrKey},
		{"P-256 uncompressed", "8024 04" + x256 + y256, ErrKey},
		{"P-256 without sign byte", "8024" + x256, ErrKey},
		{"P-256 sign byte 4", "8024 04" + x256, ErrKey},
		{"P-256 off the curve", "8024 02" + zeros[2:] + "01", ErrKey},
		{"P-256 x not reduced", "8024 02" + strings.Repeat("ff", 32), ErrKey},
		{"P-256 as P-384", "8124 03" + x256, ErrKey},
		{"P-256 infinity", "8024 00", ErrKey},
		{"secp256k1 uncompressed", "e701 04" + x256 + y256, ErrKey},
		{"secp256k1 off the curve", "e701 02" + strings.Repeat("00", 31) + "05", ErrKey},
		{"secp256k1 x not reduced", "e701 02" + strings.Repeat("ff", 32), ErrKey},
		{"secp256k1 without sign byte", "e701" + x256, ErrKey},
		{"BLS12-381 G2 too short", "eb01" + zeros, ErrKey},
		{"BLS12-381 G2 off the curve", "eb01 80" + strings.Repeat("00", 94) + "01", ErrKey},
		{"BLS12-381 G2 the identity", "eb01 c0" + strings.Repeat("00", 95), ErrKey},
		{"BLS12-381 G1", "ea01" + zeros, ErrUnsupportedKey},
		{"RSA", "8524 3000", ErrUnsupportedKey},
		{"Ed448", "8324" + zeros, ErrUnsupportedKey},
		{"unknown", "01" + zeros, ErrUnsupportedKey},
		{"private Ed25519", "8026" + zeros, ErrPrivate},
		{"private P-256", "8626" + zeros, ErrPrivate},
	} {
		t.Run(c.name, func(t *testing.T) {
			if pub, err := DecodeKey(Encode(raw(t, c.bytes))); !errors.Is(err, c.want) {
				t.Errorf("got %v, %v, want %v", pub, err, c.want)
			}
		})
	}
	if _, err := DecodeKey(Encode(raw(t, "8024 03"+x256))); err != nil {
		t.Errorf("the good twin of the points fails: %v", err)
	}
}

func TestEncodeKeyRefused(t *testing.T) {
	off := &ecdsa.PublicKey{Curve: elliptic.P256()}
	for name, pub := range map[string]any{
		"nothing":         nil,
		"nil key":         (*ecdsa.PublicKey)(nil),
		"no curve":        &ecdsa.PublicKey{},
		"no point":        off,
		"curve P-224":     &ecdsa.PublicKey{Curve: elliptic.P224()},
		"not a key":       "key",
		"short Ed25519":   edShort(),
		"nil agreement":   nilECDH(),
		"other agreement": p256Agreement(t),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := EncodeKey(pub)
			if err == nil || text != "" {
				t.Errorf("got %q, %v", text, err)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("")
	for _, v := range base58Vectors {
		f.Add("z" + v.text)
	}
	for _, s := range []string{"ueWVzIG1hbmkgIQ", "f7965", "bpfsxgidnmfxgsibb", "MeWVzIG1hbmkgIQ=="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := Decode(text)
		if err != nil {
			return
		}
		if text[0] == 'z' && Encode(b) != text || text[0] == 'u' && EncodeURL(b) != text {
			t.Errorf("%q is a second text for %x", text, b)
		}
	})
}

func FuzzDecodeKey(f *testing.F) {
	for _, v := range keyVectors {
		b, err := Decode(v.text)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		pub, err := ParseKey(b)
		if err != nil {
			return
		}
		if again, err := EncodeKey(pub); err != nil || again != Encode(b) {
			t.Errorf("%x came back as %s, %v", b, again, err)
		}
	})
}

func BenchmarkDecodeKey(b *testing.B) {
	for _, v := range keyVectors {
		b.Run(v.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := DecodeKey(v.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func edShort() any { return ed25519.PublicKey{1, 2, 3} }

func nilECDH() any { return (*ecdh.PublicKey)(nil) }

func p256Agreement(t *testing.T) any {
	t.Helper()
	k, err := ecdh.P256().GenerateKey(crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k.PublicKey()
}
