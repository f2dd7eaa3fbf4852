package canon

import (
	"bufio"
	"context"
	"crypto"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// rdfcCase is a row of the corpus's table of RDFC-1.0 vectors.
type rdfcCase struct{ name, input, want, labels string }

// rdfcCases reads the table "Canonical N-Quads" of VECTORS.md.
func rdfcCases(t *testing.T) []rdfcCase {
	f, err := os.Open(testkit.Corpus(t, "VECTORS.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []rdfcCase
	for s := bufio.NewScanner(f); s.Scan(); {
		cells := strings.Split(s.Text(), " | ")
		if len(cells) != 5 || !strings.HasPrefix(cells[2], "`test0") && !strings.HasPrefix(cells[2], "test0") {
			continue
		}
		out = append(out, rdfcCase{
			name:   strings.TrimPrefix(cells[0], "| ") + " " + cells[1],
			input:  cells[2],
			want:   cells[3],
			labels: strings.TrimSuffix(cells[4], " |"),
		})
	}
	return out
}

func TestRDFC10Vectors(t *testing.T) {
	cases := rdfcCases(t)
	if len(cases) < 38 {
		t.Fatalf("%d cases read, 38 expected", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t) })
	}
}

func (c rdfcCase) run(t *testing.T) {
	h := crypto.SHA256
	name, sha384 := strings.CutSuffix(strings.Trim(c.input, "`"), " with SHA-384")
	if sha384 {
		h = crypto.SHA384
	}
	input := read(t, "rdfc10", name)
	quads, err := ParseNQuads(input)
	if err != nil {
		t.Fatal(err)
	}
	got, err := RDFC10(context.Background(), quads, h)
	if err != nil {
		t.Fatal(err)
	}
	if sum, ok := strings.CutPrefix(c.want, "SHA-256 "); ok {
		d := crypto.SHA256.New()
		d.Write(got.NQuads())
		if hex.EncodeToString(d.Sum(nil)) != strings.Trim(sum, "`") {
			t.Errorf("digest of the canonical text differs")
		}
	} else {
		want := input
		if c.want != "the input itself" {
			want = read(t, "rdfc10", strings.Trim(c.want, "`"))
		}
		if string(want) != string(got.NQuads()) {
			t.Errorf("got\n%swant\n%s", got.NQuads(), want)
		}
	}
	c.checkLabels(t, got.Labels)
}

func (c rdfcCase) checkLabels(t *testing.T, got map[string]string) {
	var text []byte
	switch l := strings.Trim(c.labels, "`"); {
	case strings.HasPrefix(l, "not asserted"):
		return
	case strings.HasPrefix(l, "{"):
		text = []byte(l)
	default:
		text = read(t, "rdfc10", l)
	}
	var want map[string]string
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Errorf("%d labels issued, want %d", len(got), len(want))
	}
	for label, id := range want {
		if got[label] != id {
			t.Errorf("label %s: issued %q, want %q", label, got[label], id)
		}
	}
}

func read(t *testing.T, elem ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(testkit.Corpus(t, filepath.Join(elem...)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
