package verify_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

var update = flag.Bool("update", false, "write testdata/conformance anew with throw-away keys")

// vectors is where the vectors of all axes but one stand: in a folder for each
// registered name are files good* and bad*, and in its folder web, as HOST/PATH,
// what the internet answers. What is wrong with the bad ones stands in <axis>.txt.
const vectors = "testdata/conformance"

// axis is one registry.
type axis struct {
	name  string
	dir   string
	names []string                                             // what is registered
	rows  []string                                             // the checks that what is registered answers for
	shows func(raw []byte, c *vc.Credential) []string          // the names a credential goes by
	make  map[string]func(t *testing.T) made                   // makes the vectors of a name; nil where another test does
	open  func(t *testing.T, file []byte) ([]byte, []jose.Key) // takes the vector out of its file; nil where that is all of it
}

func axes() []axis {
	return []axis{
		{name: "envelope", names: envelope.Names(), rows: []string{check.Shape}, make: envelopeMakers, shows: func(raw []byte, c *vc.Credential) []string {
			names := envelope.Of(raw)
			if leavesNoMark := []string{"data-url", "lines", "vp1"}; len(names) == 1 && !slices.Contains(leavesNoMark, names[0]) && !slices.Contains(strings.Split(c.Form, "+"), names[0]) {
				return []string{"form " + c.Form}
			}
			return names
		}},
		{name: "vocab", names: vocab.Names(), rows: []string{check.Shape}, make: vocabMakers, shows: func(_ []byte, c *vc.Credential) []string { return []string{c.Kind} }},
		{name: "family", names: verify.FamilyNames(), rows: []string{check.Signature}, make: familyMakers, shows: func(_ []byte, c *vc.Credential) []string {
			return each(c.Proofs, verify.FamilyOf)
		}},
		{name: "status", names: status.Names(), rows: []string{check.Status}, make: statusMakers, shows: func(_ []byte, c *vc.Credential) []string {
			if len(c.Proofs) > 0 && c.Proofs[0].Suite == envelope.BadgeJWS {
				return []string{"RevocationList"} // which its issuer's profile names
			}
			return each(c.Status, func(s vc.StatusRef) string { return s.Type })
		}},
		{name: "did", names: did.Names(), rows: []string{check.Key}, make: didMakers, shows: func(_ []byte, c *vc.Credential) []string {
			method, _, _ := strings.Cut(strings.TrimPrefix(c.Issuer.ID, "did:"), ":")
			return []string{method}
		}},
		{
			name: "proof", dir: "proof/testdata", names: proof.Names(), rows: []string{check.Terms, check.Key, check.Signature}, open: openExample,
			shows: func(_ []byte, c *vc.Credential) []string {
				return each(c.Proofs, func(p vc.Proof) string { return p.Suite })
			},
		},
	}
}

func each[T any](list []T, name func(T) string) []string {
	var out []string
	for _, v := range list {
		out = append(out, name(v))
	}
	return slices.Compact(out)
}

// openExample takes a document and the key that is vouched for out of an example of
// package proof, which writes them.
func openExample(t *testing.T, file []byte) ([]byte, []jose.Key) {
	var e struct {
		Key      string
		Document json.RawMessage
	}
	if err := json.Unmarshal(file, &e); err != nil {
		t.Fatal(err)
	}
	return e.Document, []jose.Key{{Public: must(multi.DecodeKey(e.Key))}}
}

// TestConformance walks every registry. Whatever is registered has vectors, good ones
// that hold and bad ones, each a good one with one thing wrong, that do not. Whatever
// has vectors is registered.
func TestConformance(t *testing.T) {
	for _, a := range axes() {
		if a.dir == "" {
			a.dir = filepath.Join(vectors, a.name)
		}
		t.Run(a.name, func(t *testing.T) {
			if *update && a.make != nil {
				a.write(t)
			}
			why := a.recorded(t)
			for _, name := range a.names {
				t.Run(name, func(t *testing.T) { a.conforms(t, name, why) })
			}
			a.strangers(t)
			if *update && a.make != nil {
				a.record(t, why)
			}
		})
	}
}

