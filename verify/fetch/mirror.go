package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"time"
)

// maxBody bounds what one address may answer, in bytes.
const maxBody = 8 << 20

// Mirror is a Getter that answers https://host/path from the file host/path of
// its folders, the first that has it, and asks nobody else. What it does not have
// could not be reached: a mirror can't know that something is gone. An address
// with a query is answered from the file whose name ends in "?query", else from
// the one without. The age of an answer is the clock's time, so that results
// depend on the files alone; without a clock it is left out.
type Mirror struct {
	Dirs []fs.FS
	Now  func() time.Time
}

// Get answers from the folders.
func (m Mirror) Get(ctx context.Context, address, _ string) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	u, err := Address(address)
	if err != nil {
		return Page{}, err
	}
	plain, withQuery := file(u)
	for _, dir := range m.Dirs {
		for _, name := range []string{withQuery, plain} {
			body, err := readFile(dir, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return Page{}, fmt.Errorf("mirror of %s: %w", address, err)
			}
			return m.page(address, name, body), nil
		}
	}
	return Page{}, fmt.Errorf("%w: %s is not in the mirror", ErrUnreachable, address)
}

// mirrorTypes are the media types of files; the system's own table would make
// results depend on the system.
var mirrorTypes = map[string]string{
	".json": "application/json", ".jsonld": "application/ld+json", ".jwt": "application/jwt", ".html": "text/html",
	".txt": "text/plain", ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf",
}

func (m Mirror) page(address, name string, body []byte) Page {
	p := Page{URL: address, Body: body, Type: mirrorTypes[path.Ext(name)]}
	if m.Now != nil {
		p.AsOf = m.Now()
	}
	return p
}

// readFile reads a bounded file. A name the file system does not allow, and a
// folder, are as if they were not there.
func readFile(dir fs.FS, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	f, err := dir.Open(name)
	if err != nil {
		return nil, fs.ErrNotExist
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, fs.ErrNotExist
	}
	return readBounded(f, maxBody)
}

// readBounded reads all of r, or nothing: more than limit bytes is ErrTooLarge.
func readBounded(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if int64(len(b)) > limit {
		return nil, ErrTooLarge
	}
	return b, nil
}

// mediaType gives a media type without its parameters, in lower case.
func mediaType(header string) string {
	t, _, err := mime.ParseMediaType(header)
	if err != nil {
		t, _, _ = strings.Cut(header, ";")
	}
	return strings.ToLower(strings.TrimSpace(t))
}
