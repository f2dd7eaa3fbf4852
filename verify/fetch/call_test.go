package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const rpc = "https://rpc.example/v1"

var ping = []byte(`{"method":"ping"}`)

func TestClientPosts(t *testing.T) {
	heard := &ledger{}
	store := &Memory{}
	asked := 0
	c := serve(t, Options{Ledger: heard, Store: store, Fresh: time.Hour}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || r.UserAgent() != "Cairn" {
			t.Errorf("sent %s %q %q", r.Method, r.Header.Get("Content-Type"), r.UserAgent())
		}
		fmt.Fprintf(w, "%s said %s", r.Host, body)
	})
	ctx := Because(context.Background(), "anchor")
	for range 2 {
		p, err := Call(ctx, c, rpc, ping)
		if err != nil {
			t.Fatal(err)
		}
		if string(p.Body) != `rpc.example said {"method":"ping"}` || p.URL != CallKey(rpc, ping) || !p.AsOf.Equal(noon) {
			t.Errorf("got %q %q %v", p.Body, p.URL, p.AsOf)
		}
	}
	if p, err := Call(ctx, c, rpc, []byte(`{}`)); err != nil || !strings.HasSuffix(string(p.Body), "{}") {
		t.Errorf("another question: %q, %v", p.Body, err)
	}
	if asked != 2 || len(heard.all) != 2 || heard.all[0] != (Contact{At: noon, Host: "rpc.example", Why: "anchor"}) {
		t.Errorf("asked %d times, ledger %v", asked, heard.all)
	}
}

func TestClientPostRefuses(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/on" {
			http.Redirect(w, r, "https://other.example/", http.StatusTemporaryRedirect)
			return
		}
		t.Errorf("%s was asked", r.Host)
	})
	for address, want := range map[string]error{
		"https://rpc.example/on": ErrUnreachable, // the question is not told to others
		"https://10.0.0.1/":      ErrRefused,
		"https://localhost/":     ErrRefused,
		"ftp://rpc.example/":     ErrRefused,
	} {
		if _, err := c.Post(context.Background(), address, ping); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
	if _, err := c.Get(context.Background(), CallKey(rpc, ping), ""); !errors.Is(err, ErrRefused) {
		t.Errorf("the key of a call was asked for: %v", err)
	}
}

func TestCallWithoutInternet(t *testing.T) {
	ctx := context.Background()
	mirror := Mirror{Dirs: []fs.FS{fstest.MapFS{
		"rpc.example/v1?call=" + digest(ping): {Data: []byte("pong")},
		"rpc.example/v2":                      {Data: []byte("any")},
	}}}
	recorder := NewRecorder(mirror)
	if p, err := Call(ctx, recorder, rpc, ping); err != nil || string(p.Body) != "pong" {
		t.Errorf("mirror: %q, %v", p.Body, err)
	}
	if p, err := Call(ctx, mirror, "https://rpc.example/v2", ping); err != nil || string(p.Body) != "any" {
		t.Errorf("mirror of any question: %q, %v", p.Body, err)
	}
	if _, err := Call(ctx, recorder, rpc, []byte("other")); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a question the mirror has no answer to: %v", err)
	}
	pages := recorder.Pages()
	if len(pages) != 1 || pages[0].URL != CallKey(rpc, ping) {
		t.Fatalf("recorded %v", pages)
	}
	past := NewArchive(pages).At(noon)
	if p, err := Call(ctx, past, rpc, ping); err != nil || string(p.Body) != "pong" {
		t.Errorf("kept evidence: %q, %v", p.Body, err)
	}
	if _, err := Call(ctx, past, rpc, []byte("other")); !errors.Is(err, ErrOffline) {
		t.Errorf("evidence of another question: %v", err)
	}
	if _, err := Call(ctx, Offline{}, rpc, ping); !errors.Is(err, ErrOffline) {
		t.Errorf("offline: %v", err)
	}
}
