package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// The addresses of a small issuer of Open Badges 2.0.
const (
	awardAt   = "https://college.example/awards/1"
	classAt   = "https://college.example/classes/1"
	profileAt = "https://college.example/profile"
	keyAt     = "https://college.example/key"
	listAt    = "https://college.example/revoked"
)

func jsonObject(s string, edits ...object) object {
	m := must(strict.Object([]byte(s)))
	for _, edit := range edits {
		for name, v := range edit {
			if v == nil {
				delete(m, name)
			} else {
				m[name] = v
			}
		}
	}
	return m
}

// award is a hosted badge, whose class and issuer are named by their addresses.
func award(edits ...object) object {
	return jsonObject(`{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "`+awardAt+`",
		"recipient": {"type": "email", "hashed": false, "identity": "maya@example.org"},
		"issuedOn": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z", "badge": "`+classAt+`",
		"verification": {"type": "hosted"}}`, edits...)
}

func class(edits ...object) object {
	return jsonObject(`{"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "`+classAt+`", "name": "Robots",
		"description": "Builds robots.", "image": "https://college.example/robot.png", "criteria": {"narrative": "Build one."},
		"issuer": "`+profileAt+`"}`, edits...)
}

func profile(edits ...object) object {
	return jsonObject(`{"@context": "https://w3id.org/openbadges/v2", "type": "Profile", "id": "`+profileAt+`", "name": "College",
		"url": "https://college.example", "email": "office@college.example"}`, edits...)
}

// site is the issuer's site: pages under their addresses.
func site(pages map[string]object) *testkit.Web {
	all := map[string]object{awardAt: award(), classAt: class(), profileAt: profile()}
	maps.Copy(all, pages)
	w := &testkit.Web{Pages: map[string]string{}, From: map[string]string{}, Errs: map[string]error{}, Now: now}
	for at, page := range all {
		if page != nil {
			w.Pages[at] = string(text(page))
		}
	}
	return w
}

// judged is what a credential looks like after it was judged.
func judged(t *testing.T, raw []byte, v verify.Verifier) (check.Report, string) {
	t.Helper()
	if v.Now == nil {
		v.Now = func() time.Time { return now }
	}
	found, err := verify.Read(raw)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	r := v.Verify(t.Context(), found[0], nil)
	return r, found[0].Name + " by " + found[0].Issuer.Name
}

func demand(t *testing.T, r check.Report, w want) {
	t.Helper()
	if r.Verdict() != w.verdict {
		t.Errorf("verdict %s, want %s\n%s", r.Verdict(), w.verdict, text(r.Checks))
	}
	for id, reason := range w.rows {
		if rows := r.Rows(id); len(rows) == 0 || rows[0].Reason != reason {
			t.Errorf("row %s: %s, want %s", id, text(rows), reason)
		}
	}
}

