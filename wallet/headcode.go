package wallet

import (
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// The versions of a head's encoding: one byte, then the members in the order of
// head. Ten thousand of them are read before the first list is drawn, which is why it
// is not JSON. That of what carries badges inside ends with their heads. A
// head of another version, or without what it should carry, is made anew from its item.
const (
	headVersion    = 2
	headWithInside = 3
)

var errHead = errors.New("index entry of another version, or damaged")

// code walks over the members of a head, writing or reading each: one walk for
// both, so that they can't differ.
type code struct {
	b       []byte
	reading bool
	common  *common
	bad     bool
}

// common is what the heads of one reading have in common; it is kept once for all.
type common struct {
	words map[string]string
	rows  map[string]judgement // by their encoding: most items fare alike
}

type judgement struct {
	rows  []check.Check
	found check.Verdict
}

func newCommon() *common { return &common{map[string]string{}, map[string]judgement{}} }

func encodeHead(h head) []byte {
	c := &code{b: make([]byte, 1, 512)}
	c.b[0] = headVersion
	c.head(&h)
	if len(h.parts) > 0 || h.carries() {
		c.b[0] = headWithInside
		list(c, &h.parts, c.head)
	}
	return c.b
}

// carries says whether the last check judged something inside.
func (h *head) carries() bool {
	return slices.ContainsFunc(h.rows, func(r check.Check) bool {
		return r.ID == check.Parts && r.Outcome != check.Absent && r.Outcome != check.NotRun
	})
}

func decodeHead(b []byte) (head, error) { return newCommon().decode(b) }

func (shared *common) decode(b []byte) (head, error) {
	var h head
	if len(b) == 0 || b[0] != headVersion && b[0] != headWithInside {
		return h, errHead
	}
	c := &code{b: b[1:], reading: true, common: shared}
	c.head(&h)
	if b[0] == headWithInside {
		list(c, &h.parts, c.head)
	} else if h.carries() {
		return head{}, errHead // written before what is inside was kept
	}
	if c.bad || len(c.b) != 0 {
		return head{}, errHead
	}
	return h, nil
}

func (c *code) head(h *head) {
	c.text(&h.name)
	c.word(&h.issuer)
	c.text(&h.told.name)
	c.word(&h.told.issuer)
	c.word(&h.issuerID)
	c.word(&h.issuerURL)
	c.word(&h.image)
	c.word(&h.kind)
	c.word(&h.form)
	c.text(&h.achievement)
	c.text(&h.achievementName)
	c.word(&h.credits)
	c.text(&h.note)
	c.time(&h.from)
	c.time(&h.until)
	c.time(&h.awarded)
	c.time(&h.added)
	c.time(&h.checked)
	c.time(&h.good)
	c.time(&h.proofEnd)
	c.flag(&h.damaged)
	c.rows(h)
	list(c, &h.tags, c.word)
	list(c, &h.skills, func(a *vc.Alignment) {
		c.word(&a.Code)
		c.word(&a.Name)
		c.word(&a.Framework)
		c.word(&a.Type)
		c.word(&a.URL)
	})
	if c.reading {
		h.names = names(h.skills)
	}
}

// number writes or reads a number that is not negative.
func (c *code) number(n *uint64) {
	if !c.reading {
		c.b = binary.AppendUvarint(c.b, *n)
		return
	}
	v, size := binary.Uvarint(c.b)
	if size <= 0 {
		c.bad, c.b = true, nil
		return
	}
	*n, c.b = v, c.b[size:]
}

// bytes writes b with its length, or reads such bytes, which stay in the
// buffer's memory.
func (c *code) bytes(b []byte) []byte {
	n := uint64(len(b))
	c.number(&n)
	if !c.reading {
		c.b = append(c.b, b...)
		return b
	}
	if n > uint64(len(c.b)) {
		c.bad, c.b = true, nil
		return nil
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

func (c *code) text(s *string) {
	if c.reading {
		*s = string(c.bytes(nil))
		return
	}
	c.bytes([]byte(*s))
}

// word is text that many heads have in common, such as an issuer.
func (c *code) word(s *string) {
	if !c.reading {
		c.text(s)
		return
	}
	b := c.bytes(nil)
	w, ok := c.common.words[string(b)]
	if !ok {
		w = string(b)
		c.common.words[w] = w
	}
	*s = w
}

// rows are framed, so that those that were met before need not be read again.
func (c *code) rows(h *head) {
	inner := &code{reading: c.reading, common: c.common}
	each := func(r *check.Check) { inner.word(&r.ID); inner.outcome(&r.Outcome); inner.word(&r.Reason) }
	if !c.reading {
		list(inner, &h.rows, each)
		c.bytes(inner.b)
		return
	}
	inner.b = c.bytes(nil)
	text := inner.b
	j, ok := c.common.rows[string(text)]
	if !ok {
		list(inner, &j.rows, each)
		c.bad = c.bad || inner.bad || len(inner.b) != 0
		j.found = check.Report{Checks: j.rows}.Verdict()
		c.common.rows[string(text)] = j
	}
	h.rows, h.found = j.rows, j.found
}

func (c *code) outcome(o *check.Outcome) {
	n := uint64(*o)
	c.number(&n)
	if n > uint64(check.Absent) {
		c.bad = true
		return
	}
	*o = check.Outcome(n)
}

func (c *code) flag(b *bool) {
	var n uint64
	if *b {
		n = 1
	}
	c.number(&n)
	*b = n == 1
}

// time writes 0 for no time, else 1, the seconds since 1970 and the nanoseconds.
func (c *code) time(t *time.Time) {
	var set, sec, nsec uint64
	if !t.IsZero() {
		set, sec, nsec = 1, zigzag(t.Unix()), uint64(t.Nanosecond())
	}
	c.number(&set)
	if set == 0 {
		return
	}
	c.number(&sec)
	c.number(&nsec)
	if c.reading {
		*t = time.Unix(unzigzag(sec), int64(nsec)).UTC()
	}
}

func zigzag(n int64) uint64   { return uint64(n<<1) ^ uint64(n>>63) }
func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

// list writes or reads how many there are, then each. Reading, each takes at
// least a byte, which bounds the count.
func list[T any](c *code, items *[]T, each func(*T)) {
	n := uint64(len(*items))
	c.number(&n)
	if c.reading {
		if n > uint64(len(c.b)) {
			c.bad, c.b = true, nil
			return
		}
		if n == 0 {
			return
		}
		*items = make([]T, n)
	}
	for i := range *items {
		each(&(*items)[i])
	}
}
