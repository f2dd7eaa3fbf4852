package fetch

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ledger remembers contacts.
type ledger struct {
	mu  sync.Mutex
	all []Contact
}

func (l *ledger) Contact(c Contact) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, c)
}

// serve starts a server in this process and gives a client to which every name
// leads there. The guard is left out, since it would refuse this machine.
func serve(t *testing.T, o Options, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	to := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, s.Listener.Addr().String())
	}
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	if o.Timeout == 0 {
		o.Timeout = time.Hour // a slow machine is no slow server
	}
	c := newClient(o, to, &tls.Config{RootCAs: roots, ServerName: "example.com"})
	c.http.Transport.(*http.Transport).TLSHandshakeTimeout = 0
	t.Cleanup(c.Close)
	return c
}

func TestClientAsks(t *testing.T) {
	heard := &ledger{}
	c := serve(t, Options{Ledger: heard}, func(w http.ResponseWriter, r *http.Request) {
		for _, tells := range []string{"Cookie", "Referer", "Authorization", "Accept-Language", "From", "X-Forwarded-For"} {
			if r.Header.Get(tells) != "" {
				t.Errorf("sent %s", tells)
			}
		}
		if r.UserAgent() != "Cairn" || !strings.HasPrefix(r.Header.Get("Accept"), "application/json") {
			t.Errorf("sent %q, %q", r.UserAgent(), r.Header.Get("Accept"))
		}
		w.Header().Set("Content-Type", "Application/JSON; charset=utf-8")
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "7"})
		fmt.Fprint(w, r.Host+r.URL.RequestURI())
	})
	ctx := Because(context.Background(), "status")
	for range 2 {
		p, err := c.Get(ctx, "http://school.example/a?b=1#c", "application/json")
		if err != nil {
			t.Fatal(err)
		}
		if string(p.Body) != "school.example/a?b=1" || p.Type != "application/json" || !p.AsOf.Equal(noon) || p.URL != "http://school.example/a?b=1#c" {
			t.Errorf("got %q %q %v %q", p.Body, p.Type, p.AsOf, p.URL)
		}
	}
	want := Contact{At: noon, Host: "school.example", Why: "status"}
	if !slices.Equal(heard.all, []Contact{want, want}) {
		t.Errorf("ledger: %v", heard.all)
	}
}

func TestClientAnswers(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/404", "/410", "/500", "/204", "/401":
			var code int
			fmt.Sscan(r.URL.Path[1:], &code)
			w.WriteHeader(code)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/once":
			http.Redirect(w, r, "https://other.example/end", http.StatusMovedPermanently)
		case "/end":
			fmt.Fprint(w, r.Host)
		case "/down":
			http.Redirect(w, r, "http://other.example/end", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "https://192.168.0.1/", http.StatusTemporaryRedirect)
		case "/local":
			http.Redirect(w, r, "https://localhost/", http.StatusPermanentRedirect)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusSeeOther)
		case "/port":
			http.Redirect(w, r, "https://other.example:22/", http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
		}
	})
	tests := []struct {
		path, body string
		want       error
	}{
		{"/404", "", ErrGone},
		{"/410", "", ErrRemoved},
		{"/500", "", ErrUnreachable},
		{"/204", "", ErrUnreachable},
		{"/401", "", ErrUnreachable},
		{"/loop", "", ErrUnreachable},
		{"/once", "other.example", nil},
		{"/down", "other.example", nil}, // https in its place
		{"/inside", "", ErrRefused},
		{"/local", "", ErrRefused},
		{"/file", "", ErrRefused},
		{"/port", "", ErrRefused},
		{"/nowhere", "", ErrUnreachable},
		{"/cut", "", ErrUnreachable},
	}
	for _, tt := range tests {
		t.Run(tt.path[1:], func(t *testing.T) {
			p, err := c.Get(context.Background(), "https://school.example"+tt.path, "")
			if !errors.Is(err, tt.want) || string(p.Body) != tt.body || errors.Is(err, ErrRemoved) != (tt.path == "/410") {
				t.Errorf("got %q, %v; want %q, %v", p.Body, err, tt.body, tt.want)
			}
			if tt.body != "" && p.From != "https://other.example/end" {
				t.Errorf("it was %q that answered", p.From)
			}
		})
	}
}

func TestClientRefusesBeforeAsking(t *testing.T) {
	heard := &ledger{}
	c := New(Options{Now: func() time.Time { return noon }, Ledger: heard})
	defer c.Close()
	for _, address := range []string{
		"ftp://school.example/", "file:///etc/passwd", "data:text/plain,x", "//school.example", "school.example", "",
		"https://me:pw@school.example/", "https://school.example:8443/", "http://school.example:443.5/", "https://localhost/",
		"https://printer.local/", "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://169.254.169.254/latest",
		"https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/", "https://router.home.arpa/", "https:///x",
	} {
		if _, err := c.Get(context.Background(), address, ""); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if len(heard.all) != 0 {
		t.Errorf("contacted %v", heard.all)
	}
}

// A name that a name server says is inside is refused as the inside address is,
// when it is connected to: nothing is sent.
func TestClientRefusesNamesThatPointInside(t *testing.T) {
	for _, inside := range []string{
		"127.0.0.1:443", "[::1]:443", "10.0.0.8:443", "172.16.0.1:443", "192.168.1.1:443", "169.254.169.254:443", "100.64.0.1:443",
		"0.0.0.0:443", "[fe80::1]:443", "[fd12::1]:443", "[64:ff9b::a00:1]:443", "224.0.0.1:443", "93.184.216.34:22",
	} {
		to := func(ctx context.Context, network, _ string) (net.Conn, error) { return guarded()(ctx, network, inside) }
		c := newClient(Options{Now: func() time.Time { return noon }}, to, nil)
		if _, err := c.Get(context.Background(), "https://school.example/", ""); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", inside, err)
		}
		c.Close()
	}
}

