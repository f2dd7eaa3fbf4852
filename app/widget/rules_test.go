package widget

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoLiterals demands that widgets and screens take every colour and every text size from
// the theme: none stands in their code.
func TestNoLiterals(t *testing.T) {
	for _, dir := range []string{".", filepath.Join("..", "screen")} {
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not there yet", dir)
			continue
		}
		for _, f := range goFiles(t, dir) {
			for _, wrong := range literals(t, f) {
				t.Error(wrong)
			}
		}
	}
}

func goFiles(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// literals lists the places of a file where a colour is made or a text size is a number.
func literals(t *testing.T, path string) (out []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	say := func(n ast.Node, what string) { out = append(out, set.Position(n.Pos()).String()+": "+what) }
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if isColor(n) {
				say(n, "a colour is made here: ask the theme")
			}
		case *ast.KeyValueExpr:
			if named(n.Key, "TextSize") && isNumber(n.Value) {
				say(n, "a text size is a number: ask the theme")
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if named(l, "TextSize") && i < len(n.Rhs) && isNumber(n.Rhs[i]) {
					say(n, "a text size is a number: ask the theme")
				}
			}
		}
		return true
	})
	return out
}

// isColor tells the names of image/color that make one; color.Color itself is only a type.
func isColor(s *ast.SelectorExpr) bool {
	pkg, ok := s.X.(*ast.Ident)
	return ok && pkg.Name == "color" && s.Sel.Name != "Color"
}

func named(e ast.Expr, name string) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == name
	case *ast.SelectorExpr:
		return e.Sel.Name == name
	}
	return false
}

func isNumber(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && (l.Kind == token.INT || l.Kind == token.FLOAT)
}

// TestLiteralsFound is the broken twin: the rules see what they are for.
func TestLiteralsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.go")
	bad := "package bad\nimport \"image/color\"\nvar c = color.NRGBA{}\nfunc f(t *T) { t.TextSize = 12; _ = T{TextSize: 13.5} }\n"
	if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := literals(t, path); len(got) != 3 {
		t.Errorf("found %v", got)
	}
}

// TestAccessible demands that every widget of this package says its name and its role: each
// type that makes a renderer must have both, itself or from what it embeds.
func TestAccessible(t *testing.T) {
	types := typesOf(t)
	if len(types) < 30 {
		t.Fatalf("only %d types found: the test looks in the wrong place", len(types))
	}
	for name, ty := range types {
		if ty.has(types, "CreateRenderer") && !(ty.has(types, "AccessibilityLabel") && ty.has(types, "AccessibilityRole")) {
			t.Errorf("%s says nothing to a screen reader", name)
		}
	}
}

// kind is a type of the package: its methods and what it embeds.
type kind struct {
	methods map[string]bool
	embeds  []string
}

func (k *kind) has(all map[string]*kind, method string) bool {
	if k == nil {
		return false
	}
	if k.methods[method] {
		return true
	}
	for _, e := range k.embeds {
		if all[e].has(all, method) {
			return true
		}
	}
	return false
}

func typesOf(t *testing.T) map[string]*kind {
	t.Helper()
	out := map[string]*kind{}
	at := func(name string) *kind {
		if out[name] == nil {
			out[name] = &kind{methods: map[string]bool{}}
		}
		return out[name]
	}
	for _, path := range goFiles(t, ".") {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil {
					at(receiver(n.Recv.List[0].Type)).methods[n.Name.Name] = true
				}
			case *ast.TypeSpec:
				embeds(at(n.Name.Name), n.Type)
			}
			return true
		})
	}
	return out
}

func receiver(e ast.Expr) string {
	if s, ok := e.(*ast.StarExpr); ok {
		e = s.X
	}
	if i, ok := e.(*ast.Ident); ok {
		return i.Name
	}
	return ""
}

func embeds(k *kind, e ast.Expr) {
	s, ok := e.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 {
			k.embeds = append(k.embeds, receiver(f.Type))
		}
	}
}
