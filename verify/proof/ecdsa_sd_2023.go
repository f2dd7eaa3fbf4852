package proof

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"fmt"
	"io"

	"github.com/cairnwallet/cairn/verify/multi"
)

// ecdsa-sd-2023: W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 to 3.6.
// The issuer signs every statement with a key made for this one proof, and that
// key, the options and what is mandatory with its own. P-256 is the only curve.
var _ = register(Suite{
	Name:   "ecdsa-sd-2023",
	Type:   dataIntegrity,
	canon:  rdfc,
	hash:   p256Hash,
	member: proofValue,
	encode: base64url,
	selective: &selective{
		open: openSD, seal: sealSD, labels: hmacLabels, derive: deriveSD,
	},
})

// The first bytes of proof values (sections 3.5.2 and 3.5.7).
const (
	sdBaseHeader    = "\xd9\x5d\x00"
	sdDerivedHeader = "\xd9\x5d\x01"
)

const (
	sdSignatureSize = 64
	sdKeySize       = 35 // multicodec and compressed point
)

type sdBase struct {
	_         struct{} `cbor:",toarray"`
	Signature []byte
	Key       []byte // public half of the key for this one proof
	HMACKey   []byte
	Each      [][]byte // a signature for each statement that is not mandatory
	Mandatory []string
}

type sdDerived struct {
	_         struct{} `cbor:",toarray"`
	Signature []byte
	Key       []byte
	Each      [][]byte
	Labels    map[uint64][]byte // number of a canonical label → HMAC
	Mandatory []uint64
}

func p256Hash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(*ecdsa.PublicKey); ok && k != nil && k.Curve == elliptic.P256() {
		return crypto.SHA256
	}
	return 0
}

func openSD(value []byte) (sealed, error) {
	if len(value) < 3 {
		return sealed{}, errLength
	}
	switch string(value[:3]) {
	case sdBaseHeader:
		return openSDBase(value)
	case sdDerivedHeader:
		return openSDDerived(value)
	}
	return sealed{}, fmt.Errorf("%w: its value is of another kind", ErrMalformed)
}

func openSDBase(value []byte) (sealed, error) {
	var b sdBase
	if err := readCBOR(value, &b); err != nil {
		return sealed{}, err
	}
	if len(b.HMACKey) != hmacKeySize {
		return sealed{}, errLength
	}
	holds, err := sdHolds(b.Signature, b.Key, b.Each)
	return sealed{base: true, give: hmacLabels(b.HMACKey), mandatory: b.Mandatory, holds: holds}, err
}

func openSDDerived(value []byte) (sealed, error) {
	var d sdDerived
	if err := readCBOR(value, &d); err != nil {
		return sealed{}, err
	}
	labels := make(map[string]string, len(d.Labels))
	for n, digest := range d.Labels {
		if len(digest) != hmacKeySize {
			return sealed{}, errLength
		}
		labels[canonicalLabel(n)] = hmacLabel(digest)
	}
	holds, err := sdHolds(d.Signature, d.Key, d.Each)
	return sealed{give: statedLabels(labels), places: d.Mandatory, holds: holds}, err
}

// sdHolds gives the check of both kinds of proof (section 3.6.7).
func sdHolds(signature, key []byte, each [][]byte) (func(claim, crypto.PublicKey) error, error) {
	if len(signature) != sdSignatureSize || len(key) != sdKeySize {
		return nil, errLength
	}
	for _, sig := range each {
		if len(sig) != sdSignatureSize {
			return nil, errLength
		}
	}
	once, err := multi.ParseKey(key)
	if err != nil || p256Hash(once) == 0 {
		return nil, fmt.Errorf("%w: the key of the proof is not one on P-256", ErrMalformed)
	}
	return func(c claim, issuer crypto.PublicKey) error {
		if len(each) != len(c.rest) {
			return fmt.Errorf("%w: %d signatures for %d statements", ErrSignature, len(each), len(c.rest))
		}
		if err := checkECDSA(issuer, crypto.SHA256, sdSigned(c, key), signature); err != nil {
			return err
		}
		for i, line := range c.rest {
			if err := checkECDSA(once, crypto.SHA256, line, each[i]); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// sdSigned is what the issuer's own key signs (section 3.5.1, serializeSignData).
func sdSigned(c claim, key []byte) []byte {
	out := append([]byte{}, c.options...)
	return append(append(out, key...), c.mandatory...)
}

func sealSD(key crypto.PrivateKey, c claim, k baseKeys) ([]byte, error) {
	issuer, ok := key.(crypto.Signer)
	if !ok || p256Hash(issuer.Public()) == 0 {
		return nil, ErrKey
	}
	once, err := newP256(k.random)
	if err != nil {
		return nil, fmt.Errorf("make the key of the proof: %w", err)
	}
	b := sdBase{HMACKey: k.hmac, Mandatory: k.mandatory}
	if b.Key, err = multi.MarshalKey(once.Public()); err != nil {
		return nil, err
	}
	if b.Signature, err = signECDSA(issuer, crypto.SHA256, sdSigned(c, b.Key)); err != nil {
		return nil, err
	}
	for _, line := range c.rest {
		sig, err := signECDSA(once, crypto.SHA256, line)
		if err != nil {
			return nil, err
		}
		b.Each = append(b.Each, sig)
	}
	return writeCBOR(sdBaseHeader, b)
}

// newP256 makes a key of the next 32 bytes that are one; nearly all are.
func newP256(random io.Reader) (*ecdsa.PrivateKey, error) {
	secret := make([]byte, 32)
	for {
		if _, err := io.ReadFull(random, secret); err != nil {
			return nil, err
		}
		if k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), secret); err == nil {
			return k, nil
		}
	}
}

func deriveSD(value []byte, d disclosure, _ []byte, _ io.Reader) ([]byte, error) {
	var b sdBase
	if err := readCBOR(value, &b); err != nil {
		return nil, err
	}
	if len(b.Each) != len(d.rest) {
		return nil, fmt.Errorf("%w: %d signatures for %d statements", ErrSignature, len(b.Each), len(d.rest))
	}
	out := sdDerived{Signature: b.Signature, Key: b.Key, Mandatory: d.mandatory, Labels: map[uint64][]byte{}}
	for _, n := range d.selected {
		out.Each = append(out.Each, b.Each[n])
	}
	for c, label := range d.labels {
		n, err := number(c, "c14n")
		if err != nil {
			return nil, err
		}
		if out.Labels[n], err = multi.Decode(label); err != nil {
			return nil, err
		}
	}
	return writeCBOR(sdDerivedHeader, out)
}