func TestClientBoundsTheBody(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		block := make([]byte, 1<<20)
		if r.URL.Path == "/bomb" {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer z.Close()
			for range 64 {
				if _, err := z.Write(block); err != nil {
					return
				}
			}
			return
		}
		for r.Context().Err() == nil { // without end
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	for _, path := range []string{"/endless", "/bomb"} {
		if p, err := c.Get(context.Background(), "https://school.example"+path, ""); !errors.Is(err, ErrTooLarge) || p.Body != nil {
			t.Errorf("%s: %d bytes, %v", path, len(p.Body), err)
		}
	}
}

func TestClientGivesUpOnSlowServers(t *testing.T) {
	done, now, heard := make(chan struct{}), noon, &ledger{}
	c := serve(t, Options{Timeout: 20 * time.Millisecond, Ledger: heard, Now: func() time.Time { return now }}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow-body" {
			fmt.Fprint(w, "a")
			w.(http.Flusher).Flush()
		}
		<-done
	})
	t.Cleanup(func() { close(done) })
	for i, address := range []string{"https://a.example/slow", "https://b.example/slow-body", "https://a.example/other"} {
		if i == 2 {
			now = noon.Add(silence) // long enough to ask again
		}
		for range 2 { // the second time it is not even asked
			if _, err := c.Get(context.Background(), address, ""); !errors.Is(err, ErrUnreachable) {
				t.Errorf("%s: %v", address, err)
			}
		}
		if len(heard.all) != i+1 {
			t.Errorf("%s: %d contacts", address, len(heard.all))
		}
	}
}

func TestClientStops(t *testing.T) {
	asked, done := make(chan struct{}), make(chan struct{})
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) {
		close(asked)
		<-done
	})
	t.Cleanup(func() { close(done) })
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-asked
		cancel()
	}()
	if _, err := c.Get(ctx, "https://school.example/", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Two who ask the same are answered by one question; when the first one stops, the
// other's question goes on.
func TestClientAsksOnce(t *testing.T) {
	var questions atomic.Int64
	asked, answer := make(chan struct{}, 9), make(chan struct{})
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if questions.Add(1); r.URL.Path == "/first-stops" && questions.Load() == 1 {
			asked <- struct{}{}
			<-r.Context().Done()
			return
		}
		<-answer
		fmt.Fprint(w, "here")
	})
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := c.Get(ctx, "https://school.example/first-stops", ""); !errors.Is(err, context.Canceled) {
			t.Errorf("the one who stopped: %v", err)
		}
	})
	<-asked
	for range 3 {
		wg.Go(func() {
			if p, err := c.Get(context.Background(), "https://school.example/first-stops", ""); err != nil || string(p.Body) != "here" {
				t.Errorf("the others: %q, %v", p.Body, err)
			}
		})
	}
	cancel()
	close(answer)
	wg.Wait()
	if n := questions.Load(); n < 2 || n > 4 {
		t.Errorf("%d questions", n)
	}
}

func TestClientKeeps(t *testing.T) {
	now, questions, heard := noon, 0, &ledger{}
	c := serve(t, Options{
		Now: func() time.Time { return now }, Store: &Memory{}, Fresh: time.Hour, Ledger: heard,
	}, func(w http.ResponseWriter, r *http.Request) {
		questions++
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
		}
		fmt.Fprint(w, questions)
	})
	steps := []struct {
		name string
		at   time.Time
		body string
		age  time.Duration
	}{
		{"asked", noon, "1", 0},
		{"kept", noon.Add(time.Hour - 1), "1", time.Hour - 1},
		{"old to the instant", noon.Add(time.Hour), "2", 0},
		{"clock set back", noon, "3", 0},
	}
	for _, s := range steps {
		now = s.at
		p, err := c.Get(context.Background(), "https://school.example/", "")
		if err != nil || string(p.Body) != s.body || now.Sub(p.AsOf) != s.age {
			t.Errorf("%s: %q of %v, %v", s.name, p.Body, p.AsOf, err)
		}
	}
	if len(heard.all) != 3 {
		t.Errorf("%d contacts", len(heard.all))
	}
	for range 2 { // what is not there is not kept
		if _, err := c.Get(context.Background(), "https://school.example/gone", ""); !errors.Is(err, ErrGone) {
			t.Errorf("got %v", err)
		}
	}
	if questions != 5 {
		t.Errorf("%d questions", questions)
	}
}

func TestClientUsesNoProxy(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	t.Setenv("ALL_PROXY", "http://127.0.0.1:1")
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "direct") })
	if p, err := c.Get(context.Background(), "https://school.example/", ""); err != nil || string(p.Body) != "direct" {
		t.Errorf("got %q, %v", p.Body, err)
	}
}

func TestClientWantsACertificate(t *testing.T) {
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) { t.Error("asked without a certificate that fits") })
	c.http.Transport.(*http.Transport).TLSClientConfig = &tls.Config{}
	if _, err := c.Get(context.Background(), "https://school.example/", ""); !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}
