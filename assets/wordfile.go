package assets

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// read adds the words of one file. Files are our own, and each start of the program
// reads them all, so they are read in one pass: objects of objects and of texts,
// which is all that is in them, without the tree in between. Texts are parts of file,
// not copies.
func (w Words) read(file string) error {
	r := wordReader{words: w, rest: file}
	if err := r.value(""); err != nil {
		return fmt.Errorf("%w, %d bytes before its end", err, len(r.rest))
	}
	if r.next() != 0 {
		return errors.New("something stands behind the last brace")
	}
	return nil
}

type wordReader struct {
	words Words
	rest  string
}

// next gives the byte after white space, without taking it; 0 at the end.
func (r *wordReader) next() byte {
	for i := range len(r.rest) {
		switch c := r.rest[i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			r.rest = r.rest[i:]
			return c
		}
	}
	r.rest = ""
	return 0
}

func (r *wordReader) take(c byte) error {
	if r.next() != c {
		return fmt.Errorf("no %q", c)
	}
	r.rest = r.rest[1:]
	return nil
}

// value reads the text of a code, or the codes below it.
func (r *wordReader) value(code string) error {
	switch r.next() {
	case '{':
		return r.object(code)
	case '"':
		if _, twice := r.words[code]; twice {
			return fmt.Errorf("code %s stands twice", code)
		}
		text, err := r.text()
		r.words[code] = text
		return err
	}
	return fmt.Errorf("code %s is neither a text nor an object", code)
}

func (r *wordReader) object(code string) error {
	r.rest = r.rest[1:]
	for r.next() != '}' {
		name, err := r.text()
		if err != nil {
			return err
		}
		if code != "" {
			name = code + "." + name
		}
		if err := r.take(':'); err != nil {
			return err
		}
		if err := r.value(name); err != nil {
			return err
		}
		if r.next() == '}' {
			break
		}
		if err := r.take(','); err != nil {
			return err
		}
	}
	return r.take('}')
}

// text reads a string.
func (r *wordReader) text() (string, error) {
	if r.next() != '"' {
		return "", errors.New("no text")
	}
	end := 1
	for end < len(r.rest) && r.rest[end] != '"' {
		if r.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(r.rest) {
		return "", errors.New("text without an end")
	}
	quoted := r.rest[:end+1]
	r.rest = r.rest[end+1:]
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1:end], nil
	}
	var s string
	err := json.Unmarshal([]byte(quoted), &s)
	return s, err
}
