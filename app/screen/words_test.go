package screen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/cairnwallet/cairn/assets"
)

// call is one use of a text: its code, or the beginning of it, and the slots it fills.
type call struct {
	code  string
	whole bool
	slots []string
}

// sources are the files of the package that are no tests.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
			f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, f)
		}
	}
	return out
}

// literal gives the text of a literal, or the literal a sum of strings begins with.
func literal(e ast.Expr) (text string, whole, ok bool) {
	switch v := e.(type) {
	case *ast.BinaryExpr:
		text, _, ok = literal(v.X)
		return text, false, ok
	case *ast.BasicLit:
		text, err := strconv.Unquote(v.Value)
		return text, true, err == nil && v.Kind == token.STRING
	}
	return "", false, false
}

// calls lists the uses of Kit.t.
func calls(files []*ast.File) []call {
	var out []call
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := c.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "t" || len(c.Args) == 0 {
				return true
			}
			code, whole, ok := literal(c.Args[0])
			if !ok {
				return true
			}
			one := call{code: "app.screen." + code, whole: whole}
			for i := 1; i < len(c.Args); i += 2 {
				slot, _, _ := literal(c.Args[i])
				one.slots = append(one.slots, slot)
			}
			out = append(out, one)
			return true
		})
	}
	return out
}

// TestWordsAreThere demands that every text the screens ask for is in the catalogue with just
// the slots they fill.
func TestWordsAreThere(t *testing.T) {
	words := assets.English()
	for _, c := range calls(sources(t)) {
		if !c.whole {
			continue
		}
		if !words.Has(c.code) {
			t.Errorf("no words for %s", c.code)
			continue
		}
		slots := assets.Slots(words[c.code])
		slices.Sort(slots)
		slices.Sort(c.slots)
		if !slices.Equal(slices.Compact(slots), c.slots) {
			t.Errorf("%s has the slots %v, and is given %v", c.code, slots, c.slots)
		}
	}
}

// TestWordsAreUsed demands that no words lie about that no screen asks for.
func TestWordsAreUsed(t *testing.T) {
	all := calls(sources(t))
	for code := range assets.English() {
		used := !strings.HasPrefix(code, "app.screen.") || slices.ContainsFunc(all, func(c call) bool {
			return c.code == code || !c.whole && strings.HasPrefix(code, c.code)
		})
		if !used {
			t.Errorf("nobody says %s", code)
		}
	}
}

// TestScreensHoldNoWords demands that what people read is in the catalogue. The name of the
// program and what joins two texts are no words.
func TestScreensHoldNoWords(t *testing.T) {
	for _, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err == nil && strings.Contains(text, " ") && strings.ContainsFunc(text, unicode.IsLetter) {
				t.Errorf("%q stands in the code", text)
			}
			return true
		})
	}
}
