package cmd_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
)

// reasonCode is what a row's reason looks like; fault codes are found by the call.
var reasonCode = regexp.MustCompile(`^(shape|terms|key|signature|anchor|period|status|schema|issuer|holder|parts|binding|audience|fresh|disclosure|check)\.[a-z0-9][a-z0-9-]*$`)

// readers name members such as "issuer.id", and the face names texts of its own,
// which look like reasons; what they say themselves is about the shape only.
var readers = regexp.MustCompile(`verify/(vocab|envelope|substance)/|/app/`)

// spoken is a code that the program can say, and where it does.
type spoken struct{ code, where string }

// TestEverythingSaidHasWords finds each reason and fault code in the source and
// requires its words in every language, with the same slots as in English.
func TestEverythingSaidHasWords(t *testing.T) {
	reasons, faults := codes(t)
	if len(reasons) < 40 || len(faults) < 20 {
		t.Fatalf("only %d reasons and %d faults found: the test looks in the wrong place", len(reasons), len(faults))
	}
	for _, lang := range assets.Languages() {
		w, err := assets.Language(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reasons {
			require(t, lang, w, r, "check."+r.code, "title", "why", "remedy")
		}
		for _, f := range faults {
			require(t, lang, w, f, "fault."+f.code, "title", "why", "do")
		}
		for code, text := range w {
			if want := assets.Slots(assets.English()[code]); !slices.Equal(assets.Slots(text), want) {
				t.Errorf("%s: %s has the slots %v, English has %v", lang, code, assets.Slots(text), want)
			}
		}
	}
}

func require(t *testing.T, lang string, w assets.Words, s spoken, code string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		text, ok := w[code+"."+p]
		if !ok {
			t.Errorf("%s: no words for %s.%s (said in %s)", lang, code, p, s.where)
		}
		if ok && text == "" && p != "remedy" {
			t.Errorf("%s: %s.%s is empty", lang, code, p)
		}
		if strings.Contains(text, "!") {
			t.Errorf("%s: %s.%s shouts", lang, code, p)
		}
	}
}

// TestNoWordsNobodySays finds words whose code is written nowhere, as a whole, by
// its last name, or by the end of its last name (as in "nbf"+"-differs").
func TestNoWordsNobodySays(t *testing.T) {
	written := literals(t)
	for code := range assets.English() {
		if !strings.HasPrefix(code, "check.") && !strings.HasPrefix(code, "fault.") {
			continue
		}
		stem := code[strings.IndexByte(code, '.')+1 : strings.LastIndexByte(code, '.')]
		last := stem[strings.LastIndexByte(stem, '.')+1:]
		_, end, _ := strings.Cut(last, "-")
		if !written[stem] && !written[last] && !written["-"+end] {
			t.Errorf("nobody says %s", code)
		}
	}
}

// literals are all texts in the source.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	walk(t, func(file string) error {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if s, ok := text(lit); ok {
					out[s] = true
				}
			}
			return true
		})
		return nil
	})
	return out
}

// walk visits the source of all rooms that speak, tests aside.
func walk(t *testing.T, visit func(file string) error) {
	t.Helper()
	for _, room := range []string{"share", "wallet", "verify", "cmd", "app"} {
		err := filepath.WalkDir(filepath.Join("..", room), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			return visit(filepath.ToSlash(file))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func codes(t *testing.T) (reasons, faults []spoken) {
	t.Helper()
	walk(t, func(file string) error {
		r, f, err := codesOf(file)
		reasons, faults = append(reasons, r...), append(faults, f...)
		return err
	})
	return reasons, faults
}

// codesOf reads the codes of one file: every text that looks like a reason, and
// every text that makes a fault or is named as a fault's code.
func codesOf(file string) (reasons, faults []spoken, err error) {
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		return nil, nil, err
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := text(n); ok && reasonCode.MatchString(s) && (!readers.MatchString(file) || strings.HasPrefix(s, "shape.")) {
				reasons = append(reasons, spoken{s, file})
			}
		case *ast.CallExpr:
			if s, ok := faultCode(n); ok {
				faults = append(faults, spoken{s, file})
			}
		}
		return true
	})
	// A fault's code may begin like a reason: "key.not-here".
	reasons = slices.DeleteFunc(reasons, func(r spoken) bool { return slices.Contains(faults, r) })
	return reasons, faults, nil
}

// faultCode gives the code of fault.New(code, …) and fault.Wrap(err, code, …).
func faultCode(call *ast.CallExpr) (string, bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	pkg, ok := f.X.(*ast.Ident)
	if !ok || pkg.Name != "fault" {
		return "", false
	}
	at := map[string]int{"New": 0, "Wrap": 1}
	i, ok := at[f.Sel.Name]
	if !ok || len(call.Args) <= i {
		return "", false
	}
	return text(call.Args[i])
}

func text(n ast.Expr) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
