package verify

import (
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// TestCorpusPublishedLists judges lists as they are published, by their own
// signatures and dates.
func TestCorpusPublishedLists(t *testing.T) {
	const school = "digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020/"
	const playground = "digitalcredentials.github.io/credential-status-playground/JWZM3H8WKU"
	cases := []struct {
		name, file, kind, purpose, index string
		outcome                          check.Outcome
		reason                           string
	}{
		{"set", school + "e5WK8CbZ1GjycuPombrj", "BitstringStatusListEntry", "revocation", "6", check.Fail, "status.revoked"},
		{"not set, under another name", school + "e5WK8CbZ1GjycuPombrj", "BitstringStatusListEntry", "revocation", "5", check.Caution, "status.list-renamed"},
		{"past its end", school + "e5WK8CbZ1GjycuPombrj", "BitstringStatusListEntry", "revocation", "100000", check.Unknown, "status.list-range"},
		{"for another purpose", school + "e5WK8CbZ1GjycuPombrj", "BitstringStatusListEntry", "suspension", "5", check.Unknown, "status.list-purpose"},
		{"named as another kind", school + "e5WK8CbZ1GjycuPombrj", "StatusList2021Entry", "revocation", "5", check.Unknown, "status.list-type"},
		{"list that has ended", school + "expired", "BitstringStatusListEntry", "revocation", "5", check.Unknown, "status.list-expired"},
		{"list that was altered", school + "tampered", "BitstringStatusListEntry", "revocation", "5", check.Unknown, "status.list-tampered"},
		{"list that was altered, and says withdrawn", school + "tampered", "BitstringStatusListEntry", "revocation", "6", check.Unknown, "status.list-tampered"},
		{"of 2021, set", playground, "StatusList2021Entry", "revocation", "4", check.Fail, "status.revoked"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ref := vc.StatusRef{Type: c.kind, Purpose: c.purpose, List: "https://" + c.file, Index: c.index}
			get := webOf(map[string]string{ref.List: string(testkit.File(t, "web", c.file))})
			rows := statusRows(t, get, "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q", ref)
			if len(rows) != 1 || rows[0].Outcome != c.outcome || rows[0].Reason != c.reason {
				t.Errorf("got %+v; want %s %s", rows, c.outcome, c.reason)
			}
		})
	}
}

// TestStatusOfWideLists reads values of several bits: what they mean is said by the
// entry, else by the list, else the value is shown.
func TestStatusOfWideLists(t *testing.T) {
	school := newSigner(t, 1)
	type m = map[string]any
	means := []any{m{"status": "0x0", "message": "valid"}, m{"status": "0x1", "message": "invalid"}, m{"status": "0x2", "message": "pending review"}}
	packed := bits(t, 262144, 3, 4, 6, 7) // in pairs: 00 01 10 11
	cases := []struct {
		name, purpose, index string
		entry, list          m
		outcome              check.Outcome
		reason, message      string
	}{
		{"fine, said by the entry", "message", "0", m{"statusMessage": means}, m{}, check.Pass, "status.message-good", "valid"},
		{"said by the entry", "message", "2", m{"statusMessage": means}, m{}, check.Caution, "status.message", "pending review"},
		{"said by the list", "message", "1", m{}, m{"statusMessage": means}, check.Caution, "status.message", "invalid"},
		{"said by nobody", "message", "3", m{"statusMessage": means}, m{}, check.Caution, "status.message", "3"},
		{"a purpose of the issuer's own", "library-fees", "2", m{}, m{"statusPurpose": "library-fees"}, check.Caution, "status.message", "2"},
		{"a purpose of the issuer's own, not set", "library-fees", "0", m{}, m{"statusPurpose": "library-fees"}, check.Pass, "status.clean", ""},
		{"a newer one may be had", "refresh", "1", m{}, m{"statusPurpose": "refresh"}, check.Caution, "status.refresh", ""},
		{"no newer one", "refresh", "0", m{}, m{"statusPurpose": []any{"revocation", "refresh"}}, check.Pass, "status.clean", ""},
		{"any value withdraws", "revocation", "2", m{}, m{"statusPurpose": "revocation"}, check.Fail, "status.revoked", ""},
		{"the last value", "message", "131071", m{}, m{}, check.Pass, "status.clean", ""},
		{"one past the last value", "message", "131072", m{}, m{}, check.Unknown, "status.list-range", ""},
		{"list of other width", "message", "0", m{}, m{"statusSize": 4}, check.Unknown, "status.list-type", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			subject := m{"encodedList": packed, "statusPurpose": "message"}
			for k, v := range c.list {
				subject[k] = v
			}
			get := webOf(map[string]string{listAt: school.token(t, "vc+jwt", listClaims(t, school, nil, subject))})
			ref := vc.StatusRef{Type: "BitstringStatusListEntry", Purpose: c.purpose, List: listAt, Index: c.index, Size: "2", Doc: c.entry}
			rows := statusRows(t, get, school.id, ref)
			if rows[0].Outcome != c.outcome || rows[0].Reason != c.reason || rows[0].Args["message"] != c.message {
				t.Errorf("got %+v; want %s %s %q", rows[0], c.outcome, c.reason, c.message)
			}
		})
	}
}

// TestStatusOfOlderLists: the two kinds before the Bitstring, with their own names
// for index and list, inside a token of the first data model.
func TestStatusOfOlderLists(t *testing.T) {
	school := newSigner(t, 1)
	type m = map[string]any
	list := func(kind string) string {
		packed := bits(t, 131072, 7)[1:] // without the prefix of today's kind
		return school.token(t, "JWT", m{
			"iss": school.id, "jti": listAt, "nbf": statusNow.Add(-time.Hour).Unix(),
			"vc": m{
				"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "id": listAt, "issuer": school.id, "issuanceDate": "2026-11-22T11:00:00Z",
				"type":              []any{"VerifiableCredential", kind + "Credential"},
				"credentialSubject": m{"id": listAt + "#list", "type": kind, "statusPurpose": "revocation", "encodedList": packed},
			},
		})
	}
	for kind, entry := range map[string]vc.StatusRef{
		"StatusList2021":     {Type: "StatusList2021Entry", Purpose: "revocation", List: listAt, Index: "7"},
		"RevocationList2020": {Type: "RevocationList2020Status", List: listAt, Index: "7"},
	} {
		for index, want := range map[string]string{"7": "status.revoked", "8": "status.clean", "131072": "status.list-range"} {
			entry.Index = index
			if rows := statusRows(t, webOf(map[string]string{listAt: list(kind)}), school.id, entry); rows[0].Reason != want {
				t.Errorf("%s at %s: %+v, want %s", kind, index, rows[0], want)
			}
		}
		if rows := statusRows(t, webOf(map[string]string{listAt: list(kind + "x")}), school.id, entry); rows[0].Reason != "status.list-type" {
			t.Errorf("%s of another type: %+v", kind, rows[0])
		}
	}
}
