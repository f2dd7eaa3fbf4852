package pdf

import (
	"bytes"
	"cmp"
	"image"
	"math"
	"slices"
)

// painter fills areas of a page as a content stream says (ISO 32000-2, section 8.2).
type painter struct {
	d       *Document
	page    *image.Gray
	content []byte

	state
	saved  []state
	path   [][]point // in dots of the page
	shapes int
	forms  int
	depth  int
	values int
	work   int
}

// state is what q keeps and Q gives back.
type state struct {
	at   matrix
	grey byte // what areas are filled with
}

// draw runs a content stream.
func (p *painter) draw(b []byte, resources dict) {
	l := &lexer{b: b, count: &p.values}
	var given []any
	for p.work < maxWork {
		l.space()
		if l.i >= len(b) {
			return
		}
		if !isOperator(b[l.i]) {
			v, ok := l.value(0)
			if !ok {
				return
			}
			if given = append(given, v); len(given) > maxStates {
				given = given[1:]
			}
			continue
		}
		p.work += 64 // so that a page has a million operators at most
		switch op := l.regular(); op {
		case "ID": // the bytes of a picture follow
			n := bytes.Index(b[l.i:], []byte("EI"))
			if n < 0 {
				return
			}
			l.i += n + 2
		case "Do":
			p.form(given, resources)
		default:
			p.operator(op, numbers(given))
		}
		given = given[:0]
	}
}

func isOperator(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '\'' || c == '"' || c == '*'
}

func numbers(given []any) []float64 {
	out := make([]float64, 0, 6)
	for _, v := range given {
		if f, ok := float(v); ok {
			out = append(out, f)
		}
	}
	return out
}

// operator runs one operator, if it is among those that matter.
func (p *painter) operator(op string, n []float64) {
	switch {
	case op == "q" && len(p.saved) < maxStates:
		p.saved = append(p.saved, p.state)
	case op == "Q" && len(p.saved) > 0:
		p.state, p.saved = p.saved[len(p.saved)-1], p.saved[:len(p.saved)-1]
	case op == "cm" && len(n) == 6:
		p.at = matrix(n).in(p.at)
	case slices.Contains([]string{"m", "l", "c", "v", "y", "re"}, op):
		p.construct(op, n)
	case slices.Contains([]string{"f", "F", "B", "b"}, op):
		p.fill(false)
	case slices.Contains([]string{"f*", "B*", "b*"}, op):
		p.fill(true)
	case op == "S", op == "s", op == "n":
		p.path = nil
	case op == "cs":
		p.grey = 0
	case slices.Contains([]string{"g", "rg", "k", "sc", "scn"}, op):
		p.colour(n)
	}
}

// construct adds to the path. Curves go straight to their ends: codes have none.
func (p *painter) construct(op string, n []float64) {
	switch {
	case op == "re" && len(n) == 4:
		x, y, w, h := n[0], n[1], n[2], n[3]
		p.path = append(p.path, []point{p.at.point(x, y), p.at.point(x+w, y), p.at.point(x+w, y+h), p.at.point(x, y+h)})
	case op == "m" && len(n) == 2:
		p.path = append(p.path, []point{p.at.point(n[0], n[1])})
	case op != "re" && len(n) >= 2 && len(p.path) > 0:
		last := len(p.path) - 1
		p.path[last] = append(p.path[last], p.at.point(n[len(n)-2], n[len(n)-1]))
	}
}

func (p *painter) colour(n []float64) {
	c := make([]int, len(n))
	for i, v := range n {
		c[i] = int(255 * math.Max(0, math.Min(1, v)))
	}
	if len(c) == 1 || len(c) == 3 || len(c) == 4 {
		p.grey = shade(c, 255)
	}
}

// form draws a drawing that is used by name (section 8.10).
func (p *painter) form(given []any, resources dict) {
	if len(given) == 0 || p.depth >= maxNested {
		return
	}
	if p.forms++; p.forms > maxForms {
		return
	}
	called, _ := given[len(given)-1].(name)
	r, ok := p.d.dict(resources["XObject"])[string(called)].(ref)
	m := p.d.dict(r)
	if !ok || m["Subtype"] != name("Form") {
		return
	}
	b, ok := p.d.stream(int(r))
	if !ok {
		return
	}
	before, saved := p.state, p.saved
	p.saved = nil
	if list, ok := p.d.resolve(m["Matrix"]).(array); ok && len(list) == 6 {
		if n := numbers(list); len(n) == 6 {
			p.at = matrix(n).in(p.at)
		}
	}
	if own := p.d.dict(m["Resources"]); own != nil {
		resources = own
	}
	p.depth++
	p.draw(b, resources)
	p.depth--
	p.state, p.saved = before, saved
}

// fill fills the path, by the even-odd rule or by the nonzero winding rule (section
// 8.5.3.3), and ends it.
func (p *painter) fill(evenOdd bool) {
	var edges []edge
	for _, shape := range p.path {
		p.shapes++
		for i, from := range shape {
			if e, ok := edgeOf(from, shape[(i+1)%len(shape)]); ok {
				edges = append(edges, e)
			}
		}
	}
	p.path = nil
	if len(edges) == 0 {
		return
	}
	top, bottom := edges[0].top, edges[0].bottom
	for _, e := range edges {
		top, bottom = math.Min(top, e.top), math.Max(bottom, e.bottom)
	}
	height := float64(p.page.Rect.Dy())
	for y := int(math.Max(0, top)); float64(y) < math.Min(height, bottom) && p.work < maxWork; y++ {
		p.line(y, edges, evenOdd)
	}
}

// edge is a line of a shape that is not level.
type edge struct {
	top, bottom float64
	x, slope    float64 // where it is at the top, and how it goes on
	down        int     // 1 or -1
}

func edgeOf(a, b point) (edge, bool) {
	const far = 1 << 20
	e := edge{down: 1}
	if a.y > b.y {
		a, b, e.down = b, a, -1
	}
	if !(a.y < b.y && math.Abs(a.x) < far && math.Abs(b.x) < far && -far < a.y && b.y < far) {
		return e, false
	}
	e.top, e.bottom, e.x, e.slope = a.y, b.y, a.x, (b.x-a.x)/(b.y-a.y)
	return e, true
}

// line fills one line of dots, each by its middle.
func (p *painter) line(y int, edges []edge, evenOdd bool) {
	type crossing struct {
		x    float64
		down int
	}
	var crossings []crossing
	middle := float64(y) + 0.5
	p.work += len(edges)
	for _, e := range edges {
		if e.top <= middle && middle < e.bottom {
			crossings = append(crossings, crossing{e.x + (middle-e.top)*e.slope, e.down})
		}
	}
	slices.SortFunc(crossings, func(a, b crossing) int { return cmp.Compare(a.x, b.x) })
	row := p.page.Pix[y*p.page.Stride : y*p.page.Stride+p.page.Rect.Dx()]
	winding := 0
	for i := range len(crossings) - 1 {
		if winding += crossings[i].down; evenOdd && i%2 == 1 || !evenOdd && winding == 0 {
			continue
		}
		from := max(0, int(math.Ceil(crossings[i].x-0.5)))
		until := min(len(row), int(math.Ceil(crossings[i+1].x-0.5)))
		for x := from; x < until; x++ {
			row[x] = p.grey
		}
		p.work += max(0, until-from)
	}
}
