// Package assets holds the files that are part of the program, and their loaders:
// one Go file for each folder. Nothing here reads the disk or the network.
package assets

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed words
var wordFiles embed.FS

// Words are the texts of one language under stable codes, such as
// "verdict.verified.title". A slot in a text is written {name}.
type Words map[string]string

var english = sync.OnceValue(func() Words {
	w, err := Language("en")
	if err != nil {
		panic(err) // an embedded file is broken: the tests can't have passed
	}
	return w
})

// English gives the English words.
func English() Words { return english() }

// Languages lists the languages that have words.
func Languages() []string {
	entries, err := fs.ReadDir(wordFiles, "words")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// manyWords is how many codes have words, about, so that there is room at once.
const manyWords = 2200

// Language reads all words of a language: every file of its folder, in which the
// codes are nested objects whose names are joined by dots.
func Language(lang string) (Words, error) {
	names, err := fs.Glob(wordFiles, "words/"+lang+"/*.json")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no words for language %q", lang)
	}
	out := make(Words, manyWords)
	for _, name := range names {
		b, err := wordFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := out.read(string(b)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// Has says whether there are words for a code.
func (w Words) Has(code string) bool { _, ok := w[code]; return ok }

// Text gives the words of a code with its slots filled, each as OneLine gives it,
// since strangers may have written what stands in it. A slot without a value
// and a code without words show themselves, so that a gap is seen and never
// reads as good news.
func (w Words) Text(code string, args map[string]string) string {
	s, ok := w[code]
	if !ok {
		return "[" + code + "]"
	}
	if !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, "{"+k+"}", OneLine(v))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Slots lists the slots of a text, sorted, each once.
func Slots(s string) []string {
	var out []string
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			break
		}
		out = append(out, s[i+1:i+j])
		s = s[i+j+1:]
	}
	slices.Sort(out)
	return slices.Compact(out)
}
