package envelope

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Limits for archives. They count for all archives of one input together, so
// that archives in archives gain nothing.
const (
	maxEntries  = 5000     // files and folders
	maxUnpacked = 64 << 20 // bytes
	maxArchives = 3        // archives around each other
)

// errExpands says that an archive unpacks to more than is ever unpacked.
var errExpands = errors.New("the archive unpacks to too much")

// archive is a file with other files in it, while these are opened one by one.
type archive struct {
	l    *load
	kind string // as a person knows it: "ZIP"
	form string // the prefix of its findings: "zip"

	gathered
	skipped int // files that are no badge
	locked  int // files behind a password
}

// unpack walks over an archive; walk calls file for each entry. The error of
// walk is about the archive, and counts only where nothing was found in it.
func (l *load) unpack(kind, form string, walk func(a *archive) error) ([]*Opened, error) {
	if l.archives++; l.archives > maxArchives {
		l.archives--
		return nil, fault.New("input.too-deep")
	}
	defer func() { l.archives-- }()
	a := &archive{l: l, kind: kind, form: form, gathered: gathered{err: errNone}}
	err := walk(a)
	if stops(err) {
		return nil, err
	}
	return a.finish(err)
}

// file opens one entry. The error stops the walk: there is too much in the
// archive. An entry that is no badge is counted and no more.
func (a *archive) file(name string, r io.Reader) error {
	if a.l.entries++; a.l.entries > maxEntries {
		return fault.New("input.too-many-files", "limit", fmt.Sprint(maxEntries))
	}
	if isLitter(name) {
		return nil
	}
	b, err := a.l.read(r)
	switch {
	case errors.Is(err, errExpands):
		return fault.Wrap(err, "input.expands", "limit", fmt.Sprint(maxUnpacked>>20))
	case fault.Code(err) == "input.too-large":
		a.skipped++
		return nil
	case err != nil:
		a.add(nil, a.damaged(err))
		return nil
	}
	found, err := a.l.open(tidy(b))
	switch {
	case stops(err):
		return err
	case slices.Contains(noBadge, fault.Code(err)):
		a.skipped++
		return nil
	}
	for _, o := range asReceived(found, b) {
		o.Form = a.form + "+" + o.Form
	}
	a.add(found, err)
	return nil
}

// read unpacks at most as much as a badge may have, and as is left for all
// archives of the input.
func (l *load) read(r io.Reader) ([]byte, error) {
	left := maxUnpacked - l.unpacked
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, min(MaxBytes, left)+1))
	l.unpacked += n
	switch {
	case n > left:
		return nil, errExpands
	case n > MaxBytes:
		return nil, fault.New("input.too-large", "limit", fmt.Sprint(MaxBytes>>20))
	}
	return b.Bytes(), err
}

// finish gives what was found; the first of it says what was left out. Where
// there is nothing, why is the archive's own fault, if it has one.
func (a *archive) finish(why error) ([]*Opened, error) {
	a.unread += a.locked
	if fault.Code(why) == "input.archive-damaged" {
		a.unread++ // whatever came after
	}
	found, err := a.result()
	switch {
	case err == nil && a.skipped > 0:
		n := vc.Note{Code: "shape.archive-skipped", Args: map[string]string{"count": fmt.Sprint(a.skipped)}}
		found[0].Notes = append(found[0].Notes, n)
		return found, nil
	case err == nil || !errors.Is(err, errNone):
		return found, err
	case a.locked > 0:
		return nil, fault.New("input.encrypted", "kind", a.kind)
	case why != nil:
		return nil, why
	}
	return nil, fault.New("input.archive-empty", "kind", a.kind, "count", fmt.Sprint(a.skipped))
}

// damaged says that an archive can't be read as what its first bytes say it is.
func (a *archive) damaged(err error) error {
	return fault.Wrap(err, "input.archive-damaged", "kind", a.kind)
}

// stops tells the faults that end the reading of the whole input: the limits that
// count for all of it.
func stops(err error) bool {
	return slices.Contains([]string{"input.too-many", "input.too-many-files", "input.expands"}, fault.Code(err))
}

// noBadge holds the codes of faults that say that something is no badge, and not
// that a badge can't be read. In an archive such files are left out.
var noBadge = []string{
	"input.empty", "input.unknown", "input.text", "input.no-credential", "input.photo", "input.picture-empty", "input.web-page",
	"input.xml", "input.link", "input.document", "input.archive", "input.archive-empty", "input.did-document", "input.key",
	"input.private-key", "input.pathway", "input.offer", "input.badge-class", "input.token-other", "input.status-list",
	"input.not-json", "input.encoding", "input.pdf-empty",
}

// isLitter tells what systems leave in archives without being asked: folders,
// hidden files, and the doubles that macOS makes.
func isLitter(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.HasSuffix(name, "/") || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/")
}

// asReceived gives a single finding that is all of raw the space around it back.
func asReceived(found []*Opened, raw []byte) []*Opened {
	if len(found) == 1 && bytes.Equal(found[0].Raw, tidy(raw)) {
		found[0].Raw = raw
	}
	return found
}
