package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// recordVersion is the version of a sealed record: one byte, a nonce of 24
// random bytes, then the XChaCha20-Poly1305 ciphertext with its tag
// (draft-irtf-cfrg-xchacha-03, section 2). Random nonces of that length can't
// run out.
const recordVersion = 1

const headSize = 1 + chacha20poly1305.NonceSizeX

// sealer seals and opens the records of one vault.
type sealer struct {
	aead  cipher.AEAD
	check string // tells whether a root fits, and nothing else about it
}

// newSealer derives what it needs from the root by HKDF-SHA-256 (RFC 5869), with
// the vault's id as salt and a label each.
func newSealer(root []byte, id string) sealer {
	derive := func(label string, n int) []byte {
		b, err := hkdf.Key(sha256.New, root, []byte(id), label, n)
		if err != nil {
			panic(err) // only an absurd length fails
		}
		return b
	}
	aead, err := chacha20poly1305.NewX(derive("cairn vault 1: records", chacha20poly1305.KeySize))
	if err != nil {
		panic(err) // only a wrong key length fails
	}
	return sealer{aead: aead, check: hex.EncodeToString(derive("cairn vault 1: check", 16))}
}

func (s sealer) seal(rand io.Reader, bucket, id string, plain []byte) ([]byte, error) {
	out := make([]byte, headSize, headSize+len(plain)+s.aead.Overhead())
	out[0] = recordVersion
	if _, err := io.ReadFull(rand, out[1:]); err != nil {
		return nil, err
	}
	return s.aead.Seal(out, out[1:headSize], plain, bound(bucket, id, recordVersion)), nil
}

var errSeal = errors.New("the record's seal does not hold")

// open gives the record's bytes in memory of their own.
func (s sealer) open(bucket, id string, sealed []byte) ([]byte, error) {
	if len(sealed) < headSize+s.aead.Overhead() || sealed[0] != recordVersion {
		return nil, errSeal
	}
	plain, err := s.aead.Open(nil, sealed[1:headSize], sealed[headSize:], bound(bucket, id, sealed[0]))
	if err != nil {
		return nil, errSeal
	}
	return plain, nil
}

// bound is what a record is bound to; the length keeps bucket and id apart.
func bound(bucket, id string, version byte) []byte {
	b := make([]byte, 0, 64+len(bucket)+len(id))
	b = append(b, "cairn record"...)
	b = append(b, version)
	b = binary.AppendUvarint(b, uint64(len(bucket)))
	b = append(b, bucket...)
	return append(b, id...)
}
