package vocab

import (
	"regexp"
	"strings"
	"sync"
)

// isoDuration is a duration of XML Schema (part 2, section 3.3.6) without a sign.
var isoDuration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$`)
})

var durationUnits = []string{"year", "month", "week", "day", "hour", "minute"}

// duration writes "PT60H" as "60 hours"; what is no such duration stays as it is.
func duration(s string) string {
	m := isoDuration().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	var out []string
	for i, unit := range durationUnits {
		switch n := strings.TrimLeft(m[i+1], "0"); n {
		case "":
		case "1":
			out = append(out, "1 "+unit)
		default:
			out = append(out, n+" "+unit+"s")
		}
	}
	if out == nil {
		return s
	}
	return strings.Join(out, ", ")
}
