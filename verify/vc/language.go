package vc

import "strings"

// Languages are those a person reads, the best first, as BCP 47 tags: "de-AT", "fr".
type Languages []string

// English is what is read where nobody said anything, and after all that was said.
const English = "en"

// Of gives which of the languages a text is written in to show: the first of those
// the person reads, else English, else the first of tags. A wanted "de-AT" is
// looked for as it is, then as "de", then as any other German (RFC 4647, section
// 3.4, and beyond it: another country's German is better than no German). It is -1
// where there are no tags.
func (l Languages) Of(tags []string) int {
	for _, want := range l {
		if i := closest(want, tags); i >= 0 {
			return i
		}
	}
	if i := closest(English, tags); i >= 0 {
		return i
	}
	return min(0, len(tags)-1)
}

// closest gives the tag that is nearest to a wanted one; -1 where none is of the
// same language.
func closest(want string, tags []string) int {
	for want = plainTag(want); want != ""; want = shorter(want) {
		for i, tag := range tags {
			if plainTag(tag) == want {
				return i
			}
		}
		if strings.Contains(want, "-") {
			continue
		}
		for i, tag := range tags {
			if strings.HasPrefix(plainTag(tag), want+"-") {
				return i
			}
		}
	}
	return -1
}

// plainTag writes a tag so that it can be compared: tags have no case (RFC 5646,
// section 2.1.1).
func plainTag(tag string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"))
}

// shorter takes the last subtag off, and with it one that only introduces it.
func shorter(tag string) string {
	i := strings.LastIndexByte(tag, '-')
	if i < 0 {
		return ""
	}
	tag = tag[:i]
	if i >= 2 && tag[i-2] == '-' {
		tag = tag[:i-2]
	}
	return tag
}
