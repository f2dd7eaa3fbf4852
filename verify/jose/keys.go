package jose

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// MaxKeys is how many keys of one set or file are read.
const MaxKeys = 1000

// ParseKeys reads public keys from a JWK, a JWK set, or PEM (a public key or a
// certificate, of which only the key is taken: its dates and its chain are not
// looked at). Keys of a set that can't be used are passed over, as RFC 7517,
// section 5, wants it; when none is left, the error says why each was.
func ParseKeys(data []byte) ([]Key, error) {
	text := bytes.TrimSpace(data)
	if bytes.HasPrefix(text, []byte("{")) {
		m, err := strict.Object(text)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrKey, err)
		}
		return ParseSet(m)
	}
	if bytes.Contains(text, []byte("-----BEGIN ")) {
		return parsePEM(text)
	}
	return nil, fmt.Errorf("%w: neither JWK nor PEM", ErrKey)
}

// ParseSet reads the keys of a JWK set, or one JWK, as package strict gives it.
func ParseSet(m map[string]any) ([]Key, error) {
	v, ok := m["keys"]
	if !ok {
		k, err := ParseJWK(m)
		if err != nil {
			return nil, err
		}
		return []Key{k}, nil
	}
	list, ok := v.([]any)
	if !ok || len(list) > MaxKeys {
		return nil, fmt.Errorf("%w: keys is not a list, or too long", ErrKey)
	}
	return collect(len(list), func(i int) (Key, error) {
		member, ok := list[i].(map[string]any)
		if !ok {
			return Key{}, fmt.Errorf("%w: not an object", ErrKey)
		}
		return ParseJWK(member)
	})
}

// collect gathers the keys that can be read out of n.
func collect(n int, read func(i int) (Key, error)) ([]Key, error) {
	var keys []Key
	var errs []error
	for i := range n {
		k, err := read(i)
		if err != nil {
			errs = append(errs, fmt.Errorf("key %d: %w", i+1, err))
			continue
		}
		keys = append(keys, k)
	}
	if len(keys) > 0 {
		return keys, nil
	}
	if len(errs) == 0 {
		return nil, fmt.Errorf("%w: no keys", ErrKey)
	}
	return nil, errors.Join(errs...)
}

func parsePEM(text []byte) ([]Key, error) {
	var blocks []*pem.Block
	for len(blocks) <= MaxKeys {
		var b *pem.Block
		if b, text = pem.Decode(text); b == nil {
			break
		}
		blocks = append(blocks, b)
	}
	if len(blocks) > MaxKeys {
		return nil, fmt.Errorf("%w: too many", ErrKey)
	}
	return collect(len(blocks), func(i int) (Key, error) { return parseBlock(blocks[i]) })
}

func parseBlock(b *pem.Block) (Key, error) {
	var pub any
	var err error
	switch b.Type {
	case "PUBLIC KEY":
		pub, err = x509.ParsePKIXPublicKey(b.Bytes)
	case "RSA PUBLIC KEY":
		pub, err = x509.ParsePKCS1PublicKey(b.Bytes)
	case "CERTIFICATE":
		pub, err = certificateKey(b.Bytes)
	case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY":
		return Key{}, ErrPrivate
	default:
		return Key{}, fmt.Errorf("%w: %q in PEM", ErrUnsupportedKey, b.Type)
	}
	if err != nil {
		return Key{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return Key{Public: pub}, vetted(pub)
}

// vetted holds a key that Go's own library read to what ParseJWK demands: that
// library takes any 32 bytes for an Ed25519 key.
func vetted(pub any) error {
	if k, ok := pub.(ed25519.PublicKey); ok {
		_, err := multi.Ed25519(k)
		return err
	}
	_, err := kindOf(pub)
	return err
}

func certificateKey(der []byte) (any, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return c.PublicKey, nil
}
