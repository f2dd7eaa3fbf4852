package verify

import "github.com/cairnwallet/cairn/verify/vc"

// FamilyNames lists the kinds of proof that are judged.
func FamilyNames() []string {
	names := []string{embedded.name}
	for _, f := range families {
		names = append(names, f.name)
	}
	return names
}

// FamilyOf names the kind of a proof.
func FamilyOf(p vc.Proof) string { return familyOf(p).name }
