package envelope

import (
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"strings"
	"time"
)

var errTime = errors.New("not a date and time of XML Schema")

var dateTime = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$`)

// Time reads an xsd:dateTime of years 0000 to 9999 (VCDM 1.1 section 4.6, VCDM
// 2.0 section 4.9), which is stricter than time.Parse. zoned says whether it names
// its time zone, as xsd:dateTimeStamp demands; without one it is taken as UTC.
func Time(s string) (t time.Time, zoned bool, err error) {
	if !dateTime.MatchString(s) {
		return time.Time{}, false, errTime
	}
	zoned = s[len(s)-1] == 'Z' || s[len(s)-6] == '+' || s[len(s)-6] == '-'
	if !zoned {
		s += "Z"
	}
	// 24:00:00 is the first instant of the next day (XML Schema 1.1 part 2, 3.3.7.1).
	midnight := strings.Contains(s, "T24:00:00")
	if midnight {
		s = strings.Replace(s, "T24:", "T00:", 1)
	}
	if t, err = time.Parse(time.RFC3339Nano, s); err != nil {
		return time.Time{}, false, errTime
	}
	if midnight {
		t = t.AddDate(0, 0, 1)
	}
	return t, zoned, nil
}

// NumericDate reads a NumericDate of RFC 7519 section 2: seconds since 1970,
// fractions allowed.
func NumericDate(v any) (time.Time, bool) {
	n, ok := v.(json.Number)
	if !ok || len(n) > 32 {
		return time.Time{}, false
	}
	f, _, err := big.ParseFloat(string(n), 10, 128, big.ToZero)
	if err != nil {
		return time.Time{}, false
	}
	sec, _ := f.Int64()
	if sec < -62135596800 || sec > 253402300799 { // years 1 to 9999
		return time.Time{}, false
	}
	return time.Unix(sec, 0).UTC(), true
}
