package wallet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
)

const boardFile = "board.example/registry.json"

// withLists gives a wallet whose checks ask the public registries, of which none
// answers, and a board's own that names the school.
func withLists(t testing.TB) (*bench, *Wallet, rotating, []byte) {
	t.Helper()
	b, k, site := newRotating(t)
	b.o.Verifier.Lists = trust.Lists{Public: true}
	site.files[boardFile] = &fstest.MapFile{Data: []byte(`{"meta":{"name":"Board of Schools"},"registry":{"` + school + `":{"name":"Practice School"}}}`)}
	return b, b.open(), site, signed(t, k, 1)
}

func listOf(t testing.TB, w *Wallet, id string) List {
	t.Helper()
	return must(w.listRow(id))
}

func TestListsOfRegistries(t *testing.T) {
	ctx := context.Background()
	b, w, site, badge := withLists(t)
	before := must(w.Lists())
	if len(before) != 1+len((trust.Lists{Public: true}).Shipped().List) || before[0].Kind != OwnList || before[1].State != ListUnasked || !before[1].On || !before[1].Shipped {
		t.Fatalf("at first: %+v", before)
	}
	id := add(t, w, badge)
	if v := reportOf(t, w, id).Verdict(); v != check.UnrecognisedIssuer {
		t.Fatalf("before: %s", v)
	}
	if l := must(w.Lists())[1]; l.State != ListSilent || l.Date.IsZero() {
		t.Errorf("asked in vain: %+v", l)
	}
	board := must(w.AddList(ctx, "https://"+boardFile, ""))
	if board.Kind != RegistryList || board.Name != "Board of Schools" || !board.On || board.Shipped || board.State != ListUnasked {
		t.Errorf("added: %+v", board)
	}
	verdict := func() check.Verdict {
		ok(t, w.Recheck(ctx, nil, nil))
		return reportOf(t, w, id).Verdict()
	}
	if v := verdict(); v != check.Verified || listOf(t, w, board.ID).State != ListAnswers {
		t.Errorf("with the board's list: %s, %+v", v, listOf(t, w, board.ID))
	}
	ok(t, w.SwitchList(board.ID, false))
	w = b.reopen(w)
	if v := verdict(); v != check.UnrecognisedIssuer || listOf(t, w, board.ID).On {
		t.Errorf("switched off: %s", v)
	}
	ok(t, w.SwitchList(board.ID, true))
	site.files[boardFile] = &fstest.MapFile{Data: []byte(`<html>`)}
	if v := verdict(); v != check.UnrecognisedIssuer || listOf(t, w, board.ID).State != ListBroken {
		t.Errorf("an answer that is none: %s, %+v", v, listOf(t, w, board.ID))
	}
	ok(t, w.RemoveList(board.ID))
	if len(must(w.Lists())) != len(before) {
		t.Error("the list is still there")
	}
	sound(t, w)
}

// TestChecker: what others show is judged by the learner's lists too, and by nothing
// that is the learner's own.
func TestChecker(t *testing.T) {
	b, w, _, _ := withLists(t)
	must(w.AddList(context.Background(), "https://"+boardFile, ""))
	must(w.AddListFile(euList(t, "IE", b.Now().AddDate(0, -1, 0))))
	ok(t, w.AddChain("bitcoin=https://chain.example/api"))
	ok(t, w.Trust(school, ""))
	ok(t, w.SetEmails([]string{"maya@example.org"}))
	v := w.Checker(verify.Verifier{Issuers: []verify.Trusted{{ID: "did:example:other"}}})
	if len(v.Lists.More) != 1 || v.Lists.Public || len(v.EU) != 1 || len(v.Chains) != 1 || len(v.Issuers) != 2 {
		t.Errorf("got %+v", v)
	}
	if v.Own.Emails != nil || v.Own.Keys != nil || v.History != nil {
		t.Errorf("it knows what is the learner's: %+v", v.Own)
	}
}

