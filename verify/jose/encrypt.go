package jose

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Recipient is a public key that messages can be encrypted for.
type Recipient struct {
	ID     string // kid; may be empty
	public *ecdh.PublicKey
}

// ecdhES is the one way of agreeing on a key: directly, with a fresh key of the
// sender's (RFC 7518, section 4.6).
const ecdhES = "ECDH-ES"

// encryptions are the lengths in bytes of the keys of the ways to encrypt (RFC
// 7518, section 5.1). Both also protect what they encrypt from change.
var encryptions = map[string]int{"A128GCM": 16, "A256GCM": 32}

// Encrypts says whether enc is a way to encrypt that Encrypt knows.
func Encrypts(enc string) bool { return encryptions[enc] > 0 }

// ParseRecipient reads a public JWK that is meant for ECDH-ES, on P-256, P-384,
// P-521 or X25519. Errors are those of ParseJWK; a key for something else is ErrUse.
func ParseRecipient(m map[string]any) (Recipient, error) {
	j := jwk{m: m}
	if err := j.notPrivate(); err != nil {
		return Recipient{}, err
	}
	r := Recipient{ID: j.optional("kid")}
	if alg := j.optional("alg"); alg != ecdhES {
		return Recipient{}, fmt.Errorf("%w: alg is %q", ErrUse, alg)
	}
	if use, ok := m["use"]; ok && use != "enc" {
		return Recipient{}, fmt.Errorf("%w: use is %v", ErrUse, use)
	}
	public := j.public()
	if j.err != nil {
		return Recipient{}, j.err
	}
	switch k := public.(type) {
	case *ecdh.PublicKey:
		r.public = k
	case *ecdsa.PublicKey:
		var err error
		if r.public, err = k.ECDH(); err != nil {
			return Recipient{}, fmt.Errorf("%w: %w", ErrKey, err)
		}
	default:
		return Recipient{}, &multi.UnsupportedKeyError{Name: fmt.Sprintf("%T", public)}
	}
	return r, nil
}

// Encrypt makes a compact JWE (RFC 7516, section 7.1) of plain that only the
// recipient can open, with a fresh key and nonce. enc is one that Encrypts knows.
func Encrypt(plain []byte, to Recipient, enc string, random io.Reader) (string, error) {
	size, ok := encryptions[enc]
	if !ok || to.public == nil {
		return "", fmt.Errorf("%w: %q", ErrUnsupportedAlg, enc)
	}
	own, err := to.public.Curve().GenerateKey(random)
	if err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	shared, err := own.ECDH(to.public)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	header := map[string]any{"alg": ecdhES, "enc": enc, "epk": agreementJWK(own.PublicKey())}
	if to.ID != "" {
		header["kid"] = to.ID
	}
	head, err := strict.Marshal(header)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrHeader, err)
	}
	protected := Encode64(head)
	nonce := make([]byte, 12) // RFC 7518, section 5.3
	if _, err := io.ReadFull(random, nonce); err != nil {
		return "", fmt.Errorf("draw a nonce: %w", err)
	}
	gcm, err := newGCM(concat(shared, enc, nil, nil, size))
	if err != nil {
		return "", err
	}
	sealed := gcm.Seal(nil, nonce, plain, []byte(protected))
	text, tag := sealed[:len(plain)], sealed[len(plain):]
	return protected + ".." + Encode64(nonce) + "." + Encode64(text) + "." + Encode64(tag), nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// agreementJWK writes a key of a curve that keys are agreed on with.
func agreementJWK(k *ecdh.PublicKey) map[string]any {
	b := k.Bytes()
	switch k.Curve() {
	case ecdh.P256():
		return pointJWK("P-256", b)
	case ecdh.P384():
		return pointJWK("P-384", b)
	case ecdh.P521():
		return pointJWK("P-521", b)
	}
	return Key{Public: k}.JWK()
}

// concat makes a key of size bytes, 32 at most, out of a shared secret: one round of
// the Concat KDF (RFC 7518, section 4.6.2).
func concat(shared []byte, enc string, sender, recipient []byte, size int) []byte {
	in := slices.Concat([]byte{0, 0, 0, 1}, shared, counted([]byte(enc)), counted(sender), counted(recipient))
	in = binary.BigEndian.AppendUint32(in, uint32(size*8))
	sum := sha256.Sum256(in)
	return sum[:size]
}

// counted puts its length before a text.
func counted(b []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...)
}
