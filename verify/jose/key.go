package jose

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/multi"
)

// Key is a public key. Those that this package reads are valid; Verify checks
// again, so one made by hand can do no harm.
type Key struct {
	ID     string           // kid or verification method id; may be empty
	Public crypto.PublicKey // ed25519.PublicKey, *ecdsa.PublicKey (P-256, P-384, P-521), multi.Secp256k1, *rsa.PublicKey; *bbs.PublicKey and *ecdh.PublicKey (X25519), which sign no tokens
	Alg    string           // the one algorithm it is for; empty when not stated
}

// Equal says whether both are the same public key, whatever they are called.
func (k Key) Equal(other Key) bool {
	pub, ok := k.Public.(interface{ Equal(crypto.PublicKey) bool })
	if !ok {
		return false
	}
	_, errK := kindOf(k.Public)
	_, errO := kindOf(other.Public)
	return errK == nil && errO == nil && pub.Equal(other.Public)
}

// JWK gives the key with the members its type requires and no others, so no kid
// (RFC 7638, section 3.2); nil for a key that is not valid.
func (k Key) JWK() map[string]any {
	if _, err := kindOf(k.Public); err != nil {
		return nil
	}
	switch pub := k.Public.(type) {
	case ed25519.PublicKey:
		return map[string]any{"kty": "OKP", "crv": "Ed25519", "x": Encode64(pub)}
	case *ecdh.PublicKey:
		return map[string]any{"kty": "OKP", "crv": "X25519", "x": Encode64(pub.Bytes())}
	case *rsa.PublicKey:
		e := big.NewInt(int64(pub.E))
		return map[string]any{"kty": "RSA", "n": Encode64(pub.N.Bytes()), "e": Encode64(e.Bytes())}
	case *ecdsa.PublicKey:
		point, _ := multi.Point(pub) // was checked above
		return pointJWK(pub.Params().Name, point)
	case multi.Secp256k1:
		return pointJWK("secp256k1", pub[:])
	case *bbs.PublicKey:
		return map[string]any{"kty": "OKP", "crv": "Bls12381G2", "x": Encode64(pub.Bytes())}
	}
	return nil
}

// pointJWK writes an uncompressed point (RFC 7518, section 6.2.1).
func pointJWK(curve string, point []byte) map[string]any {
	half := len(point) / 2
	return map[string]any{"kty": "EC", "crv": curve, "x": Encode64(point[1 : half+1]), "y": Encode64(point[half+1:])}
}

// Thumbprint is the key's SHA-256 thumbprint in base64url (RFC 7638); empty for
// a key that is not valid.
func (k Key) Thumbprint() string {
	m := k.JWK()
	if m == nil {
		return ""
	}
	text, _ := json.Marshal(m) // texts only, names in order, nothing to escape
	sum := sha256.Sum256(text)
	return Encode64(sum[:])
}

// ParseJWK reads a public JWK, as package strict gives it. It is refused when it
// holds private members (ErrPrivate), when its use, key_ops or alg say that it is
// not for signatures (ErrUse), or when it is malformed or at odds with itself
// (ErrKey); a type that is not built in is ErrUnsupportedKey.
func ParseJWK(m map[string]any) (Key, error) {
	j := jwk{m: m}
	if err := j.notPrivate(); err != nil {
		return Key{}, err
	}
	k := Key{ID: j.optional("kid"), Alg: j.optional("alg")}
	k.Public = j.public()
	if j.err != nil {
		return Key{}, j.err
	}
	kind, err := kindOf(k.Public)
	if err != nil {
		return Key{}, err
	}
	if kind == "X25519" {
		k.Alg = ""
		return k, nil
	}
	if k.Alg == ed25519Only {
		k.Alg = "EdDSA"
	}
	return k, j.allowed(k.Alg, kind)
}

// jwk reads members and keeps the first error.
type jwk struct {
	m   map[string]any
	err error
}

func (j *jwk) fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

func (j *jwk) optional(name string) string {
	v, ok := j.m[name]
	s, text := v.(string)
	if ok && !text {
		j.fail(fmt.Errorf("%w: %s is not a text", ErrKey, name))
	}
	return s
}

