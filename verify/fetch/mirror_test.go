package fetch

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func testMirror() Mirror {
	first := fstest.MapFS{
		"example.org/a.json":      {Data: []byte(`{"from":"first"}`)},
		"example.org/list?page=2": {Data: []byte("second page")},
		"example.org/list":        {Data: []byte("whole list")},
		"example.org/dir/inside":  {Data: []byte("inside")},
	}
	second := fstest.MapFS{
		"example.org/a.json": {Data: []byte(`{"from":"second"}`)},
		"example.org/b.html": {Data: []byte("<html>")},
		"example.org/huge":   {Data: []byte(strings.Repeat("x", maxBody+1))},
	}
	return Mirror{Dirs: []fs.FS{first, second}, Now: func() time.Time { return noon }}
}

func TestMirrorAnswers(t *testing.T) {
	tests := []struct{ name, url, body, kind string }{
		{"first folder wins", "https://example.org/a.json", `{"from":"first"}`, "application/json"},
		{"second folder", "https://example.org/b.html", "<html>", "text/html"},
		{"http is tried as https", "http://example.org/a.json", `{"from":"first"}`, "application/json"},
		{"host in capitals", "https://EXAMPLE.org/a.json", `{"from":"first"}`, "application/json"},
		{"usual port", "https://example.org:443/a.json", `{"from":"first"}`, "application/json"},
		{"fragment left out", "https://example.org/list#7", "whole list", ""},
		{"query with a file", "https://example.org/list?page=2", "second page", ""},
		{"query without a file", "https://example.org/list?page=3", "whole list", ""},
		{"dots in the path", "https://example.org/dir/../a.json", `{"from":"first"}`, "application/json"},
	}
	m := testMirror()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := m.Get(context.Background(), tt.url, "")
			if err != nil {
				t.Fatal(err)
			}
			if string(p.Body) != tt.body || p.Type != tt.kind && tt.kind != "" || !p.AsOf.Equal(noon) || p.URL != tt.url {
				t.Errorf("got %q %q %v %q", p.Body, p.Type, p.AsOf, p.URL)
			}
		})
	}
}

func TestMirrorRefuses(t *testing.T) {
	tests := []struct {
		name, url string
		want      error
	}{
		{"not there", "https://example.org/none", ErrUnreachable},
		{"a folder", "https://example.org/dir", ErrUnreachable},
		{"other host", "https://example.com/a.json", ErrUnreachable},
		{"climbing out", "https://example.org/../../etc/passwd", ErrUnreachable},
		{"climbing out, encoded", "https://example.org/%2e%2e/%2e%2e/etc/passwd", ErrUnreachable},
		{"host that climbs", "https://../a.json", ErrUnreachable},
		{"too large", "https://example.org/huge", ErrTooLarge},
		{"file", "file:///etc/passwd", ErrRefused},
		{"no host", "https:///a.json", ErrRefused},
		{"name and password", "https://me:secret@example.org/a.json", ErrRefused},
		{"odd port", "https://example.org:8443/a.json", ErrRefused},
		{"localhost", "https://localhost/a.json", ErrRefused},
		{"loopback", "https://127.0.0.1/a.json", ErrRefused},
		{"mapped loopback", "https://[::ffff:127.0.0.1]/a.json", ErrRefused},
		{"zone", "https://[fe80::1%25eth0]/a.json", ErrRefused},
		{"relative", "a.json", ErrRefused},
		{"long", "https://example.org/" + strings.Repeat("a", maxURL), ErrRefused},
	}
	m := testMirror()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if p, err := m.Get(context.Background(), tt.url, ""); !errors.Is(err, tt.want) || p.Body != nil {
				t.Errorf("got %v with %d bytes, want %v", err, len(p.Body), tt.want)
			}
		})
	}
}

func TestMirrorStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := testMirror().Get(ctx, "https://example.org/a.json", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
