package assets

import "testing"

func TestPlain(t *testing.T) {
	cases := []struct{ name, in, plain, line string }{
		{"a name", "Zoë Ngũgĩ-O’Brien", "Zoë Ngũgĩ-O’Brien", "Zoë Ngũgĩ-O’Brien"},
		{"from right to left", "شهادة", "شهادة", "شهادة"},
		{"lines", "one\n\ttwo", "one\n\ttwo", "one  two"},
		{"other lines", "one\r\u2028two\u0085", "one\u2028two", "one  two "},
		{"a terminal's commands", "x\x1b[2Ky\x9b1m\x7f\x00", "x[2Ky\ufffd1m", "x[2Ky\ufffd1m"},
		{"letters turned about", "a\u202eb\u2066c", "abc", "abc"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Plain(c.in); got != c.plain {
				t.Errorf("plain %q, want %q", got, c.plain)
			}
			if got := OneLine(c.in); got != c.line {
				t.Errorf("one line %q, want %q", got, c.line)
			}
		})
	}
}

func TestWordsKeepToTheirLine(t *testing.T) {
	w := Words{"a": "Issued by {issuer}."}
	if got := w.Text("a", map[string]string{"issuer": "X\n  VERIFIED\x1b[2K"}); got != "Issued by X   VERIFIED[2K." {
		t.Errorf("got %q", got)
	}
}
