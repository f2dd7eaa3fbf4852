package check

import "strings"

// Together joins the rows of lists of issuers that gave no answer into one, where
// there are several: for people, who read a report from the top, not for programs.
// The rows given stay as they are.
func Together(rows []Check) []Check {
	const one, several = "issuer.list-unreachable", "issuer.lists-unreachable"
	var names []string
	out, at := make([]Check, 0, len(rows)), 0
	for _, r := range rows {
		if r.Reason != one {
			out = append(out, r)
			continue
		}
		if len(names) == 0 {
			at = len(out)
			out = append(out, r)
		}
		names = append(names, r.Args["list"])
	}
	if len(names) > 1 {
		joined := out[at]
		joined.Reason, joined.About = several, ""
		joined.Args = map[string]string{"list": strings.Join(names, ", ")}
		out[at] = joined
	}
	return out
}
