package envelope

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
)

var _ = register(envelope{name: "zip", claims: claimsZIP, open: openZIP})

// claimsZIP tells a ZIP file by its first record: a file's, or the end of an
// empty directory (APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.16).
func claimsZIP(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

var errDirectory = errors.New("the directory of the archive is too long")

// openZIP opens each file of a ZIP by itself. A file that several entries share,
// as in overlapping bombs, counts each time.
func openZIP(l *load, b []byte) ([]*Opened, error) {
	return l.unpack("ZIP", "zip", func(a *archive) error {
		// The directory is read as a whole before anything can be counted.
		if bytes.Count(b, []byte("PK\x01\x02")) > maxEntries {
			return fault.Wrap(errDirectory, "input.too-many-files", "limit", fmt.Sprint(maxEntries))
		}
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return a.lockedOr(b, err)
		}
		for _, f := range z.File {
			if err := a.zipped(f); err != nil {
				return err
			}
		}
		return office(z)
	})
}

// zipped opens one entry; what is encrypted (general purpose bit 0) is counted.
func (a *archive) zipped(f *zip.File) error {
	if f.Flags&1 != 0 {
		a.locked++
		return nil
	}
	r, err := f.Open()
	if err != nil {
		a.skipped++ // a method of packing that is hardly used
		return nil
	}
	defer r.Close()
	return a.file(f.Name, r)
}

// lockedOr says why a directory can't be read: it may be encrypted like the first
// file before it.
func (a *archive) lockedOr(b []byte, err error) error {
	if len(b) > 6 && b[6]&1 == 1 && b[2] == 3 {
		return fault.New("input.encrypted", "kind", a.kind)
	}
	return a.damaged(err)
}

// office tells the documents of word processors, which are ZIP files, by the file
// each must have: Office Open XML (ECMA-376 part 2, section 10.1.2) and
// OpenDocument or EPUB (section 3.3 of part 2 of ODF 1.3).
func office(z *zip.Reader) error {
	has := func(name string) bool {
		return slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == name })
	}
	switch {
	case has("[Content_Types].xml"):
		return fault.New("input.document", "kind", "Office")
	case has("mimetype"):
		return fault.New("input.document", "kind", "OpenDocument")
	}
	return nil
}
