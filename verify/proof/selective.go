package proof

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"maps"

	"github.com/cairnwallet/cairn/verify/canon"
)

// ErrFeature marks an optional feature of a selective suite that is not built in,
// such as a binding to a secret of the holder's. It says nothing against the proof.
var ErrFeature = fmt.Errorf("%w: it uses an optional feature", ErrUnsupported)

// selective is what a suite with selective disclosure has in the place of one
// signature over all: its issuer makes a base proof, which stays with the holder,
// and the holder derives from it a proof over what is shown.
type selective struct {
	open   func(value []byte) (sealed, error)
	seal   func(key crypto.PrivateKey, c claim, k baseKeys) (value []byte, err error)
	labels func(hmacKey []byte) labelling
	derive func(value []byte, d disclosure, header []byte, random io.Reader) (derived []byte, err error)
}

// sealed is a proof value of a selective suite, taken apart.
type sealed struct {
	base      bool
	give      labelling
	mandatory []string // of a base proof: pointers to what is always shown
	places    []uint64 // of a derived proof: which statements are mandatory, ascending
	holds     func(c claim, pub crypto.PublicKey) error
}

// claim is what a selective proof is over.
type claim struct {
	options   []byte      // hash of the proof options
	mandatory []byte      // hash of the statements that are always shown
	rest      []statement // the others
}

// baseKeys are the secrets of one base proof.
type baseKeys struct {
	hmac      []byte
	mandatory []string
	random    io.Reader
}

// hmacKeySize is the length in bytes of the key for labels: that of SHA-256's
// output (VC-DI-ECDSA, section 3.6.2, step 1).
const hmacKeySize = 32

// IsBase says whether a proof is a base proof of a selective suite: the holder's
// own, from which proofs over less are derived. It must never be handed on, since
// it shows everything for ever.
func IsBase(proof map[string]any) bool {
	kind, ok := selectiveKind(proof)
	return ok && kind%2 == 0
}

// IsDerived says whether a proof is one that a holder derived: what it is over may
// be a part of what the issuer signed.
func IsDerived(proof map[string]any) bool {
	kind, ok := selectiveKind(proof)
	return ok && kind%2 == 1
}

// selectiveKind gives the third byte of a proof value, which is even for base proofs:
// D95D00 is ecdsa-sd-2023 (VC-DI-ECDSA, section 3.5.2); D95D02 is bbs-2023, and those
// above are its optional features (VC-DI-BBS, section 3.3.1).
func selectiveKind(proof map[string]any) (byte, bool) {
	s, known := Lookup(Name(proof))
	if !known || s.selective == nil {
		return 0, false
	}
	value, err := s.value(proof)
	if err != nil || len(value) < 3 || value[0] != 0xd9 || value[1] != 0x5d {
		return 0, false
	}
	return value[2], true
}

// value reads the proof value.
func (s Suite) value(proof map[string]any) ([]byte, error) {
	text, ok := proof[s.member].(string)
	if !ok {
		return nil, fmt.Errorf("%w: it has no value", ErrMalformed)
	}
	return s.encode.decode(text)
}

// disclosed brings what a selective proof is over into its two groups.
func (s Suite) disclosed(ctx context.Context, in *Input, doc, proof map[string]any) (missed []string, err error) {
	value, err := s.value(proof)
	if err != nil {
		return nil, err
	}
	v, err := s.selective.open(value)
	if err != nil {
		return nil, err
	}
	read := readDerived
	if v.base {
		read = readBase
	}
	lines, always, missed, err := read(ctx, doc, v)
	if err != nil {
		return nil, err
	}
	in.Document = textOf(lines)
	in.sealed, in.claim = v, newClaim(*in, lines, always)
	return missed, nil
}

