package model

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
)

func testWords() *words { return &words{Words: assets.English(), now: now, zone: time.UTC} }

// TestEveryTextHasWords finds each code in the source of this package and requires
// its words, and requires that each of our words is used.
func TestEveryTextHasWords(t *testing.T) {
	used := append(written(t), computed()...)
	for _, code := range used {
		if !assets.English().Has(code) {
			t.Errorf("no words for %s", code)
		}
	}
	for code := range assets.English() {
		if strings.HasPrefix(code, "app.") && !strings.HasPrefix(code, "app.screen.") && !slices.Contains(used, code) {
			t.Errorf("nobody says %s", code)
		}
	}
}

// written finds the codes that stand in the source.
func written(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			fun, ok := call.Fun.(*ast.SelectorExpr)
			lit, isText := call.Args[0].(*ast.BasicLit)
			if !ok || !isText || lit.Kind != token.STRING {
				return true
			}
			code, _ := strconv.Unquote(lit.Value)
			switch fun.Sel.Name {
			case "t":
				codes = append(codes, "app."+code)
			case "count":
				codes = append(codes, "app."+code+".one", "app."+code+".many")
			}
			return true
		})
	}
	if len(codes) < 100 {
		t.Errorf("only %d codes found: the test looks in the wrong place", len(codes))
	}
	return codes
}

// computed lists the codes that are put together.
func computed() []string {
	var codes []string
	add := func(prefix string, ids ...string) {
		for _, id := range ids {
			codes = append(codes, "app."+prefix+id)
		}
	}
	for _, v := range check.Verdicts {
		add("explain.", string(v))
		add("act.", string(verdictActs[v]))
	}
	for o := check.NotRun; o <= check.Absent; o++ {
		add("outcome.", o.String())
	}
	for _, a := range rowActs {
		add("act.", string(a))
	}
	add("verdict.", "verified.trusted.title", "verified.yours.why", "not-fully-checked.host.why", "not-fully-checked.never.why", "expired.dated.title",
		"expired.others.why", "expired.undated.why", "not-yet-valid.dated.title", "withdrawn.suspended.title", "withdrawn.suspended.why", "problem.broken.why")
	add("fact.", "for", "earned", "from", "until", "kind", "credits", "period", "role", "term", "field", "license", "email", "web")
	add("technical.", "form", "kind", "id", "issuer", "subject", "proof", "status", "achievement", "digest", "source")
	for m := 1; m <= 12; m++ {
		add("date.month.", strconv.Itoa(m))
	}
	for i := 1; i <= allHints; i++ {
		add("hint."+strconv.Itoa(i)+".", "text", "button")
	}
	for _, f := range fits {
		add("share.fit.", f)
	}
	add("session.way.", wayAgain, wayFolder, waySamples, wayFresh, wayWelcome)
	add("badges.chip.", filterAll, filterVerified, filterAttention, filterUnsure)
	add("badges.sort.", sorts...)
	add("share.days.", shareDays...)
	add("share.preset.", presets...)
	add("activity.kind.", kinds...)
	add("activity.", "to", "purpose", "shown", "withheld", "until")
	add("settings.look.", looks...)
	add("settings.size.", sizes...)
	add("settings.language.", tongues...)
	add("settings.kind.", keyKinds...)
	add("find.kind.", "badge", "pathway", "issuer", "action")
	add("stack.accept.", "achievement", "skill", "name", "issuer", "badge", "and")
	add("home.bad.", "named", "number.one", "number.many")
	add("home.ending.", "number.one", "number.many")
	add("home.expired.", "named", "number.one", "number.many")
	add("home.", "next", "finishes")
	for _, s := range []string{"about", "criteria", "skills", "results", "facts", "claims", "evidence", "endorsements", "issuer"} {
		add("section.", s)
	}
	for _, c := range commands {
		add("find.action.", c.id)
	}
	for _, p := range places {
		add("nav.", string(p.place))
	}
	add("nav.", string(AtSettings))
	return codes
}

func TestEveryOutcomeHasAFace(t *testing.T) {
	for _, v := range check.Verdicts {
		if _, ok := faces[v]; !ok {
			t.Errorf("%s has none", v)
		}
	}
	for o := check.NotRun; o <= check.Absent; o++ {
		if _, ok := outcomes[o]; !ok {
			t.Errorf("%s has none", o)
		}
	}
}

