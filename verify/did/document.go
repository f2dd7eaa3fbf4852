package did

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
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

// maxMethods bounds each list of a document.
const maxMethods = 500

// Document is a DID document or another controlled identifier document.
type Document struct {
	ID          string
	Controllers []string
	Methods     []Method // each id once, in the order of the document
	Raw         []byte   // as received; nil where none had to be asked for
	AsOf        time.Time
	Version     string // the version of a DID that keeps its history (did:webvh); else empty
	Deactivated bool   // given up by its owner: its keys vouch for nothing
	history     *history
}

// Method is one verification method.
type Method struct {
	ID         string // absolute
	Type       string
	Controller string
	Key        jose.Key // Public is nil when Err is not
	Err        error    // why its key can't be used: an error of package jose or multi; ErrUnsupportedKey says nothing against it
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
// be read, are revoked or past their end among them. A deactivated document lists
// none.
func (d Document) For(purpose string) []Method {
	if d.Deactivated {
		return nil
	}
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

// Parse reads a controlled identifier document. What "verificationMethod" was called
// in the drafts of DID Core before its section 5.2, "publicKey", is read alike. Only one that is not strict JSON,
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
	for _, member := range append([]string{"verificationMethod", "publicKey"}, purposes...) {
		entries := many(m[member])
		if len(entries) > maxMethods {
			return Document{}, fmt.Errorf("%w: too many keys", ErrDocument)
		}
		for _, v := range entries {
			if o, ok := v.(map[string]any); ok {
				d.merge(o, member)
			}
		}
	}
	for _, purpose := range purposes {
		d.refer(texts(m[purpose]), purpose)
	}
	return d, nil
}

// refer lists methods for a purpose by their ids. A reference into another
// document lists nothing here.
func (d *Document) refer(ids []string, purpose string) {
	listed := map[string]bool{}
	for _, id := range ids {
		listed[d.absolute(id)] = true
	}
	for i := range d.Methods {
		if listed[d.Methods[i].ID] {
			d.Methods[i].grant(purpose)
		}
	}
}

// merge adds a method of a member, or, where the member is a purpose, that purpose
// to the one with the same id. One id with two keys is no key.
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
	if slices.Contains(purposes, purpose) && !slices.Contains(m.Purposes, purpose) {
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
