package oid4vp

import "slices"

// Plan says which credential queries to answer (section 6.4.2), where can says
// whether one could be: need are those without which there is no answer, by the best
// combination of each group; may are those of groups that are optional. It is not ok
// where something is needed that can't be answered; need then holds what would be.
func (q Query) Plan(can func(id string) bool) (need, may []string, ok bool) {
	ok = true
	if q.Sets == nil {
		for _, c := range q.Credentials {
			need, ok = append(need, c.ID), ok && can(c.ID)
		}
		return need, nil, ok
	}
	for _, s := range q.Sets {
		i := slices.IndexFunc(s.Options, func(option []string) bool { return all(option, can) })
		switch {
		case i >= 0 && s.Optional:
			may = append(may, s.Options[i]...)
		case i >= 0:
			need = append(need, s.Options[i]...)
		case !s.Optional:
			need, ok = append(need, s.Options[0]...), false
		}
	}
	need = unique(need)
	return need, slices.DeleteFunc(unique(may), func(id string) bool { return slices.Contains(need, id) }), ok
}

// Complete says whether answering these queries, and no others, is an answer: all
// that is needed is there, and nothing that no group asks for.
func (q Query) Complete(chosen []string) bool {
	in := func(id string) bool { return slices.Contains(chosen, id) }
	if q.Sets == nil {
		return len(chosen) == len(q.Credentials) && !slices.ContainsFunc(q.Credentials, func(c CredentialQuery) bool { return !in(c.ID) })
	}
	var asked []string
	for _, s := range q.Sets {
		met := false
		for _, option := range s.Options {
			if all(option, in) {
				met, asked = true, append(asked, option...)
			}
		}
		if !met && !s.Optional {
			return false
		}
	}
	return all(chosen, func(id string) bool { return slices.Contains(asked, id) })
}

func all(ids []string, is func(string) bool) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !is(id) })
}

// unique keeps the first of each.
func unique(ids []string) (out []string) {
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
