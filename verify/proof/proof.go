// Package proof checks and makes embedded Data Integrity proofs. A suite is a
// composition of named steps (steps.go), one file per suite, found by Lookup.
//
// It judges one thing: whether a proof holds over a document with a key, and
// what of both it does not cover. Whose key that is, what the proof is for and
// whether its dates hold is judged elsewhere. Start at Verify, or at
// Suite.Input where the uncovered members are wanted too.
//
// Suites with selective disclosure (selective.go) have two kinds of proof: a base
// proof, made by SignBase and kept by the holder, and proofs over a part, which
// Derive makes of it. Both are checked as any other.
package proof

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cairnwallet/cairn/verify/jose"
)

// Whatever is an ErrSignature proves the credential bad. ErrUnsupported says
// nothing against it, neither do errors of package canon.
var (
	ErrUnsupported = errors.New("proof suite is not supported")
	ErrSignature   = errors.New("proof does not hold")
	ErrMalformed   = fmt.Errorf("%w: it is malformed", ErrSignature)
	ErrKey         = fmt.Errorf("%w: the suite can't use a key of this type", ErrSignature)
	ErrPrevious    = fmt.Errorf("%w: a proof it rests on is missing", ErrSignature)
	ErrLossy       = errors.New("a member is not covered by what would be signed") // Sign only
)

// Suite is a way to seal a document. The zero Suite supports nothing.
type Suite struct {
	Name string // the cryptosuite, or the type of a suite older than Data Integrity
	Type string // the type of its proofs

	canon  canonical // brings document and options to one form
	own    bool      // the proof states its contexts itself
	hash   hashOf    // which hash goes with a key; zero for keys that don't fit
	member string    // the member that holds the proof value
	encode encoding  // how it is written
	scheme scheme    // the signature itself; unused where selective is set

	selective *selective // for suites with selective disclosure, else nil
}

const dataIntegrity = "DataIntegrityProof"

var suites = map[string]Suite{}

// register adds a suite when the program starts; two of one name are a mistake
// in the program.
func register(s Suite) Suite {
	if _, twice := suites[s.Name]; twice {
		panic("proof suite registered twice: " + s.Name)
	}
	suites[s.Name] = s
	return s
}

// Lookup finds a suite by name; false means that it is not supported.
func Lookup(name string) (Suite, bool) {
	s, ok := suites[name]
	return s, ok
}

// Names lists the suites that are supported, sorted.
func Names() []string { return slices.Sorted(maps.Keys(suites)) }

// Name gives the name of the suite of a proof: its cryptosuite, or its type for
// suites that are older than Data Integrity. It is empty when the proof names none.
func Name(proof map[string]any) string {
	kind, _ := proof["type"].(string)
	if kind != dataIntegrity {
		return kind
	}
	suite, _ := proof["cryptosuite"].(string)
	return suite
}

// Verify says whether proof, one of those of doc, holds with key: nil if it does.
// doc may hold its proofs or be bare; see Document for what of it is signed.
func Verify(ctx context.Context, s Suite, doc, proof map[string]any, key jose.Key) error {
	in, err := s.Input(ctx, doc, proof, key.Public)
	if err != nil {
		return err
	}
	return s.Check(in, proof, key)
}

// Input is what a proof protects, in canonical form.
type Input struct {
	Options   []byte   // the proof without its value
	Document  []byte   // the document without its proofs, but with those this one rests on
	Uncovered []string // paths of members that neither covers; those of the proof begin with "proof."
	hash      crypto.Hash

	sealed sealed // of a selective suite, with what its proof is over
	claim  claim
}

// Input brings doc and the options of proof to the form that is hashed. pub only
// settles the hash and may be nil when no more than Uncovered is wanted.
func (s Suite) Input(ctx context.Context, doc, proof map[string]any, pub crypto.PublicKey) (Input, error) {
	if s.canon == nil {
		return Input{}, ErrUnsupported
	}
	if proof["type"] != s.Type || Name(proof) != s.Name {
		return Input{}, fmt.Errorf("%w: it is not of suite %s", ErrMalformed, s.Name)
	}
	in := Input{hash: crypto.SHA256}
	if pub != nil {
		if in.hash = s.hash(pub); in.hash == 0 {
			return Input{}, ErrKey
		}
	}
	if err := s.readOptions(ctx, &in, doc, proof); err != nil {
		return Input{}, err
	}
	bare, err := Document(doc, proof)
	if err == nil && s.own {
		in.Uncovered, err = stated(bare, proof, in.Uncovered)
	}
	if err != nil {
		return Input{}, err
	}
	var missed []string
	if s.selective != nil {
		missed, err = s.disclosed(ctx, &in, bare, proof)
	} else {
		in.Document, missed, err = s.canon(ctx, bare, in.hash)
	}
	if err != nil {
		return Input{}, err
	}
	in.Uncovered = append(missed, in.Uncovered...)
	return in, nil
}

// readOptions brings the options of a proof to the form that is hashed.
func (s Suite) readOptions(ctx context.Context, in *Input, doc, proof map[string]any) error {
	options, missed, err := s.canon(ctx, s.configuration(doc, proof), in.hash)
	if err != nil {
		return fmt.Errorf("proof options: %w", err)
	}
	in.Options = options
	for _, m := range missed {
		in.Uncovered = append(in.Uncovered, "proof."+m)
	}
	return nil
}

// Hashed gives what is signed, but by suites with selective disclosure: the hash of
// the options, then the hash of the document (VC-DI-EDDSA and VC-DI-ECDSA, "Hashing").
func (in Input) Hashed() []byte {
	return append(sum(in.hash, in.Options), sum(in.hash, in.Document)...)
}

// Check says whether the value of proof is a signature over in by key.
func (s Suite) Check(in Input, proof map[string]any, key jose.Key) error {
	if s.canon == nil {
		return ErrUnsupported
	}
	if s.hash(key.Public) != in.hash || in.hash == 0 {
		return ErrKey
	}
	if s.selective != nil {
		return in.sealed.holds(in.claim, key.Public)
	}
	sig, err := s.value(proof)
	if err != nil {
		return err
	}
	return s.scheme.check(key, in.hash, in.Hashed(), sig)
}

// options gives the options of a new proof.
func (s Suite) options(doc, options map[string]any) map[string]any {
	proof := maps.Clone(options)
	delete(proof, s.member)
	if proof["type"] = s.Type; s.Type == dataIntegrity {
		proof["cryptosuite"] = s.Name
	}
	if v, ok := doc["@context"]; ok && s.own {
		proof["@context"] = v
	}
	return proof
}

// Sign makes a proof over doc with the given options, such as created,
// verificationMethod and proofPurpose; type and cryptosuite are set here. It
// signs nothing that has an uncovered member (ErrLossy). Signatures are
// deterministic where the signer can make such (RFC 8032, RFC 6979). Suites with
// selective disclosure sign by SignBase.
func Sign(ctx context.Context, s Suite, doc, options map[string]any, signer crypto.Signer) (map[string]any, error) {
	if s.canon == nil || s.selective != nil {
		return nil, ErrUnsupported
	}
	proof := s.options(doc, options)
	in, err := s.Input(ctx, doc, proof, signer.Public())
	if err != nil {
		return nil, err
	}
	if len(in.Uncovered) > 0 {
		return nil, fmt.Errorf("%w: %q", ErrLossy, in.Uncovered)
	}
	sig, err := s.scheme.sign(signer, in.hash, in.Hashed())
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	proof[s.member] = s.encode.encode(sig)
	return proof, nil
}
