// Package pdf finds what a PDF carries beside its text: the files attached to it, the
// pictures it shows, and the areas it fills, which may be a code.
//
// It draws nothing else, follows no link and runs no script. It does not trust the
// tables that say where things stand, which broken files have wrong and hostile
// ones use to point in circles: it reads every object there is, once, in the order
// of the file. So its work is bounded by the size of the file and by the limits
// below. Start at Read.
package pdf

import (
	"bytes"
	"iter"
	"maps"
	"slices"
)

// Limits for everything this package reads.
const (
	MaxBytes    = 32 << 20
	maxObjects  = 200_000
	maxNesting  = 40        // arrays and dictionaries in each other
	maxString   = 1 << 20   // one text
	maxValues   = 1 << 19   // numbers, names, texts, members and elements of all objects
	maxStream   = 32 << 20  // bytes that one stream may unpack to
	maxUnpacked = 128 << 20 // bytes that all streams of one document may unpack to
	maxFiles    = 100
	maxPictures = 40
	maxPixels   = 40 << 20 // of all pictures together
)

// Document is a PDF, its objects read and its streams still packed.
type Document struct {
	b        []byte
	objects  map[int]*object
	order    []int // their numbers, as they stand in the file
	unpacked int   // bytes so far
	values   int   // so far
}

// object is one object of the file (ISO 32000-2, section 7.3.10).
type object struct {
	value      any // of a stream its dictionary
	start, end int // of a stream its bytes in the file; else 0
}

// Is tells a PDF by its first bytes.
func Is(b []byte) bool { return bytes.HasPrefix(b, []byte("%PDF-")) }

// Encrypted says whether the file says that it is encrypted. Then its strings and
// streams can't be read, though its structure can.
func (d *Document) Encrypted() bool { return bytes.Contains(d.b, []byte("/Encrypt")) }

// Read reads the objects of a file. It never fails: what can't be read is not
// there. b is not copied, and must stay as it is.
func Read(b []byte) *Document {
	d := &Document{b: b[:min(len(b), MaxBytes)], objects: map[int]*object{}}
	d.scan()
	d.unpackObjects()
	return d
}

// add puts an object in its place; a later one of the same number is an update of
// the file (section 7.5.6), and takes the place of the earlier.
func (d *Document) add(number int, o *object) {
	if _, known := d.objects[number]; !known {
		d.order = append(d.order, number)
	}
	d.objects[number] = o
}

// Files gives the attached files, each once (section 7.11.4). One that can't be
// unpacked within the limits is left out.
func (d *Document) Files() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		seen := map[int]bool{}
		for _, number := range d.order {
			for _, at := range d.attached(d.objects[number].value) {
				if seen[at] || len(seen) >= maxFiles {
					continue
				}
				seen[at] = true
				if b, ok := d.stream(at); ok && !yield(b) {
					return
				}
			}
		}
	}
}

// attached finds the file specifications in a value, and gives the numbers of the
// streams they name.
func (d *Document) attached(v any) []int {
	var out []int
	switch v := v.(type) {
	case array:
		for _, e := range v {
			out = append(out, d.attached(e)...)
		}
	case dict:
		if ef, ok := d.resolve(v["EF"]).(dict); ok {
			for _, name := range []string{"UF", "F"} {
				if r, ok := ef[name].(ref); ok {
					out = append(out, int(r))
					break
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name != "EF" {
				out = append(out, d.attached(v[name])...)
			}
		}
	}
	return out
}

// resolve gives the value a reference stands for, or the value itself.
func (d *Document) resolve(v any) any {
	for range 4 { // a reference to a reference is not allowed, and a circle is possible
		r, ok := v.(ref)
		if !ok {
			return v
		}
		o := d.objects[int(r)]
		if o == nil {
			return nil
		}
		v = o.value
	}
	return nil
}

func (d *Document) dict(v any) dict {
	m, _ := d.resolve(v).(dict)
	return m
}

func (d *Document) number(v any) (int, bool) {
	n, ok := d.resolve(v).(int)
	return n, ok
}