func readBase(ctx context.Context, doc map[string]any, v sealed) ([]statement, portion, []string, error) {
	w, missed, err := readWhole(ctx, doc, v.give)
	if err != nil {
		return nil, portion{}, nil, err
	}
	always, err := w.portion(ctx, v.mandatory)
	if errors.Is(err, ErrPointer) {
		err = fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return w.lines, always, missed, err
}

func readDerived(ctx context.Context, doc map[string]any, v sealed) ([]statement, portion, []string, error) {
	quads, missed, err := canon.ToRDF(ctx, doc)
	if err != nil {
		return nil, portion{}, nil, err
	}
	c, err := canon.RDFC10(ctx, quads, crypto.SHA256)
	if err != nil {
		return nil, portion{}, nil, err
	}
	r, err := relabel(c, v.give)
	if err != nil {
		return nil, portion{}, nil, err
	}
	var always portion
	for i, n := range v.places {
		if n >= uint64(len(r.lines)) || i > 0 && n <= v.places[i-1] {
			return nil, portion{}, nil, fmt.Errorf("%w: its indexes are not those of statements", ErrMalformed)
		}
		always.at = append(always.at, int(n))
	}
	return r.lines, always, missed, nil
}

// SignBase makes a base proof over doc with a selective suite. What the pointers
// select is shown with whatever is derived from it; the issuer should name at least
// itself there. key is a crypto.Signer, or a *bbs.PrivateKey for bbs-2023; random
// must be a source of secrets. As Sign, it signs nothing with an uncovered member.
func SignBase(ctx context.Context, s Suite, doc, options map[string]any, mandatory []string, key crypto.PrivateKey, random io.Reader) (map[string]any, error) {
	if s.selective == nil {
		return nil, ErrUnsupported
	}
	proof := s.options(doc, options)
	k := baseKeys{hmac: make([]byte, hmacKeySize), mandatory: mandatory, random: random}
	if _, err := io.ReadFull(random, k.hmac); err != nil {
		return nil, fmt.Errorf("make a key for labels: %w", err)
	}
	c, err := s.baseClaim(ctx, doc, proof, k)
	if err != nil {
		return nil, err
	}
	value, err := s.selective.seal(key, c, k)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	proof[s.member] = s.encode.encode(value)
	return proof, nil
}

// baseClaim gives what a new base proof is over.
func (s Suite) baseClaim(ctx context.Context, doc, proof map[string]any, k baseKeys) (claim, error) {
	in := Input{hash: crypto.SHA256}
	if err := s.readOptions(ctx, &in, doc, proof); err != nil {
		return claim{}, err
	}
	bare, err := Document(doc, proof)
	if err != nil {
		return claim{}, err
	}
	w, missed, err := readWhole(ctx, bare, s.selective.labels(k.hmac))
	if err != nil {
		return claim{}, err
	}
	if missed = append(missed, in.Uncovered...); len(missed) > 0 {
		return claim{}, fmt.Errorf("%w: %q", ErrLossy, missed)
	}
	always, err := w.portion(ctx, k.mandatory)
	if err != nil {
		return claim{}, err
	}
	return newClaim(in, w.lines, always), nil
}

func newClaim(in Input, lines []statement, always portion) claim {
	mandatory, rest := split(lines, always)
	return claim{sum(in.hash, in.Options), sum(in.hash, textOf(mandatory)), rest}
}

// Derive gives the part of doc that pointers select, and with it what its issuer
// made mandatory, with a proof derived from base, which is one of doc's proofs.
// header is bound into a bbs-2023 proof, such as a nonce of whoever will check it;
// ecdsa-sd-2023 binds nothing. The base proof itself is not checked here. Pointers
// that lead nowhere, and no pointers where nothing is mandatory, are ErrPointer.
func Derive(ctx context.Context, doc, base map[string]any, pointers []string, header []byte, random io.Reader) (map[string]any, error) {
	s, value, v, err := openBase(base)
	if err != nil {
		return nil, err
	}
	bare, err := Document(doc, base)
	if err != nil {
		return nil, err
	}
	d, err := disclose(ctx, bare, v, pointers)
	if err != nil {
		return nil, err
	}
	derived, err := s.selective.derive(value, d, header, random)
	if err != nil {
		return nil, fmt.Errorf("derive: %w", err)
	}
	proof := maps.Clone(base)
	proof[s.member] = s.encode.encode(derived)
	d.shown["proof"] = proof
	return d.shown, nil
}

// Mandatory gives the pointers to what is always shown of a document with this base
// proof. A derived proof is ErrMalformed.
func Mandatory(base map[string]any) ([]string, error) {
	_, _, v, err := openBase(base)
	return v.mandatory, err
}

func openBase(base map[string]any) (s Suite, value []byte, v sealed, err error) {
	s, known := Lookup(Name(base))
	if !known || s.selective == nil {
		return s, nil, v, ErrUnsupported
	}
	if value, err = s.value(base); err == nil {
		v, err = s.selective.open(value)
	}
	if err == nil && !v.base {
		err = fmt.Errorf("%w: it is no base proof", ErrMalformed)
	}
	return s, value, v, err
}
