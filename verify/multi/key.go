package multi

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cairnwallet/cairn/verify/bbs"
)

var (
	// ErrUnsupportedKey is in the chain of an error about a key of a type that is
	// known, or may exist, and that this package can't read. It says nothing
	// against the key. The error is an *UnsupportedKeyError.
	ErrUnsupportedKey = errors.New("type of key not supported")
	// ErrPrivate marks a private key where a public one is due: it was given away.
	ErrPrivate = errors.New("a private key where a public one is due")
)

// UnsupportedKeyError names the type of key that is not supported.
type UnsupportedKeyError struct {
	Name string // "Ed448", "RSA", … or the multicodec in hex
}

func (e *UnsupportedKeyError) Error() string { return ErrUnsupportedKey.Error() + ": " + e.Name }

// Unwrap lets errors.Is find ErrUnsupportedKey.
func (e *UnsupportedKeyError) Unwrap() error { return ErrUnsupportedKey }

// The multicodecs of the public keys that are read and written.
const (
	codeSecp256k1 = 0xe7
	codeX25519    = 0xec
	codeEd25519   = 0xed
	codeP256      = 0x1200
	codeP384      = 0x1201
	codeP521      = 0x1202
	codeBLSG2     = 0xeb
)

// others are the key types that are recognised only.
var others = map[uint64]string{
	0xea: "BLS12-381 G1", 0xee: "BLS12-381 G1 and G2",
	0x1203: "Ed448", 0x1204: "X448", 0x1205: "RSA", 0x1206: "SM2",
	0x1210: "ML-DSA-44", 0x1211: "ML-DSA-65", 0x1212: "ML-DSA-87", 0xeb51: "JWK",
}

// private are the multicodecs of private keys.
var private = map[uint64]bool{
	0x1300: true, 0x1301: true, 0x1302: true, 0x1303: true, 0x1304: true, 0x1305: true,
	0x1306: true, 0x1307: true, 0x1308: true, 0x1309: true, 0x130a: true, 0x130b: true,
}

// DecodeKey reads a Multikey text, such as "z6Mk…". The key is an
// ed25519.PublicKey, an *ecdsa.PublicKey on P-256, P-384 or P-521, a Secp256k1, a
// *bbs.PublicKey on BLS12-381 G2, or an *ecdh.PublicKey for X25519, which can sign
// nothing. Other types are an *UnsupportedKeyError. The multibase may be any that
// Decode reads: Controlled Identifiers, section 2.2.2, names base58btc, and
// base64url occurs.
func DecodeKey(multibase string) (crypto.PublicKey, error) {
	b, err := Decode(multibase)
	if err != nil {
		return nil, err
	}
	return ParseKey(b)
}

// ParseKey reads a key behind its multicodec, as DecodeKey does.
func ParseKey(b []byte) (crypto.PublicKey, error) {
	code, rest, err := Varint(b)
	if err != nil {
		return nil, err
	}
	switch code {
	case codeEd25519:
		k, err := Ed25519(rest)
		if err != nil {
			return nil, err
		}
		return k, nil
	case codeX25519:
		return x25519Key(rest)
	case codeSecp256k1:
		return secp256k1Key(rest)
	case codeP256:
		return pointKey(elliptic.P256(), rest)
	case codeP384:
		return pointKey(elliptic.P384(), rest)
	case codeP521:
		return pointKey(elliptic.P521(), rest)
	case codeBLSG2:
		return blsKey(rest)
	}
	if private[code] {
		return nil, ErrPrivate
	}
	name, ok := others[code]
	if !ok {
		name = fmt.Sprintf("multicodec %#x", code)
	}
	return nil, &UnsupportedKeyError{Name: name}
}

// EncodeKey writes a key of one of DecodeKey's types as Multikey in base58btc.
func EncodeKey(pub crypto.PublicKey) (string, error) {
	b, err := MarshalKey(pub)
	if err != nil {
		return "", err
	}
	return Encode(b), nil
}

