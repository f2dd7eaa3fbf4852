package verify

import (
	"context"
	"crypto"
	"crypto/sha256"
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/vc"
)

// merkle is a receipt of Blockcerts: the hash of the document and a path of hashes
// to the root of a tree. It holds or not without any key; whose it is, the
// transaction tells that carries the root (check_anchor.go, merkle_key.go).
var _ = registerFamily(family{
	name: "merkle",
	owns: isMerkle,
	key:  func(ctx context.Context, j *job, i int) seal { return j.merkleKey(ctx, i) },
	try:  func(ctx context.Context, j *job, i int, _ jose.Key) check.Check { return j.leafHolds(ctx, i) },
	missed: func(ctx context.Context, j *job, i int) ([]string, error) {
		l := j.leaf(ctx, i)
		return l.missed, l.err
	},
	keyless: true,
})

// merkleSuites are the kinds of receipt.
var merkleSuites = []string{
	envelope.Chainpoint2, envelope.MerkleProof2017, envelope.MerkleProof2019, envelope.MerkleDI2019, envelope.ChainedProof,
}

func isMerkle(p vc.Proof) bool { return slices.Contains(merkleSuites, p.Suite) }

// leaf is a document as one leaf of a tree, worked out once for all checks that ask.
type leaf struct {
	receipt anchor.Receipt
	unread  error    // the receipt can't be read
	missed  []string // members that the hash does not cover
	err     error    // the hash can't be computed
	same    bool     // the hash is the one the receipt is about
}

// open says whether nothing speaks against the receipt: it holds, or it leads to its
// root and the hash of the document could not be found out.
func (l *leaf) open() bool {
	var unknown *canon.ContextError
	undecided := errors.As(l.err, &unknown) || tooMuch(l.err)
	return l.unread == nil && l.receipt.Leads() && (l.same || undecided)
}

func tooMuch(err error) bool {
	return errors.Is(err, canon.ErrTooComplex) || errors.Is(err, canon.ErrTooLarge)
}

func (j *job) leaf(ctx context.Context, i int) *leaf {
	if l, ok := j.leaves[i]; ok {
		return l
	}
	l := &leaf{}
	if j.leaves == nil {
		j.leaves = map[int]*leaf{}
	}
	j.leaves[i] = l
	p := j.c.Proofs[i]
	if l.receipt, l.unread = readReceipt(j.c.Doc, p); l.unread != nil {
		l.err = proof.ErrUnsupported // says nothing of what is covered
		return l
	}
	for _, doc := range leafDocs(j.c.Doc, p, i) {
		if doc == nil {
			l.err = proof.ErrPrevious
			return l
		}
		text, missed, err := canon.Canonical(ctx, doc, crypto.SHA256)
		if l.err = err; err != nil {
			return l
		}
		if l.missed = unlessIssued(doc, missed); sha256.Sum256(text) == l.receipt.Target {
			l.same = true
			return l
		}
	}
	return l
}

// readReceipt reads the receipt in a proof: written out in certificates of before
// version 3, and there alone, or packed in its value.
func readReceipt(doc vc.Doc, p vc.Proof) (anchor.Receipt, error) {
	old := p.Suite == envelope.Chainpoint2 || p.Suite == envelope.MerkleProof2017
	switch {
	case old != envelope.IsBlockcert(doc):
		return anchor.Receipt{}, anchor.ErrReceipt
	case old:
		return anchor.ReadReceipt(p.Doc)
	}
	kind, chained := p.Doc["chainedProofType"]
	if chained != (p.Suite == envelope.ChainedProof) || chained && kind != envelope.MerkleProof2019 {
		return anchor.Receipt{}, anchor.ErrReceipt
	}
	value, _ := p.Doc["proofValue"].(string)
	return anchor.DecodeReceipt(value)
}

