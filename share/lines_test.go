package share

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

func read(t testing.TB, raw string) *vc.Credential {
	t.Helper()
	found, err := verify.Read([]byte(raw))
	if err != nil || len(found) != 1 {
		t.Fatal(err, len(found))
	}
	return found[0]
}

func TestLookLines(t *testing.T) {
	got := Look(read(t, lines(t, nil, person())))
	want := Choices{Lines: []Line{
		{Path: "badge", Name: "badge", Label: "Badge", Value: "Food safety", Fixed: true, Parent: -1},
		{Path: "issuer", Name: "issuer", Label: "Issued by", Value: issuerDID(), Fixed: true, Parent: -1},
		{Path: "awarded", Name: "awarded", Label: "Earned", Value: "22 November 2026", Fixed: true, Parent: -1},
		{Path: "/level", Name: "level", Label: "Level", Value: "2", Fixed: true, Parent: -1},
		{Path: "/skills/0", Name: "0", Label: "Skills 1", Value: "storing", Fixed: true, Parent: -1},
		{Path: "/address", Name: "address", Label: "Address", Value: "CH", Parent: -1, Sensitive: true},
		{Path: "/address/locality", Name: "locality", Label: "Town", Value: "Bern", Parent: 5, Depth: 1, Sensitive: true},
		{Path: "/birthdate", Name: "birthdate", Label: "Date of birth", Value: "4 March 2003", Parent: -1, Sensitive: true},
		{Path: "/given_name", Name: "given_name", Label: "First name", Value: "Maya", Parent: -1},
		{Path: "/name", Name: "name", Label: "Name", Value: "Food Safety Level 2", Parent: -1},
		{Path: "/skills/1", Name: "1", Label: "Skills 2", Value: "cooking", Parent: -1},
		{Path: "/skills/2", Name: "2", Label: "Skills 3", Value: "serving", Parent: -1},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, paths := range map[string][]string{
		Minimum: nil,
		Usual:   {"/given_name", "/name", "/skills/1", "/skills/2"},
		All:     {"/address", "/address/locality", "/birthdate", "/given_name", "/name", "/skills/1", "/skills/2"},
	} {
		if diff := cmp.Diff(paths, got.Preset(name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLookWhole(t *testing.T) {
	unsigned := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:i","credentialSubject":{"name":"Maya"}}`
	for name, c := range map[string]struct{ raw, why string }{
		"a token":    {token(t, ""), "share.whole.one-piece"},
		"a document": {document(t, ""), "share.whole.one-piece"},
		"unsigned":   {unsigned, "share.whole.unsigned"},
		"no choices": {lines(t, nil, map[string]any{"level": "2"}), "share.whole.no-lines"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Look(read(t, c.raw))
			if !got.Whole || got.Why != c.why || len(got.Preset(All)) > 0 || len(got.Lines) < 2 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestValues(t *testing.T) {
	got := Look(read(t, lines(t, nil, map[string]any{
		"adult": sdjwt.Hidden{Value: true}, "minor": sdjwt.Hidden{Value: false}, "middle": sdjwt.Hidden{Value: nil},
		"portrait": sdjwt.Hidden{Value: "data:image/png;base64,AAAA"}, "long": sdjwt.Hidden{Value: strings.Repeat("ü", 400)},
		"a/b~c": sdjwt.Hidden{Value: []any{"x", map[string]any{"y": "z"}}}, "heightInCm": sdjwt.Hidden{Value: "170"},
	})))
	values := map[string]string{}
	for _, l := range got.Lines {
		if !l.Fixed {
			values[l.Label] = l.Value
		}
	}
	want := map[string]string{
		"Adult": "yes", "Minor": "no", "Middle": "empty", "Portrait": "a picture", "Long": strings.Repeat("ü", 300) + "…",
		"A/b~c": "x, z", "Height in cm": "170",
	}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSensitive(t *testing.T) {
	for path, want := range map[string]bool{
		"/birthdate": true, "/date_of_birth": true, "/dob": true, "/address": true, "/address/country": true, "/email": true, "/emailAddress": true,
		"/phone_number": true, "/ssn": true, "/nationalities/0": true, "/sex": true, "/age_over_18": true, "/is_over_21": true, "/place_of_birth": true,
		"/given_name": false, "/name": false, "/course": false, "/grade": false, "/language": false, "/message": false, "/essex": false, "/package": false,
	} {
		if got := sensitive(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// TestLookCorpus: every credential of the real world gives lines, and every line
// that can be ticked can be shown by itself.
func TestLookCorpus(t *testing.T) {
	looked, ticked := 0, 0
	for _, kind := range []string{"ob3-di", "ob3-jwt", "ob3-baked", "ob3-unsigned", "sd-jwt", "sd-jwt-vc", "vc-jwt", "vc-di"} {
		files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, kind), "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found, _ := verify.Read(raw)
			for _, c := range found {
				looked++
				ticked += tryLines(t, file, c)
			}
		}
	}
	if looked < 150 || ticked < 100 {
		t.Errorf("only %d credentials and %d lines were looked at", looked, ticked)
	}
}

func tryLines(t *testing.T, file string, c *vc.Credential) int {
	t.Helper()
	ch := Look(c)
	s := disclosable(c)
	paths := ch.Preset(All)
	if s == nil || len(s.Flaws) > 0 {
		return 0
	}
	for _, path := range paths {
		text, err := s.Present([]string{path})
		if err != nil {
			t.Errorf("%s: %s: %v", file, path, err)
			continue
		}
		shown, err := sdjwt.Parse(text)
		if err != nil || len(shown.Flaws) > 0 || len(shown.Disclosures) == 0 {
			t.Errorf("%s: %s: %v, %v", file, path, err, shown)
		}
	}
	for i, l := range ch.Lines {
		if l.Label == "" || l.Parent >= i || slices.IndexFunc(ch.Lines, func(o Line) bool { return o.Path == l.Path }) != i {
			t.Errorf("%s: line %d is %+v", file, i, l)
		}
	}
	return len(paths)
}

func FuzzLook(f *testing.F) {
	f.Add([]byte(lines(f, nil, person())))
	f.Add([]byte(token(f, "")))
	f.Add([]byte(document(f, "")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, err := verify.Read(raw)
		if err != nil {
			return
		}
		for _, c := range found {
			ch := Look(c)
			if got := ch.Preset(All); ch.Whole && len(got) > 0 {
				t.Errorf("lines to tick in one piece: %v", got)
			}
		}
	})
}
