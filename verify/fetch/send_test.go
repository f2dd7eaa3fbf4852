package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"
)

var form = Letter{URL: "https://school.example/token", Body: []byte("a=1"), Type: "application/x-www-form-urlencoded", Accept: "application/json", Bearer: "t0k"}

func TestClientSends(t *testing.T) {
	heard, store, asked := &ledger{}, &Memory{}, 0
	c := serve(t, Options{Ledger: heard, Store: store, Fresh: time.Hour}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		body, _ := io.ReadAll(r.Body)
		h := r.Header
		if r.Method != http.MethodPost || h.Get("Content-Type") != form.Type || h.Get("Accept") != form.Accept || h.Get("Authorization") != "Bearer t0k" || r.UserAgent() != "Cairn" {
			t.Errorf("sent %s %v", r.Method, h)
		}
		w.Header().Set("Content-Type", "application/JSON;charset=UTF-8")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "%s said %s", r.Host, body)
	})
	ctx := Because(context.Background(), "offer")
	for range 2 {
		r, err := Send(ctx, c, form)
		if err != nil || r.Status != http.StatusBadRequest || r.Good() || r.Type != "application/json" || string(r.Body) != "school.example said a=1" {
			t.Errorf("%+v, %v", r, err)
		}
	}
	want := Contact{At: noon, Host: "school.example", Why: "offer"}
	if asked != 2 || len(heard.all) != 2 || heard.all[0] != want {
		t.Errorf("asked %d times, ledger %v", asked, heard.all)
	}
	if _, kept := store.Load(form.URL); kept {
		t.Error("the reply was kept")
	}
}

func TestSendRefuses(t *testing.T) {
	c := serve(t, Options{Timeout: 50 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/on":
			http.Redirect(w, r, "https://other.example/", http.StatusTemporaryRedirect)
		case "/slow":
			<-r.Context().Done()
		default:
			t.Errorf("%s was asked", r.Host)
		}
	})
	for address, want := range map[string]error{
		"https://school.example/on": ErrUnreachable, // what was meant for one server is not told to another
		"https://slow.example/slow": ErrUnreachable,
		"https://10.0.0.1/":         ErrRefused,
		"https://localhost/":        ErrRefused,
		"ftp://school.example/":     ErrRefused,
	} {
		if _, err := c.Send(context.Background(), Letter{URL: address}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
	if _, err := c.Send(context.Background(), Letter{URL: "https://slow.example/other"}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a server that let us wait: %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := c.Send(stopped, form); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := Send(context.Background(), Offline{}, form); !errors.Is(err, ErrOffline) {
		t.Errorf("offline: %v", err)
	}
	if _, err := Send(context.Background(), Mirror{}, form); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a mirror: %v", err)
	}
}