// shouting and jargon have no place in what everybody reads.
var banned = regexp.MustCompile(`!|\b(DID|JWT|JSON|VC|SD-JWT)\b`)

func TestWordsArePlain(t *testing.T) {
	for code, text := range assets.English() {
		if strings.HasPrefix(code, "app.") && !strings.HasPrefix(code, "app.technical.") && banned.MatchString(text) {
			t.Errorf("%s: %q", code, text)
		}
	}
}

func row(id string, o check.Outcome, reason string, args ...string) check.Check {
	return check.Check{ID: id, Outcome: o, Reason: reason, Args: pairs(args)}
}

// holds are the rows of a badge that is fine, but for its issuer.
func holds(more ...check.Check) check.Report {
	return check.Report{At: today, Checks: append([]check.Check{
		row(check.Shape, check.Pass, "shape.good"), row(check.Terms, check.Pass, "terms.covered"), row(check.Key, check.Pass, "key.confirmed", "where", "x.example"),
		row(check.Signature, check.Pass, "signature.holds"), row(check.Status, check.Pass, check.ReasonStatusClean), row(check.Schema, check.Absent, "schema.none"),
	}, more...)}
}

func TestVerdictWords(t *testing.T) {
	listed, mine := row(check.Issuer, check.Pass, "issuer.listed", "list", "L", "name", "N"), row(check.Issuer, check.Pass, "issuer.trusted-by-you", "issuer", "Alpine")
	good := today.AddDate(0, -6, 0)
	for name, c := range map[string]struct {
		j                    judged
		tone                 Tone
		icon, headline, body string
		act                  Act
	}{
		"verified":           {judged{report: holds(listed)}, Good, IconTick, "Verified", "Alpine issued this and nothing was changed since.", ActShare},
		"verified, yours":    {judged{report: holds(listed, row(check.Holder, check.Pass, "holder.key"))}, Good, IconTick, "Verified", "Alpine issued this to you and nothing was changed since.", ActShare},
		"trusted by you":     {judged{report: holds(mine)}, Good, IconTick, "Verified, issuer trusted by you", "Alpine issued this and nothing was changed since.", ActShare},
		"listed and trusted": {judged{report: holds(mine, listed)}, Good, IconTick, "Verified", "Alpine issued this and nothing was changed since.", ActShare},
		"somebody else's":    {judged{report: holds(listed, row(check.Holder, check.Pass, "holder.key")), others: true}, Good, IconTick, "Verified", "Alpine issued this and nothing was changed since.", ""},
		"unknown issuer":     {judged{report: holds()}, Note, IconQuestion, "Genuine, issuer not recognised", "The signature fits, but Alpine is on none of the lists you use.", ActTrust},
		"never checked":      {judged{}, Note, IconRefresh, "Not fully checked", "It was not checked yet, so we promise nothing.", ActAgain},
		"no answer": {
			judged{report: holds(row(check.Status, check.Unknown, "status.unreachable", "where", "list.example")), good: good},
			Note, IconRefresh, "Not fully checked",
			"We could not reach list.example to find out all that matters. Last good check: 22 May 2026.", ActAgain,
		},
		"expired, and not proven": {
			judged{report: check.Report{Checks: []check.Check{row(check.Period, check.Fail, check.ReasonExpired, "until", "3 May 2026"), row(check.Anchor, check.Unknown, "anchor.not-checked", "chain", "Bitcoin")}}},
			Care, IconClock, "Expired 3 May 2026", "It ended on 3 May 2026, and not all about it could be checked, so we don't say that it was genuine.", ActShare,
		},
		"expired": {
			judged{report: holds(listed, row(check.Period, check.Fail, check.ReasonExpired, "until", "3 May 2026"))},
			Care, IconClock, "Expired 3 May 2026",
			"It was genuine and ended on 3 May 2026. Some employers accept it; you can still share it.", ActShare,
		},
		"the signature ran out": {
			judged{report: holds(listed, row(check.Period, check.Fail, check.ReasonProofExpired, "until", "3 May 2026"))},
			Care, IconClock, "Expired 3 May 2026", "Its signature was good until 3 May 2026. Nothing vouches for it any more.", ActShare,
		},
		"shown too long ago": {
			judged{until: today, report: holds(listed, row(check.Fresh, check.Fail, check.ReasonStale, "until", "3 May 2026")), others: true},
			Care, IconClock, "Expired 3 May 2026",
			"What was shown was good until 3 May 2026 only. That does not mean that the badge itself has ended.", "",
		},
		"shown too long ago, and ended": {
			judged{report: holds(listed, row(check.Fresh, check.Fail, check.ReasonStale, "until", "4 May 2026"), row(check.Period, check.Fail, check.ReasonExpired, "until", "3 May 2026")), others: true},
			Care, IconClock, "Expired 3 May 2026", "It was genuine and ended on 3 May 2026. Whether that matters is for you to say.", "",
		},
		"expired, somebody else's": {
			judged{report: holds(listed, row(check.Period, check.Fail, check.ReasonExpired, "until", "3 May 2026")), others: true},
			Care, IconClock, "Expired 3 May 2026", "It was genuine and ended on 3 May 2026. Whether that matters is for you to say.", "",
		},
		"not yet": {
			judged{from: today.AddDate(0, 1, 0), report: holds(row(check.Period, check.Fail, check.ReasonNotYet))},
			Care, IconClock, "Starts 22 December 2026",
			"It is not valid until 22 December 2026.", ActAgain,
		},
		"withdrawn": {judged{report: holds(row(check.Status, check.Fail, check.ReasonRevoked))}, Bad, IconStop, "Withdrawn", "Alpine took this back. Anyone who checks it will see this too.", ActExplain},
		"suspended": {
			judged{report: holds(row(check.Status, check.Fail, check.ReasonSuspended))},
			Bad, IconStop, "Suspended",
			"Alpine says that it does not count for now (seen 22 November 2026). Anyone who checks it will see this too.", ActExplain,
		},
		"changed": {
			judged{report: holds(row(check.Signature, check.Fail, "signature.broken"))},
			Bad, IconWarning, "Problem found",
			"The text no longer matches the signature, so we can't vouch for any of it.", ActExplain,
		},
		"unsigned": {judged{report: check.Report{Checks: []check.Check{row(check.Signature, check.Absent, check.ReasonNoProof)}}}, Note, IconInfo, "No signature to check", "Older or self-made badge: we can show it, not prove it.", ActExplain},
	} {
		t.Run(name, func(t *testing.T) {
			c.j.issuer = "Alpine"
			v := testWords().verdict(c.j)
			if v.Tone != c.tone || v.Icon != c.icon || v.Headline != c.headline || v.Body != c.body || v.Act != c.act {
				t.Errorf("got %+v", v)
			}
			noGaps(t, v.Text, v.Headline, v.Body, v.Hint, v.Action)
		})
	}
}

