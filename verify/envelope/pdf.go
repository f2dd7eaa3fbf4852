package envelope

import (
	"bytes"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/pdf"
)

var _ = register(envelope{name: "pdf", claims: pdf.Is, open: openPDF})

// openPDF opens the files attached to a PDF. Every credential found keeps the whole
// document as what was received, as those in pictures do. The codes on its pages
// are read by whoever can read pictures.
func openPDF(l *load, b []byte) ([]*Opened, error) {
	found, err := l.unpack("PDF", "pdf", func(a *archive) error {
		d := pdf.Read(b)
		for file := range d.Files() {
			if err := a.file("attached", bytes.NewReader(file)); err != nil {
				return err
			}
		}
		if d.Encrypted() {
			return fault.New("input.encrypted", "kind", "PDF")
		}
		return fault.New("input.pdf-empty")
	})
	for _, o := range found {
		o.Raw = b
	}
	return found, err
}
