package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
)

const schoolDoc = "https://school.example/.well-known/did.json"

// schoolPage is the school's DID document with keys under the purpose.
func schoolPage(t testing.TB, at time.Time, purpose string, revoked string, keys ...signer) fetch.Page {
	t.Helper()
	methods, ids := []any{}, []any{}
	for _, k := range keys {
		id := schoolID + "#" + k.id[len(k.id)-4:]
		m := map[string]any{"id": id, "type": "JsonWebKey2020", "controller": schoolID, "publicKeyJwk": jose.Key{Public: k.key.Public()}.JWK()}
		if revoked != "" {
			m["revoked"] = revoked
		}
		methods, ids = append(methods, m), append(ids, id)
	}
	b, err := json.Marshal(map[string]any{"id": schoolID, "verificationMethod": methods, purpose: ids})
	if err != nil {
		t.Fatal(err)
	}
	return fetch.Page{URL: schoolDoc, Body: b, AsOf: at}
}

// schoolBadge is a credential of the school, sealed with a key.
func schoolBadge(t testing.TB, k signer) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiableCredential"},
		"id": "urn:uuid:1", "issuer": schoolID, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"id": "did:example:learner"},
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": schoolID + "#" + k.id[len(k.id)-4:]}, b, k.key)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(token)
}

func TestKeyHistory(t *testing.T) {
	old, fresh, thief := newSigner(t, 1), newSigner(t, 2), newSigner(t, 3)
	const claims = "assertionMethod"
	june, july := statusNow.AddDate(0, -5, 0), statusNow.AddDate(0, -4, 0)
	then := schoolPage(t, june, claims, "", old)
	today := schoolPage(t, statusNow, claims, "", fresh)
	badge := schoolBadge(t, old)
	cases := []struct {
		name    string
		raw     []byte
		today   *fetch.Page
		history []fetch.Page
		outcome check.Outcome
		reason  string
		verdict check.Verdict
	}{
		{"listed today", badge, &then, []fetch.Page{then}, check.Pass, "key.confirmed", check.Verified},
		{"listed when it was kept", badge, &today, []fetch.Page{then, schoolPage(t, july, claims, "", fresh)}, check.Caution, keyRotated, check.Verified},
		{"nothing kept", badge, &today, nil, check.Fail, "key.not-listed", check.Problem},
		{"never listed", badge, &today, []fetch.Page{schoolPage(t, june, claims, "", fresh)}, check.Fail, "key.not-listed", check.Problem},
		{"listed for something else", badge, &today, []fetch.Page{schoolPage(t, june, "authentication", "", old)}, check.Fail, "key.not-listed", check.Problem},
		{"taken off the list for claims", badge, page(schoolPage(t, statusNow, "authentication", "", old)), []fetch.Page{then}, check.Caution, keyRotated, check.Verified},
		{"withdrawn by the school", badge, page(schoolPage(t, statusNow, claims, "2026-10-01T00:00:00Z", old)), []fetch.Page{then}, check.Fail, "key.revoked", check.Problem},
		{"nobody answers today", badge, nil, []fetch.Page{then}, check.Unknown, "key.unreachable", check.NotFullyChecked},
		{"another's key", schoolBadge(t, thief), &today, []fetch.Page{then}, check.Fail, "key.not-listed", check.Problem},
		{"altered", []byte(strings.TrimSuffix(string(badge), badgeEnd(badge)) + "AAAA"), &today, []fetch.Page{then}, check.Fail, "key.not-listed", check.Problem},
		{"another key under the same name", badge, page(renamed(today, fresh, old)), []fetch.Page{then}, check.Caution, keyRotated, check.Verified},
		{"another key under the same name, nothing kept", badge, page(renamed(today, fresh, old)), nil, check.Pass, "key.confirmed", check.Problem},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			web := webOf(map[string]string{})
			if c.today != nil {
				web.Pages[schoolDoc] = string(c.today.Body)
			}
			v := &Verifier{
				Now: func() time.Time { return statusNow }, Get: web, History: kept(c.history...),
				Issuers: []Trusted{{ID: schoolID}},
			}
			found, err := Read(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			r := v.Verify(context.Background(), found[0], nil)
			key := r.Rows(check.Key)[0]
			if key.Outcome != c.outcome || key.Reason != c.reason || r.Verdict() != c.verdict {
				t.Errorf("got %+v, %s; want %s %s, %s", key, r.Verdict(), c.outcome, c.reason, c.verdict)
			}
			if key.Reason == keyRotated && (!key.AsOf.Equal(june) || key.Args["date"] != june.Format("2 January 2006") || key.Args["where"] != "school.example") {
				t.Errorf("what it rests on: %+v", key)
			}
		})
	}
}

func kept(pages ...fetch.Page) func() *fetch.Archive {
	return func() *fetch.Archive { return fetch.NewArchive(pages) }
}

// renamed gives the key of one signer the name of another's.
func renamed(p fetch.Page, has, gets signer) fetch.Page {
	p.Body = bytes.ReplaceAll(p.Body, []byte("#"+has.id[len(has.id)-4:]), []byte("#"+gets.id[len(gets.id)-4:]))
	return p
}

func page(p fetch.Page) *fetch.Page { return &p }

func badgeEnd(b []byte) string { return string(b[len(b)-4:]) }

// A list must be of today: one sealed with a key its issuer listed only formerly
// clears nobody.
func TestKeyHistoryClearsNoList(t *testing.T) {
	old, fresh := newSigner(t, 1), newSigner(t, 2)
	list := listClaims(t, old, map[string]any{"issuer": schoolID}, nil)
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	token, err := jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": schoolID + "#" + old.id[len(old.id)-4:]}, b, old.key)
	if err != nil {
		t.Fatal(err)
	}
	web := webOf(map[string]string{listAt: token, schoolDoc: string(schoolPage(t, statusNow, "assertionMethod", "", fresh).Body)})
	v := &Verifier{
		Now: func() time.Time { return statusNow }, Get: web,
		History: kept(schoolPage(t, statusNow.AddDate(0, -1, 0), "assertionMethod", "", old)),
	}
	found, err := Read(schoolBadge(t, fresh))
	if err != nil {
		t.Fatal(err)
	}
	j := v.job(found[0], 0)
	j.c.Status, j.rows = append(j.c.Status, statusEntry("8")), []check.Check{{ID: check.Signature, Outcome: check.Pass}}
	if rows := checkStatus(context.Background(), j); rows[0].Reason != doubtKey {
		t.Errorf("got %+v", rows)
	}
}