// leafDocs gives the documents whose hash may be the leaf of proof i, one of those of
// doc. A nil one stands for a proof that is named and is not there.
//
// An issuer hashes the certificate as it was when the proof was added: without a
// proof, or with those that were there before. A set of proofs may as well be made
// of proofs that know nothing of each other (Data Integrity 1.0, section 4.2).
func leafDocs(doc vc.Doc, p vc.Proof, i int) []vc.Doc {
	switch p.Suite {
	case envelope.Chainpoint2:
		inner := maps.Clone(envelope.Objects(doc["document"])[0]) // IsBlockcert has seen to it
		if _, own := inner["@context"]; !own {
			inner["@context"] = doc["@context"]
		}
		return []vc.Doc{withFallback(inner)}
	case envelope.MerkleProof2017:
		return []vc.Doc{withFallback(without(doc, "signature"))}
	}
	bare := withFallback(without(doc, "proof"))
	all, _ := proof.Proofs(doc)
	previous, named := p.Doc["previousProof"]
	switch {
	case p.Suite == envelope.ChainedProof:
		return []vc.Doc{withProof(bare, all, previous)}
	case named:
		d, err := proof.Document(doc, p.Doc)
		if err != nil {
			return []vc.Doc{nil}
		}
		return []vc.Doc{withFallback(d)}
	case i > 0 && i < len(all):
		before := maps.Clone(bare)
		before["proof"] = anySlice(all[:i])
		return []vc.Doc{before, bare}
	}
	return []vc.Doc{bare}
}

// withProof puts a proof back that a chained one was made over. It has to be one of
// the document's own: its copy would prove nothing.
func withProof(bare vc.Doc, all []map[string]any, previous any) vc.Doc {
	if !slices.ContainsFunc(all, func(p map[string]any) bool { return reflect.DeepEqual(any(p), previous) }) {
		return nil
	}
	out := maps.Clone(bare)
	out["proof"] = previous
	return out
}

func anySlice(all []map[string]any) []any {
	out := make([]any, len(all))
	for i, p := range all {
		out[i] = p
	}
	return out
}

func without(doc vc.Doc, member string) vc.Doc {
	out := maps.Clone(doc)
	delete(out, member)
	return out
}

// fallbackVocabulary takes in every member that no context maps, so that the hash
// covers it (Blockcerts 2.0, verification process: unmapped fields).
const fallbackVocabulary = "http://fallback.org/"

// withFallback puts the fallback vocabulary behind a document's contexts, unless
// one that is written out there has a vocabulary of its own.
func withFallback(doc vc.Doc) vc.Doc {
	contexts, isList := doc["@context"].([]any)
	if !isList && doc["@context"] != nil {
		contexts = []any{doc["@context"]}
	}
	for _, c := range contexts {
		if m, ok := c.(map[string]any); ok && m["@vocab"] != nil {
			return doc
		}
	}
	out := maps.Clone(doc)
	out["@context"] = append(slices.Clone(contexts), map[string]any{"@vocab": fallbackVocabulary})
	return out
}

// issued are the members that the issuing service of Hyland Credentials, formerly
// Learning Machine, writes into certificates, with the names it gives them in a
// context of the certificate itself. A name that a document defines for another
// word's meaning could be any name; these are known for what they are.
var issued = map[string]string{
	"metadataJson":        "https://schemas.learningmachine.com/2017/blockcerts/metadata",
	"universalIdentifier": "https://schemas.learningmachine.com/2017/blockcerts/identifier",
}

// unlessIssued takes the members off a list that a document defines exactly as
// their issuers do, and nowhere otherwise.
func unlessIssued(doc vc.Doc, missed []string) []string {
	return slices.DeleteFunc(missed, func(name string) bool {
		iri, known := issued[name]
		defined := 0
		contexts, _ := doc["@context"].([]any)
		for _, c := range contexts {
			m, _ := c.(map[string]any)
			term, has := m[name]
			if !has {
				continue
			}
			if t, ok := term.(map[string]any); !ok || t["@id"] != iri {
				return false
			}
			defined++
		}
		return known && defined == 1
	})
}

// leafHolds says whether the document's hash is that of the receipt, and whether
// the receipt's path leads to its root.
func (j *job) leafHolds(ctx context.Context, i int) check.Check {
	l := j.leaf(ctx, i)
	var unknown *canon.ContextError
	switch {
	case l.unread != nil:
		return blame(row(check.Signature, check.Fail, "signature.receipt-unreadable"))
	case !l.receipt.Leads():
		return blame(row(check.Signature, check.Fail, "signature.path-broken"))
	case errors.As(l.err, &unknown):
		return row(check.Signature, check.Unknown, "signature.context-unknown", "context", unknown.URL)
	case tooMuch(l.err):
		return row(check.Signature, check.Unknown, "signature.too-complex")
	case ctx.Err() != nil:
		return row(check.Signature, check.Unknown, "check.stopped")
	case l.err != nil:
		return blame(row(check.Signature, check.Fail, "signature.unreadable"))
	case !l.same:
		return blame(row(check.Signature, check.Fail, "signature.other-hash"))
	}
	return row(check.Signature, check.Pass, "signature.in-tree")
}
