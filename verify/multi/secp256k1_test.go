package multi_test

import (
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestSecp256k1(t *testing.T) {
	signer := testkit.Secp256k1("multi")
	key := signer.Public().(multi.Secp256k1)
	text, err := multi.EncodeKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := multi.DecodeKey(text); err != nil || !key.Equal(again) {
		t.Errorf("%s came back as %v, %v", text, again, err)
	}
	message := []byte("a message")
	sig, err := key.Sign(message, signer)
	if err != nil {
		t.Fatal(err)
	}
	order := "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
	for _, c := range []struct {
		name    string
		key     multi.Secp256k1
		message string
		sig     []byte
		want    bool
	}{
		{"as made", key, "a message", sig, true},
		{"another message", key, "a messagE", sig, false},
		{"another key", testkit.Secp256k1("other").Public().(multi.Secp256k1), "a message", sig, false},
		{"no key", multi.Secp256k1{}, "a message", sig, false},
		{"one bit", key, "a message", flipped(sig, 40), false},
		{"a byte short", key, "a message", sig[:63], false},
		{"a byte more", key, "a message", append(slices.Clone(sig), 0), false},
		{"zeros", key, "a message", make([]byte, 64), false},
		{"r beyond the order", key, "a message", append(unhex(t, order), sig[32:]...), false},
		{"s beyond the order", key, "a message", append(slices.Clone(sig[:32]), unhex(t, order)...), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.key.Verify([]byte(c.message), c.sig); got != c.want {
				t.Errorf("holds: %v", got)
			}
		})
	}
	if (multi.Secp256k1{}).Valid() || !key.Valid() || key.Equal(nil) {
		t.Error("a key that is none passes for one")
	}
	if _, err := multi.EncodeKey(multi.Secp256k1{}); err == nil {
		t.Error("a key that is none was written")
	}
}

func flipped(b []byte, i int) []byte {
	out := slices.Clone(b)
	out[i] ^= 1
	return out
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := multi.Decode("f" + s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
