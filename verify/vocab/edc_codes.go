package vocab

import "strings"

// The authority tables of the EU Publications Office, by which European
// credentials name languages and countries, use three letters; all else here, two.

// languageCodes are the official languages of the Union, and those of countries
// that take part in Europass.
var languageCodes = codes(`BUL bg HRV hr CES cs DAN da NLD nl ENG en EST et FIN fi FRA fr DEU de ELL el HUN hu GLE ga ITA it LAV lv
LIT lt MLT mt POL pl POR pt RON ro SLK sk SLV sl SPA es SWE sv CAT ca EUS eu GLG gl NOR no NOB nb NNO nn ISL is TUR tr MKD mk
SQI sq SRP sr BOS bs UKR uk LTZ lb RUS ru ARA ar ZHO zh JPN ja`)

// countryCodes are the countries of the Union and those that take part in Europass.
var countryCodes = codes(`AUT AT BEL BE BGR BG HRV HR CYP CY CZE CZ DNK DK EST EE FIN FI FRA FR DEU DE GRC GR HUN HU IRL IE ITA IT
LVA LV LTU LT LUX LU MLT MT NLD NL POL PL PRT PT ROU RO SVK SK SVN SI ESP ES SWE SE NOR NO ISL IS LIE LI CHE CH TUR TR MKD MK
ALB AL SRB RS BIH BA MNE ME UKR UA MDA MD GEO GE GBR GB`)

func codes(table string) map[string]string {
	out := map[string]string{}
	all := strings.Fields(table)
	for i := 0; i+1 < len(all); i += 2 {
		out[all[i]] = all[i+1]
	}
	return out
}

// shortCode gives the two letters of a code list entry, given by its address; the
// last part of the address where the table does not have it.
func shortCode(table map[string]string, address string) string {
	code := strings.ToUpper(address[strings.LastIndexByte(address, '/')+1:])
	if short, ok := table[code]; ok {
		return short
	}
	return code
}
