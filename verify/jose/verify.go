package jose

import (
	"bytes"
	"cmp"
	"crypto"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/strict"
)

// Verify checks the token's signature with k, and nothing else. The header's alg
// must be on the allow-list, fit the type of k, and equal the algorithm k is
// bound to, if it is. nil means that the signature holds.
func (t *Token) Verify(k Key) error {
	if err := t.acceptable(); err != nil {
		return err
	}
	a, err := fit(t.Alg, k)
	if err != nil {
		return err
	}
	if len(t.signature) == 0 {
		return fmt.Errorf("%w: it is no base64url", ErrSignature)
	}
	return a.verify(t.signed, t.signature, k.Public)
}

// acceptable says whether the header asks for nothing that is not built in.
func (t *Token) acceptable() error {
	if len(t.signed) == 0 {
		return ErrForm // not made by Parse
	}
	if t.Alg == "none" {
		return ErrNone
	}
	if _, err := t.critical(); err != nil {
		return err
	}
	if names := t.Demands(); len(names) > 0 {
		return fmt.Errorf("%w: %q", ErrCritical, names)
	}
	return nil
}

// Demands lists the names in crit that are not heeded; Verify refuses a token
// that has any, since they may change what its signature means.
func (t *Token) Demands() []string {
	names, _ := t.critical()
	return slices.DeleteFunc(names, func(n string) bool { return slices.Contains(t.knows, n) })
}

// Fits says whether a token that names alg can have been made with k.
func (k Key) Fits(alg string) bool {
	_, err := fit(alg, k)
	return err == nil
}

// fit finds the algorithm alg for k: never another one.
func fit(alg string, k Key) (algorithm, error) {
	if alg == ed25519Only {
		alg = "EdDSA"
	}
	a, ok := lookup(alg)
	if !ok {
		return a, fmt.Errorf("%w: %q", ErrUnsupportedAlg, alg)
	}
	kind, err := kindOf(k.Public)
	if err != nil {
		return a, err
	}
	if kind != a.kind || k.Alg != "" && k.Alg != alg {
		return a, fmt.Errorf("%w: %q with a key for %s", ErrAlg, alg, cmp.Or(k.Alg, kind))
	}
	return a, nil
}

// verify asks the primitive; a panic in there is not a signature that holds.
func (a algorithm) verify(signed, signature []byte, pub crypto.PublicKey) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrSignature, p)
		}
	}()
	if err := verifyRaw(a.name, signed, signature, pub); err != nil {
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return nil
}

// Sign makes a compact JWS over payload with the algorithm that header names,
// which must fit s: EdDSA, ES256, ES384, RS256, PS256 and their kin. Header
// members are written in alphabetical order. The result was parsed and verified
// before it is handed out, so a faulty signer gives an error, not a bad token.
func Sign(header map[string]any, payload []byte, s crypto.Signer) (string, error) {
	signed, signature, err := signParts(header, s, func(head string) []byte { return []byte(head + "." + Encode64(payload)) })
	if err != nil {
		return "", err
	}
	compact := string(signed) + "." + signature
	return proven(compact, s)(Parse(compact))
}

// SignDetached makes what ParseDetached reads: a JWS for content that does not carry
// it (RFC 7797), with the usual algorithm for keys like that of s. As with Sign, the
// result was verified.
func SignDetached(content []byte, s crypto.Signer) (string, error) {
	algs := Key{Public: s.Public()}.Algs()
	if len(algs) == 0 {
		return "", ErrUnsupportedAlg
	}
	header := map[string]any{"alg": algs[0], "b64": false, "crit": []string{"b64"}}
	signed, signature, err := signParts(header, s, func(head string) []byte { return append([]byte(head+"."), content...) })
	if err != nil {
		return "", err
	}
	compact := string(signed[:bytes.IndexByte(signed, '.')]) + ".." + signature
	return proven(compact, s)(ParseDetached(compact, content))
}

// signParts gives what was signed and the signature's text.
func signParts(header map[string]any, s crypto.Signer, input func(head string) []byte) (signed []byte, signature string, err error) {
	alg, _ := header["alg"].(string)
	a, err := fit(alg, Key{Public: s.Public()})
	if err != nil {
		return nil, "", err
	}
	head, err := strict.Marshal(header)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrHeader, err)
	}
	signed = input(Encode64(head))
	sig, err := a.sign(signed, s)
	if err != nil {
		return nil, "", fmt.Errorf("sign token: %w", err)
	}
	return signed, Encode64(sig), nil
}

// proven hands a new token out if it holds.
func proven(compact string, s crypto.Signer) func(*Token, error) (string, error) {
	return func(t *Token, err error) (string, error) {
		if err == nil {
			err = t.Verify(Key{Public: s.Public()})
		}
		if err != nil {
			return "", err
		}
		return compact, nil
	}
}

func (a algorithm) sign(signed []byte, s crypto.Signer) (signature []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("signer failed: %v", p)
		}
	}()
	return signRaw(a.name, signed, s)
}

// Algs lists the algorithms k can check signatures with, the usual one first;
// none for a key that is for something else.
func (k Key) Algs() []string {
	kind, err := kindOf(k.Public)
	if err != nil {
		return nil
	}
	var names []string
	for _, a := range algorithms {
		if a.kind == kind && (k.Alg == "" || k.Alg == a.name) {
			names = append(names, a.name)
		}
	}
	return slices.Clip(names)
}