func TestHosted(t *testing.T) {
	good := award()
	other := object{"recipient": object{"type": "email", "hashed": false, "identity": "noah@example.org"}}
	scope := func(rules string) map[string]object {
		return map[string]object{profileAt: profile(object{"verification": jsonObject(rules)})}
	}
	embedded := award(object{"badge": class(object{"issuer": profile(object{"verification": object{"allowedOrigins": "evil.example"}})})})
	cases := []struct {
		name   string
		raw    object
		pages  map[string]object
		change func(w *testkit.Web)
		want   want
	}{
		{"all holds", good, nil, nil, want{check.UnrecognisedIssuer, map[string]string{
			"shape": "shape.good", "terms": "terms.hosted", "key": "key.hosted", "signature": "signature.hosted", "status": "status.hosted",
		}}},
		{"no more than its address", jsonObject(`{"verify": {"type": "hosted", "url": "` + awardAt + `"}}`), nil, nil, want{check.UnrecognisedIssuer, map[string]string{"shape": "shape.good"}}},
		{"by http", award(object{"id": "http://college.example/awards/1"}), map[string]object{"http://college.example/awards/1": award()}, nil, want{check.UnrecognisedIssuer, nil}},
		{"issued to somebody else", award(other), nil, nil, want{check.Problem, map[string]string{"signature": "signature.hosted-differs", "status": "status.not-run"}}},
		{"for another class", award(object{"badge": classAt + "2"}), nil, nil, want{check.Problem, map[string]string{"signature": "signature.hosted-differs"}}},
		{"a day longer than the issuer says", award(object{"expires": "2027-01-02T00:00:00Z"}), nil, nil, want{check.UnrecognisedIssuer, map[string]string{"shape": "shape.hosted-changed"}}},
		{"an end the issuer has set since", award(object{"expires": nil}), map[string]object{awardAt: award(object{"expires": "2026-05-31T00:00:00Z"})}, nil, want{check.Expired, map[string]string{"shape": "shape.hosted-changed", "period": check.ReasonExpired}}},
		{"a story of its own", award(object{"narrative": "Best of all"}), nil, nil, want{check.UnrecognisedIssuer, map[string]string{"shape": "shape.hosted-changed"}}},
		{"a class with another name", award(object{"badge": class(object{"name": "Rockets"})}), nil, nil, want{check.UnrecognisedIssuer, map[string]string{"shape": "shape.hosted-changed"}}},
		{"broken at its issuer's", good, map[string]object{awardAt: award(object{"issuedOn": "soon"})}, nil, want{check.Problem, map[string]string{"shape": "shape.hosted-changed"}}},
		{"broken here, mended since", award(object{"issuedOn": "soon"}), nil, nil, want{check.UnrecognisedIssuer, nil}},

		{"out of reach", good, map[string]object{awardAt: nil}, nil, want{check.NotFullyChecked, map[string]string{
			"terms": "terms.hosted-unread", "key": "key.hosted", "signature": "signature.hosted-unreachable", "status": "status.hosted-unread",
		}}},
		{"missing", good, nil, func(w *testkit.Web) { w.Errs[awardAt] = fetch.ErrGone }, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-missing", "status": "status.hosted-unread"}}},
		{"taken away for good", good, nil, func(w *testkit.Web) { w.Errs[awardAt] = fetch.ErrRemoved }, want{check.Withdrawn, map[string]string{"signature": "signature.hosted-withdrawn", "status": check.ReasonRevoked}}},
		{"revoked, all else removed", good, map[string]object{awardAt: {"id": awardAt, "revoked": true, "revocationReason": "A mistake"}}, nil, want{check.Withdrawn, map[string]string{"status": check.ReasonRevoked}}},
		{"revoked, all else left", good, map[string]object{awardAt: award(object{"revoked": true})}, nil, want{check.Withdrawn, map[string]string{"status": check.ReasonRevoked}}},
		{"said not to be revoked", good, map[string]object{awardAt: award(object{"revoked": false})}, nil, want{check.UnrecognisedIssuer, nil}},
		{"revoked by another's page", good, map[string]object{awardAt: {"id": awardAt + "2", "revoked": true}}, nil, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-other"}}},
		{"another badge at its address", good, map[string]object{awardAt: award(object{"id": awardAt + "2"})}, nil, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-other"}}},
		{"something else at its address", good, map[string]object{awardAt: profile()}, nil, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-other"}}},
		{"a web page at its address", good, nil, func(w *testkit.Web) { w.Pages[awardAt] = "<html>" }, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-unreadable"}}},
		{"sent on within the site", good, nil, func(w *testkit.Web) { w.From[awardAt] = "https://www.college.example/awards/1" }, want{check.UnrecognisedIssuer, nil}},
		{"sent on to another site", good, nil, func(w *testkit.Web) { w.From[awardAt] = "https://evil.example/1" }, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-moved"}}},
		{"too large", good, nil, func(w *testkit.Web) { w.Pages[awardAt] += strings.Repeat(" ", 4<<20) }, want{check.NotFullyChecked, map[string]string{"signature": "signature.hosted-unreadable"}}},

		{"class out of reach", good, map[string]object{classAt: nil}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.issuer-unread"}}},
		{"class that is none", good, map[string]object{classAt: profile(object{"id": classAt})}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.issuer-unread"}}},
		{"class under another address", good, map[string]object{classAt: class(object{"id": classAt + "2"}), classAt + "2": class(object{"id": classAt + "2"})}, nil, want{check.UnrecognisedIssuer, nil}},
		{"class that says it is another", good, map[string]object{classAt: class(object{"id": classAt + "2"})}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.issuer-unread"}}},
		{"class without an issuer", good, map[string]object{classAt: class(object{"issuer": nil})}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.no-issuer"}}},
		{"profile out of reach", good, map[string]object{profileAt: nil}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.profile-unreachable"}}},
		{"profile gone", good, nil, func(w *testkit.Web) { w.Errs[profileAt] = fetch.ErrGone }, want{check.NotFullyChecked, map[string]string{"key": "key.profile-missing"}}},
		{"profile at an address never opened", good, nil, func(w *testkit.Web) { w.Errs[profileAt] = fetch.ErrRefused }, want{check.NotFullyChecked, map[string]string{"key": "key.profile-refused"}}},
		{"profile of somebody else", good, map[string]object{profileAt: profile(object{"id": "https://other.example/profile"})}, nil, want{check.NotFullyChecked, nil}},
		{"profile that is none", good, map[string]object{profileAt: class(object{"id": profileAt})}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.profile-other"}}},
		{"profile that can't be read", good, nil, func(w *testkit.Web) { w.Pages[profileAt] = "{" }, want{check.NotFullyChecked, map[string]string{"key": "key.profile-unreadable"}}},
		{"profile sent on to another site", good, nil, func(w *testkit.Web) { w.From[profileAt] = "https://evil.example/1" }, want{check.NotFullyChecked, map[string]string{"key": "key.profile-moved"}}},
		{"issuer with a number for a name", good, map[string]object{classAt: class(object{"issuer": object{"id": "urn:uuid:1", "type": "Issuer", "name": "x"}})}, nil, want{check.NotFullyChecked, map[string]string{"key": "key.profile-nowhere"}}},
		{"a profile written into the copy, which lets in another site", embedded, nil, nil, want{check.UnrecognisedIssuer, nil}},

		{"within what the issuer allows", good, scope(`{"startsWith": "https://college.example/awards/"}`), nil, want{check.UnrecognisedIssuer, nil}},
		{"outside of what the issuer allows", good, scope(`{"startsWith": "https://college.example/award/"}`), nil, want{check.Problem, map[string]string{"key": "key.hosted-outside"}}},
		{"on another site than the issuer's", award(object{"id": "https://evil.example/1"}), map[string]object{"https://evil.example/1": award(object{"id": "https://evil.example/1"})}, nil, want{check.Problem, map[string]string{"key": "key.hosted-outside"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := site(c.pages)
			if c.change != nil {
				c.change(w)
			}
			r, _ := judged(t, text(c.raw), verify.Verifier{Get: w})
			demand(t, r, c.want)
		})
	}
}

// TestHostedShowsTheIssuersWord: what is shown is what the issuer publishes, with
// the date it was fetched; the badge itself is the address and no more.
func TestHostedShowsTheIssuersWord(t *testing.T) {
	mine := verify.Own{Emails: []string{"maya@example.org"}}
	r, said := judged(t, text(award(object{"badge": class(object{"name": "Rockets", "issuer": "https://other.example"})})), verify.Verifier{Get: site(nil), Own: mine})
	if said != "Robots by College" {
		t.Errorf("shown as %s", said)
	}
	if h := r.Rows(check.Holder)[0]; h.Reason != "holder.address" {
		t.Errorf("holder %s", h.Reason)
	}
	for _, id := range []string{check.Key, check.Signature, check.Status, check.Shape} {
		if row := r.Rows(id)[0]; !row.AsOf.Equal(now) {
			t.Errorf("row %s as of %v", id, row.AsOf)
		}
	}
	if m := r.Rows(check.Shape)[0].Args["members"]; m != "issuer, name" {
		t.Errorf("differences %q", m)
	}
	trusted := verify.Verifier{Get: site(nil), Issuers: []verify.Trusted{{ID: profileAt}}}
	if r, _ := judged(t, text(award()), trusted); r.Verdict() != check.Verified {
		t.Errorf("an issuer the person trusts: %s", r.Verdict())
	}
	if r, _ := judged(t, text(award()), verify.Verifier{}); r.Rows(check.Signature)[0].Reason != "signature.hosted-offline" || r.Rows(check.Key)[0].Reason != "key.issuer-unread" {
		t.Errorf("offline: %s", text(r.Checks))
	}
	if r, _ := judged(t, []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="https://school.example/a"/></svg>`), verify.Verifier{}); r.Rows(check.Key)[0].Reason != "key.issuer-unread" {
		t.Errorf("a picture with no more than an address: %s", text(r.Checks))
	}
	archive := fetch.NewArchive(nil).At(now)
	if r, _ := judged(t, text(award(object{"badge": class()})), verify.Verifier{Get: archive}); r.Rows(check.Signature)[0].Reason != "signature.hosted-not-stored" || r.Rows(check.Key)[0].Reason != "key.profile-not-stored" {
		t.Errorf("nothing stored: %s", text(r.Checks))
	}
}

// TestHostedLater: when the issuer's site is silent, or was closed, what it said at an
// earlier check is shown with its date, and promises nothing.
func TestHostedLater(t *testing.T) {
	rec := fetch.NewRecorder(site(map[string]object{awardAt: award(object{"narrative": "Well done"})}))
	first := verify.Verifier{Now: func() time.Time { return now }, Get: rec}
	copyInHand := text(award(object{"narrative": "Best of all"}))
	judged(t, copyInHand, first)
	later := now.AddDate(0, 1, 0)
	v := verify.Verifier{
		Now: func() time.Time { return later }, Get: fetch.Offline{},
		History: func() *fetch.Archive { return fetch.NewArchive(rec.Pages()) },
	}
	c := must(verify.Read(copyInHand))[0]
	r := v.Verify(t.Context(), c, nil)
	demand(t, r, want{check.NotFullyChecked, map[string]string{
		"shape": "shape.good", "terms": "terms.hosted-earlier", "key": "key.profile-offline", "signature": "signature.hosted-offline", "status": "status.hosted-unread",
	}})
	if c.Name != "Robots" || c.Badge.Narrative != "Well done" || !r.Rows(check.Signature)[0].AsOf.Equal(now) {
		t.Errorf("%s, %s as of %v", c.Name, c.Badge.Narrative, r.Rows(check.Signature)[0].AsOf)
	}
	gone := site(nil)
	gone.Errs[awardAt] = fetch.ErrRemoved
	v.Get = gone
	r, said := judged(t, copyInHand, v)
	demand(t, r, want{check.Withdrawn, map[string]string{"terms": "terms.hosted-earlier", "signature": "signature.hosted-withdrawn"}})
	if said != "Robots by College" {
		t.Errorf("a badge that was taken back is shown as %s", said)
	}
}

// TestComplete: what was found can be put in place again later, from what was kept.
func TestComplete(t *testing.T) {
	c := must(verify.Read(text(award())))[0]
	rec := fetch.NewRecorder(site(nil))
	v := verify.Verifier{Now: func() time.Time { return now }, Get: rec}
	v.Verify(t.Context(), c, nil)
	again := must(verify.Read(text(award())))[0]
	before := string(text(again.Doc))
	out := verify.Complete(t.Context(), fetch.NewArchive(rec.Pages()).At(now), again)
	if out.Name != "Robots" || string(text(out.Doc)) != string(text(c.Doc)) || string(out.Raw) != string(again.Raw) {
		t.Errorf("%s from %s", text(out.Doc), text(c.Doc))
	}
	if again.Name != "Badge" || string(text(again.Doc)) != before {
		t.Error("its argument was changed")
	}
	w3c := must(verify.Read(text(badge("did:example:1", nil))))[0]
	if verify.Complete(t.Context(), fetch.Offline{}, w3c) != w3c {
		t.Error("a W3C credential has nothing to complete")
	}
}

func TestHostedStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	get := stopper{site(nil), cancel}
	v := verify.Verifier{Now: func() time.Time { return now }, Get: get}
	r := v.Verify(ctx, must(verify.Read(text(award())))[0], nil)
	if r.Verdict() != check.NotFullyChecked {
		t.Errorf("verdict %s", r.Verdict())
	}
}

// stopper is a Getter whose first answer never comes.
type stopper struct {
	fetch.Getter
	stop func()
}

func (s stopper) Get(ctx context.Context, url, accept string) (fetch.Page, error) {
	s.stop()
	return s.Getter.Get(ctx, url, accept)
}

// TestScope: the rules of a VerificationObject, by good addresses and their twins.
func TestScope(t *testing.T) {
	const here = "https://college.example/profile"
	for _, c := range []struct {
		name, at, class, rules string
		want                   string
	}{
		{"same site", "https://college.example/1", "", `{}`, "key.hosted"},
		{"same site by http and in capitals", "http://COLLEGE.example:80/1", "", `{}`, "key.hosted"},
		{"a site below", "https://www.college.example/1", "", `{}`, "key.hosted-outside"},
		{"a site that only begins so", "https://college.example.evil.example/1", "", `{}`, "key.hosted-outside"},
		{"class elsewhere", "https://college.example/1", "https://evil.example/c", `{}`, "key.hosted-outside"},
		{"class without an address", "https://college.example/1", "urn:uuid:1", `{}`, "key.hosted"},
		{"class elsewhere, where rules are given", "https://college.example/1", "https://other.example/c", `{"startsWith": "https://college.example/"}`, "key.hosted"},
		{"one of two beginnings", "https://college.example/b/1", "", `{"startsWith": ["https://college.example/a/", "https://college.example/b/"]}`, "key.hosted"},
		{"none of two beginnings", "https://college.example/c/1", "", `{"startsWith": ["https://college.example/a/", "https://college.example/b/"]}`, "key.hosted-outside"},
		{"a beginning without its end", "https://college.example.evil.example/1", "", `{"startsWith": "https://college.example"}`, "key.hosted-outside"},
		{"the whole site", "https://college.example/1", "", `{"startsWith": "https://college.example"}`, "key.hosted"},
		{"a path that climbs up", "https://college.example/a/../b/1", "", `{"startsWith": "https://college.example/a/"}`, "key.hosted-outside"},
		{"a path that climbs up in code", "https://college.example/a/%2E%2e/b/1", "", `{"startsWith": "https://college.example/a/"}`, "key.hosted-outside"},
		{"a path with an empty part", "https://college.example/a//1", "", `{"startsWith": "https://college.example/a/"}`, "key.hosted"},
		{"allowed elsewhere", "https://other.example/1", "", `{"allowedOrigins": ["college.example", "other.example"]}`, "key.hosted"},
		{"allowed elsewhere, as an address", "https://other.example/1", "", `{"allowedOrigins": "https://other.example"}`, "key.hosted"},
		{"not allowed", "https://college.example/1", "", `{"allowedOrigins": "other.example"}`, "key.hosted-outside"},
		{"allowed there, but elsewhere on it", "https://other.example/1", "", `{"allowedOrigins": "other.example", "startsWith": "https://other.example/a"}`, "key.hosted-outside"},
		{"rules in a list", "https://college.example/1", "", `[{"startsWith": "https://college.example/1"}]`, "key.hosted"},
		{"rules in a list, outside of them", "https://college.example/2", "", `[{"startsWith": "https://college.example/1"}]`, "key.hosted-outside"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := award(object{"id": c.at, "badge": class(object{"id": c.class})})
			w := site(map[string]object{c.at: a, here: profile(jsonObject(`{"verification": ` + c.rules + `}`))})
			r, _ := judged(t, text(a), verify.Verifier{Get: w})
			if got := r.Rows(check.Key)[0].Reason; got != c.want {
				t.Errorf("got %s, want %s\n%s", got, c.want, text(r.Checks))
			}
		})
	}
}

// TestEndorsementOfVersion2 is judged by itself, at its own address.
func TestEndorsementOfVersion2(t *testing.T) {
	const at, by = "https://council.example/e/1", "https://council.example/profile"
	said := jsonObject(`{"@context": "https://w3id.org/openbadges/v2", "type": "Endorsement", "id": "` + at + `", "issuer": "` + by + `",
		"issuedOn": "2026-01-01T00:00:00Z", "claim": {"id": "` + classAt + `", "endorsementComment": "Good"}, "verification": {"type": "hosted"}}`)
	pages := map[string]object{awardAt: award(object{"endorsement": said}), at: said, by: profile(object{"id": by, "name": "Council"})}
	r, _ := judged(t, text(award()), verify.Verifier{Get: site(pages)})
	if len(r.Parts) != 1 || r.Parts[0].Verdict() != check.UnrecognisedIssuer {
		t.Errorf("parts %s", text(r.Parts))
	}
	pages[at] = nil
	if r, _ = judged(t, text(award()), verify.Verifier{Get: site(pages)}); r.Parts[0].Verdict() != check.NotFullyChecked {
		t.Errorf("out of reach: %s", r.Parts[0].Verdict())
	}
}

// crowd answers every address with a badge that a crowd endorses, each of them at an
// address of its own, and counts.
type crowd struct {
	mu    sync.Mutex
	asked map[string]bool
}

func (c *crowd) Get(_ context.Context, url, _ string) (fetch.Page, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[url] = true
	if len(c.asked) > 10_000 {
		panic("it goes on and on")
	}
	all := make([]any, 500)
	for i := range all {
		at := fmt.Sprintf("%s/%d", url, i)
		all[i] = object{"type": "Endorsement", "id": at, "issuer": at + "/p", "claim": object{"id": url}, "verification": object{"type": "hosted"}}
	}
	page := text(object{"type": "Assertion", "id": url, "badge": url + "/b", "recipient": "x", "endorsement": all, "verification": object{"type": "hosted"}})
	return fetch.Page{URL: url, Body: page, AsOf: now}, nil
}

// TestHostedCrowd: no badge makes us ask more than a few dozen addresses.
func TestHostedCrowd(t *testing.T) {
	c := &crowd{asked: map[string]bool{}}
	r, _ := judged(t, text(award()), verify.Verifier{Get: c})
	if len(c.asked) > 60 || len(r.Parts) > 16 {
		t.Errorf("%d addresses were asked, for %d endorsements", len(c.asked), len(r.Parts))
	}
}

// FuzzHosted: whatever an issuer's addresses answer, nothing breaks and nothing
// becomes verified without a list that names the issuer.
func FuzzHosted(f *testing.F) {
	f.Add(text(award()), text(award()), text(class()), text(profile()))
	f.Add([]byte(`{"verify":{"url":"`+awardAt+`"}}`), text(award(object{"revoked": true})), text(class(object{"issuer": profile()})), []byte("{"))
	f.Add(signed(throwAway("college")), []byte("[]"), text(class()), text(profile(object{"publicKey": object{"id": keyAt, "publicKeyPem": publicPEM(throwAway("college"))}})))
	f.Fuzz(func(t *testing.T, raw, award, class, profile []byte) {
		found, err := verify.Read(raw)
		if err != nil {
			return
		}
		w := &testkit.Web{Pages: map[string]string{awardAt: string(award), classAt: string(class), profileAt: string(profile)}}
		v := verify.Verifier{Now: func() time.Time { return now }, Get: w}
		for _, c := range found {
			r := v.Verify(t.Context(), c, nil)
			if r.Verdict() == check.Verified {
				t.Fatal("verified, though no list names any issuer")
			}
			for _, k := range r.Checks {
				if k.Reason == "check.broke" {
					t.Fatalf("a check broke: %s", must(json.Marshal(k)))
				}
			}
		}
	})
}