func TestVerdictOfNobody(t *testing.T) {
	v := testWords().verdict(judged{report: holds(row(check.Status, check.Fail, check.ReasonRevoked))})
	if v.Body != "The issuer took this back. Anyone who checks it will see this too." || v.Hint != "Contact the issuer." {
		t.Errorf("got %+v", v)
	}
}

// TestHintOfAStaleShowing: what was shown too long ago is mended by who showed it, not by
// the issuer.
func TestHintOfAStaleShowing(t *testing.T) {
	stale := row(check.Fresh, check.Fail, check.ReasonStale, "until", "3 May 2026")
	v := testWords().verdict(judged{issuer: "Alpine", report: holds(stale), others: true})
	if want := "Ask whoever showed it to show it anew."; v.Hint != want {
		t.Errorf("got %q, want %q", v.Hint, want)
	}
	ended := row(check.Period, check.Fail, check.ReasonExpired, "until", "3 May 2026")
	v = testWords().verdict(judged{issuer: "Alpine", report: holds(stale, ended), others: true})
	if want := "Ask Alpine for a renewal."; v.Hint != want {
		t.Errorf("ended too: got %q, want %q", v.Hint, want)
	}
}

// TestUnsignedIsSaidOnce: of a badge without a signature it is said once that there
// is none.
func TestUnsignedIsSaidOnce(t *testing.T) {
	v := testWords().checks(check.Report{Checks: []check.Check{
		row(check.Terms, check.Absent, "terms.no-proof"), row(check.Key, check.Absent, "key.none"), row(check.Signature, check.Absent, check.ReasonNoProof),
	}}, false)
	if len(v.Rows) != 1 || v.Rows[0].Title != "There is no signature" || len(v.Minor) != 2 {
		t.Errorf("got %+v", v)
	}
}

