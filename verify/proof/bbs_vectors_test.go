package proof

import (
	"crypto/rand"
	"errors"
	"testing"
)

// TestBBSDerivedProof: what is derived is as published but for the proof itself,
// whose blinding values the published steps do not tell; both hold.
func TestBBSDerivedProof(t *testing.T) {
	v := sdVectors["bbs-2023"]
	base, want := vector(t, v.prefix+"addSignedSDBase.json"), vector(t, v.prefix+"derivedRevealDocument.json")
	var material struct{ PresentationHeaderHex string }
	step(t, v.prefix+"BBSDeriveMaterial", &material)
	var indexes struct{ AdjMandatoryIndexes, AdjSelectiveIndexes []uint64 }
	step(t, v.prefix+"derivedAdjIndexes", &indexes)
	p := base["proof"].(map[string]any)
	got, err := Derive(ctx, base, p, v.pointers(t, v.selective), fromHex(t, material.PresentationHeaderHex), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var mine, theirs bbsDerived
	readValue(t, got["proof"].(map[string]any), &mine)
	readValue(t, want["proof"].(map[string]any), &theirs)
	same(t, "mandatory", mine.Mandatory, indexes.AdjMandatoryIndexes)
	same(t, "selected", mine.Shown, indexes.AdjSelectiveIndexes)
	same(t, "length of proof", len(mine.Proof), len(theirs.Proof))
	mine.Proof = theirs.Proof
	same(t, "value", mine, theirs)

	s, _ := Lookup("bbs-2023")
	for name, doc := range map[string]map[string]any{"base": base, "published": want, "derived": got} {
		if err := Verify(ctx, s, doc, doc["proof"].(map[string]any), keyOf(t, p)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	delete(got, "proof")
	same(t, "document", got, vector(t, v.prefix+"derivedUnsignedReveal.json"))
}

// TestBBSFeatures: a proof with an optional feature is not called bad.
func TestBBSFeatures(t *testing.T) {
	s, _ := Lookup("bbs-2023")
	for name, isBase := range map[string]bool{"addSignedSDBase": true, "derivedRevealDocument": false} {
		doc := vector(t, "bbs-2023-holderbinding__"+name+".json")
		p := doc["proof"].(map[string]any)
		if err := Verify(ctx, s, doc, p, keyOf(t, p)); !errors.Is(err, ErrFeature) || errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, IsBase(p), isBase)
	}
}
