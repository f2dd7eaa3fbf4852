package verify_test

import (
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// reported reads one credential and judges it at the tests' noon.
func reported(t *testing.T, raw []byte, v verify.Verifier) check.Report {
	t.Helper()
	found, err := verify.Read(raw)
	if err != nil || len(found) != 1 {
		t.Fatalf("read: %d found, %v", len(found), err)
	}
	if v.Now == nil {
		v.Now = func() time.Time { return now }
	}
	return v.Verify(context.Background(), found[0], nil)
}

// said gives the reason of the row with an id, of the proof with a number where
// there are several.
func said(r check.Report, id string) string {
	id, n, _ := strings.Cut(id, " ")
	for _, k := range r.Rows(id) {
		if n == "" || strings.HasPrefix(k.About, n+":") {
			return k.Reason
		}
	}
	return ""
}

func expect(t *testing.T, r check.Report, verdict check.Verdict, rows map[string]string) {
	t.Helper()
	if verdict != "" && r.Verdict() != verdict {
		t.Errorf("verdict %s, want %s\n%s", r.Verdict(), verdict, text(r.Checks))
	}
	for id, reason := range rows {
		if got := said(r, id); got != reason {
			t.Errorf("row %s: %q, want %q", id, got, reason)
		}
	}
}

// TestBlockcertsIntact: certificates of every version hold without anybody being
// asked, and nothing is said about who made them.
func TestBlockcertsIntact(t *testing.T) {
	several := seal(bare3(object{"issuer": didOf(throwAway("college"))}), "eddsa-rdfc-2022", throwAway("college"), nil)
	for _, c := range []struct {
		name   string
		doc    object
		anchor string
	}{
		{"version 1.2", cert1(), "anchor.not-checked"},
		{"version 2", cert2(), "anchor.not-checked"},
		{"version 3", cert3(0, 1), "anchor.not-checked"},
		{"version 3 in a chain we know by its number", cert3(1, 43114), "anchor.not-checked"},
		{"version 3 in a chain of tests", cert3(-1, -1), "anchor.mock"},
		{"version 3 in a chain nobody knows", cert3(77, 1), "anchor.chain-unknown"},
		{"a proof over the one before it", cert3(0, 1, object{"issuer": several["issuer"], "proof": several["proof"]}), "anchor.not-checked"},
		{"a chained proof", chained(), "anchor.not-checked"},
		{"members that no context maps, which the hash covers", cert2(object{"grade": "A"}), "anchor.not-checked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := &testkit.Web{}
			r := reported(t, text(c.doc), verify.Verifier{Get: web})
			if r.Verdict() != check.NotFullyChecked {
				t.Errorf("verdict %s\n%s", r.Verdict(), text(r.Checks))
			}
			i := ""
			if len(r.Rows(check.Signature)) > 1 {
				i = " 2"
			}
			expect(t, r, "", map[string]string{"signature" + i: "signature.in-tree", "key" + i: "key.not-anchored", "anchor": c.anchor, "terms": "terms.covered"})
			for _, address := range web.Asked() {
				if strings.Contains(address, certTx) {
					t.Errorf("%s was asked though nobody named it", address)
				}
			}
		})
	}
}