func TestNothingUncheckedReadsAsPassed(t *testing.T) {
	w := testWords()
	for o := check.NotRun; o <= check.Absent; o++ {
		r := w.row(row(check.Status, o, "status.none"), false)
		if passed := r.Tone == Good || r.Icon == IconTick || r.State == "passed"; passed != (o == check.Pass) {
			t.Errorf("%s reads as %+v", o, r)
		}
	}
	if v := w.pill("made-up"); v.Tone == Good || v.Text != "Not fully checked" {
		t.Errorf("an unknown verdict reads as %+v", v)
	}
	if v := w.verdict(judged{}); v.Tone == Good {
		t.Errorf("the zero report reads as %+v", v)
	}
}

func TestChecksAfterABrokenSignature(t *testing.T) {
	r := holds(row(check.Signature, check.Fail, "signature.broken"), row(check.Issuer, check.NotRun, "issuer.not-run"), row(check.Period, check.Pass, "period.no-end", "from", "x"))
	v := testWords().checks(r, false)
	if len(v.Rows) != 2 || v.Rows[0].State != "does not hold" || v.Rows[1].State != "skipped" || len(v.Minor) != 0 || !strings.HasPrefix(v.Hidden, "7 more") {
		t.Errorf("got %+v", v)
	}
	fine := testWords().checks(holds(), false)
	if len(fine.Rows) != 5 || len(fine.Minor) != 1 || fine.Hidden != "" {
		t.Errorf("got %+v", fine)
	}
}

func TestRowButtons(t *testing.T) {
	w := testWords()
	for reason, want := range map[string]Act{
		"issuer.unrecognised": ActTrust, "issuer.trusted-by-you": ActDistrust, "status.offline": ActSettings, "status.unreachable": ActAgain,
		"check.stopped": ActAgain, "holder.other-address": ActSettings, "signature.holds": "",
	} {
		if got := w.row(row(check.Issuer, check.Caution, reason), false); got.Act != want || (got.Action == "") != (want == "") {
			t.Errorf("%s: %q %q", reason, got.Act, got.Action)
		}
		if got := w.row(row(check.Issuer, check.Caution, reason), true); got.Act != "" {
			t.Errorf("%s has a button on somebody else's badge", reason)
		}
	}
}

func TestFaultWords(t *testing.T) {
	w := testWords()
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"a fault":               {fault.New("keyring.locked"), "keyring.locked"},
		"a fault below":         {errors.Join(errors.New("x"), fault.New("vault.newer", "path", "/p")), "vault.newer"},
		"no fault":              {errors.New("pq: secret text"), ""},
		"a fault with no words": {fault.New("made.up"), ""},
	} {
		got := w.fault(c.err)
		if got.Code != c.code || got.Title == "" || got.Why == "" || got.Do == "" || strings.Contains(got.Why, "secret") {
			t.Errorf("%s: %+v", name, got)
		}
		noGaps(t, got.Title, got.Why, got.Do)
	}
}

func TestDates(t *testing.T) {
	w := testWords()
	for want, got := range map[string]string{
		"12 June 2026":            w.date(time.Date(2026, 6, 12, 23, 59, 0, 0, time.UTC)),
		"":                        w.date(time.Time{}) + w.stated(time.Time{}) + w.moment(time.Time{}),
		"today, 00:00":            w.moment(today.Truncate(24 * time.Hour)),
		"yesterday, 23:59":        w.moment(today.Truncate(24 * time.Hour).Add(-time.Minute)),
		"20 November 2026, 09:14": w.moment(today.AddDate(0, 0, -2)),
		"23 November 2026, 00:00": w.moment(today.Truncate(24*time.Hour).AddDate(0, 0, 1)),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	east := testWords()
	east.zone = time.FixedZone("east", 14*3600)
	late := time.Date(2026, 6, 12, 12, 0, 0, 0, time.UTC)
	if east.date(late) != "13 June 2026" || east.stated(late) != "12 June 2026" {
		t.Error(east.date(late), east.stated(late))
	}
}

func TestEmblems(t *testing.T) {
	for name, want := range map[string]string{"Food Safety Level 2": "FS", "éclair": "É", "": "", "«Ärzte» & Co": "ÄC", "4 hands": "4H"} {
		if got := initials(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	if emblem("a", "b").Hash == emblem("b", "a").Hash {
		t.Error("all emblems have one colour")
	}
}
