package verify

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// compare says where a copy in hand says something else than its issuer does. What
// the copy does not say is no difference, save an end the issuer has set: a file
// may hold a badge without it, or no more than its address. class is another name
// of what it is for: the one by which the issuer's own award calls it.
func compare(inHand, now *vc.Credential, class string) differences {
	var d differences
	add := func(member string, differ, grave bool) {
		if differ {
			d.of, d.other = append(d.of, member), d.other || grave
		}
	}
	a, b := inHand.Badge, now.Badge
	stated := len(inHand.Subject.Identifiers) > 0
	add("recipient", stated && !sameRecipient(inHand.Subject, now.Subject), true)
	sameClass := sameAddress(a.AchievementID, b.AchievementID) || sameAddress(a.AchievementID, class)
	add("badge", a.AchievementID != "" && b.AchievementID != "" && !sameClass, true)
	add("issuedOn", !inHand.From.IsZero() && !inHand.From.Equal(now.From), false)
	add("expires", stated && !inHand.Until.Equal(now.Until), false)
	add("issuer", inHand.Issuer.ID != "" && !sameAddress(inHand.Issuer.ID, now.Issuer.ID), false)
	named := a.Description != "" || a.Criteria != (vc.Criteria{}) // the class is written out
	add("name", named && a.Name != b.Name, false)
	add("description", named && a.Description != b.Description, false)
	add("criteria", named && a.Criteria != b.Criteria, false)
	add("narrative", a.Narrative != "" && a.Narrative != b.Narrative, false)
	add("evidence", len(a.Evidence) > 0 && !slices.Equal(a.Evidence, b.Evidence), false)
	return d
}

// sameRecipient compares by identity alone: a hash is one person's whatever salt
// and type stand beside it.
func sameRecipient(a, b vc.Party) bool {
	return slices.EqualFunc(a.Identifiers, b.Identifiers, func(x, y vc.Identifier) bool { return strings.EqualFold(x.Value, y.Value) })
}