// TestBlockcertsBroken: twins of good certificates with one thing wrong.
func TestBlockcertsBroken(t *testing.T) {
	in := func(doc object, path ...string) object {
		for _, name := range path {
			doc = doc[name].(object)
		}
		return doc
	}
	flipped := siblings[0]
	flipped[0] ^= 1
	for _, c := range []struct {
		name   string
		doc    object
		spoil  func(d object)
		reason string
	}{
		{"1.2, a letter", cert1(), func(d object) { in(d, "document", "certificate")["name"] = "Robotz" }, "signature.other-hash"},
		{"1.2, a day", cert1(), func(d object) { in(d, "document", "assertion")["issuedOn"] = "2026-01-02T00:00:00Z" }, "signature.other-hash"},
		{"1.2, the root", cert1(), func(d object) { in(d, "receipt")["merkleRoot"] = hexOf(flipped) }, "signature.path-broken"},
		{"1.2, the root, and words nobody knows", cert1(), func(d object) {
			in(d, "receipt")["merkleRoot"] = hexOf(flipped)
			in(d, "document")["@context"] = "https://w3id.org/blockcerts/v1"
		}, "signature.path-broken"},
		{"2, a letter", cert2(), func(d object) { in(d, "badge")["name"] = "Robotz" }, "signature.other-hash"},
		{"2, a day", cert2(), func(d object) { d["issuedOn"] = "2026-01-02T00:00:00Z" }, "signature.other-hash"},
		{"2, the recipient", cert2(), func(d object) { in(d, "recipientProfile")["name"] = "Max Learner" }, "signature.other-hash"},
		{"2, the issuer's address", cert2(), func(d object) { in(d, "verification")["publicKey"] = "ecdsa-koblitz-pubkey:1x" }, "signature.other-hash"},
		{"2, a member that no context maps", cert2(), func(d object) { d["grade"] = "A" }, "signature.other-hash"},
		{"2, one bit of the path", cert2(), func(d object) { in(d, "signature")["proof"].([]any)[0] = object{"right": hexOf(flipped)} }, "signature.path-broken"},
		{"2, the root", cert2(), func(d object) { in(d, "signature")["merkleRoot"] = hexOf(flipped) }, "signature.path-broken"},
		{"2, the hash of another", cert2(), func(d object) { d["signature"] = cert2(object{"grade": "A"})["signature"] }, "signature.other-hash"},
		{"2, no anchors", cert2(), func(d object) { delete(in(d, "signature"), "anchors") }, "signature.receipt-unreadable"},
		{"3, a letter", cert3(0, 1), func(d object) { in(d, "credentialSubject", "claim")["name"] = "Robotz" }, "signature.other-hash"},
		{"3, a day", cert3(0, 1), func(d object) { d["validFrom"] = "2026-01-02T00:00:00Z" }, "signature.other-hash"},
		{"3, what is displayed", cert3(0, 1), func(d object) { in(d, "display")["content"] = "<b>Hi</b>" }, "signature.other-hash"},
		{"3, a letter of the receipt", cert3(0, 1), func(d object) { p := in(d, "proof"); p["proofValue"] = p["proofValue"].(string)[:40] }, "signature.receipt-unreadable"},
		{"3, the receipt of another", cert3(0, 1), func(d object) { d["proof"] = cert3(0, 1, object{"id": "urn:uuid:1"})["proof"] }, "signature.other-hash"},
		{"3, a kind of chained proof that it does not say to be", cert3(0, 1), func(d object) { in(d, "proof")["chainedProofType"] = "MerkleProof2019" }, "signature.receipt-unreadable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := reread(c.doc)
			c.spoil(doc)
			r := reported(t, text(doc), verify.Verifier{})
			expect(t, r, check.Problem, map[string]string{"signature": c.reason, "anchor": "anchor.not-run", "key": "key.not-anchored"})
		})
	}
}

// TestReceiptOutOfPlace: a receipt of before version 3 is none in the proof of a W3C
// credential, and one of version 3 none in an older certificate.
func TestReceiptOutOfPlace(t *testing.T) {
	for _, kind := range []string{"MerkleProof2017", "ChainpointSHA256v2"} {
		p := receipt(bare3(), kind, bitcoinAnchor)
		p["proofPurpose"] = "assertionMethod"
		r := reported(t, text(bare3(object{"proof": p})), verify.Verifier{})
		expect(t, r, check.Problem, map[string]string{"signature": "signature.receipt-unreadable", "anchor": "anchor.not-run"})
	}
}

