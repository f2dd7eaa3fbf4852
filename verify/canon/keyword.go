package canon

// keyword is one of the keywords of JSON-LD 1.1, section 1.7; zero is none.
type keyword uint8

const (
	kwOther keyword = iota + 1 // one that means nothing to an object of a document
	kwDirection
	kwGraph
	kwID
	kwIncluded
	kwIndex
	kwLanguage
	kwList
	kwNest
	kwReverse
	kwSet
	kwType
	kwValue
)

// keywords is a set of keywords.
type keywords uint16

func (s keywords) has(k keyword) bool { return s&(1<<k) != 0 }
func (s *keywords) add(k keyword)     { *s |= 1 << k }

func keywordOf(s string) keyword {
	if s == "" || s[0] != '@' {
		return 0
	}
	switch s {
	case "@direction":
		return kwDirection
	case "@graph":
		return kwGraph
	case "@id":
		return kwID
	case "@included":
		return kwIncluded
	case "@index":
		return kwIndex
	case "@language":
		return kwLanguage
	case "@list":
		return kwList
	case "@nest":
		return kwNest
	case "@reverse":
		return kwReverse
	case "@set":
		return kwSet
	case "@type":
		return kwType
	case "@value":
		return kwValue
	case "@base", "@container", "@context", "@import", "@json", "@none", "@prefix", "@propagate",
		"@protected", "@version", "@vocab":
		return kwOther
	}
	return 0
}

func isKeyword(s string) bool { return keywordOf(s) != 0 }