func TestListsShipped(t *testing.T) {
	_, w, _, badge := withLists(t)
	shipped := must(w.Lists())[1]
	ok(t, w.SwitchList(shipped.ID, false))
	id := add(t, w, badge)
	for _, row := range reportOf(t, w, id).Rows(check.Issuer) {
		if row.Args["address"] == shipped.ID {
			t.Errorf("asked though it is off: %+v", row)
		}
	}
	wantFault(t, w.RemoveList(shipped.ID), "wallet.list-fixed")
	wantFault(t, w.SwitchList(ownListID, false), "wallet.list-fixed")
	wantFault(t, w.SwitchList("https://nobody.example/", false), "wallet.no-list")
	wantFault(t, w.RemoveList("https://nobody.example/"), "wallet.no-list")
	ok(t, w.Trust(school, "School"))
	if own := must(w.Lists())[0]; own.Count != 1 || own.Date.IsZero() {
		t.Errorf("the learner's own: %+v", own)
	}
}

// TestListsOfThePublicList: a registry that came to the public list after the program
// was made shows in the table, and can be switched off like the others.
func TestListsOfThePublicList(t *testing.T) {
	b, w, site, badge := withLists(t)
	n := len(must(w.Lists()))
	const known = "digitalcredentials.github.io/dcc-known-registries/known-did-registries.json"
	site.files[known] = &fstest.MapFile{Data: []byte(`[{"name":"New Board","type":"dcc-legacy","url":"https://` + boardFile + `"}]`)}
	id := add(t, w, badge)
	fresh := listOf(t, w, "https://"+boardFile)
	if fresh.Name != "New Board" || !fresh.Shipped || fresh.State != ListAnswers || reportOf(t, w, id).Verdict() != check.Verified {
		t.Errorf("the new one: %+v", fresh)
	}
	wantFault(t, w.RemoveList(fresh.ID), "wallet.list-fixed")
	ok(t, w.SwitchList(fresh.ID, false))
	b.Add(2 * lately)
	site.files[known] = &fstest.MapFile{Data: []byte(`[{"name":"Other","type":"dcc-legacy","url":"https://other.example/r.json"}]`)}
	ok(t, w.Recheck(context.Background(), nil, nil))
	if off := listOf(t, w, fresh.ID); off.On || reportOf(t, w, id).Verdict() == check.Verified {
		t.Errorf("switched off: %+v", off)
	}
	ok(t, w.SwitchList(fresh.ID, true))
	if got := len(must(w.Lists())); got != n+1 {
		t.Errorf("%d lists, want %d: one that is asked no more is gone", got, n+1)
	}
}

func TestAddListRefuses(t *testing.T) {
	ctx := context.Background()
	_, w, site, _ := withLists(t)
	site.files["page.example/x"] = &fstest.MapFile{Data: []byte("<html>")}
	for _, c := range []struct{ address, code string }{
		{"https://page.example/x", "wallet.list-unknown"},
		{"https://gone.example/x", "fetch.unreachable"},
		{"http://127.0.0.1/x", "fetch.refused"},
		{"file:///etc/passwd", "fetch.refused"},
	} {
		_, err := w.AddList(ctx, c.address, "")
		wantFault(t, err, c.code)
	}
	_, err := w.AddListFile([]byte("<TrustServiceStatusList/>"))
	wantFault(t, err, "wallet.list-unknown")
	for n := range maxLists {
		name := fmt.Sprintf("r%d.example/r.json", n)
		site.files[name] = &fstest.MapFile{Data: []byte(`{"registry":{}}`)}
		must(w.AddList(ctx, "https://"+name, "Mine"))
	}
	_, err = w.AddList(ctx, "https://"+boardFile, "")
	wantFault(t, err, "wallet.too-many-lists")
}

// euList is a sealed list of a country.
func euList(t testing.TB, territory string, issued time.Time) []byte {
	t.Helper()
	seal := testkit.NewSealer(t, "p256", "Office of "+territory, issued)
	return []byte(seal.Seal(t, testkit.EUList{Territory: territory, Issued: issued, Next: issued.AddDate(0, 6, 0)}.XML()))
}