// TestBlockcertsDisguised: a member may not be given another name by a context of
// the document's own, which no hash covers. What issuers are known to write passes.
func TestBlockcertsDisguised(t *testing.T) {
	const learning = "https://schemas.learningmachine.com/2017/blockcerts/"
	defining := func(name, iri string) []any {
		return []any{"https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2", object{name: object{"@id": iri}}}
	}
	known := cert2(object{"@context": defining("metadataJson", learning+"metadata"), "metadataJson": "{}"})
	expect(t, reported(t, text(known), verify.Verifier{}), check.NotFullyChecked, map[string]string{"terms": "terms.covered"})

	renamed := reread(known)
	renamed["@context"], renamed["evidence"] = defining("evidence", learning+"metadata"), renamed["metadataJson"]
	delete(renamed, "metadataJson")
	expect(t, reported(t, text(renamed), verify.Verifier{}), check.Problem, map[string]string{"signature": "signature.in-tree", "terms": "terms.uncovered"})

	other := cert2(object{"@context": defining("metadataJson", learning+"nonce"), "metadataJson": "{}"})
	expect(t, reported(t, text(other), verify.Verifier{}), check.Problem, map[string]string{"terms": "terms.uncovered"})
}

// TestChainedProof: a chained proof is over a proof of the document, not over a copy.
func TestChainedProof(t *testing.T) {
	good := reported(t, text(chained()), verify.Verifier{})
	expect(t, good, check.NotFullyChecked, map[string]string{"signature 1": "signature.holds", "key 1": "key.own", "signature 2": "signature.in-tree"})
	for name, spoil := range map[string]func(first, second object){
		"the first is changed":    func(first, _ object) { first["created"] = "2026-01-03T00:00:00Z" },
		"its copy is changed":     func(_, second object) { second["previousProof"].(object)["created"] = "2026-01-03T00:00:00Z" },
		"both are changed":        func(first, second object) { first["nonce"], second["previousProof"].(object)["nonce"] = "1", "1" },
		"it names none":           func(_, second object) { delete(second, "previousProof") },
		"it is of another kind":   func(_, second object) { second["chainedProofType"] = "Ed25519Signature2020" },
		"it calls itself unbound": func(_, second object) { second["type"] = "MerkleProof2019" },
	} {
		t.Run(name, func(t *testing.T) {
			doc := reread(chained())
			proofs := doc["proof"].([]any)
			spoil(proofs[0].(object), proofs[1].(object))
			r := reported(t, text(doc), verify.Verifier{})
			if r.Verdict() != check.Problem || said(r, "signature 2") == "signature.in-tree" {
				t.Errorf("verdict %s\n%s", r.Verdict(), text(r.Checks))
			}
		})
	}
}

