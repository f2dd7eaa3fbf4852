package envelope

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"time"
)

var errTime = errors.New("not a date and time of XML Schema")

// Time reads an xsd:dateTime of years 0000 to 9999 (VCDM 1.1 section 4.6, VCDM
// 2.0 section 4.9), which is stricter than time.Parse. zoned says whether it names
// its time zone, as xsd:dateTimeStamp demands; without one it is taken as UTC.
func Time(s string) (t time.Time, zoned bool, err error) {
	if !isDateTime(s) {
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
	if midnight && t.Nanosecond() != 0 {
		return time.Time{}, false, errTime
	}
	if midnight {
		t = t.AddDate(0, 0, 1)
	}
	return t, zoned, nil
}

// isDateTime says whether s has the letters of an xsd:dateTime in their places:
// 2006-01-02T15:04:05, a fraction of the second, and a time zone, the last two of
// which it may lack.
func isDateTime(s string) bool {
	rest, ok := cutLike(s, "0000-00-00T00:00:00")
	if !ok {
		return false
	}
	if strings.HasPrefix(rest, ".") {
		fraction := rest[1:]
		rest = strings.TrimLeft(fraction, "0123456789")
		if len(rest) == len(fraction) {
			return false
		}
	}
	if rest == "" || rest == "Z" {
		return true
	}
	zone := rest[1:]
	end, ok := cutLike(zone, "00:00")
	inRange := ok && zone <= "14:00" && zone[3:] < "60" // VCDM 2.0, section 4.9: dateTimeStamp
	return inRange && end == "" && (rest[0] == '+' || rest[0] == '-')
}

// cutLike takes as much off s as looks like pattern, in which 0 stands for a digit.
func cutLike(s, pattern string) (rest string, ok bool) {
	if len(s) < len(pattern) {
		return s, false
	}
	for i := range len(pattern) {
		digit := s[i] >= '0' && s[i] <= '9'
		if pattern[i] == '0' && !digit || pattern[i] != '0' && s[i] != pattern[i] {
			return s, false
		}
	}
	return s[len(pattern):], true
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
