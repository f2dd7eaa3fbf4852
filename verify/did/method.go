package did

import (
	"crypto"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

func (d *Document) readMethod(o map[string]any) Method {
	var m Method
	m.ID, _ = o["id"].(string)
	m.ID = d.absolute(m.ID)
	m.Type, _ = o["type"].(string)
	m.Controller, _ = o["controller"].(string)
	m.Key, m.Err = readKey(o, m.Type)
	for name, into := range map[string]*time.Time{"revoked": &m.Revoked, "expires": &m.Expires} {
		if err := readTime(o, name, into); err != nil && m.Err == nil {
			m.Err = err
		}
	}
	if m.ID == "" && m.Err == nil {
		m.Err = fmt.Errorf("%w: it has no id", jose.ErrKey)
	}
	if m.Err != nil {
		m.Key = jose.Key{}
	} else if m.Key.ID == "" {
		m.Key.ID = m.ID
	}
	return m
}

// readTime reads a date. One that can't be read makes the method unusable: it may
// say that the key was withdrawn.
func readTime(o map[string]any, name string, into *time.Time) error {
	v, ok := o[name]
	if !ok || v == nil {
		return nil
	}
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return fmt.Errorf("%w: %s is no date", jose.ErrKey, name)
	}
	*into = t
	return nil
}

// form is what a type of method says about its key: the curve, and the multicodec
// that stands before bare bytes.
type form struct {
	curve string
	codec string
}

var forms = map[string]form{
	"Ed25519VerificationKey2018":        {"Ed25519", "\xed\x01"},
	"Ed25519VerificationKey2019":        {"Ed25519", "\xed\x01"},
	"Ed25519VerificationKey2020":        {"Ed25519", "\xed\x01"},
	"X25519KeyAgreementKey2019":         {"X25519", "\xec\x01"},
	"X25519KeyAgreementKey2020":         {"X25519", "\xec\x01"},
	"EcdsaSecp256r1VerificationKey2019": {"P-256", "\x80\x24"},
	"P256Key2021":                       {"P-256", "\x80\x24"},
	"P384Key2021":                       {"P-384", "\x81\x24"},
	"P521Key2021":                       {"P-521", "\x82\x24"},
	"EcdsaSecp256k1VerificationKey2019": {"secp256k1", "\xe7\x01"},
	"Bls12381G1Key2020":                 {"BLS12-381 G1", "\xea\x01"},
	"Bls12381G2Key2020":                 {"Bls12381G2", "\xeb\x01"},
}

// readKey reads a method's key in whichever form it is there. In more than one,
// all must be the same key.
func readKey(o map[string]any, kind string) (jose.Key, error) {
	for _, name := range []string{"privateKeyJwk", "privateKeyBase58", "privateKeyMultibase", "secretKeyMultibase", "privateKeyHex", "privateKeyPem"} {
		if _, ok := o[name]; ok {
			return jose.Key{}, jose.ErrPrivate
		}
	}
	var k jose.Key
	for _, read := range []func(map[string]any, string) (jose.Key, error){fromJWK, fromMultibase, fromBase58} {
		found, err := read(o, kind)
		if err != nil {
			return jose.Key{}, err
		}
		switch {
		case found.Public == nil:
		case k.Public == nil:
			k = found
		case !k.Equal(found):
			return jose.Key{}, fmt.Errorf("%w: it names two keys", jose.ErrKey)
		}
	}
	if k.Public == nil {
		return k, &multi.UnsupportedKeyError{Name: kind}
	}
	if want, ok := forms[kind]; ok && k.JWK()["crv"] != want.curve {
		return jose.Key{}, fmt.Errorf("%w: %s with a key of another type", jose.ErrKey, kind)
	}
	return k, nil
}

func fromJWK(o map[string]any, _ string) (jose.Key, error) {
	v, ok := o["publicKeyJwk"]
	if !ok {
		return jose.Key{}, nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		return jose.Key{}, fmt.Errorf("%w: publicKeyJwk is no object", jose.ErrKey)
	}
	return jose.ParseJWK(m)
}

func fromMultibase(o map[string]any, _ string) (jose.Key, error) {
	v, ok := o["publicKeyMultibase"]
	if !ok {
		return jose.Key{}, nil
	}
	s, _ := v.(string)
	return public(multi.DecodeKey(s))
}

// fromBase58 reads bare key bytes, whose meaning the method's type gives.
func fromBase58(o map[string]any, kind string) (jose.Key, error) {
	v, ok := o["publicKeyBase58"]
	if !ok {
		return jose.Key{}, nil
	}
	f, ok := forms[kind]
	if !ok {
		return jose.Key{}, &multi.UnsupportedKeyError{Name: kind}
	}
	s, _ := v.(string)
	b, err := multi.Base58Decode(s)
	if err != nil {
		return jose.Key{}, err
	}
	return public(multi.ParseKey(append([]byte(f.codec), b...)))
}

func public(pub crypto.PublicKey, err error) (jose.Key, error) {
	if err != nil {
		return jose.Key{}, err
	}
	return jose.Key{Public: pub}, nil
}