// strangers finds the folders of nothing that is registered. What fuzzers found
// stands beside the vectors of package proof.
func (a axis) strangers(t *testing.T) {
	for _, f := range must(os.ReadDir(a.dir)) {
		if !slices.Contains(a.names, f.Name()) && f.Name() != "fuzz" {
			t.Errorf("%s is of no %s that is registered", filepath.Join(a.dir, f.Name()), a.name)
		}
	}
}

// conforms runs the vectors of one name. A bad one must be bad for the reason that
// why has of it, so that none stays bad because of something else.
func (a axis) conforms(t *testing.T, name string, why map[string]string) {
	dir := filepath.Join(a.dir, name)
	for kind, run := range map[string]func(*testing.T, string, judgement){"good": a.good, "bad": a.bad} {
		files := must(filepath.Glob(filepath.Join(dir, kind+"*")))
		if len(files) == 0 {
			t.Errorf("no %s* in %s; CONTRIBUTING.md says how to make some", kind, dir)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				j := a.judge(t, name, file)
				run(t, name, j)
				vector, got := name+"/"+filepath.Base(file), a.doubts(j)
				if kind == "bad" && *update {
					why[vector] = got
				} else if kind == "bad" && a.make != nil && why[vector] != got {
					t.Errorf("bad because of %q, want %q", got, why[vector])
				}
			})
		}
	}
}

// doubts are the reasons for which a vector is bad: why it was refused, or what the
// axis says of it.
func (a axis) doubts(j judgement) string {
	if j.err != nil {
		return fault.Code(j.err)
	}
	var out []string
	for _, r := range j.reports {
		for _, k := range a.answers(r) {
			if doubted(k) {
				out = append(out, k.Reason)
			}
		}
	}
	return strings.Join(out, " ")
}

// recorded reads why the bad vectors are bad: a line for each.
func (a axis) recorded(t *testing.T) map[string]string {
	why := map[string]string{}
	if a.make == nil || *update {
		return why
	}
	for line := range strings.Lines(string(must(os.ReadFile(a.dir + ".txt")))) {
		vector, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		if why[vector] = reason; !fileExists(filepath.Join(a.dir, vector)) {
			t.Errorf("%s.txt speaks of %s, which is not there", a.dir, vector)
		}
	}
	return why
}

func fileExists(name string) bool { _, err := os.Stat(name); return err == nil }

