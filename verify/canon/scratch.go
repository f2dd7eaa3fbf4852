package canon

import "sync"

// scratch is the memory that one document needs while it is worked on. It is used
// again for other documents, by one at a time.
type scratch struct {
	statements []statement
	entries    []entry
	lines      []line
	spans      []span
	text       []byte // of the lines
	labelled   []byte // the same with labels
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// maxScratch is how much text a scratch may have held and still be used again.
const maxScratch = 1 << 20

// release gives the memory back. Nothing of the document stays in it: a learner's
// credential does not live longer than it is needed.
func (s *scratch) release() {
	if cap(s.text) > maxScratch || cap(s.labelled) > maxScratch {
		return
	}
	clear(s.statements[:cap(s.statements)])
	clear(s.entries[:cap(s.entries)])
	clear(s.text)
	clear(s.labelled)
	scratches.Put(s)
}
