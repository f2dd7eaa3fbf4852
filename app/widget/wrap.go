package widget

import (
	"strings"
	"unicode/utf8"
)

// wrap breaks a text into lines that fit: between words, and inside a word only when it is
// longer than a line. A line break in the text stays one. It never gives no lines.
func wrap(text string, fits func(string) bool) []string {
	var out []string
	for _, part := range strings.Split(text, "\n") {
		out = append(out, wrapLine(strings.Fields(part), fits)...)
	}
	return out
}

func wrapLine(words []string, fits func(string) bool) []string {
	var out []string
	line := ""
	for _, w := range words {
		if line != "" && fits(line+" "+w) {
			line += " " + w
			continue
		}
		if line != "" {
			out = append(out, line)
		}
		for !fits(w) && utf8.RuneCountInString(w) > 1 {
			head := longest(w, "", fits)
			out, w = append(out, head), w[len(head):]
		}
		line = w
	}
	return append(out, line)
}

// shorten cuts a text so that it fits with an ellipsis.
func shorten(text string, fits func(string) bool) string {
	if fits(text) {
		return text
	}
	return strings.TrimRight(longest(text, "…", fits), " ,.") + "…"
}

// longest gives the longest beginning of a text that fits with a tail: at least one letter.
func longest(text, tail string, fits func(string) bool) string {
	runes := []rune(text)
	low, high := 1, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fits(string(runes[:mid]) + tail) {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:min(low, len(runes))])
}
