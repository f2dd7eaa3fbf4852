package fetch

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
)

func TestMemoryForgetsTheOldest(t *testing.T) {
	var m Memory
	body := make([]byte, maxMemory/8)
	for i := range 9 {
		m.Save(Page{URL: fmt.Sprint(i), Body: body, AsOf: noon.Add(time.Duration(i) * time.Minute)})
	}
	for i := range 9 {
		if _, ok := m.Load(fmt.Sprint(i)); ok != (i > 4) {
			t.Errorf("page %d kept: %v", i, ok)
		}
	}
	if m.Save(Page{URL: "8", Body: []byte("new")}); m.size != 3*len(body)+3 {
		t.Errorf("size %d after a page took another's place", m.size)
	}
}

func TestRecorder(t *testing.T) {
	r := NewRecorder(testMirror())
	for _, address := range []string{"https://example.org/list", "https://example.org/none", "https://example.org/a.json", "https://example.org/list"} {
		if _, err := r.Get(context.Background(), address, ""); err != nil && !errors.Is(err, ErrUnreachable) {
			t.Fatal(err)
		}
	}
	pages := r.Pages()
	if len(pages) != 2 || pages[0].URL != "https://example.org/a.json" || string(pages[1].Body) != "whole list" {
		t.Errorf("got %v", pages)
	}
}

func TestFault(t *testing.T) {
	for _, tt := range []struct {
		err  error
		code string
	}{
		{ErrOffline, "fetch.offline"},
		{fmt.Errorf("dial: %w", ErrRefused), "fetch.refused"},
		{ErrGone, "fetch.gone"},
		{ErrTooLarge, "fetch.too-large"},
		{ErrUnreachable, "fetch.unreachable"},
		{errors.New("anything"), "fetch.unreachable"},
		{context.Canceled, "fetch.stopped"},
	} {
		var f *fault.Fault
		if err := Fault(tt.err, "https://school.example/a"); !errors.As(err, &f) || f.Code != tt.code || f.Args["where"] != "school.example" || !errors.Is(err, tt.err) {
			t.Errorf("%v: %v", tt.err, err)
		}
	}
	if Fault(nil, "x") != nil {
		t.Error("a fault of nothing")
	}
}
