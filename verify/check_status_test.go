package verify

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

var statusNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const listAt = "https://school.example/status/1"

// signer is a made-up issuer with a did:key.
type signer struct {
	key ed25519.PrivateKey
	id  string
}

func newSigner(t testing.TB, seed byte) signer {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	id, err := did.Key(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return signer{key, id}
}

func (s signer) method() string { return s.id + "#" + strings.TrimPrefix(s.id, "did:key:") }

func (s signer) token(t testing.TB, typ string, claims map[string]any) string {
	t.Helper()
	b, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	token, err := jose.Sign(map[string]any{"alg": "EdDSA", "typ": typ, "kid": s.method()}, b, s.key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// bits packs a list of n bits, of which some are set, leftmost first.
func bits(t testing.TB, n int, set ...int) string {
	t.Helper()
	b := make([]byte, n/8)
	for _, i := range set {
		b[i/8] |= 0x80 >> (i % 8)
	}
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return "u" + base64.RawURLEncoding.EncodeToString(buf.Bytes())
}

// listClaims is a good list in which 7 and 11 are set.
func listClaims(t testing.TB, s signer, change map[string]any, subject map[string]any) map[string]any {
	sub := map[string]any{"id": listAt + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": bits(t, 131072, 7, 11)}
	maps.Copy(sub, subject)
	claims := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": listAt,
		"type":   []any{"VerifiableCredential", "BitstringStatusListCredential"},
		"issuer": s.id, "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": sub,
	}
	maps.Copy(claims, change)
	return claims
}

func statusEntry(index string) vc.StatusRef {
	return vc.StatusRef{Type: "BitstringStatusListEntry", Purpose: "revocation", List: listAt, Index: index}
}

// remembered is the Memory of all these tests: their lists have one address.
var remembered Memory

// statusRows judges entries of a credential whose signature holds. With a Memory
// that has met the list, and others at its address, the rows are the same.
func statusRows(t testing.TB, get fetch.Getter, issuer string, refs ...vc.StatusRef) []check.Check {
	t.Helper()
	rows := statusRowsAt(statusNow, get, nil, issuer, refs...)
	for range 3 {
		if again := statusRowsAt(statusNow, get, &remembered, issuer, refs...); !reflect.DeepEqual(again, rows) {
			t.Errorf("remembered: %+v; else: %+v", again, rows)
		}
	}
	return rows
}

func statusRowsAt(now time.Time, get fetch.Getter, m *Memory, issuer string, refs ...vc.StatusRef) []check.Check {
	v := &Verifier{Now: func() time.Time { return now }, Get: get, Memory: m}
	j := v.job(&vc.Credential{ID: "urn:uuid:1", Issuer: vc.Party{ID: issuer}, Status: refs}, 0)
	j.rows = []check.Check{{ID: check.Signature, Outcome: check.Pass}}
	return checkStatus(context.Background(), j)
}

func webOf(pages map[string]string) *testkit.Web { return &testkit.Web{Pages: pages, Now: statusNow} }

func TestStatusOfLists(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	type m = map[string]any
	suspends := m{"statusPurpose": "suspension"}
	messages := m{"statusPurpose": "message"}
	suspension := func(i string) vc.StatusRef { e := statusEntry(i); e.Purpose = "suspension"; return e }
	message := statusEntry("7")
	message.Purpose = "message"
	message.Doc = vc.Doc{"statusMessage": []any{m{"status": "0x0", "message": "fine"}, m{"status": "0x1", "message": "under review"}}}
	expired, tomorrow := m{"validUntil": "2026-11-21T00:00:00Z"}, m{"validFrom": "2026-11-23T00:00:00Z"}
	tests := []struct {
		name            string
		entry           vc.StatusRef
		change, subject m
		outcome         check.Outcome
		reason          string
	}{
		{"clean", statusEntry("8"), nil, nil, check.Pass, "status.clean"},
		{"revoked", statusEntry("7"), nil, nil, check.Fail, "status.revoked"},
		{"one bit beside", statusEntry("6"), nil, nil, check.Pass, "status.clean"},
		{"suspended", suspension("7"), nil, suspends, check.Fail, "status.suspended"},
		{"not suspended", suspension("8"), nil, suspends, check.Pass, "status.clean"},
		{"message", message, nil, messages, check.Caution, "status.message"},
		{"short list", statusEntry("8"), nil, m{"encodedList": bits(t, 100000, 7)}, check.Caution, "status.list-short"},
		{"short list that revokes", statusEntry("7"), nil, m{"encodedList": bits(t, 100000, 7)}, check.Fail, "status.revoked"},
		{"list under another name", statusEntry("8"), m{"id": listAt + "x"}, nil, check.Caution, "status.list-renamed"},
		{"expired", statusEntry("8"), expired, nil, check.Unknown, "status.list-expired"},
		{"expired, yet revoked", statusEntry("7"), expired, nil, check.Fail, "status.revoked"},
		{"expired, then suspended", suspension("7"), expired, suspends, check.Unknown, "status.list-expired"},
		{"of tomorrow", statusEntry("8"), tomorrow, nil, check.Unknown, "status.list-not-yet"},
		{"other purpose", statusEntry("8"), nil, suspends, check.Unknown, "status.list-purpose"},
		{"other type", statusEntry("8"), nil, m{"type": "StatusList2021"}, check.Unknown, "status.list-type"},
		{"out of range", statusEntry("131072"), nil, nil, check.Unknown, "status.list-range"},
		{"no prefix", statusEntry("8"), nil, m{"encodedList": bits(t, 131072)[1:]}, check.Unknown, "status.list-encoding"},
		{"kept too long", statusEntry("8"), nil, m{"ttl": 1000}, check.Unknown, "status.list-stale"},
		{"no index", statusEntry(""), nil, nil, check.Unknown, "status.entry-broken"},
		{"kind not known", vc.StatusRef{Type: "CredentialStatusList2017"}, nil, nil, check.Unknown, "status.kind-unsupported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			get := webOf(map[string]string{listAt: school.token(t, "vc+jwt", listClaims(t, school, tt.change, tt.subject))})
			if strings.HasPrefix(tt.name, "kept") {
				get.Now = statusNow.Add(-2 * time.Second)
			}
			rows := statusRows(t, get, school.id, tt.entry)
			if len(rows) != 1 || rows[0].Outcome != tt.outcome || rows[0].Reason != tt.reason || !slices.Equal(rows[0].On, []string{check.Signature}) {
				t.Errorf("got %+v; want %s %s", rows, tt.outcome, tt.reason)
			}
		})
	}
	t.Run("kept by somebody else", func(t *testing.T) {
		rows := statusRows(t, webOf(map[string]string{listAt: other.token(t, "vc+jwt", listClaims(t, other, nil, nil))}), school.id, statusEntry("8"))
		if rows[0].Outcome != check.Caution || rows[0].Reason != "status.list-other-issuer" {
			t.Errorf("got %+v", rows)
		}
	})
}

// Twins of a list that says "not withdrawn": whatever is wrong with its seal, the
// answer is never clean.
func TestStatusOfListsThatDoNotHold(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	good := school.token(t, "vc+jwt", listClaims(t, school, nil, nil))
	flip := func(at int) string {
		b := []byte(good)
		if b[at]++; b[at] > 'z' || b[at] == '[' || b[at] == ':' {
			b[at] = 'A'
		}
		return string(b)
	}
	unsigned, err := json.Marshal(listClaims(t, school, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	forged := other.token(t, "vc+jwt", listClaims(t, school, nil, nil))
	tests := map[string]struct{ body, reason string }{
		"one letter of the signature": {flip(len(good) - 20), "status.list-tampered"},
		"no signature":                {string(unsigned), "status.list-unsigned"},
		"a web page":                  {"<!doctype html><html><body>Not here</body></html>", "status.list-unreadable"},
		"nothing":                     {"", "status.list-unreadable"},
		"another's key":               {forged, "status.list-unconfirmed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			rows := statusRows(t, webOf(map[string]string{listAt: tt.body}), school.id, statusEntry("8"))
			if rows[0].Outcome != check.Unknown || rows[0].Reason != tt.reason {
				t.Errorf("got %+v; want %s", rows[0], tt.reason)
			}
		})
	}
	t.Run("a withdrawal under another's key is believed", func(t *testing.T) {
		rows := statusRows(t, webOf(map[string]string{listAt: forged}), school.id, statusEntry("7"))
		if rows[0].Outcome != check.Fail || rows[0].Reason != "status.revoked" {
			t.Errorf("got %+v", rows[0])
		}
	})
}

func TestStatusThatCanNotBeAsked(t *testing.T) {
	for reason, err := range map[string]error{
		"status.offline": fetch.ErrOffline, "status.refused": fetch.ErrRefused, "status.gone": fetch.ErrGone,
		"status.unreachable": fetch.ErrUnreachable, "status.list-too-large": fetch.ErrTooLarge,
	} {
		rows := statusRows(t, &testkit.Web{Errs: map[string]error{listAt: err}}, "did:x:y", statusEntry("7"))
		if len(rows) != 1 || rows[0].Outcome != check.Unknown || rows[0].Reason != reason {
			t.Errorf("%v: %+v", err, rows)
		}
	}
}

// Every entry is looked at, each list is asked once, and a stranger's addresses
// are not asked at all.
func TestStatusEntries(t *testing.T) {
	school := newSigner(t, 1)
	get := webOf(map[string]string{listAt: school.token(t, "vc+jwt", listClaims(t, school, nil, nil))})
	rows := statusRows(t, get, school.id, statusEntry("8"), statusEntry("9"), statusEntry("7"))
	if len(rows) != 3 || rows[0].Outcome != check.Pass || rows[2].Outcome != check.Fail || rows[0].About == rows[1].About {
		t.Errorf("got %+v", rows)
	}
	if rows := statusRows(t, get, school.id); len(rows) != 1 || rows[0].Outcome != check.Absent {
		t.Errorf("no entry: %+v", rows)
	}
	many := statusRows(t, get, school.id, slices.Repeat([]vc.StatusRef{statusEntry("8")}, maxStatus+2)...)
	if last := many[len(many)-1]; len(many) != maxStatus+1 || last.Outcome != check.Unknown || last.Reason != "status.too-many" {
		t.Errorf("too many: %d rows, %+v", len(many), last)
	}
	quiet := webOf(nil)
	j := (&Verifier{Get: quiet}).job(&vc.Credential{Status: []vc.StatusRef{statusEntry("7")}}, 0)
	j.rows = []check.Check{{ID: check.Signature, Outcome: check.Fail}}
	if rows := checkStatus(context.Background(), j); rows[0].Outcome != check.NotRun || len(quiet.Asked()) != 0 {
		t.Errorf("a broken signature: %+v, asked %v", rows, quiet.Asked())
	}
}

func TestStatusOfRevocationLists(t *testing.T) {
	entry := vc.StatusRef{Type: "1EdTechRevocationList", ID: listAt, List: listAt}
	for body, want := range map[string]string{
		`{"id":"x","revokedCredential":[{"id":"urn:uuid:2"}]}`:                                    "status.clean",
		`{"id":"x","revokedCredential":[{"id":"urn:uuid:1","revocationReason":"Made in error"}]}`: "status.revoked",
		`{"id":"x","revokedCredential":[{"id":"urn:uuid:1","revoked":false}]}`:                    "status.clean",
		`{"id":"x"}`: "status.list-type",
		`oops`:       "status.list-type",
	} {
		rows := statusRows(t, webOf(map[string]string{listAt: body}), "did:x:y", entry)
		if rows[0].Reason != want || want == "status.revoked" && rows[0].Args["message"] != "Made in error" {
			t.Errorf("%s: %+v", body, rows[0])
		}
	}
}

func TestStatusOfTokens(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	if _, err := z.Write([]byte{0b11_10_01_00}); err != nil { // 0, 1, 2, 3: rightmost first
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	claims := func(change map[string]any) map[string]any {
		c := map[string]any{
			"sub": listAt, "iat": statusNow.Unix() - 60, "exp": statusNow.Unix() + 60,
			"status_list": map[string]any{"bits": 2, "lst": base64.RawURLEncoding.EncodeToString(buf.Bytes())},
		}
		maps.Copy(c, change)
		return c
	}
	const typ = "statuslist+jwt"
	tests := []struct {
		name, index, body, reason string
		outcome                   check.Outcome
	}{
		{"valid", "0", school.token(t, typ, claims(nil)), "status.clean", check.Pass},
		{"invalid", "1", school.token(t, typ, claims(nil)), "status.revoked", check.Fail},
		{"suspended", "2", school.token(t, typ, claims(nil)), "status.suspended", check.Fail},
		{"the issuer's own meaning", "3", school.token(t, typ, claims(nil)), "status.message", check.Caution},
		{"out of range", "4", school.token(t, typ, claims(nil)), "status.list-range", check.Unknown},
		{"ended", "0", school.token(t, typ, claims(map[string]any{"exp": statusNow.Unix()})), "status.list-expired", check.Unknown},
		{"about another list", "0", school.token(t, typ, claims(map[string]any{"sub": listAt + "2"})), "status.list-type", check.Unknown},
		{"another token", "0", school.token(t, "JWT", claims(nil)), "status.list-type", check.Unknown},
		{"another's key", "0", other.token(t, typ, claims(nil)), "status.list-unconfirmed", check.Unknown},
		{"another's key that withdraws", "1", other.token(t, typ, claims(nil)), "status.revoked", check.Fail},
		{"no token", "0", "{}", "status.list-type", check.Unknown},
		{"an end that is a text", "0", school.token(t, typ, claims(map[string]any{"exp": "1"})), "status.list-undated", check.Unknown},
		{"an end that is a text, yet invalid", "1", school.token(t, typ, claims(map[string]any{"exp": "1"})), "status.revoked", check.Fail},
		{"an end before 1970", "0", school.token(t, typ, claims(map[string]any{"exp": -5, "iat": -9})), "status.list-expired", check.Unknown},
		{"an end beyond all time", "0", school.token(t, typ, claims(map[string]any{"exp": 1e15})), "status.list-undated", check.Unknown},
		{"not good yet", "0", school.token(t, typ, claims(map[string]any{"nbf": statusNow.Unix() + 3600, "exp": nil})), "status.list-not-yet", check.Unknown},
		{"a start that is a text", "0", school.token(t, typ, claims(map[string]any{"nbf": "1"})), "status.list-undated", check.Unknown},
		{"undated", "0", school.token(t, typ, claims(map[string]any{"iat": nil})), "status.list-undated", check.Unknown},
		{"an issuer that is no text", "0", school.token(t, typ, claims(map[string]any{"iss": 7})), "status.list-unconfirmed", check.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ref := vc.StatusRef{Type: "TokenStatusList", List: listAt, Index: tt.index}
			rows := statusRows(t, webOf(map[string]string{listAt: tt.body}), school.id, ref)
			if rows[0].Outcome != tt.outcome || rows[0].Reason != tt.reason {
				t.Errorf("got %+v; want %s %s", rows[0], tt.outcome, tt.reason)
			}
		})
	}
}
