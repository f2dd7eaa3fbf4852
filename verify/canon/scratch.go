package canon

import "sync"

// scratch is the memory that one document needs while it is worked on. It is used
// again for other documents, by one at a time.
type scratch struct {
	lines    lines
	entries  []entry
	spans    []span
	labelled []byte // the text of lines with labels
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// maxScratch is how much text a scratch may have held and still be used again.
const maxScratch = 1 << 20

// release gives the memory back. Nothing of the document stays in it: a learner's
// credential does not live longer than it is needed.
func (s *scratch) release() {
	if s.lines.length > maxScratch || len(s.lines.pages) > maxScratch/pageSize || cap(s.labelled) > maxScratch {
		return
	}
	clear(s.entries[:cap(s.entries)])
	clear(s.labelled)
	s.lines.forget()
	scratches.Put(s)
}
