package canon

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// number gives the lexical form and datatype of a JSON number (JSON-LD 1.1 API,
// section 8.6). exact is false when a whole number has more digits than the
// form keeps, so that another number would get the same form.
func number(n json.Number, datatype string) (o object, exact bool, err error) {
	f, err := n.Float64()
	if err != nil || math.IsInf(f, 0) {
		return object{}, false, invalid("number out of range", n.String())
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e21 && datatype != xsdDouble {
		text := strconv.FormatFloat(f, 'f', 0, 64)
		if text == "-0" {
			text = "0"
		}
		return literal(text, cmp.Or(datatype, xsdInteger), ""), !wholeNumber(n) || text == n.String() || n == "-0", nil
	}
	return literal(canonicalDouble(f), cmp.Or(datatype, xsdDouble), ""), !wholeNumber(n) || exactDouble(n, f), nil
}

func wholeNumber(n json.Number) bool { return !strings.ContainsAny(n.String(), ".eE") }

// exactDouble says whether a whole number survives the sixteen digits of
// canonicalDouble.
func exactDouble(n json.Number, f float64) bool {
	return strings.TrimRight(strings.TrimLeft(n.String(), "-"), "0") == strings.TrimRight(
		strings.TrimLeft(strconv.FormatFloat(f, 'f', 0, 64), "-"), "0") && len(strings.Trim(n.String(), "-0")) <= 16
}

// canonicalDouble is the canonical form of xsd:double with fifteen digits after
// the point, as the JSON-LD API prints it ("%1.15E" without needless zeros).
func canonicalDouble(f float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', 15, 64), "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	sign := ""
	if exponent[0] == '-' {
		sign = "-"
	}
	exponent = strings.TrimLeft(exponent[1:], "0")
	if exponent == "" {
		sign, exponent = "", "0"
	}
	return mantissa + "E" + sign + exponent
}

// literal makes a literal of a JSON string, number or boolean with the datatype of
// its term or value object, which may be empty and is known to be writable.
func (x *expansion) literal(v any, datatype string) (o object, err error) {
	switch v := v.(type) {
	case string:
		return literal(v, datatype, ""), nil
	case bool:
		return literal(strconv.FormatBool(v), cmp.Or(datatype, xsdBoolean), ""), nil
	case json.Number:
		o, exact, err := number(v, datatype)
		if err == nil && !exact {
			x.miss("")
		}
		return o, err
	}
	return object{}, invalid("invalid value object value", "")
}

// jsonLiteral makes a literal of type rdf:JSON (JSON-LD 1.1, section 10.2).
func jsonLiteral(v any) (object, error) {
	b, err := JCS(v)
	if err != nil {
		return object{}, err
	}
	return literal(string(b), rdfJSON, ""), nil
}
