package pdf

import (
	"bytes"
	"strconv"
)

// scan reads every object in the file, from "12 0 obj" on. The bytes of streams
// are stepped over, so that what stands in them is not taken for objects.
func (d *Document) scan() {
	for i := 0; len(d.order) < maxObjects; {
		n := bytes.Index(d.b[i:], []byte("obj"))
		if n < 0 {
			return
		}
		at := i + n
		i = at + len("obj")
		number, ok := d.numberBefore(at)
		if !ok {
			continue
		}
		l := &lexer{b: d.b, i: i, count: &d.values}
		v, ok := l.value(0)
		i = max(i, l.i) // also where it failed: nothing is read twice
		if !ok {
			continue
		}
		o := &object{value: v}
		if m, ok := v.(dict); ok {
			d.body(o, m, i)
			i = max(i, o.end)
		}
		d.add(number, o)
	}
}

// numberBefore reads the two numbers in front of the word obj, and gives the
// first.
func (d *Document) numberBefore(at int) (int, bool) {
	head := bytes.TrimRight(d.b[max(0, at-24):at], " \r\n\t\f\x00")
	if len(head) == at-max(0, at-24) && at > 0 {
		return 0, false // no space: endobj
	}
	fields := bytes.Fields(head)
	if len(fields) < 2 {
		return 0, false
	}
	generation := fields[len(fields)-1]
	number := fields[len(fields)-2]
	for i := len(number); i > 0; i-- { // what stands right before may end in a digit too
		if number[i-1] < '0' || number[i-1] > '9' {
			number = number[i:]
			break
		}
	}
	if _, err := strconv.ParseUint(string(generation), 10, 16); err != nil {
		return 0, false
	}
	n, err := strconv.ParseUint(string(number), 10, 31)
	return int(n), err == nil
}

// body finds the bytes of a stream after its dictionary (section 7.3.8): as many
// as it says, if the right word follows; else all up to that word.
func (d *Document) body(o *object, m dict, i int) {
	l := &lexer{b: d.b, i: i, count: &d.values}
	l.space()
	if !l.starts("stream") {
		return
	}
	start := l.i + len("stream")
	if bytes.HasPrefix(d.b[start:], []byte("\r\n")) {
		start += 2
	} else if start < len(d.b) && (d.b[start] == '\n' || d.b[start] == '\r') {
		start++
	}
	if n, ok := m["Length"].(int); ok && d.endsAt(start, n) {
		o.start, o.end = start, start+n
		return
	}
	n := bytes.Index(d.b[start:], []byte("endstream"))
	if n < 0 {
		n = len(d.b) - start
	}
	o.start, o.end = start, start+n
}

// endsAt says whether a stream of n bytes ends as a stream should.
func (d *Document) endsAt(start, n int) bool {
	if n < 0 || n > len(d.b)-start {
		return false
	}
	rest := d.b[start+n : min(len(d.b), start+n+16)]
	return bytes.HasPrefix(bytes.TrimLeft(rest, "\r\n \t"), []byte("endstream"))
}

// unpackObjects reads the objects that stand in streams (section 7.5.7). An
// object that stands in the open keeps its place.
func (d *Document) unpackObjects() {
	open := len(d.order)
	inOpen := make(map[int]bool, open)
	for _, number := range d.order {
		inOpen[number] = true
	}
	for _, number := range d.order[:open] {
		m, ok := d.objects[number].value.(dict)
		if !ok || m["Type"] != name("ObjStm") {
			continue
		}
		count, _ := d.number(m["N"])
		first, _ := d.number(m["First"])
		b, ok := d.stream(number)
		if !ok || first < 0 || first > len(b) {
			continue
		}
		d.packed(b, count, first, inOpen)
	}
}

// packed reads the objects of one stream: pairs of number and place, then values.
func (d *Document) packed(b []byte, count, first int, inOpen map[int]bool) {
	head := &lexer{b: b[:first], count: &d.values}
	end := first // nothing is read twice
	for range min(count, maxObjects) {
		number, ok1 := head.value(0)
		at, ok2 := head.value(0)
		n, isNumber := number.(int)
		offset, isPlace := at.(int)
		if !ok1 || !ok2 || !isNumber || !isPlace || len(d.order) >= maxObjects {
			return
		}
		if offset < 0 || first+offset < end || first+offset > len(b) || inOpen[n] {
			continue
		}
		l := &lexer{b: b, i: first + offset, count: &d.values}
		v, ok := l.value(0)
		end = l.i
		if ok {
			d.add(n, &object{value: v})
		}
	}
}
