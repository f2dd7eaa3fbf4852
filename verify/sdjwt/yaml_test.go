package sdjwt

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// readYAML reads the part of YAML in which the SD-JWT test cases are written:
// block and flow collections, quoted and plain scalars, comments, and the tag
// !sd, which becomes Hidden.
func readYAML(text string) (v map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("YAML: %v", r)
		}
	}()
	y := &yaml{}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(uncomment(line), " \t\r\n")
		if body := strings.TrimLeft(line, " "); body != "" {
			y.lines = append(y.lines, yamlLine{len(line) - len(body), body})
		}
	}
	v, ok := y.block(0).(map[string]any)
	if !ok || len(y.lines) > 0 {
		return nil, errors.New("YAML: not one block mapping")
	}
	return v, nil
}

type yamlLine struct {
	indent int
	text   string
}

type yaml struct{ lines []yamlLine }

func uncomment(line string) string {
	quote := byte(0)
	for i := range len(line) {
		c := line[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == '#' && (i == 0 || line[i-1] == ' '):
			return line[:i]
		}
	}
	return line
}

func (y *yaml) block(atLeast int) any {
	if len(y.lines) == 0 || y.lines[0].indent < atLeast {
		return nil
	}
	indent := y.lines[0].indent
	if y.dash(indent) {
		return y.sequence(indent)
	}
	return y.mapping(indent)
}

func (y *yaml) dash(indent int) bool {
	return len(y.lines) > 0 && y.lines[0].indent == indent && (y.lines[0].text == "-" || strings.HasPrefix(y.lines[0].text, "- "))
}

func (y *yaml) sequence(indent int) []any {
	out := []any{}
	for y.dash(indent) {
		rest := strings.TrimLeft(y.lines[0].text[1:], " ")
		if _, _, isKey := splitKey(rest); isKey {
			y.lines[0] = yamlLine{indent + len(y.lines[0].text) - len(rest), rest}
			out = append(out, y.block(indent+1))
			continue
		}
		y.lines = y.lines[1:]
		out = append(out, y.node(rest, indent+1))
	}
	return out
}

func (y *yaml) mapping(indent int) map[string]any {
	out := map[string]any{}
	for len(y.lines) > 0 && y.lines[0].indent == indent {
		text, hide := strings.CutPrefix(y.lines[0].text, "!sd ")
		key, rest, ok := splitKey(text)
		if !ok {
			panic("no key in " + text)
		}
		y.lines = y.lines[1:]
		inner := indent + 1
		if rest == "" && y.dash(indent) {
			inner = indent
		}
		v := y.node(rest, inner)
		if hide {
			v = Hidden{v}
		}
		out[key] = v
	}
	return out
}

func (y *yaml) node(text string, indent int) any {
	if rest, hide := strings.CutPrefix(text, "!sd"); hide {
		return Hidden{y.node(strings.TrimLeft(rest, " "), indent)}
	}
	if text == "" {
		return y.block(indent)
	}
	f := &flow{text}
	v := f.value("")
	if f.s != "" {
		panic("left over: " + f.s)
	}
	return v
}

// splitKey splits "key: value"; a quoted or tagged key is allowed.
func splitKey(text string) (key, rest string, ok bool) {
	text = strings.TrimPrefix(text, "!sd ")
	if text == "" || strings.ContainsAny(text[:1], "[{") {
		return "", "", false
	}
	if text[0] == '"' || text[0] == '\'' {
		f := &flow{text}
		key = f.quoted()
		rest, ok = strings.CutPrefix(f.s, ":")
		return key, strings.TrimLeft(rest, " "), ok
	}
	if key, ok = strings.CutSuffix(text, ":"); ok {
		return key, "", true
	}
	key, rest, ok = strings.Cut(text, ": ")
	return key, strings.TrimLeft(rest, " "), ok
}

// flow reads what stands on one line.
type flow struct{ s string }

func (f *flow) value(stop string) any {
	f.s = strings.TrimLeft(f.s, " ")
	if rest, hide := strings.CutPrefix(f.s, "!sd "); hide {
		f.s = rest
		return Hidden{f.value(stop)}
	}
	switch {
	case strings.HasPrefix(f.s, "["):
		return f.list()
	case strings.HasPrefix(f.s, "{"):
		return f.object()
	case strings.HasPrefix(f.s, `"`), strings.HasPrefix(f.s, "'"):
		return f.quoted()
	}
	end := len(f.s)
	if i := strings.IndexAny(f.s, stop); i >= 0 {
		end = i
	}
	word := strings.TrimSpace(f.s[:end])
	f.s = f.s[end:]
	return plain(word)
}

func (f *flow) list() []any {
	out := []any{}
	for f.s = f.s[1:]; !f.close("]"); {
		out = append(out, f.value(",]"))
	}
	return out
}

func (f *flow) object() map[string]any {
	out := map[string]any{}
	for f.s = f.s[1:]; !f.close("}"); {
		key, _ := f.value(":").(string)
		f.s = strings.TrimPrefix(strings.TrimLeft(f.s, " "), ":")
		out[key] = f.value(",}")
	}
	return out
}

func (f *flow) close(end string) bool {
	f.s = strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(f.s, " "), ","), " ")
	rest, done := strings.CutPrefix(f.s, end)
	if f.s == "" {
		panic("not closed")
	}
	f.s = rest
	return done
}

func (f *flow) quoted() string {
	q := f.s[0]
	end := 1 + strings.IndexByte(f.s[1:], q)
	s := f.s[:end+1]
	f.s = f.s[end+1:]
	if q == '"' {
		out, err := strconv.Unquote(s)
		if err != nil {
			panic(err)
		}
		return out
	}
	return s[1:end]
}

func plain(word string) any {
	switch word {
	case "null", "~", "":
		return nil
	case "true", "True":
		return true
	case "false", "False":
		return false
	}
	var n json.Number
	if json.Unmarshal([]byte(word), &n) == nil && word[0] != '"' {
		return n
	}
	return word
}
