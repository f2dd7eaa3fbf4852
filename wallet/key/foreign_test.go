package key

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"testing"

	"github.com/cairnwallet/cairn/verify/multi"
)

func made(n byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, 32)) }

// export writes a key as Universal Wallet 2020 has it.
func export(k ed25519.PrivateKey) string {
	public, err := multi.EncodeKey(k.Public())
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"type":"Ed25519VerificationKey2020","id":"did:key:%[1]s#%[1]s","publicKeyMultibase":%[1]q,"privateKeyMultibase":%q}`, public, multi.Encode(append([]byte{0x80, 0x26}, k...)))
}

func TestFind(t *testing.T) {
	one, two := made(1), made(2)
	b64 := base64.RawURLEncoding.EncodeToString
	public := func(k ed25519.PrivateKey) []byte { return k.Public().(ed25519.PublicKey) }
	jwk := func(k, x ed25519.PrivateKey) string {
		return fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","x":%q,"d":%q}`, b64(public(x)), b64(k.Seed()))
	}
	old := func(k []byte, public []byte) string {
		return fmt.Sprintf(`{"type":"Ed25519VerificationKey2018","publicKeyBase58":%q,"privateKeyBase58":%q}`, multi.Base58Encode(public), multi.Base58Encode(k))
	}
	for name, c := range map[string]struct {
		in   string
		want []ed25519.PrivateKey
	}{
		"none":                         {`{"type":"VerifiableCredential"}`, nil},
		"no JSON":                      {"hello", nil},
		"an export":                    {"\ufeff" + `[{"type":"UniversalWallet2020","contents":[{"type":"VerifiableCredential"},` + export(one) + `,` + export(two) + `]}]`, []ed25519.PrivateKey{one, two}},
		"twice":                        {`[` + export(one) + `,` + export(one) + `]`, []ed25519.PrivateKey{one}},
		"only a seed":                  {fmt.Sprintf(`{"privateKeyMultibase":%q}`, multi.Encode(one.Seed())), []ed25519.PrivateKey{one}},
		"a JWK":                        {`{"privateKeyJwk":` + jwk(one, one) + `}`, []ed25519.PrivateKey{one}},
		"a JWK with another half":      {jwk(one, two), nil},
		"older":                        {old(one, public(one)), []ed25519.PrivateKey{one}},
		"older, with another half":     {old(one, public(two)), nil},
		"halves that don't fit inside": {old(append(one.Seed(), public(two)...), public(two)), nil},
		"too short":                    {old(one.Seed()[:31], public(one)), nil},
		"one bit":                      {fmt.Sprintf(`{"privateKeyMultibase":%q}`, multi.Encode(append([]byte{0x80, 0x26}, append(one[:40:40], one[40]^1)...))), nil},
		"of another kind":              {`{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}`, nil},
		"the same name twice":          {`{"d":"x","d":"y"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := Find([]byte(c.in))
			if len(got) != len(c.want) {
				t.Fatalf("%d keys, want %d", len(got), len(c.want))
			}
			for i, f := range got {
				if !bytes.Equal(f.Seed(), c.want[i].Seed()) || !f.Public().Equal(c.want[i].Public()) {
					t.Errorf("key %d is another", i)
				}
			}
		})
	}
}

func TestForeignSigns(t *testing.T) {
	k, asked := made(1), 0
	seed := func() ([]byte, error) { asked++; return k.Seed(), nil }
	h, err := Foreign(k.Public().(ed25519.PublicKey), seed)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := h.Sign(nil, []byte("hello"), crypto.Hash(0))
	if err != nil || !ed25519.Verify(k.Public().(ed25519.PublicKey), []byte("hello"), sig) || asked != 1 || h.Alg() != EdDSA {
		t.Error(err, asked)
	}
	for name, bad := range map[string]func() ([]byte, error){
		"another's":    func() ([]byte, error) { return made(2).Seed(), nil },
		"none":         func() ([]byte, error) { return nil, errors.New("no") },
		"a short seed": func() ([]byte, error) { return k.Seed()[:31], nil },
	} {
		h, err := Foreign(k.Public().(ed25519.PublicKey), bad)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Sign(nil, []byte("hello"), crypto.Hash(0)); err == nil {
			t.Errorf("signed with %s", name)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte(export(made(1))))
	f.Add([]byte(`[{"kty":"OKP","crv":"Ed25519","d":"AA","x":"AA"}]`))
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, k := range Find(in) {
			if len(k.Seed()) != ed25519.SeedSize {
				t.Error("no seed")
			}
		}
	})
}
