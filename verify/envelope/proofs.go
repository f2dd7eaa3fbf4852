package envelope

import "github.com/cairnwallet/cairn/verify/vc"

// embedded reads the proofs of a JSON document. VCDM 1.1 section 4.7 and Data
// Integrity 1.0 section 2.1: a proof is an object, or there are several, and each
// names its type.
func (o *Opened) embedded() {
	v, has := o.Doc["proof"]
	if !has {
		return
	}
	proofs := Objects(v)
	if list, ok := v.([]any); len(proofs) == 0 || ok && len(list) != len(proofs) {
		o.flaw(true, "shape.member-type", "proof")
	}
	if len(proofs) > maxProofs {
		o.flaw(true, "shape.proofs-too-many", "proof")
		proofs = proofs[:maxProofs]
	}
	for _, p := range proofs {
		o.proof(p)
	}
}

func (o *Opened) proof(p vc.Doc) {
	types := Strings(p["type"])
	if len(types) == 0 {
		o.flaw(true, "shape.member-missing", "proof.type")
		types = []string{""}
	}
	out := vc.Proof{Suite: types[0], Purpose: text(p["proofPurpose"]), Method: method(p["verificationMethod"]), Doc: p}
	if types[0] == "DataIntegrityProof" {
		out.Suite = text(p["cryptosuite"])
		o.integrity(out)
	}
	if t, _, err := Time(text(p["created"])); err == nil {
		out.Created = t
	} else if p["created"] != nil {
		o.flaw(true, "shape.date", "proof.created")
	}
	if t, _, err := Time(text(p["expires"])); err == nil {
		out.Expires = t
	} else if p["expires"] != nil {
		o.flaw(true, "shape.date", "proof.expires")
	}
	o.Proofs = append(o.Proofs, out)
}

// integrity: such a proof names its cryptosuite (Data Integrity 1.0, section 2.1) and
// its key (section 4.4: a verifier has to refuse it without).
func (o *Opened) integrity(p vc.Proof) {
	if p.Suite == "" {
		o.flaw(true, "shape.member-missing", "proof.cryptosuite")
	}
	if p.Method == "" {
		o.flaw(true, "shape.member-missing", "proof.verificationMethod")
	}
}

// method gives a verification method that is named or, in old data, written out.
func method(v any) string {
	if m, ok := v.(map[string]any); ok {
		return text(m["id"])
	}
	return text(v)
}
