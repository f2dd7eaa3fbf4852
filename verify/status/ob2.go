package status

import (
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// BadgeList is the revocation list an issuer of Open Badges 1 or 2 publishes for
// the badges it signs. It has no signature of its own.
type BadgeList struct {
	Issuer  string // the profile it says it is of; often empty
	entries []any
	reasons vc.Doc // of version 1: reasons under the names of badges
}

// ParseBadgeList reads a RevocationList of Open Badges 2.0, or the object of
// version 1 (Open Badges 1.1, revocationList).
func ParseBadgeList(body []byte) (BadgeList, error) {
	doc, err := strict.Object(body)
	if err != nil {
		return BadgeList{}, fmt.Errorf("%w: %w", ErrType, err)
	}
	list := BadgeList{Issuer: text(single(doc["issuer"]))}
	revoked, named := doc["revokedAssertions"]
	switch v := revoked.(type) {
	case []any:
		list.entries = v
	case string, map[string]any:
		list.entries = []any{v}
	default:
		if named || doc["@context"] != nil || doc["type"] != nil {
			return BadgeList{}, fmt.Errorf("%w: no revokedAssertions", ErrType)
		}
		list.reasons = doc
	}
	return list, nil
}

// Revoked says whether the list names a badge by one of its names, id or uid, and
// why. ErrEncoding: an entry can't be read, so the list can't say that a badge is
// not among them. ErrEntry: the badge has no name.
func (l BadgeList) Revoked(names ...string) (bool, string, error) {
	names = slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" })
	if len(names) == 0 {
		return false, "", fmt.Errorf("%w: the badge has no id to look up", ErrEntry)
	}
	for _, name := range names {
		if reason, ok := l.reasons[name]; ok {
			return true, text(reason), nil
		}
	}
	unread := false
	for _, el := range l.entries {
		m, _ := el.(map[string]any)
		id, uid := text(m["id"]), text(m["uid"])
		if s, ok := el.(string); ok {
			id = s
		}
		if slices.Contains(names, id) || slices.Contains(names, uid) {
			if m["revoked"] == false {
				continue
			}
			return true, text(m["revocationReason"]), nil
		}
		unread = unread || id == "" && uid == ""
	}
	if unread {
		return false, "", fmt.Errorf("%w: an entry names no badge", ErrEncoding)
	}
	return false, "", nil
}
