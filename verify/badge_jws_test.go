package verify_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
)

// publicPEM writes a key as issuers of Open Badges 2.0 publish it.
func publicPEM(k ed25519.PrivateKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(x509.MarshalPKIXPublicKey(k.Public()))}))
}

// signed is a badge of version 2 signed with a key.
func signed(k ed25519.PrivateKey, edits ...object) []byte {
	all := append([]object{{"id": "urn:uuid:1", "verification": object{"type": "SignedBadge", "creator": keyAt}}}, edits...)
	return token(award(all...), nil, k)
}

func TestSignedBadge(t *testing.T) {
	k, other := throwAway("college"), throwAway("other")
	key := func(edits ...object) object {
		all := append([]object{{"owner": profileAt, "publicKeyPem": publicPEM(k)}}, edits...)
		return jsonObject(`{"@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": "`+keyAt+`"}`, all...)
	}
	pages := func(more map[string]object, edits ...object) map[string]object {
		all := map[string]object{keyAt: key(), profileAt: profile(append([]object{{"publicKey": keyAt}}, edits...)...)}
		maps.Copy(all, more)
		return all
	}
	list := func(entries ...any) map[string]object {
		all := append([]any{"urn:uuid:7"}, entries...)
		return pages(map[string]object{listAt: {"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "issuer": profileAt, "revokedAssertions": all}}, object{"revocationList": listAt})
	}
	empty := object{"type": "RevocationList", "issuer": profileAt, "revokedAssertions": []any{}}
	listing := list("urn:uuid:1")
	listing[listAt+"0"] = empty
	unnamed := object{"verification": object{"type": "signed"}}
	broken := signed(k)
	broken[len(broken)-5] ^= 1
	none := want{check.UnrecognisedIssuer, map[string]string{"terms": "terms.badge-jws", "key": "key.confirmed", "signature": "signature.holds", "status": "status.none"}}
	cases := []struct {
		name  string
		raw   []byte
		pages map[string]object
		want  want
	}{
		{"all holds", signed(k), pages(nil), none},
		{"no key named", signed(k, unnamed), pages(nil), none},
		{"no key named, several listed", signed(k, unnamed), pages(map[string]object{keyAt + "0": key(object{"id": keyAt + "0", "publicKeyPem": publicPEM(other)})}, object{"publicKey": []any{keyAt + "0", keyAt}}), none},
		{"the key written into the profile", signed(k), pages(map[string]object{keyAt: nil}, object{"publicKey": key()}), none},
		{"one bit of the signature changed", broken, pages(nil), want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"signed with another key", signed(other), pages(nil), want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"a key the profile does not list", signed(k), pages(nil, object{"publicKey": keyAt + "2"}), want{check.Problem, map[string]string{"key": "key.not-listed"}}},
		{"a profile without keys", signed(k), pages(nil, object{"publicKey": nil}), want{check.Problem, map[string]string{"key": "key.not-listed"}}},
		{"a key of somebody else", signed(k), pages(map[string]object{keyAt: key(object{"owner": "https://other.example/profile"})}), want{check.Problem, map[string]string{"key": "key.not-owned"}}},
		{"a key of nobody", signed(k), pages(map[string]object{keyAt: key(object{"owner": nil})}), want{check.Problem, map[string]string{"key": "key.not-owned"}}},
		{"a key out of reach", signed(k), pages(map[string]object{keyAt: nil}), want{check.NotFullyChecked, map[string]string{"key": "key.unreachable", "signature": "signature.no-key", "status": "status.not-run"}}},
		{"a key that can't be read", signed(k), pages(map[string]object{keyAt: key(object{"publicKeyPem": "-----BEGIN PUBLIC KEY-----"})}), want{check.NotFullyChecked, map[string]string{"key": "key.unreadable"}}},
		{"something else than a key", signed(k), pages(map[string]object{keyAt: class(object{"id": keyAt})}), want{check.NotFullyChecked, map[string]string{"key": "key.address-invalid"}}},
		{"a profile out of reach", signed(k), pages(map[string]object{profileAt: nil}), want{check.NotFullyChecked, map[string]string{"key": "key.profile-unreachable"}}},
		{"a class out of reach", signed(k), pages(map[string]object{classAt: nil}), want{check.NotFullyChecked, map[string]string{"key": "key.issuer-unread"}}},
		{"an algorithm that is none", []byte(unsecured(award(object{"id": "urn:uuid:1", "verification": object{"type": "signed"}}))), pages(nil), want{check.Problem, map[string]string{"signature": "signature.alg-none"}}},
		{"what the signature was taken off", text(award(object{"verification": object{"type": "signed", "creator": keyAt}})), pages(nil), want{check.Unsigned, nil}},

		{"not on the list", signed(k), list(), want{check.UnrecognisedIssuer, map[string]string{"status": check.ReasonStatusClean}}},
		{"on the list", signed(k), list("urn:uuid:1"), want{check.Withdrawn, map[string]string{"status": check.ReasonRevoked}}},
		{"on the list with a reason", signed(k), list(object{"id": "urn:uuid:1", "revocationReason": "x"}), want{check.Withdrawn, nil}},
		{"on the list by its old number", signed(k, object{"uid": "abc"}), list(object{"uid": "abc"}), want{check.Withdrawn, nil}},
		{"a list with something unread", signed(k), list(object{"uuid": "urn:uuid:2"}), want{check.NotFullyChecked, map[string]string{"status": "status.list-encoding"}}},
		{"on the second of two lists", signed(k), pages(listing, object{"revocationList": []any{listAt + "0", listAt}}), want{check.Withdrawn, nil}},
		{"on a list that is named by an object", signed(k), pages(listing, object{"revocationList": object{"id": listAt}}), want{check.Withdrawn, nil}},
		{"a list without an address", signed(k), pages(nil, object{"revocationList": object{"type": "RevocationList"}}), want{check.NotFullyChecked, map[string]string{"status": "status.entry-broken"}}},
		{"a list named by a number", signed(k), pages(nil, object{"revocationList": 7}), want{check.NotFullyChecked, map[string]string{"status": "status.entry-broken"}}},
		{"a list named by nothing", signed(k), pages(nil, object{"revocationList": []any{""}}), none},
		{"a list out of reach", signed(k), pages(nil, object{"revocationList": listAt}), want{check.NotFullyChecked, map[string]string{"status": "status.unreachable"}}},
		{"a list that is none", signed(k), pages(map[string]object{listAt: profile(object{"id": listAt})}, object{"revocationList": listAt}), want{check.NotFullyChecked, map[string]string{"status": "status.list-type"}}},
		{"a list of another issuer", signed(k), pages(map[string]object{listAt: {"issuer": "https://other.example", "type": "RevocationList", "revokedAssertions": []any{}}}, object{"revocationList": listAt}), want{check.UnrecognisedIssuer, map[string]string{"status": "status.list-other-issuer"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, _ := judged(t, c.raw, verify.Verifier{Get: site(c.pages)})
			demand(t, r, c.want)
		})
	}
	vouched := verify.Verifier{Get: site(pages(map[string]object{profileAt: nil})), Vouched: []jose.Key{{Public: k.Public()}}}
	r, _ := judged(t, signed(k), vouched)
	demand(t, r, want{check.NotFullyChecked, map[string]string{"key": "key.vouched", "status": "status.profile-unread"}})
}

// TestSignedBadgeKeyChanged: a key that the profile listed at an earlier check, and
// lists no more, is no forgery.
func TestSignedBadgeKeyChanged(t *testing.T) {
	k := throwAway("college")
	key := object{"type": "CryptographicKey", "id": keyAt, "owner": profileAt, "publicKeyPem": publicPEM(k)}
	rec := fetch.NewRecorder(site(map[string]object{profileAt: profile(object{"publicKey": key})}))
	judged(t, signed(k), verify.Verifier{Get: rec})
	later := verify.Verifier{
		Get: site(map[string]object{profileAt: profile(object{"publicKey": keyAt + "2"})}), Now: at("2026-07-01T00:00:00Z"),
	}
	r, _ := judged(t, signed(k), later)
	demand(t, r, want{check.Problem, map[string]string{"key": "key.not-listed"}})
	later.History = func() *fetch.Archive { return fetch.NewArchive(rec.Pages()) }
	r, _ = judged(t, signed(k), later)
	if got := r.Rows(check.Key)[0]; got.Reason != "key.rotated" || r.Rows(check.Signature)[0].Outcome != check.Pass {
		t.Errorf("%s", text(r.Checks))
	}
}

// unsecured is a token that says it is not signed.
func unsecured(payload object) string {
	return jose.Encode64([]byte(`{"alg":"none"}`)) + "." + jose.Encode64(text(payload)) + "."
}

// TestBadgesOfVersion1: the rules of before 2.0, when the badge named its own key
// and an issuer was known by its site.
func TestBadgesOfVersion1(t *testing.T) {
	k := throwAway("college")
	const pemAt = "https://college.example/key.pem"
	v1 := func(edits ...object) object {
		return jsonObject(fmt.Sprintf(`{"uid": "abc", "recipient": {"type": "email", "hashed": false, "identity": "maya@example.org"},
			"badge": %q, "issuedOn": 1767225600, "verify": {"type": "hosted", "url": %q}}`, classAt, awardAt), edits...)
	}
	byKey := func(at string) object { return object{"verify": object{"type": "signed", "url": at}} }
	class1 := object{"name": "Robots", "description": "d", "image": "i", "criteria": "c", "issuer": profileAt}
	profile1 := object{"name": "College", "url": "https://college.example"}
	old := func(origin string) object {
		return jsonObject(`{"recipient": "maya@example.org", "badge": {"name": "Html", "issuer": {"origin": "` + origin + `", "name": "College"}}}`)
	}
	pointer := jsonObject(`{"verify": {"url": "` + awardAt + `"}}`)
	cases := []struct {
		name  string
		raw   []byte
		pages map[string]object
		keys  map[string]string
		want  want
	}{
		{"version 1.0, hosted", text(v1()), map[string]object{awardAt: v1()}, nil, want{check.UnrecognisedIssuer, map[string]string{"key": "key.hosted", "signature": "signature.hosted"}}},
		{"version 1.0, issued to somebody else", text(v1(object{"recipient": "noah@example.org"})), map[string]object{awardAt: v1()}, nil, want{check.Problem, nil}},
		{"version 0.5 on its origin", text(pointer), map[string]object{awardAt: old("https://college.example")}, nil, want{check.UnrecognisedIssuer, map[string]string{"key": "key.hosted"}}},
		{"version 0.5 elsewhere", text(pointer), map[string]object{awardAt: old("https://other.example")}, nil, want{check.Problem, map[string]string{"key": "key.hosted-outside"}}},
		{"version 0.5 elsewhere, by the word of the file", text(jsonObject(string(text(old("https://other.example"))), pointer)), map[string]object{awardAt: nil}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.issuer-unread"}}},
		{"version 0.5 as a file alone", text(old("https://college.example")), nil, nil, want{check.Unsigned, nil}},
		{"version 1.0, signed", token(v1(byKey(pemAt)), nil, k), nil, map[string]string{pemAt: publicPEM(k)}, want{check.UnrecognisedIssuer, map[string]string{"key": "key.confirmed"}}},
		{"version 1.0, signed with a key of another site", token(v1(byKey("https://evil.example/key.pem")), nil, k), nil, map[string]string{"https://evil.example/key.pem": publicPEM(k)}, want{check.NotFullyChecked, map[string]string{"key": "key.not-tied", "signature": "signature.holds"}}},
		{"version 1.0 of an issuer that lists its keys", token(v1(byKey(pemAt)), nil, k), map[string]object{profileAt: profile(object{"publicKey": keyAt})}, map[string]string{pemAt: publicPEM(k)}, want{check.Problem, map[string]string{"key": "key.not-listed"}}},
		{"version 1.0, the issuer gone", token(v1(byKey(pemAt)), nil, k), map[string]object{profileAt: nil}, map[string]string{pemAt: publicPEM(k)}, want{check.NotFullyChecked, map[string]string{"key": "key.profile-unreachable"}}},
		{"version 1.0, the key gone", token(v1(byKey(pemAt)), nil, k), nil, nil, want{check.NotFullyChecked, map[string]string{"key": "key.unreachable"}}},
		{"version 1.0, revoked", token(v1(byKey(pemAt)), nil, k), map[string]object{profileAt: {"name": "College", "url": "x", "revocationList": listAt}, listAt: {"abc": "A mistake"}}, map[string]string{pemAt: publicPEM(k)}, want{check.Withdrawn, nil}},
		{"version 1.0, another revoked", token(v1(byKey(pemAt)), nil, k), map[string]object{profileAt: {"name": "College", "url": "x", "revocationList": listAt}, listAt: {"abd": "A mistake"}}, map[string]string{pemAt: publicPEM(k)}, want{check.UnrecognisedIssuer, map[string]string{"status": check.ReasonStatusClean}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all := map[string]object{classAt: class1, profileAt: profile1}
			maps.Copy(all, c.pages)
			w := site(all)
			maps.Copy(w.Pages, c.keys)
			r, _ := judged(t, c.raw, verify.Verifier{Get: w})
			demand(t, r, c.want)
		})
	}
}
