package sdjwt

import (
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/strict"
)

// The names RFC 9901 reserves (sections 4.1.1, 4.2.4.1 and 4.2.4.2).
const (
	nameDigests = "_sd"
	nameHash    = "_sd_alg"
	nameElement = "..."
)

// walk is one pass over the signed payload. Every disclosure is looked up once
// and placed at most once, so the work is linear in the size of the text.
type walk struct {
	s       *SDJWT
	byHash  map[string]int // digest → index of its disclosure, or decoy for a digest met that has none
	placed  []bool         // disclosures whose digest was met
	current int            // the disclosure whose value is being processed, -1 for the payload

	raw, text, sum []byte // of one disclosure, used again for the next
	items          []any  // likewise
}

// decoy stands for a digest of nothing that was sent.
const decoy = -1

func (s *SDJWT) process(raws []string) {
	w := &walk{s: s, byHash: make(map[string]int, len(raws)), current: -1}
	s.Disclosures = make([]Disclosure, 0, len(raws))
	hash, ok := s.hash()
	if !ok {
		s.flaw(ErrHash, "/"+nameHash)
	}
	for _, raw := range raws {
		w.add(raw, hash)
	}
	w.placed = make([]bool, len(s.Disclosures))
	s.claims = w.object(s.signed, "", 0)
	for i, placed := range w.placed {
		if !placed && s.Disclosures[i].Digest != "" {
			s.flaw(ErrUnreferenced, "")
		}
	}
}

// hash finds the digest algorithm; sha-256 where nothing is said (section 4.1.1).
func (s *SDJWT) hash() (hasher, bool) {
	s.Hash = "sha-256"
	if v, stated := s.signed[nameHash]; stated {
		s.Hash, _ = v.(string)
	}
	h, ok := hashes[s.Hash]
	return h, ok
}

// add reads a disclosure. One that is malformed, or that came before, is kept in
// the list without a digest, so that nothing can refer to it.
func (w *walk) add(raw string, hash hasher) {
	w.raw = append(w.raw[:0], raw...)
	d, err := w.disclosure(raw)
	if err != nil {
		w.s.flaw(err, "")
	} else if hash != nil {
		w.sum = hash(w.sum[:0], w.raw)
		w.text = base64.RawURLEncoding.AppendEncode(w.text[:0], w.sum)
		d.Digest = string(w.text)
		if _, twice := w.byHash[d.Digest]; twice {
			w.s.flaw(ErrTwice, "")
			d.Digest = ""
		} else {
			w.byHash[d.Digest] = len(w.s.Disclosures)
		}
	}
	w.s.Disclosures = append(w.s.Disclosures, d)
}

// value copies v with everything disclosed in place.
func (w *walk) value(v any, path string, depth int) any {
	if depth > strict.MaxDepth {
		w.s.flaw(ErrDepth, path)
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		return w.object(v, path, depth)
	case []any:
		return w.array(v, path, depth)
	}
	return v
}

func (w *walk) object(in map[string]any, path string, depth int) map[string]any {
	digests, stated := in[nameDigests]
	list, ok := digests.([]any)
	if stated && !ok {
		w.s.flaw(ErrReserved, path)
	}
	out := make(map[string]any, len(in)+min(len(list), len(w.byHash)))
	for _, name := range slices.Sorted(maps.Keys(in)) { // in order, so that of two equal digests the same one is kept each time
		switch {
		case name == nameDigests:
		case name == nameHash && path == "" && w.current < 0:
		case name == nameHash || name == nameElement:
			w.s.flaw(ErrReserved, path)
		default:
			out[name] = w.value(in[name], path+"/"+escape(name), depth+1)
		}
	}
	for _, digest := range list {
		w.member(out, digest, path, depth)
	}
	return out
}

// member puts the disclosure with this digest into its object, if it was sent.
func (w *walk) member(out map[string]any, digest any, path string, depth int) {
	i, ok := w.find(digest, path)
	if !ok {
		return
	}
	d := &w.s.Disclosures[i]
	if d.Array {
		w.s.flaw(ErrDisclosure, path)
		return
	}
	at := path + "/" + escape(d.Name)
	if d.Name == nameDigests || d.Name == nameElement || d.Name == nameHash {
		w.s.flaw(ErrReserved, at)
		return
	}
	if _, there := out[d.Name]; there {
		w.s.flaw(ErrCollision, at)
		return
	}
	d.Path = at
	out[d.Name] = w.inside(i, depth)
}

func (w *walk) array(in []any, path string, depth int) []any {
	out := make([]any, 0, len(in))
	for _, v := range in {
		at := path + "/" + strconv.Itoa(len(out))
		digest, hidden := element(v)
		if !hidden {
			out = append(out, w.value(v, at, depth+1))
			continue
		}
		i, ok := w.find(digest, at)
		if !ok {
			continue
		}
		if !w.s.Disclosures[i].Array {
			w.s.flaw(ErrDisclosure, at)
			continue
		}
		w.s.Disclosures[i].Path = at
		out = append(out, w.inside(i, depth))
	}
	return out
}

// element says whether an array element stands for a digest (section 4.2.4.2).
func element(v any) (digest any, ok bool) {
	m, _ := v.(map[string]any)
	if len(m) != 1 {
		return nil, false
	}
	digest, ok = m[nameElement]
	return digest, ok
}

// find looks a digest up. A digest nobody disclosed is a decoy or held back.
func (w *walk) find(v any, path string) (int, bool) {
	digest, ok := v.(string)
	if !ok {
		w.s.flaw(ErrReserved, path)
		return 0, false
	}
	i, known := w.byHash[digest]
	switch {
	case !known:
		w.byHash[digest] = decoy
		return 0, false
	case i == decoy || w.placed[i]:
		w.s.flaw(ErrTwice, path)
		return 0, false
	}
	w.placed[i] = true
	w.s.Disclosures[i].Parent = w.current
	return i, true
}

// inside processes the value of disclosure i, which may disclose further.
func (w *walk) inside(i, depth int) any {
	around := w.current
	w.current = i
	v := w.value(w.s.Disclosures[i].Value, w.s.Disclosures[i].Path, depth+1)
	w.current = around
	return v
}

var escaper = strings.NewReplacer("~", "~0", "/", "~1")

// escape writes a name as a token of a JSON pointer (RFC 6901, section 3).
func escape(name string) string {
	if strings.IndexByte(name, '~') < 0 && strings.IndexByte(name, '/') < 0 {
		return name
	}
	return escaper.Replace(name)
}