func TestListsOfEurope(t *testing.T) {
	b := newBench(t)
	w := b.open()
	start := b.Now()
	first, second := euList(t, "IE", start.AddDate(0, -2, 0)), euList(t, "IE", start.AddDate(0, -1, 0))
	l := must(w.AddListFile(first))
	if l.ID != "eu:IE" || l.Kind != EuropeanList || l.State != ListGood || !l.On || !strings.HasPrefix(l.Name, "IE") {
		t.Fatalf("added: %+v", l)
	}
	issued := func(day time.Time) []string {
		var out []string
		for _, l := range w.judge(day).EU {
			out = append(out, l.Territory+" "+l.Issued.Format("January"))
		}
		return out
	}
	must(w.AddListFile(second))
	must(w.AddListFile(euList(t, "FR", start.AddDate(0, -9, 0))))
	w = b.reopen(w)
	if got := issued(start); !slices.Equal(got, []string{"IE October", "FR February"}) {
		t.Errorf("in use: %v", got)
	}
	if got := issued(start.AddDate(0, -1, -1)); !slices.Equal(got, []string{"IE September", "FR February"}) {
		t.Errorf("on an earlier day: %v", got)
	}
	if l := listOf(t, w, "eu:FR"); l.State != ListOld {
		t.Errorf("a list that has ended: %+v", l)
	}
	ok(t, w.SwitchList("eu:IE", false))
	if got := issued(start); !slices.Equal(got, []string{"FR February"}) {
		t.Errorf("switched off: %v", got)
	}
	for n := range 2 * maxEditions {
		must(w.AddListFile(euList(t, "IE", start.AddDate(0, 0, -n))))
	}
	ok(t, w.RemoveList("eu:FR"))
	if n := bucketCount(t, w, bucketLists); n != maxEditions {
		t.Errorf("%d editions kept", n)
	}
	altered := []byte(strings.Replace(string(second), "<SchemeTerritory>IE<", "<SchemeTerritory>IS<", 1))
	_, err := w.AddListFile(altered)
	wantFault(t, err, "wallet.list-altered")
}

func TestUpdateLists(t *testing.T) {
	ctx := context.Background()
	b, w, site, _ := withLists(t)
	const file = "list.example/ie.xml"
	serve := func(months int) {
		site.files[file] = &fstest.MapFile{Data: euList(t, "IE", b.Now().AddDate(0, months, 0))}
	}
	serve(-2)
	was := must(w.AddList(ctx, "https://"+file, "Ireland"))
	serve(-1)
	ok(t, w.UpdateLists(ctx))
	now := listOf(t, w, was.ID)
	if !now.Date.After(was.Date) || now.Name != "Ireland" || now.Address != "https://"+file {
		t.Errorf("was %+v, is %+v", was, now)
	}
	delete(site.files, file)
	wantFault(t, w.UpdateLists(ctx), "fetch.unreachable")
	if after := listOf(t, w, was.ID); after != now {
		t.Errorf("after an update that failed: %+v", after)
	}
}

func TestChains(t *testing.T) {
	b := newBench(t)
	w := b.open()
	const esplora = "bitcoin=https://chain.example/api"
	ok(t, w.AddChain(" "+esplora+" "))
	ok(t, w.AddChain(esplora))
	w = b.reopen(w)
	if all := must(w.Chains()); len(all) != 1 || all[0].String() != esplora || len(w.judge(b.Now()).Chains) != 1 {
		t.Fatalf("got %v", all)
	}
	wantFault(t, w.AddChain("gold=https://chain.example"), "wallet.chain-unknown")
	wantFault(t, w.AddChain("bitcoin=http://chain.example"), "wallet.chain-unknown")
	wantFault(t, w.RemoveChain("bitcoin=https://other.example"), "wallet.no-chain")
	ok(t, w.RemoveChain(esplora))
	if all := must(w.Chains()); len(all) != 0 {
		t.Errorf("left %v", all)
	}
	for n := range maxChains {
		ok(t, w.AddChain(fmt.Sprintf("bitcoin=https://chain%d.example/api", n)))
	}
	wantFault(t, w.AddChain(esplora), "wallet.too-many-chains")
}

func TestBoundedSightings(t *testing.T) {
	seen := map[string]sighting{}
	for n := range maxSightings + 3 {
		seen[fmt.Sprint(n)] = sighting{At: time.Unix(int64(n), 0)}
	}
	got := bounded(seen)
	if _, there := got["2"]; len(got) != maxSightings || there {
		t.Errorf("%d kept", len(got))
	}
}