// bytes reads a base64url member; size 0 means any but none.
func (j *jwk) bytes(name string, size int) []byte {
	s, ok := j.m[name].(string)
	if !ok {
		j.fail(fmt.Errorf("%w: %s is missing", ErrKey, name))
		return nil
	}
	b, err := Decode64(s)
	if err != nil {
		j.fail(fmt.Errorf("%w: %s is not base64url", ErrKey, name))
		return nil
	}
	if len(b) == 0 || size > 0 && len(b) != size {
		j.fail(fmt.Errorf("%w: %s has %d bytes", ErrKey, name, len(b)))
		return nil
	}
	return b
}

// notPrivate refuses a key with private members.
func (j *jwk) notPrivate() error {
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
		if _, ok := j.m[name]; ok {
			return ErrPrivate
		}
	}
	return nil
}

func (j *jwk) public() crypto.PublicKey {
	kty, crv := j.optional("kty"), j.optional("crv")
	switch kty + " " + crv {
	case "OKP Ed25519":
		return j.ed25519()
	case "OKP X25519":
		return j.x25519()
	case "EC P-256":
		return j.ec(elliptic.P256())
	case "EC P-384":
		return j.ec(elliptic.P384())
	case "EC P-521":
		return j.ec(elliptic.P521())
	case "EC secp256k1":
		return j.secp256k1()
	}
	switch {
	case kty == "RSA":
		return j.rsa()
	case kty == "" || (kty == "OKP" || kty == "EC") && crv == "":
		j.fail(fmt.Errorf("%w: kty or crv is missing", ErrKey))
	default:
		j.fail(&multi.UnsupportedKeyError{Name: kty + " " + crv})
	}
	return nil
}

func (j *jwk) ed25519() crypto.PublicKey {
	k, err := multi.Ed25519(j.bytes("x", ed25519.PublicKeySize))
	if err != nil {
		j.fail(err)
	}
	return k
}

func (j *jwk) x25519() crypto.PublicKey {
	k, err := ecdh.X25519().NewPublicKey(j.bytes("x", 32))
	if err != nil {
		j.fail(fmt.Errorf("%w: %w", ErrKey, err))
	}
	return k
}

// ec reads a point: coordinates of full length, on the curve (RFC 7518, section
// 6.2.1.2).
func (j *jwk) ec(c elliptic.Curve) crypto.PublicKey {
	size := (c.Params().BitSize + 7) / 8
	point := append([]byte{4}, j.bytes("x", size)...)
	point = append(point, j.bytes("y", size)...)
	k, err := ecdsa.ParseUncompressedPublicKey(c, point)
	if err != nil {
		j.fail(fmt.Errorf("%w: not on its curve", ErrKey))
	}
	return k
}

// secp256k1 reads a point on the curve that RFC 8812, section 3.1, adds.
func (j *jwk) secp256k1() crypto.PublicKey {
	point := append([]byte{4}, j.bytes("x", 32)...)
	k, err := multi.ParseSecp256k1(append(point, j.bytes("y", 32)...))
	if err != nil {
		j.fail(err)
	}
	return k
}

func (j *jwk) rsa() crypto.PublicKey {
	n, e := j.bytes("n", 0), j.bytes("e", 0)
	exponent := new(big.Int).SetBytes(e)
	if exponent.BitLen() > 31 {
		j.fail(fmt.Errorf("%w: RSA exponent too large", ErrKey))
		return nil
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}
}

// allowed checks what the key says about its purpose (RFC 7517, sections 4.2 to
// 4.4). A key that says nothing may be used.
func (j *jwk) allowed(alg, kind string) error {
	if use, ok := j.m["use"]; ok && use != "sig" {
		return fmt.Errorf("%w: use is %v", ErrUse, use)
	}
	if ops, ok := j.m["key_ops"]; ok {
		if err := canVerify(ops); err != nil {
			return err
		}
	}
	if alg == "" {
		return nil
	}
	switch a, ok := lookup(alg); {
	case !ok:
		return fmt.Errorf("%w: alg is %q", ErrUse, alg)
	case a.kind != kind:
		return fmt.Errorf("%w: alg %q on a key of type %s", ErrKey, alg, kind)
	}
	return nil
}

func canVerify(ops any) error {
	list, ok := ops.([]any)
	if !ok {
		return fmt.Errorf("%w: key_ops is not a list", ErrKey)
	}
	seen := map[any]bool{}
	for _, op := range list {
		if s, ok := op.(string); !ok || seen[s] {
			return fmt.Errorf("%w: key_ops is malformed", ErrKey)
		}
		seen[op] = true
	}
	if !seen["verify"] {
		return fmt.Errorf("%w: key_ops has no verify", ErrUse)
	}
	return nil
}
