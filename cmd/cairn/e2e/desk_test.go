//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is how long something may take to appear on a slow machine.
const patience = 5 * time.Minute

// desk is the desktop as a person has it: eyes, a pointer and a keyboard.
type desk struct {
	t *testing.T
}

// word is one word read on the screen.
type word struct {
	text string
	box  image.Rectangle
	line string // words of one line have the same
}

func (d desk) run(name string, args ...string) []byte {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return out
}

// keep takes a picture of the screen and keeps it under a name, for people to look
// at.
func (d desk) keep(name string) string { return d.picture(name, "root") }

// portrait takes a picture of the program's window alone.
func (d desk) portrait(name string) string { return d.picture(name, fmt.Sprint(d.window())) }

func (d desk) picture(name, window string) string {
	d.t.Helper()
	dir := os.Getenv("CAIRN_SHOTS")
	if dir == "" {
		dir = d.t.TempDir()
	}
	path := filepath.Join(dir, name+".png")
	d.run("import", "-silent", "-window", window, path)
	return path
}

// read reads all words on the screen: dark letters on light ground anywhere, and
// the light ones on filled buttons. Pictures are enlarged first: small type is
// then read reliably.
func (d desk) read() []word {
	d.t.Helper()
	dir := d.t.TempDir()
	screen, large := filepath.Join(dir, "screen.png"), filepath.Join(dir, "large.png")
	d.run("import", "-silent", "-window", "root", screen)
	turn := []string{}
	if dark(d.load(screen)) {
		turn = []string{"-negate"}
	}
	d.run("convert", append(append([]string{screen, "-colorspace", "Gray"}, turn...), "-resize", "200%", large)...)
	words := d.words(large, "11", 2, image.Point{})
	for i, box := range filled(d.load(screen)) {
		button := filepath.Join(dir, fmt.Sprintf("button%d.png", i))
		crop := fmt.Sprintf("%dx%d+%d+%d", box.Dx(), box.Dy(), box.Min.X, box.Min.Y)
		d.run("convert", screen, "-crop", crop, "+repage", "-colorspace", "Gray", "-negate", "-resize", "300%", button)
		words = append(words, d.words(button, "7", 3, box.Min)...)
	}
	return words
}

func (d desk) load(path string) image.Image {
	d.t.Helper()
	f, err := os.Open(path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		d.t.Fatal(err)
	}
	return img
}

// dark says whether a page is light letters on dark ground: most of it is dark.
func dark(img image.Image) bool {
	n, of := 0, 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 16 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 16 {
			if _, g, _, _ := img.At(x, y).RGBA(); g>>8 < 80 {
				n++
			}
			of++
		}
	}
	return 2*n > of
}

// filled finds the areas in the one strong blue of the light look: buttons and
// what is chosen.
func filled(img image.Image) []image.Rectangle {
	const step = 2 // every other pixel will do
	b := img.Bounds()
	blue := func(x, y int) bool {
		r, g, b, _ := img.At(x, y).RGBA()
		near := func(v uint32, want int) bool { return int(v>>8)-want < 8 && want-int(v>>8) < 8 }
		return near(r, 0x3D) && near(g, 0x4E) && near(b, 0xD8)
	}
	seen := map[image.Point]bool{}
	var out []image.Rectangle
	for y := b.Min.Y; y < b.Max.Y; y += step {
		for x := b.Min.X; x < b.Max.X; x += step {
			at := image.Pt(x, y)
			if seen[at] || !blue(x, y) {
				continue
			}
			box := image.Rectangle{at, at.Add(image.Pt(1, 1))}
			seen[at] = true
			for todo := []image.Point{at}; len(todo) > 0; {
				p := todo[len(todo)-1]
				todo = todo[:len(todo)-1]
				box = box.Union(image.Rectangle{p, p.Add(image.Pt(step, step))})
				for _, q := range []image.Point{{p.X + step, p.Y}, {p.X - step, p.Y}, {p.X, p.Y + step}, {p.X, p.Y - step}} {
					if q.In(b) && !seen[q] && blue(q.X, q.Y) {
						seen[q] = true
						todo = append(todo, q)
					}
				}
			}
			if box.Dx() >= 48 && box.Dy() >= 26 && box.Dy() < 80 {
				out = append(out, box)
			}
		}
	}
	return out
}

