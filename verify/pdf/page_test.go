package pdf_test

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/pdf"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// page is an object of a page, 100 points wide and high, with this content.
func page(content, more string) string {
	return "50 0 obj << /Type /Page /Parent 51 0 R /Contents [52 0 R] /Resources << /XObject << /Fx 53 0 R >> >> >> endobj\n" +
		"51 0 obj << /Type /Pages /MediaBox [0 0 100 100] >> endobj\n" + object(52, "", []byte(content)) + more
}

func pages(t testing.TB, objects string) []image.Image {
	var out []image.Image
	for p := range pdf.Read(testkit.PDF{Extra: objects}.Bytes(t)).Pages() {
		out = append(out, p)
	}
	return out
}

// chequered fills every other square of a board of 10 by 10 at the left bottom,
// each 5 points wide.
func chequered(square func(x, y int) string, each, end string) string {
	var b strings.Builder
	for y := range 10 {
		for x := range 10 {
			if (x+y)%2 == 0 {
				b.WriteString(square(5*x, 5*y) + each)
			}
		}
	}
	return b.String() + end
}

func TestPages(t *testing.T) {
	re := func(x, y int) string { return fmt.Sprintf("%d %d 5 5 re ", x, y) }
	lines := func(x, y int) string {
		return fmt.Sprintf("%d %d m %d %d l %d %d l %d %d l h ", x, y, x+5, y, x+5, y+5, x, y+5)
	}
	light := "1 g 0 0 50 50 re f 0 g "
	form := func(content string) string {
		return object(53, "/Subtype /Form /Matrix [0.5 0 0 0.5 0 0]", []byte(content))
	}
	for name, c := range map[string]struct{ content, more string }{
		"one square after the other":   {chequered(re, "f\n", ""), ""},
		"all at once":                  {chequered(re, "", "f"), ""},
		"lines":                        {chequered(lines, "", "f*"), ""},
		"colours":                      {"0.1 0 0.2 rg " + chequered(re, "f\n", ""), ""},
		"printer colours":              {"0 0 0 1 k " + chequered(re, "f\n", ""), ""},
		"white below":                  {light + chequered(re, "f\n", ""), ""},
		"moved and scaled":             {"q 0.5 0 0 0.5 0 0 cm q 2 0 0 2 -10 -20 cm " + chequered(func(x, y int) string { return re(x+5, y+10) }, "f ", "") + "Q Q", ""},
		"a drawing of its own":         {"/Fx Do", form(chequered(func(x, y int) string { return fmt.Sprintf("%d %d 10 10 re ", 2*x, 2*y) }, "f ", ""))},
		"after a line and a picture":   {"10 10 m 90 90 l S BI /W 1 /H 1 ID \xff\x00(( EI " + chequered(re, "f ", ""), ""},
		"beside a drawing in a circle": {"/Fx Do " + chequered(re, "f ", ""), form("/Fx Do")},
	} {
		t.Run(name, func(t *testing.T) {
			all := pages(t, page(c.content, c.more))
			if len(all) != 1 || all[0].Bounds().Dx() != 400 || all[0].Bounds().Dy() != 400 {
				t.Fatalf("%d pages", len(all))
			}
			for y := range 20 {
				for x := range 20 {
					dark := x < 10 && y < 10 && (x+y)%2 == 0
					got := all[0].At(20*x+10, 399-20*y-10).(color.Gray).Y
					if dark != (got < 128) {
						t.Fatalf("at %d, %d: %d", x, y, got)
					}
				}
			}
		})
	}
}

// TestFilling tells the two rules apart: a square in a square, both the same way
// round, is a hole by the one and none by the other.
func TestFilling(t *testing.T) {
	rest := chequered(func(x, y int) string { return fmt.Sprintf("%d %d 1 1 re f ", x, y) }, "", "")
	for op, dark := range map[string]bool{"f": true, "f*": false, "S": false, "B*": false, "b": true} {
		all := pages(t, page("60 60 30 30 re 70 70 10 10 re "+op+"\n"+rest, ""))
		if len(all) != 1 {
			t.Fatal(len(all))
		}
		if got := all[0].At(300, 100).(color.Gray).Y < 128; got != dark {
			t.Errorf("%s: dark %v", op, got)
		}
	}
}

func TestPagesLeftOut(t *testing.T) {
	one := strings.Replace(page(chequered(func(x, y int) string { return fmt.Sprintf("%d %d 5 5 re ", x, y) }, "f ", ""), ""), "[52 0 R]", "52 0 R", 1)
	if all := pages(t, one); len(all) != 1 {
		t.Error("content that is one stream", len(all))
	}
	for name, objects := range map[string]string{
		"little on it": page("0 0 5 5 re f", ""),
		"nothing":      "50 0 obj << /Type /Page >> endobj",
		"broken":       page(">> 0 0 5 5 re f", ""),
	} {
		if all := pages(t, objects); len(all) != 0 {
			t.Errorf("%s: %d", name, len(all))
		}
	}
	strange := strings.Replace(page(chequered(func(x, y int) string { return fmt.Sprintf("%d %d 5 5 re ", x, y) }, "f ", ""), ""), "[0 0 100 100]", "[0 0 1e9 -3]", 1)
	if all := pages(t, strange); len(all) != 1 || all[0].Bounds().Dx() > 3000 {
		t.Error("a page of no size", len(all))
	}
}

func TestPageBombs(t *testing.T) {
	repeated := func(s string, n int) string {
		return "52 0 obj << /Filter /FlateDecode /Length 1 >> stream\n" + string(testkit.Deflate(t, []byte(strings.Repeat(s, n)))) + "\nendstream endobj\n"
	}
	forms := ""
	for range 100 {
		forms += "/Fx Do "
	}
	for name, objects := range map[string]string{
		"large areas":         page("", repeated("0 0 100 100 re f\n", 1<<20)),
		"one area of many":    page("", repeated("0 0 m 100 1 l 0 2 l\n", 1<<20)+"\nf"),
		"far away":            page("", repeated("0 0 m 1e30 1e30 l -1e30 5 l f\n", 1<<18)),
		"states":              page("", repeated("q ", 8<<20)),
		"drawings in circles": page(forms, object(53, "/Subtype /Form", []byte(forms+strings.Repeat("0 0 100 100 re f ", 1000)))),
		"very many pages":     strings.Repeat(page("0 0 1 1 re f", ""), 200),
	} {
		t.Run(name, func(t *testing.T) {
			if used := testkit.Cost(func() { pages(t, objects) }) >> 20; used > 400 {
				t.Errorf("%d MiB allocated", used)
			}
		})
	}
}
