package link

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// spread writes a token as n texts of QR codes, two digits for a letter.
func spread(token string, n int) []string {
	var digits strings.Builder
	for _, letter := range []byte(token) {
		fmt.Fprintf(&digits, "%02d", letter-45)
	}
	all := digits.String()
	size := (len(all)/n + 1) / 2 * 2
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("shc:/%d/%d/%s", i+1, n, all[i*size:min((i+1)*size, len(all))]))
	}
	return out
}

// TestCodesOfOneBadge: a badge that is spread over the codes on a page is found
// once, and not at all where one is missing.
func TestCodesOfOneBadge(t *testing.T) {
	two := spread(token(t, "vc+jwt", credential), 2)
	found, err := Look([]byte(document(t, nil, two[1], two[0])))
	if err != nil || len(found) != 1 || found[0].Kind != Badge || !found[0].Code {
		t.Fatalf("%+v, %v", found, err)
	}
	lines := strings.Fields(string(found[0].Raw))
	if slices.Sort(lines); !slices.Equal(lines, two) {
		t.Errorf("kept %q", lines)
	}
	if found, err := Look([]byte(document(t, nil, two[0]))); fault.Code(err) != "input.code-parts" {
		t.Errorf("one of two: %+v, %v", found, err)
	}
	if found, err := Look([]byte(strings.Join(two, "\n"))); err != nil || len(found) != 1 {
		t.Errorf("as text: %+v, %v", found, err)
	}
}
