package envelope

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// isLERRS tells a Learning and Employment Record résumé (HR Open Standards, LER-RS)
// that no credential stands around: a document that carries some.
func isLERRS(m vc.Doc) bool {
	return strings.Contains(text(m["type"]), "LER-RSType") || m["person"] != nil &&
		(m["educationAndLearnings"] != nil || m["certifications"] != nil || m["employmentHistories"] != nil)
}

// resume opens the credentials that the entries of a résumé rest on, each in a
// list of its own, "verifications".
func (l *load) resume(m map[string]any, raw []byte) ([]*Opened, error) {
	if err := l.enter(); err != nil {
		return nil, err
	}
	defer l.leave()
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(raw, &sections); err != nil {
		return nil, errNone
	}
	g := gathered{err: errNone}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		var entries []map[string]json.RawMessage
		if _, list := m[name].([]any); !list || json.Unmarshal(sections[name], &entries) != nil {
			continue // not a list of entries
		}
		for i, e := range m[name].([]any) {
			if e, ok := e.(map[string]any); ok && e["verifications"] != nil {
				g.add(l.value(e["verifications"], entries[i]["verifications"]))
			}
		}
	}
	return g.result()
}