// TestAnchor: what providers and the issuer's profile say about a certificate of
// version 2 that is intact.
func TestAnchor(t *testing.T) {
	root := rootOf(bare2())
	path := "/tx/" + certTx
	one := []string{"bitcoin=" + explorerAt}
	two := append(one, "bitcoin="+mirrorAt)
	key := listedKey(anchor.Bitcoin)
	from := func(address string) object {
		return object{"vin": []any{object{"prevout": object{"scriptpubkey_address": address}}}}
	}
	for _, c := range []struct {
		name          string
		chains        []string
		first, second string // what the two explorers answer; empty for nothing
		profile       string
		verdict       check.Verdict
		rows          map[string]string
	}{
		{"found", one, sent(root), "", issuerProfile(key), check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found", "key": "key.sender-listed"}},
		{"found twice", two, sent(root), sent(root), issuerProfile(key), check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found"}},
		{"found, the second is silent", two, sent(root), "", issuerProfile(key), check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found"}},
		{"found, the first is silent", two, "", sent(root), issuerProfile(key), check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found"}},
		{"two who disagree about the content", two, sent(root), sent(siblings[0]), issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.disagree", "key": "key.not-anchored"}},
		{"two who disagree about the sender", two, sent(root), sent(root, from("1other")), issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.disagree"}},
		{"another root", one, sent(siblings[0]), "", issuerProfile(key), check.Problem, map[string]string{"anchor": "anchor.other-content", "key": "key.not-anchored"}},
		{"not confirmed", one, sent(root, object{"status": object{"confirmed": false}}), "", issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.unconfirmed"}},
		{"nonsense", one, "<html>", "", issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.unreadable"}},
		{"silent", one, "", "", issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.unreachable", "key": "key.not-anchored"}},
		{"of another chain only", []string{"ethereum=" + nodeAt}, sent(root), "", issuerProfile(key), check.NotFullyChecked, map[string]string{"anchor": "anchor.not-checked"}},
		{"the issuer lists another address", one, sent(root), "", issuerProfile(object{"id": "ecdsa-koblitz-pubkey:1other"}), check.Problem, map[string]string{"key": "key.sender-not-listed"}},
		{"somebody else sent it", one, sent(root, from("1other")), "", issuerProfile(object{"id": "ecdsa-koblitz-pubkey:1other"}), check.Problem, map[string]string{"key": "key.sender-other"}},
		{"before the address was theirs", one, sent(root), "", issuerProfile(listedKey(anchor.Bitcoin, object{"created": "2026-01-02T00:00:00Z"})), check.Problem, map[string]string{"key": "key.sender-too-early"}},
		{"after it was taken back", one, sent(root), "", issuerProfile(listedKey(anchor.Bitcoin, object{"revoked": "2025-12-31T00:00:00Z"})), check.Problem, map[string]string{"key": "key.sender-revoked"}},
		{"before it was taken back", one, sent(root), "", issuerProfile(listedKey(anchor.Bitcoin, object{"revoked": "2026-01-02T00:00:00Z"})), check.UnrecognisedIssuer, map[string]string{"key": "key.sender-listed"}},
		{"after it ran out", one, sent(root), "", issuerProfile(listedKey(anchor.Bitcoin, object{"expires": "2025-12-31T00:00:00Z"})), check.Problem, map[string]string{"key": "key.sender-expired"}},
		{"a date nobody can read", one, sent(root), "", issuerProfile(listedKey(anchor.Bitcoin, object{"revoked": "soon"})), check.Problem, map[string]string{"key": "key.sender-not-listed"}},
		{"profile of version 1", one, sent(root), "", `{"id":"` + certIssuer + `","issuerKeys":[{"date":"2020-01-01T00:00:00Z","key":"` + certAddress(anchor.Bitcoin) + `"}]}`, check.UnrecognisedIssuer, map[string]string{"key": "key.sender-listed"}},
		{"profile of somebody else", one, sent(root), "", strings.Replace(issuerProfile(key), certIssuer, "https://evil.example", 1), check.NotFullyChecked, map[string]string{"key": "key.not-published", "anchor": "anchor.found"}},
		{"no profile", one, sent(root), "", "", check.NotFullyChecked, map[string]string{"key": "key.unreachable", "anchor": "anchor.found"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := map[string]string{explorerAt + path: c.first, mirrorAt + path: c.second, certIssuer: c.profile}
			maps.DeleteFunc(pages, func(_, body string) bool { return body == "" })
			v := verify.Verifier{Get: &testkit.Web{Pages: pages, Now: now}, Chains: providers(t, c.chains...)}
			expect(t, reported(t, text(cert2()), v), c.verdict, c.rows)
		})
	}
}

// TestAnchorOfUnknownWords: where the words of a certificate are not known, its hash
// is not, and the chain is still worth a look: that alone makes nothing good.
func TestAnchorOfUnknownWords(t *testing.T) {
	doc := cert1()
	doc["document"].(object)["@context"] = "https://w3id.org/blockcerts/v1"
	root := must(hex.DecodeString(doc["receipt"].(object)["merkleRoot"].(string)))
	web := &testkit.Web{Now: now, Pages: map[string]string{
		explorerAt + "/tx/" + certTx: sent([32]byte(root)), certIssuer: issuerProfile(listedKey(anchor.Bitcoin)),
	}}
	r := reported(t, text(doc), verify.Verifier{Get: web, Chains: providers(t, "bitcoin="+explorerAt)})
	expect(t, r, check.NotFullyChecked, map[string]string{"signature": "signature.context-unknown", "anchor": "anchor.found", "key": "key.sender-listed"})
}

func providers(t *testing.T, all ...string) []anchor.Provider {
	t.Helper()
	var out []anchor.Provider
	for _, s := range all {
		p, err := anchor.ParseProvider(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// TestAnchorAbsent: one provider may have forgotten; two who know of nothing are
// believed.
func TestAnchorAbsent(t *testing.T) {
	path := "/tx/" + certTx
	gone := map[string]error{explorerAt + path: fetch.ErrGone, mirrorAt + path: fetch.ErrGone}
	web := &testkit.Web{Pages: map[string]string{"https://third.example" + path: sent(rootOf(bare2()))}, Errs: gone, Now: now}
	for _, c := range []struct {
		name    string
		chains  []string
		verdict check.Verdict
		reason  string
	}{
		{"one", []string{"bitcoin=" + explorerAt}, check.NotFullyChecked, "anchor.not-found"},
		{"two", []string{"bitcoin=" + explorerAt, "bitcoin=" + mirrorAt}, check.Problem, "anchor.absent"},
		{"one, and one who knows it", []string{"bitcoin=" + explorerAt, "bitcoin=https://third.example"}, check.NotFullyChecked, "anchor.disagree"},
		{"one, and one who is silent", []string{"bitcoin=" + explorerAt, "bitcoin=https://silent.example"}, check.NotFullyChecked, "anchor.unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := reported(t, text(cert2()), verify.Verifier{Get: web, Chains: providers(t, c.chains...)})
			expect(t, r, c.verdict, map[string]string{"anchor": c.reason})
		})
	}
}

// TestAnchorOnEVM: a certificate of version 3 in any chain that works as Ethereum
// does, by JSON-RPC, whose issuer lists the key the address is made of.
func TestAnchorOnEVM(t *testing.T) {
	doc := cert3(1, 43114)
	mb := must(multiKey())
	profile := string(text(object{"id": certIssuer, "verificationMethod": []any{object{"id": certIssuer + "#key-1", "type": "Multikey", "controller": certIssuer, "publicKeyMultibase": mb}}, "assertionMethod": []any{certIssuer + "#key-1"}}))
	for _, c := range []struct {
		name, chain, id string
		profile         string
		verdict         check.Verdict
		rows            map[string]string
	}{
		{"found", "avalanche", "0xa86a", profile, check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found", "key": "key.sender-listed"}},
		{"a server of another chain", "avalanche", "0x1", profile, check.NotFullyChecked, map[string]string{"anchor": "anchor.other-chain"}},
		{"a provider of another chain", "fantom", "0xfa", profile, check.NotFullyChecked, map[string]string{"anchor": "anchor.not-checked"}},
		{"a key not for claims", "avalanche", "0xa86a", strings.Replace(profile, "assertionMethod", "authentication", 1), check.Problem, map[string]string{"key": "key.sender-not-listed"}},
		{"the address itself is listed", "43114", "0xa86a", issuerProfile(listedKey(anchor.EVM(1))), check.UnrecognisedIssuer, map[string]string{"key": "key.sender-listed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := nodePages(rootOf(bare3()), c.id)
			pages[certIssuer] = c.profile
			web := &testkit.Web{Pages: pages, Now: now}
			r := reported(t, text(doc), verify.Verifier{Get: web, Chains: providers(t, c.chain+"="+nodeAt)})
			expect(t, r, c.verdict, c.rows)
		})
	}
}

func multiKey() (string, error) {
	return strings.TrimPrefix(didOf(certKey), "did:key:"), nil
}

// TestAnchorIsEvidence: the chain's answers are recorded, and repeat the check
// offline.
func TestAnchorIsEvidence(t *testing.T) {
	pages := nodePages(rootOf(bare3()), "0x89")
	pages[certIssuer] = issuerProfile(listedKey(anchor.EVM(1)))
	kept := fetch.NewRecorder(&testkit.Web{Pages: pages, Now: now.AddDate(-1, 0, 0)})
	v := verify.Verifier{Get: kept, Chains: providers(t, "polygon="+nodeAt)}
	first := reported(t, text(cert3(2, 137)), v)
	expect(t, first, check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found"})
	for _, id := range []string{check.Anchor, check.Key} {
		if asOf := first.Rows(id)[0].AsOf; !asOf.Equal(now.AddDate(-1, 0, 0)) {
			t.Errorf("%s as of %v", id, asOf)
		}
	}
	v.Get = fetch.NewArchive(kept.Pages()).At(now)
	expect(t, reported(t, text(cert3(2, 137)), v), check.UnrecognisedIssuer, map[string]string{"anchor": "anchor.found", "key": "key.sender-listed"})
	v.Get = fetch.NewArchive(nil).At(now)
	expect(t, reported(t, text(cert3(2, 137)), v), check.NotFullyChecked, map[string]string{"anchor": "anchor.not-stored"})
	v.Get = fetch.Offline{}
	expect(t, reported(t, text(cert3(2, 137)), v), check.NotFullyChecked, map[string]string{"anchor": "anchor.offline"})
}

// TestBlockcertsStatus: the list that the certificate or its issuer's profile names.
func TestBlockcertsStatus(t *testing.T) {
	id := "urn:uuid:c0000000-0000-4000-8000-000000000001"
	list := func(ids ...string) string {
		var entries []any
		for _, id := range ids {
			entries = append(entries, object{"id": id, "revocationReason": "Issued in error."})
		}
		return string(text(object{"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": listAt, "issuer": certIssuer, "revokedAssertions": entries}))
	}
	named := object{"badge": jsonObject(string(text(bare2()["badge"])), object{"issuer": object{"type": "Profile", "id": certIssuer, "revocationList": listAt}})}
	withList := strings.Replace(issuerProfile(), `"name"`, `"revocationList":"`+listAt+`","name"`, 1)
	for _, c := range []struct {
		name          string
		doc           object
		profile, list string
		verdict       check.Verdict
		reason        string
	}{
		{"the profile names none", cert2(), issuerProfile(), "", check.NotFullyChecked, "status.none"},
		{"the profile names one, which does not list it", cert2(), withList, list("urn:uuid:other"), check.NotFullyChecked, "status.clean"},
		{"the profile names one, which lists it", cert2(), withList, list("urn:uuid:other", id), check.Withdrawn, check.ReasonRevoked},
		{"the certificate names one, which lists it", cert2(named), "", list(id), check.Withdrawn, check.ReasonRevoked},
		{"a list that can't be had", cert2(named), "", "", check.NotFullyChecked, "status.unreachable"},
		{"a profile that can't be had", cert2(), "", "", check.NotFullyChecked, "status.profile-unread"},
		{"version 1.2", cert1(), issuerProfile(), "", check.NotFullyChecked, "status.in-chain"},
		{"version 3, listed", cert3(0, 1, object{"id": id}), strings.Replace(withList, `"Profile"`, `"BlockcertsIssuerProfile"`, 1), list(id), check.Withdrawn, check.ReasonRevoked},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := map[string]string{certIssuer: c.profile, listAt: c.list}
			maps.DeleteFunc(pages, func(_, body string) bool { return body == "" })
			r := reported(t, text(c.doc), verify.Verifier{Get: &testkit.Web{Pages: pages, Now: now}})
			expect(t, r, c.verdict, map[string]string{"status": c.reason})
		})
	}
}

// TestAnchorUnasked: whatever keeps a provider from answering says nothing against
// the certificate.
func TestAnchorUnasked(t *testing.T) {
	for _, err := range []error{fetch.ErrTooLarge, fetch.ErrRefused, context.DeadlineExceeded, errors.New("anything")} {
		web := &testkit.Web{Errs: map[string]error{explorerAt + "/tx/" + certTx: err}}
		r := reported(t, text(cert2()), verify.Verifier{Get: web, Chains: providers(t, "bitcoin="+explorerAt)})
		expect(t, r, check.NotFullyChecked, map[string]string{"anchor": "anchor.unreachable"})
	}
}
