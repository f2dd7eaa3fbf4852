// Package canon brings JSON to one form that can be hashed and signed: JCS for
// plain JSON, and RDFC-1.0 for JSON-LD. It never fetches a context, never drops
// a member in silence and never works without a bound.
//
// Start at Canonical. Contexts become tables of terms, those of the program once and
// for all documents (context.go, define.go, scope.go). A document is read by the
// expansion algorithm and its statements are written on the way (expand.go,
// object.go, node.go, member.go, property.go, value.go). RDFC-1.0 then labels and
// orders them (rdfc.go, ndegree.go). What a reader of the JSON could see but no
// statement covers is reported with its path.
package canon

import (
	"context"
	"crypto"
	_ "crypto/sha256" // registers SHA-256
	_ "crypto/sha512" // registers SHA-384
	"errors"
	"fmt"
)

// What can stop a document. ErrInvalid wraps every error of the JSON-LD
// algorithms: the document has no meaning as JSON-LD, and no proof can cover it.
var (
	ErrContextUnknown = errors.New("context is not known")
	ErrTooComplex     = errors.New("graph needs more work than its size justifies")
	ErrInvalid        = errors.New("not processable as JSON-LD")
	ErrTooLarge       = errors.New("document is too large or too deep to process")
	ErrSyntax         = errors.New("not valid N-Quads")
)

// ContextError names a context that is not shipped; it is an ErrContextUnknown.
type ContextError struct{ URL string }

func (e *ContextError) Error() string { return fmt.Sprintf("%v: %q", ErrContextUnknown, e.URL) }

// Unwrap gives ErrContextUnknown.
func (e *ContextError) Unwrap() error { return ErrContextUnknown }

// Canonical gives the canonical N-Quads of a JSON-LD document, whose values are
// as package strict makes them, with the hash h inside RDFC-1.0.
//
// uncovered lists, sorted, the dotted paths of members that a reader of the JSON
// could see but that the canonical text does not cover: terms no context
// defines, relative ids and types, bad language tags, values that are dropped,
// and what the document's own terms or prefixes name otherwise than it is stated.
// A signature over the text says nothing about them.
func Canonical(ctx context.Context, doc map[string]any, h crypto.Hash) (nquads []byte, uncovered []string, err error) {
	s := scratches.Get().(*scratch)
	defer s.release()
	d, uncovered, err := stated(ctx, s, dataset{lines: &s.lines}, doc)
	if err != nil {
		return nil, nil, err
	}
	c, err := newCanonicaliser(ctx, s, d.nodes, h)
	if err != nil {
		return nil, uncovered, err
	}
	return c.nquads(), uncovered, nil
}

// ToRDF gives the RDF statements of a JSON-LD document and the members they do
// not cover, see Canonical. Blank nodes are labelled b0, b1, … in the order in
// which the document mentions them first; numbers may be left out.
func ToRDF(ctx context.Context, doc map[string]any) (quads []Quad, uncovered []string, err error) {
	d, uncovered, err := stated(ctx, &scratch{}, dataset{}, doc)
	if err != nil {
		return nil, nil, err
	}
	return d.quads(), uncovered, nil
}

// stated adds to d what doc states.
func stated(ctx context.Context, s *scratch, in dataset, doc map[string]any) (d dataset, uncovered []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, uncovered, err = dataset{}, nil, fmt.Errorf("%w: %v", ErrInvalid, r)
		}
	}()
	x := newExpansion(ctx, shipped, "")
	x.trusted = true
	x.out, x.entries = in, s.entries[:0]
	defer func() { s.entries = x.entries }()
	if err := x.document(doc); err != nil {
		return dataset{}, nil, err
	}
	return x.out, x.uncovered(), nil
}