func (a axis) record(t *testing.T, why map[string]string) {
	var out strings.Builder
	for _, vector := range slices.Sorted(maps.Keys(why)) {
		out.WriteString(vector + " " + why[vector] + "\n")
	}
	if err := os.WriteFile(a.dir+".txt", []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// judgement is what came of a vector.
type judgement struct {
	raw     []byte
	found   []*vc.Credential
	reports []check.Report
	err     error // it was refused
}

// judge judges a vector for somebody who knows its issuer: that alone never saves a
// bad one.
func (a axis) judge(t *testing.T, name, file string) judgement {
	j := judgement{raw: must(os.ReadFile(file))}
	clock := func() time.Time { return now }
	web := os.DirFS(filepath.Join(a.dir, name, "web"))
	v := verify.Verifier{Now: clock, Get: fetch.Mirror{Dirs: []fs.FS{web}, Now: clock}}
	if a.open != nil {
		j.raw, v.Vouched = a.open(t, j.raw)
	}
	if name == vocab.Presentation {
		j.show(t, v)
		return j
	}
	j.found, j.err = verify.Read(j.raw)
	for _, c := range j.found {
		v.Issuers = append(v.Issuers, verify.Trusted{ID: c.Issuer.ID})
		j.reports = append(j.reports, v.Verify(t.Context(), c, nil))
	}
	return j
}

// show judges a presentation. What is remarked on its shape is in the row on its
// holder's signature.
func (j *judgement) show(t *testing.T, v verify.Verifier) {
	var p *verify.Presentation
	if p, j.err = verify.ReadPresentation(j.raw); j.err != nil {
		return
	}
	for _, r := range v.VerifyPresentation(t.Context(), p, verify.Expect{}, nil) {
		j.found = append(j.found, &vc.Credential{Kind: kindShown(p)})
		rows := r.Rows(check.Binding)
		for _, k := range rows {
			k.ID = check.Shape
			r.Checks = append(r.Checks, k)
		}
		j.reports = append(j.reports, r)
	}
}

func kindShown(p *verify.Presentation) string {
	if strings.HasPrefix(p.Form, "vp") {
		return vocab.Presentation
	}
	return "shown as " + p.Form
}

// answers gives the rows of the axis.
func (a axis) answers(r check.Report) []check.Check {
	var out []check.Check
	for _, id := range a.rows {
		out = append(out, r.Rows(id)...)
	}
	return out
}

func doubted(k check.Check) bool { return k.Outcome == check.Fail || k.Outcome == check.Unknown }

// good: it is read as what it is, and nothing the axis answers for is in doubt.
func (a axis) good(t *testing.T, name string, j judgement) {
	if j.err != nil || len(j.found) == 0 {
		t.Fatalf("refused: %v", j.err)
	}
	for i, c := range j.found {
		a.known(t, name, j.raw, c)
		r := j.reports[i]
		for _, id := range a.rows {
			if len(r.Rows(id)) == 0 {
				t.Errorf("no row %s", id)
			}
		}
		for _, k := range a.answers(r) {
			if k.Outcome != check.Pass && k.Outcome != check.Caution {
				t.Errorf("%s", text(k))
			}
		}
		if v := r.Verdict(); v == check.Problem || v == check.Withdrawn {
			t.Errorf("verdict %s: %s", v, text(r.Checks))
		}
	}
}

// bad: it is refused in words, or the axis says what is wrong with it, and its
// verdict is no good one.
func (a axis) bad(t *testing.T, name string, j judgement) {
	if j.err != nil {
		if code := fault.Code(j.err); code == "" || code == "input.reader-broke" {
			t.Errorf("refused without words: %v", j.err)
		}
		return
	}
	for i, c := range j.found {
		a.known(t, name, j.raw, c)
		r := j.reports[i]
		if v := r.Verdict(); v == check.Verified || v == check.UnrecognisedIssuer {
			t.Errorf("verdict %s", v)
		}
		if !slices.ContainsFunc(a.answers(r), doubted) {
			t.Errorf("nothing is wrong with it: %s", text(r.Checks))
		}
	}
}

// known: a credential goes by the name whose vector it is.
func (a axis) known(t *testing.T, name string, raw []byte, c *vc.Credential) {
	if names := a.shows(raw, c); !slices.Contains(names, name) {
		t.Errorf("read as %s %v", a.name, names)
	}
}

// made is what the folder of a name holds, by paths in it.
type made map[string][]byte

// at adds what an address answers.
func (m made) at(url string, body []byte) made {
	m["web/"+strings.TrimPrefix(url, "https://")] = body
	return m
}

// write makes the vectors anew.
func (a axis) write(t *testing.T) {
	if err := os.RemoveAll(a.dir); err != nil {
		t.Fatal(err)
	}
	for name, vectors := range a.make {
		for path, b := range vectors(t) {
			file := filepath.Join(a.dir, name, filepath.FromSlash(path))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// swapped changes one thing of a vector: its first a becomes b.
func swapped[T ~string | ~[]byte](in T, a, b string) []byte {
	if !strings.Contains(string(in), a) {
		panic(fmt.Sprintf("no %q to change", a))
	}
	return []byte(strings.Replace(string(in), a, b, 1))
}

// bit changes one bit of the byte at a place, which counts from the end if negative.
func bit(in []byte, place int) []byte {
	out := slices.Clone(in)
	out[(place+len(out))%len(out)] ^= 1
	return out
}

// cut takes the last bytes away.
func cut(in []byte, n int) []byte { return in[:len(in)-n] }