// words reads a picture that was enlarged by scale and stands at an offset; layout
// is tesseract's way of looking for lines: 11 finds words anywhere, 7 is one line.
func (d desk) words(path, layout string, scale int, at image.Point) []word {
	d.t.Helper()
	out := d.run("tesseract", path, "-", "--psm", layout, "tsv")
	r := csv.NewReader(bytes.NewReader(out))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	var words []word
	for _, f := range rows[1:] {
		if len(f) < 12 || strings.TrimSpace(f[11]) == "" {
			continue
		}
		n := make([]int, 4)
		for i := range n {
			n[i], _ = strconv.Atoi(f[6+i])
		}
		box := image.Rect(n[0]/scale, n[1]/scale, (n[0]+n[2])/scale, (n[1]+n[3])/scale).Add(at)
		words = append(words, word{f[11], box, layout + at.String() + strings.Join(f[1:5], ".")})
	}
	return words
}

// spot finds a phrase among words: consecutive words of one line.
func spot(words []word, phrase string) (image.Point, bool) {
	want := strings.Fields(phrase)
	for i := range words {
		if i+len(want) > len(words) {
			break
		}
		fits := true
		for k, w := range want {
			fits = fits && words[i+k].line == words[i].line && same(words[i+k].text, w)
		}
		if fits {
			box := words[i].box.Union(words[i+len(want)-1].box)
			return box.Min.Add(box.Max).Div(2), true
		}
	}
	return image.Point{}, false
}

// same compares as an eye does: case and the punctuation around a word aside.
func same(a, b string) bool {
	trim := func(s string) string { return strings.ToLower(strings.Trim(s, ".,:;!?()[]\"'+…“”‘’«»|")) }
	return trim(a) == trim(b)
}

// see waits until one of the phrases can be read, and says which and where.
func (d desk) see(phrases ...string) (string, image.Point) {
	d.t.Helper()
	deadline := time.Now().Add(patience)
	var last []word
	for time.Now().Before(deadline) {
		last = d.read()
		for _, p := range phrases {
			if at, ok := spot(last, p); ok {
				return p, at
			}
		}
	}
	path := d.keep("not-seen")
	var all []string
	for _, w := range last {
		all = append(all, w.text)
	}
	d.t.Fatalf("never saw %q (picture: %s); on the screen: %s", phrases, path, strings.Join(all, " "))
	return "", image.Point{}
}

// count says how often a phrase can be read.
func (d desk) count(phrase string) int {
	d.t.Helper()
	n, words := 0, d.read()
	size := len(strings.Fields(phrase))
	for i := range words {
		if i+size <= len(words) {
			if _, ok := spot(words[i:i+size], phrase); ok {
				n++
			}
		}
	}
	return n
}

// seeTimes waits until a phrase can be read n times.
func (d desk) seeTimes(phrase string, n int) {
	d.t.Helper()
	deadline := time.Now().Add(patience)
	got := 0
	for time.Now().Before(deadline) {
		if got = d.count(phrase); got >= n {
			return
		}
	}
	d.t.Fatalf("saw %q %d times, wanted %d (picture: %s)", phrase, got, n, d.keep("not-seen"))
}

func (d desk) click(phrase string) {
	d.t.Helper()
	_, at := d.see(phrase)
	d.clickAt(at)
}

func (d desk) clickAt(at image.Point) {
	d.t.Helper()
	d.run("xdotool", "mousemove", "--sync", fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", "1")
}

func (d desk) key(combo string) {
	d.t.Helper()
	d.run("xdotool", "key", "--clearmodifiers", combo)
}

func (d desk) write(text string) {
	d.t.Helper()
	d.run("xdotool", "type", "--delay", "20", text)
}

// copy puts text on the clipboard.
func (d desk) copy(text string) {
	d.t.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-loops", "0")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		d.t.Fatalf("xclip: %v", err)
	}
}

// window waits for the program's window and gives its id.
func (d desk) window() uint32 {
	d.t.Helper()
	out := d.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^Cairn")
	id, err := strconv.ParseUint(strings.Fields(string(out))[0], 10, 32)
	if err != nil {
		d.t.Fatal(err)
	}
	return uint32(id)
}
