package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/sync/singleflight"
)

const (
	maxHops        = 5                // redirects followed
	defaultTimeout = 15 * time.Second // for one address, redirects and all
	dialTimeout    = 8 * time.Second
	silence        = time.Minute // how long a server that let us wait in vain is not asked again
	maxHeader      = 64 << 10
)

// Options say how a Client behaves. Now must be set; the zero value of the rest
// is the cautious one: nothing is kept, so every question is asked anew.
type Options struct {
	Now     func() time.Time
	Timeout time.Duration // for one address; 15 s where zero
	Store   Store         // keeps answers; may be nil
	Fresh   time.Duration // a kept answer younger than this is given without asking
	Ledger  Ledger        // hears of every contact; may be nil
}

// Client is the Getter that asks the internet. It speaks https only (http is
// tried as https in its place), to public addresses only: each hop's address is
// looked at before it is asked, and each machine before it is connected to,
// whatever a name server says. It uses no proxy, keeps and sends no cookie, sends
// nothing that tells who asks, and bounds size, time and redirects.
//
// The same question asked twice at once is asked once. Bodies are shared with the
// store: callers must not change them.
type Client struct {
	o      Options
	http   *http.Client
	flight singleflight.Group
	silent silent
}

// New makes a client. Close it when it is no longer needed.
func New(o Options) *Client { return newClient(o, guarded(), nil) }

type dial func(ctx context.Context, network, address string) (net.Conn, error)

// guarded dials public addresses only. The guard sees the address that will be
// connected to, after names are resolved, so that a name which points inside is
// refused as the inside address is.
func guarded() dial {
	guard := ssrf.New(ssrf.WithPorts(443))
	return (&net.Dialer{Timeout: dialTimeout, Control: guard.Safe}).DialContext
}

func newClient(o Options, d dial, trusted *tls.Config) *Client {
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	return &Client{o: o, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{ // Proxy stays nil: a proxy would dial for us, past the guard
			DialContext:            d,
			TLSClientConfig:        trusted,
			TLSHandshakeTimeout:    dialTimeout,
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        30 * time.Second,
			ForceAttemptHTTP2:      true,
		},
	}}
}

// Close lets go of connections that are kept for the next question.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Get answers an address from the store, if that is fresh enough, or asks. It
// returns as soon as ctx ends.
func (c *Client) Get(ctx context.Context, address, accept string) (Page, error) {
	u, err := Address(address)
	if err != nil {
		return Page{}, err
	}
	page, err := c.answer(ctx, question{url: u, accept: accept})
	page.URL = address
	return page, err
}

// answer gives a kept answer that is fresh, or asks, once for all who ask the same.
func (c *Client) answer(ctx context.Context, q question) (Page, error) {
	key := q.key()
	if page, ok := c.kept(key); ok {
		return page, nil
	}
	for {
		answer := c.flight.DoChan(q.accept+" "+key, func() (any, error) { return c.ask(ctx, q) })
		select {
		case <-ctx.Done():
			return Page{}, ctx.Err()
		case r := <-answer:
			if errors.Is(r.Err, errStopped) && ctx.Err() == nil {
				continue // it was somebody else's question, and they stopped; ours goes on
			}
			page, _ := r.Val.(Page)
			return page, r.Err
		}
	}
}

// errStopped marks a question that ended because its asker's context did.
var errStopped = errors.New("stopped")

// kept gives a stored answer that is fresh. One from the future is not: the clock
// was set back, and nobody knows how old it is.
func (c *Client) kept(address string) (Page, bool) {
	if c.o.Store == nil || c.o.Fresh <= 0 {
		return Page{}, false
	}
	page, ok := c.o.Store.Load(address)
	age := c.o.Now().Sub(page.AsOf)
	return page, ok && age >= 0 && age < c.o.Fresh
}

// ask follows a question to its answer.
func (c *Client) ask(ctx context.Context, q question) (Page, error) {
	timed, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	key, first := q.key(), q.url
	for range maxHops + 1 {
		u := q.url
		if c.silent.has(u.Host, c.o.Now()) {
			return Page{}, fmt.Errorf("%w: %s did not answer a moment ago", ErrUnreachable, u.Host)
		}
		page, next, err := c.hop(timed, q)
		switch {
		case ctx.Err() != nil:
			return Page{}, fmt.Errorf("%w: %w", errStopped, ctx.Err())
		case err != nil:
			if timed.Err() != nil {
				c.silent.add(u.Host, c.o.Now())
			}
			return Page{}, fmt.Errorf("%s: %w", u.Host, err)
		case next != nil && q.body != nil:
			return Page{}, fmt.Errorf("%w: %s sends us on", ErrUnreachable, u.Host)
		case next == nil:
			page.URL = key
			if u != first {
				page.From = u.String()
			}
			if c.o.Store != nil {
				c.o.Store.Save(page)
			}
			return page, nil
		}
		q.url = next
	}
	return Page{}, fmt.Errorf("%w: it sends us on and on", ErrUnreachable)
}

// hop asks one address: an answer, or where to ask next.
func (c *Client) hop(ctx context.Context, q question) (Page, *url.URL, error) {
	req, err := http.NewRequestWithContext(ctx, q.method(), q.url.String(), bytes.NewReader(q.body))
	if err != nil {
		return Page{}, nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if q.accept != "" {
		req.Header.Set("Accept", q.accept+", */*;q=0.5")
	}
	if q.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.do(req)
	if err != nil {
		return Page{}, nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		next, err := onward(resp)
		return Page{}, next, err
	}
	body, err := readBounded(resp.Body, maxBody)
	if err != nil {
		return Page{}, nil, err
	}
	return Page{Body: body, Type: mediaType(resp.Header.Get("Content-Type")), AsOf: c.o.Now()}, nil, nil
}

// dialError tells an address the guard refused from one that did not answer.
func dialError(err error) error {
	for _, refused := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedPort, ssrf.ErrProhibitedNetwork, ssrf.ErrInvalidHostPort} {
		if errors.Is(err, refused) {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// onward says what an answer that is no page means: go elsewhere, nothing here,
// or no answer at all. Where to go is checked as every address is.
func onward(resp *http.Response) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusNotFound:
		return nil, fmt.Errorf("%w: %s", ErrGone, resp.Status)
	case http.StatusGone:
		return nil, ErrRemoved
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		to, err := resp.Location()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		return Address(to.String())
	}
	return nil, fmt.Errorf("%w: it answered %s", ErrUnreachable, strings.TrimSpace(resp.Status))
}
