package status

import (
	"errors"
	"testing"
)

func TestBadgeList(t *testing.T) {
	const list2 = `{"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "issuer": {"id": "x"}, "revokedAssertions": [
		"urn:uuid:1", {"id": "urn:uuid:2", "revocationReason": "A mistake"}, {"uid": "abc"}, {"id": "urn:uuid:4", "revoked": false}]}`
	const list1 = `{"abc": "A mistake", "abd": 7, "urn:uuid:5": ""}`
	for _, c := range []struct {
		name, list string
		names      []string
		revoked    bool
		why        string
		err        error
	}{
		{"as text", list2, []string{"urn:uuid:1", ""}, true, "", nil},
		{"as an object", list2, []string{"urn:uuid:2"}, true, "A mistake", nil},
		{"by its old number", list2, []string{"urn:uuid:9", "abc"}, true, "", nil},
		{"said not to be", list2, []string{"urn:uuid:4"}, false, "", nil},
		{"another", list2, []string{"urn:uuid:11"}, false, "", nil},
		{"one letter less", list2, []string{"urn:uuid:"}, false, "", nil},
		{"a name of another kind", list2, []string{"A mistake"}, false, "", nil},
		{"without a name", list2, []string{"", ""}, false, "", ErrEntry},
		{"an empty list", `{"revokedAssertions": []}`, []string{"urn:uuid:1"}, false, "", nil},
		{"a list of one", `{"revokedAssertions": {"id": "urn:uuid:1"}}`, []string{"urn:uuid:1"}, true, "", nil},
		{"a list of one text", `{"revokedAssertions": "urn:uuid:1"}`, []string{"urn:uuid:1"}, true, "", nil},
		{"beside something unread", `{"revokedAssertions": [7, {"uuid": "x"}, "urn:uuid:1"]}`, []string{"urn:uuid:1"}, true, "", nil},
		{"perhaps what could not be read", `{"revokedAssertions": [{"uuid": "x"}]}`, []string{"urn:uuid:1"}, false, "", ErrEncoding},
		{"version 1", list1, []string{"", "abc"}, true, "A mistake", nil},
		{"version 1, a reason that is a number", list1, []string{"abd"}, true, "7", nil},
		{"version 1, by its id", list1, []string{"urn:uuid:5"}, true, "", nil},
		{"version 1, another", list1, []string{"abe"}, false, "", nil},
		{"version 1, an empty list", `{}`, []string{"abc"}, false, "", nil},
		{"no list", `{"@context": "https://w3id.org/openbadges/v2", "type": "Profile"}`, []string{"abc"}, false, "", ErrType},
		{"a list that is none", `{"revokedAssertions": 7}`, []string{"abc"}, false, "", ErrType},
		{"a list twice", `{"revokedAssertions": [], "revokedAssertions": ["abc"]}`, []string{"abc"}, false, "", ErrType},
		{"a web page", `<html>`, []string{"abc"}, false, "", ErrType},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := ParseBadgeList([]byte(c.list))
			var revoked bool
			var why string
			if err == nil {
				revoked, why, err = list.Revoked(c.names...)
			}
			if revoked != c.revoked || why != c.why || !errors.Is(err, c.err) || err == nil != (c.err == nil) {
				t.Errorf("got %v %q %v", revoked, why, err)
			}
		})
	}
	if list, err := ParseBadgeList([]byte(`{"issuer": "https://school.example", "revokedAssertions": []}`)); err != nil || list.Issuer != "https://school.example" {
		t.Errorf("issuer %q, %v", list.Issuer, err)
	}
}

// FuzzBadgeList: a list that holds a badge's name among its entries never says that
// the badge was not taken back, and nothing breaks.
func FuzzBadgeList(f *testing.F) {
	f.Add([]byte(`{"revokedAssertions": ["a", {"id": "b"}, {"uid": "c", "revocationReason": "d"}]}`), "a")
	f.Add([]byte(`{"a": "b"}`), "a")
	f.Fuzz(func(t *testing.T, body []byte, name string) {
		list, err := ParseBadgeList(body)
		if err != nil || name == "" {
			return
		}
		revoked, _, err := list.Revoked(name)
		if revoked && err != nil {
			t.Fatal("both revoked and an error")
		}
		for _, e := range list.entries {
			if e == name && !revoked && err == nil {
				t.Fatalf("%q is on the list", name)
			}
		}
	})
}
