package pathway

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
)

// columns says which member of CTDL a column holds, by its heading in small letters
// without spaces. Other columns are for people and skipped.
var columns = map[string]string{
	"name": "name", "description": "description", "subjectwebpage": "subjectWebpage", "ctid": "ctid",
	"hasdestinationcomponent": "hasDestinationComponent", "sourcedata": "sourceData", "proxyfor": "proxyFor",
	"haschild": "hasChild", "ischildof": "isChildOf", "hascondition": "hasCondition", "requirednumber": "requiredNumber",
	"targetcomponent": "targetComponent", "logicaloperator": "logicalOperator", "prerequisite": "prerequisite",
	"precededby": "precededBy", "precedes": "precedes", "codednotation": "codedNotation",
}

// The columns that make a table one of a pathway.
const (
	idColumn   = "externalidentifier"
	typeColumn = "pathwaycomponenttype"
)

func heading(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }

// isTable says whether text begins with the headings of a pathway as a table.
func isTable(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.Contains([]byte(heading(string(first))), []byte(typeColumn))
}

// readTable reads a pathway from comma separated values (RFC 4180), the form in
// which Badgr hands pathways to the Credential Registry.
func readTable(text []byte) (Reading, error) {
	r, err := rows(text)
	if err != nil {
		return Reading{}, err
	}
	return sketched(r).read(Table)
}

// rows makes a thing of each row. Several ids in one field stand between bars.
func rows(text []byte) (*resources, error) {
	if !utf8.Valid(text) {
		return nil, fault.New("pathway.not-table", "line", "1", "column", "1")
	}
	in := csv.NewReader(bytes.NewReader(text))
	heads, err := in.Read()
	if err != nil {
		return nil, notTable(err)
	}
	out := &resources{byID: map[string]*resource{}}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, notTable(err)
		}
		thing := map[string]any{}
		for i, field := range row {
			fill(thing, heading(heads[i]), strings.TrimSpace(field))
		}
		out.thing(thing)
	}
}

func fill(thing map[string]any, head, field string) {
	switch {
	case field == "":
	case head == idColumn:
		thing["@id"] = field
		if ctid.MatchString(field) {
			thing["ctid"] = field
		}
	case head == typeColumn:
		thing["@type"] = field
	case head == "name" || head == "description":
		thing[head] = field
	case columns[head] != "":
		var list []any
		for _, s := range strings.Split(field, "|") {
			list = append(list, strings.TrimSpace(s))
		}
		thing[columns[head]] = list
	}
}

func notTable(err error) error {
	line, column := 1, 1
	var at *csv.ParseError
	if errors.As(err, &at) {
		line, column = at.Line, at.Column
	}
	return fault.Wrap(err, "pathway.not-table", "line", strconv.Itoa(line), "column", strconv.Itoa(column))
}
