package envelope

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

var (
	_ = register(envelope{name: "tar", claims: claimsTar, open: openTar})
	_ = register(envelope{name: "gzip", claims: claimsGzip, open: openGzip})
)

// claimsTar tells a tar archive by the magic of its first header (POSIX.1-2017,
// pax, "ustar Interchange Format"), unless its first name looks like JSON.
func claimsTar(b []byte) bool {
	return len(b) > 262 && string(b[257:262]) == "ustar" && !claimsJSON(b) && b[0] != '<'
}

// openTar opens each file of a tar archive. Holes of sparse files count as what
// they unpack to.
func openTar(l *load, b []byte) ([]*Opened, error) {
	return l.unpack("tar", "tar", func(a *archive) error {
		t := tar.NewReader(bytes.NewReader(b))
		for {
			h, err := t.Next()
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return a.damaged(err)
			case h.Typeflag != tar.TypeReg:
				continue // a link leads out of the archive, or nowhere
			}
			if err := a.file(h.Name, t); err != nil {
				return err
			}
		}
	})
}

// claimsGzip tells a gzip file (RFC 1952 section 2.3.1).
func claimsGzip(b []byte) bool { return bytes.HasPrefix(b, []byte("\x1f\x8b")) }

// openGzip opens the one file in it, often a tar archive.
func openGzip(l *load, b []byte) ([]*Opened, error) {
	return l.unpack("gzip", "gzip", func(a *archive) error {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return a.damaged(err)
		}
		return a.file("content", z)
	})
}
