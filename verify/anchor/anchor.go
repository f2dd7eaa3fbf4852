// Package anchor reads what ties a Blockcerts certificate to a block chain: the
// receipt with its path of hashes to a root (Chainpoint 2, MerkleProof2017 and
// MerkleProof2019), and the transaction that is said to hold that root.
//
// It computes and compares; what follows for a certificate is judged elsewhere.
// It asks nobody but a Provider that the person named, and only when told to.
// Start at ReadReceipt or DecodeReceipt, at Receipt.Leads, and at Provider.Look.
package anchor

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Limits of a receipt: a tree of 2^64 certificates, and more chains than there are.
const (
	maxSteps   = 64
	maxAnchors = 16
)

// ErrReceipt says that a receipt can't be read: it is malformed or beyond measure.
var ErrReceipt = errors.New("receipt is not readable")

// Hash is a SHA-256 digest.
type Hash [sha256.Size]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// parseHash reads a digest written in hex, in either case, with or without 0x.
func parseHash(s string) (Hash, error) {
	var h Hash
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != len(h) {
		return h, fmt.Errorf("%w: %.80q is no SHA-256 digest", ErrReceipt, s)
	}
	copy(h[:], b)
	return h, nil
}

// Receipt says that a certificate is one leaf of a tree of hashes whose root
// stands in the transactions of Anchors.
type Receipt struct {
	Target  Hash // the leaf: the hash of the certificate
	Root    Hash
	Path    []Step // from the leaf upwards
	Anchors []Anchor
}

// Step is a neighbour on the way up.
type Step struct {
	Hash Hash
	Left bool // it stands to the left of what was reached so far
}

// Anchor names a transaction.
type Anchor struct {
	Chain Chain  // zero where the chain is not one we know
	Named string // the chain as the receipt names it; empty where it names none
	Tx    string // the transaction's id: 64 lower-case hex digits; empty where it is no such id
}

// Leads says whether the path leads from the leaf to the root (Chainpoint 2.0,
// section "Merkle proof").
func (r Receipt) Leads() bool {
	reached := r.Target
	for _, s := range r.Path {
		first, second := reached, s.Hash
		if s.Left {
			first, second = second, first
		}
		reached = sha256.Sum256(append(first[:], second[:]...))
	}
	return reached == r.Root
}

// transactionID brings the id of a transaction to one form; empty where it is none.
func transactionID(s string) string {
	h, err := parseHash(s)
	if err != nil {
		return ""
	}
	return h.String()
}
