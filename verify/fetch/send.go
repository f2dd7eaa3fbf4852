package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// Letter is a message to one server, in a conversation with it: a form that is
// handed in, a request that is answered once. It is POST.
type Letter struct {
	URL    string
	Body   []byte
	Type   string // media type of Body
	Accept string // media type to ask for, or empty
	Bearer string // access token (RFC 6750, section 2.1), or empty
}

// Reply is what the server answered, whether it liked the letter or not.
type Reply struct {
	Status int    // of HTTP
	Type   string // media type without parameters, lower case; empty when unknown
	Body   []byte // at most the sender's limit
}

// Good says whether the server did what it was asked for.
func (r Reply) Good() bool { return r.Status >= 200 && r.Status < 300 }

// Sender is a Getter that can also hold a conversation. The same promises hold as
// for Get, but for three: every letter is sent, however often; neither it nor its
// reply is kept; and it is never sent on elsewhere.
type Sender interface {
	Send(ctx context.Context, l Letter) (Reply, error)
}

// Send hands over a letter. A Getter that only knows pages can't: ErrUnreachable.
func Send(ctx context.Context, get Getter, l Letter) (Reply, error) {
	if s, ok := get.(Sender); ok {
		return s.Send(ctx, l)
	}
	return Reply{}, fmt.Errorf("%w: letters can't be sent from here", ErrUnreachable)
}

// Send answers ErrOffline.
func (Offline) Send(context.Context, Letter) (Reply, error) { return Reply{}, ErrOffline }

// Send sends a letter to an https address.
func (c *Client) Send(ctx context.Context, l Letter) (Reply, error) {
	u, err := Address(l.URL)
	if err != nil {
		return Reply{}, err
	}
	if c.silent.has(u.Host, c.o.Now()) {
		return Reply{}, fmt.Errorf("%w: %s did not answer a moment ago", ErrUnreachable, u.Host)
	}
	timed, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	r, err := c.post(timed, u, l)
	switch {
	case ctx.Err() != nil:
		return Reply{}, ctx.Err()
	case err != nil:
		if errors.Is(timed.Err(), context.DeadlineExceeded) {
			c.silent.add(u.Host, c.o.Now())
		}
		return Reply{}, fmt.Errorf("%s: %w", u.Host, err)
	}
	return r, nil
}

func (c *Client) post(ctx context.Context, u *url.URL, l Letter) (Reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(l.Body))
	if err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	for name, value := range map[string]string{"Content-Type": l.Type, "Accept": l.Accept} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if l.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+l.Bearer)
	}
	resp, err := c.do(req)
	if err != nil {
		return Reply{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return Reply{}, fmt.Errorf("%w: it sends us on", ErrUnreachable)
	}
	body, err := readBounded(resp.Body, maxBody)
	return Reply{Status: resp.StatusCode, Type: mediaType(resp.Header.Get("Content-Type")), Body: body}, err
}

// do notes a contact and makes it, telling nothing of who asks.
func (c *Client) do(req *http.Request) (*http.Response, error) {
	req.Header.Set("User-Agent", "Cairn") // no version, no system: nothing that tells one learner from another
	if c.o.Ledger != nil {
		c.o.Ledger.Contact(Contact{At: c.o.Now(), Host: req.URL.Host, Why: reason(req.Context())})
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, dialError(err)
	}
	return resp, nil
}
