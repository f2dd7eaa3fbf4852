package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"math/big"
)

// method is an algorithm of signing, by its address (RFC 9231, section 2.3).
type method struct {
	hash crypto.Hash
	pss  bool
}

var (
	rsaMethods = map[string]method{
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256":      {crypto.SHA256, false},
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384":      {crypto.SHA384, false},
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512":      {crypto.SHA512, false},
		"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": {crypto.SHA256, true},
		"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1": {crypto.SHA384, true},
		"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1": {crypto.SHA512, true},
	}
	ecdsaMethods = map[string]method{
		"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": {hash: crypto.SHA256},
		"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": {hash: crypto.SHA384},
		"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": {hash: crypto.SHA512},
	}
)

const ed25519Method = "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"

// verify says whether value is a signature over b. A method made for another kind
// of key than this one is no signature by it.
func verify(name string, key crypto.PublicKey, b, value []byte) error {
	ok := false
	switch key := key.(type) {
	case *rsa.PublicKey:
		m, known := rsaMethods[name]
		if !known {
			return otherMethod(name)
		}
		ok = m.rsa(key, b, value)
	case *ecdsa.PublicKey:
		m, known := ecdsaMethods[name]
		if !known {
			return otherMethod(name)
		}
		ok = m.ecdsa(key, b, value)
	case ed25519.PublicKey:
		if name != ed25519Method {
			return otherMethod(name)
		}
		ok = len(key) == ed25519.PublicKeySize && ed25519.Verify(key, b, value)
	default:
		return fmt.Errorf("%w: key of type %T", ErrUnsupported, key)
	}
	if !ok {
		return fmt.Errorf("%w: signature value", ErrBroken)
	}
	return nil
}

// otherMethod tells a method that is not built in from one for other keys.
func otherMethod(name string) error {
	_, r := rsaMethods[name]
	_, e := ecdsaMethods[name]
	if r || e || name == ed25519Method {
		return fmt.Errorf("%w: made with another kind of key", ErrBroken)
	}
	return fmt.Errorf("%w: %.100q", ErrUnsupported, name)
}

func (m method) sum(b []byte) []byte {
	h := m.hash.New()
	h.Write(b)
	return h.Sum(nil)
}

func (m method) rsa(key *rsa.PublicKey, b, value []byte) bool {
	if m.pss {
		return rsa.VerifyPSS(key, m.hash, m.sum(b), value, nil) == nil
	}
	return rsa.VerifyPKCS1v15(key, m.hash, m.sum(b), value) == nil
}

// ecdsa: the value is r and s, each as long as the order of the curve (XML
// Signature 1.1, section 6.4.3).
func (m method) ecdsa(key *ecdsa.PublicKey, b, value []byte) bool {
	size := (key.Params().N.BitLen() + 7) / 8
	if len(value) != 2*size {
		return false
	}
	r, s := new(big.Int).SetBytes(value[:size]), new(big.Int).SetBytes(value[size:])
	return ecdsa.Verify(key, m.sum(b), r, s)
}
