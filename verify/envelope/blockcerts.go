package envelope

import (
	"github.com/cairnwallet/cairn/verify/vc"
)

// The kinds of proof that lead to a block chain. Those of Blockcerts 1.2 and 2 are
// members of their own; those of Blockcerts 3 are embedded proofs.
const (
	Chainpoint2     = "ChainpointSHA256v2"
	MerkleProof2017 = "MerkleProof2017"
	MerkleProof2019 = "MerkleProof2019"
	MerkleDI2019    = "merkle-proof-2019" // the same as a cryptosuite
	ChainedProof    = "ChainedProof2021"
)

// IsBlockcert tells a Blockcerts certificate of version 1.2 or 2, which are no W3C
// credentials: by its receipt and document, or as an Open Badge that says in a
// context or with a Merkle proof that it is one.
func IsBlockcert(m vc.Doc) bool {
	if m["credentialSubject"] != nil {
		return false
	}
	if len(Objects(m["document"])) == 1 {
		return len(Objects(m["receipt"])) == 1 || contextHas(m, "blockcerts")
	}
	if m["badge"] == nil || m["recipient"] == nil {
		return false
	}
	return contextHas(m, "blockcerts") || receiptOf(m["signature"]) != nil
}

// receiptOf gives a Merkle proof, which names a root.
func receiptOf(v any) vc.Doc {
	if all := Objects(v); len(all) == 1 && all[0]["merkleRoot"] != nil {
		return all[0]
	}
	return nil
}

// blockcert opens a certificate of version 1.2 or 2. What it says of the issuer's
// key is the method of its proof.
func (l *load) blockcert(m vc.Doc, raw []byte) (*Opened, error) {
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: raw, Sealed: raw, Form: "json", Doc: m}
	suite, member := MerkleProof2017, "signature"
	if len(Objects(m["document"])) == 1 {
		suite, member = Chainpoint2, "receipt"
	}
	receipt := receiptOf(m[member])
	switch {
	case receipt != nil:
		v := Verification(m)
		named := text(v["publicKey"])
		if named == "" {
			named = text(v["creator"])
		}
		o.Proofs = []vc.Proof{{Suite: suite, Method: named, Doc: receipt}}
	case m[member] != nil:
		o.flaw(true, "shape.member-type", member)
	}
	return o, nil
}
