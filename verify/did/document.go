package did

import (
	"crypto"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// The purposes a method may be listed for: the verification relationships of
// Controlled Identifiers 1.0, section 2.3.
const (
	Assertion      = "assertionMethod" // making claims: signing credentials
	Authentication = "authentication"  // proving to be oneself: signing presentations
	KeyAgreement   = "keyAgreement"
	Invocation     = "capabilityInvocation"
	Delegation     = "capabilityDelegation"
)

var (
	signing  = []string{Authentication, Assertion, Invocation, Delegation}
	purposes = append(slices.Clone(signing), KeyAgreement)
)

// maxMethods bounds the methods and references of a document.
const maxMethods = 1000

// Document is a DID document or another controlled identifier document.
type Document struct {
	ID          string
	Controllers []string
	Methods     []Method // each id once, in the order of the document
	Raw         []byte   // as received; nil where none had to be asked for
	AsOf        time.Time
}

// Method is one verification method.
type Method struct {
	ID         string // absolute
	Type       string
	Controller string
	Key        jose.Key // Public is nil when Err is not
	Err        error    // why its key can't be used: ErrUnsupportedKey, ErrKey, ErrPrivate or ErrUse of package jose
	Purposes   []string // the relationships that list it; a method listed for none may do nothing
	Revoked    time.Time
	Expires    time.Time
}

// Method finds a method by its URL, absolute or relative ("#key-1"). The bare
// DID, as old proofs have it, means the signing key of a did:key or did:jwk,
// which have only one.
func (d Document) Method(url string) (Method, bool) {
	if url == "" {
		return Method{}, false
	}
	if url == d.ID && (strings.HasPrefix(d.ID, "did:key:") || strings.HasPrefix(d.ID, "did:jwk:")) {
		if m := d.For(Assertion); len(m) == 1 {
			return m[0], true
		}
	}
	id := d.absolute(url)
	i := slices.IndexFunc(d.Methods, func(m Method) bool { return m.ID == id })
	if i < 0 {
		return Method{}, false
	}
	return d.Methods[i], true
}

// For lists the methods that the document lists for a purpose, those that can't
// be read, are revoked or past their end among them.
func (d Document) For(purpose string) []Method {
	var out []Method
	for _, m := range d.Methods {
		if slices.Contains(m.Purposes, purpose) {
			out = append(out, m)
		}
	}
	return out
}

func (d Document) absolute(url string) string {
	if strings.HasPrefix(url, "#") {
		return d.ID + url
	}
	return url
}

// Parse reads a controlled identifier document. Only one that is not strict JSON,
// has no id, or is beyond all measure is refused, with ErrDocument: a method that
// can't be read is listed with its error.
func Parse(raw []byte) (Document, error) {
	m, err := strict.Object(raw)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	id, _ := m["id"].(string)
	if id == "" {
		return Document{}, fmt.Errorf("%w: it has no id", ErrDocument)
	}
	d := Document{ID: id, Raw: raw, Controllers: texts(m["controller"])}
	for _, v := range many(m["verificationMethod"]) {
		if o, ok := v.(map[string]any); ok {
			d.merge(o, "")
		}
	}
	for _, purpose := range purposes {
		for _, v := range many(m[purpose]) {
			d.list(v, purpose)
		}
		if len(d.Methods) > maxMethods {
			return Document{}, fmt.Errorf("%w: too many keys", ErrDocument)
		}
	}
	return d, nil
}

// list takes an entry of a relationship: a reference or a whole method. A
// reference into another document lists nothing here.
func (d *Document) list(v any, purpose string) {
	switch v := v.(type) {
	case map[string]any:
		d.merge(v, purpose)
	case string:
		id := d.absolute(v)
		for i := range d.Methods {
			if d.Methods[i].ID == id {
				d.Methods[i].grant(purpose)
			}
		}
	}
}

// merge adds a method, or its purpose to the one with the same id. One id with
// two keys is no key.
func (d *Document) merge(o map[string]any, purpose string) {
	m := d.readMethod(o)
	i := slices.IndexFunc(d.Methods, func(old Method) bool { return old.ID == m.ID })
	if i < 0 {
		m.grant(purpose)
		d.Methods = append(d.Methods, m)
		return
	}
	old := &d.Methods[i]
	old.grant(purpose)
	if same := old.Err == nil && m.Err == nil && old.Key.Equal(m.Key); !same && old.Err == nil {
		old.Key, old.Err = jose.Key{}, fmt.Errorf("%w: two keys under one id", jose.ErrKey)
	}
	old.Revoked, old.Expires = earlier(old.Revoked, m.Revoked), earlier(old.Expires, m.Expires)
}

func (m *Method) grant(purpose string) {
	if purpose != "" && !slices.Contains(m.Purposes, purpose) {
		m.Purposes = append(m.Purposes, purpose)
	}
}

// earlier gives the earlier of two times; zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

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
	"Bls12381G2Key2020":                 {"BLS12-381 G2", "\xeb\x01"},
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

// many takes a member that may be one value or a list of them.
func many(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

func texts(v any) []string {
	var out []string
	for _, e := range many(v) {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
