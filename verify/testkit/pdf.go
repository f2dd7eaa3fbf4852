package testkit

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"testing"
)

// PDF writes small PDF documents with files and pictures, in the ways programs do.
type PDF struct {
	Files    [][]byte
	Pictures []*image.Gray
	Packed   bool   // the objects that are no streams stand in a stream
	Plain    bool   // attached files are not compressed
	Lengths  bool   // the lengths of streams are objects of their own
	Trailer  string // more members of the trailer
	Extra    string // further objects, as they stand
}

// Bytes writes the document.
func (p PDF) Bytes(t testing.TB) []byte {
	t.Helper()
	w := &pdfWriter{t: t, p: p}
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	w.object("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names 3 0 R >> >> >>")
	w.object("<< /Type /Pages /Kids [] /Count 0 >>")
	names := "["
	for i := range p.Files {
		names += fmt.Sprintf("(file %d\\)) %d 0 R ", i, 4+i)
	}
	w.object(names + "]")
	for i := range p.Files {
		w.object(fmt.Sprintf("<< /Type /Filespec /F (credential.json) /UF <FEFF0063> /EF << /F %d 0 R >> >>", 4+len(p.Files)+i))
	}
	for _, f := range p.Files {
		w.stream("/Type /EmbeddedFile", f, p.Plain)
	}
	for _, g := range p.Pictures {
		head := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray", g.Rect.Dx(), g.Rect.Dy())
		w.stream(head, g.Pix, false)
	}
	w.out.WriteString(p.Extra)
	w.pack()
	fmt.Fprintf(&w.out, "trailer\n<< /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n", p.Trailer)
	return w.out.Bytes()
}

type pdfWriter struct {
	t      testing.TB
	p      PDF
	out    bytes.Buffer
	number int
	places string // of packed objects
	packed bytes.Buffer
}

func (w *pdfWriter) object(text string) {
	w.number++
	if w.p.Packed {
		w.places += fmt.Sprintf("%d %d ", w.number, w.packed.Len())
		w.packed.WriteString(text + "\n")
		return
	}
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", w.number, text)
}

func (w *pdfWriter) stream(head string, b []byte, plain bool) {
	w.number++
	number := w.number
	if !plain {
		b = Deflate(w.t, b)
		head += " /Filter /FlateDecode"
	}
	length := fmt.Sprint(len(b))
	if w.p.Lengths {
		length = fmt.Sprintf("%d 0 R", 1000+number)
	}
	fmt.Fprintf(&w.out, "%d 0 obj\n<< %s /Length %s >>\nstream\r\n", number, head, length)
	w.out.Write(b)
	w.out.WriteString("\nendstream\nendobj\n")
	if w.p.Lengths {
		fmt.Fprintf(&w.out, "%d 0 obj %d endobj\n", 1000+number, len(b))
	}
}

func (w *pdfWriter) pack() {
	if !w.p.Packed {
		return
	}
	head := fmt.Sprintf("/Type /ObjStm /N %d /First %d", bytes.Count([]byte(w.places), []byte(" "))/2, len(w.places))
	w.stream(head, append([]byte(w.places), w.packed.Bytes()...), false)
}

// Deflate packs bytes with zlib.
func Deflate(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, err := z.Write(b)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
