package fetch

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"https://school.example/a?b#c", "http://school.example:80", "https://[::1]/", "https://a:b@c/", "https://0x7f.1/", "//x", "https://x.local."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := Address(raw)
		if err != nil {
			if !errors.Is(err, ErrRefused) {
				t.Errorf("an error callers can't tell: %v", err)
			}
			return
		}
		if u.Scheme != "https" || u.User != nil || u.Host == "" || u.Port() != "" || u.Fragment != "" {
			t.Errorf("%q became %q", raw, u)
		}
		again, err := url.Parse(u.String())
		if err != nil || again.Host != u.Host {
			t.Errorf("%q reads back as %v, %v", u, again, err)
		}
		plain, withQuery := file(u)
		for _, name := range []string{plain, withQuery} {
			if strings.Contains("/"+name+"/", "/../") && name == plain {
				t.Errorf("%q climbs out as %q", raw, name)
			}
		}
	})
}