// MarshalKey writes a key behind its multicodec, as ParseKey reads it.
func MarshalKey(pub crypto.PublicKey) ([]byte, error) {
	switch k := pub.(type) {
	case ed25519.PublicKey:
		if len(k) != ed25519.PublicKeySize {
			return nil, ErrKey
		}
		return append(binary.AppendUvarint(nil, codeEd25519), k...), nil
	case *ecdh.PublicKey:
		if k != nil && k.Curve() == ecdh.X25519() {
			return append(binary.AppendUvarint(nil, codeX25519), k.Bytes()...), nil
		}
	case *ecdsa.PublicKey:
		return marshalPoint(k)
	case Secp256k1:
		if !k.Valid() {
			return nil, ErrKey
		}
		return append(binary.AppendUvarint(nil, codeSecp256k1), k.compressed()...), nil
	case *bbs.PublicKey:
		if k != nil {
			return append(binary.AppendUvarint(nil, codeBLSG2), k.Bytes()...), nil
		}
	}
	return nil, &UnsupportedKeyError{Name: fmt.Sprintf("%T", pub)}
}

var codes = map[elliptic.Curve]uint64{elliptic.P256(): codeP256, elliptic.P384(): codeP384, elliptic.P521(): codeP521}

// Point gives the uncompressed point of a key on P-256, P-384 or P-521: 4, x, y.
// A key off its curve, or a zero one, is ErrKey.
func Point(k *ecdsa.PublicKey) ([]byte, error) {
	if k == nil || k.Curve == nil || *k == (ecdsa.PublicKey{Curve: k.Curve}) {
		return nil, fmt.Errorf("%w: no point", ErrKey)
	}
	if _, ok := codes[k.Curve]; !ok {
		return nil, &UnsupportedKeyError{Name: fmt.Sprintf("%T", k.Curve)}
	}
	point, err := k.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%w: not on its curve", ErrKey)
	}
	return point, nil
}

func marshalPoint(k *ecdsa.PublicKey) ([]byte, error) {
	point, err := Point(k)
	if err != nil {
		return nil, err
	}
	b := binary.AppendUvarint(nil, codes[k.Curve])
	b = append(b, 2+point[len(point)-1]&1) // the sign of y
	return append(b, point[1:len(point)/2+1]...), nil
}

// Varint reads a multiformats unsigned varint: at most nine bytes, in the
// shortest form (unsigned-varint specification).
func Varint(b []byte) (code uint64, rest []byte, err error) {
	code, n := binary.Uvarint(b)
	if n <= 0 || n > 9 || n > 1 && b[n-1] == 0 {
		return 0, nil, fmt.Errorf("%w: bad multicodec", ErrEncoding)
	}
	return code, b[n:], nil
}

func x25519Key(b []byte) (crypto.PublicKey, error) {
	k, err := ecdh.X25519().NewPublicKey(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return k, nil
}

// secp256k1Key reads a compressed point, as pointKey does.
func secp256k1Key(b []byte) (crypto.PublicKey, error) {
	if len(b) != 33 {
		return nil, fmt.Errorf("%w: not a compressed point on secp256k1", ErrKey)
	}
	k, err := ParseSecp256k1(b)
	if err != nil {
		return nil, err
	}
	return k, nil
}

// blsKey reads a compressed point on G2 (Controlled Identifiers, section 2.2.2).
func blsKey(b []byte) (crypto.PublicKey, error) {
	k, err := bbs.ParsePublicKey(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return k, nil
}

// pointKey reads a compressed point: the only form Multikey knows (Controlled
// Identifiers, section 2.2.2).
func pointKey(c elliptic.Curve, b []byte) (crypto.PublicKey, error) {
	x, y := elliptic.UnmarshalCompressed(c, b)
	if x == nil {
		return nil, fmt.Errorf("%w: not a compressed point on %s", ErrKey, c.Params().Name)
	}
	size := (c.Params().BitSize + 7) / 8
	point := make([]byte, 1+2*size)
	point[0] = 4
	x.FillBytes(point[1 : 1+size])
	y.FillBytes(point[1+size:])
	return ecdsa.ParseUncompressedPublicKey(c, point)
}
