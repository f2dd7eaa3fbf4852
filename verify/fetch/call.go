package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
)

// Poster is a Getter that can also send a question in a body, as JSON-RPC wants
// it. The same promises hold as for Get; an answer's URL is its CallKey.
type Poster interface {
	Post(ctx context.Context, url string, body []byte) (Page, error)
}

// Call sends body, a JSON text, to an https address and gives the answer. A Getter
// that asks nobody, such as kept evidence, gives what it holds under CallKey.
func Call(ctx context.Context, get Getter, url string, body []byte) (Page, error) {
	if p, ok := get.(Poster); ok {
		return p.Post(ctx, url, body)
	}
	return get.Get(ctx, CallKey(url, body), "application/json")
}

// callScheme marks a CallKey as no address that could be asked with Get.
const callScheme = "post:"

// CallKey is what the answer to a call is kept under: address and question in one.
func CallKey(url string, body []byte) string {
	return callScheme + url + "#" + digest(body)
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

// question is what is asked: an address, and for a call its body.
type question struct {
	url    *url.URL
	accept string
	body   []byte // nil for Get
}

// key is what the answer is kept under, and what makes two questions the same.
func (q question) key() string {
	if q.body == nil {
		return q.url.String()
	}
	return CallKey(q.url.String(), q.body)
}

func (q question) method() string {
	if q.body == nil {
		return http.MethodGet
	}
	return http.MethodPost
}

// Post asks as Get does, with a body, and is never sent on elsewhere: what was
// meant for one server is not told to another.
func (c *Client) Post(ctx context.Context, address string, body []byte) (Page, error) {
	u, err := Address(address)
	if err != nil {
		return Page{}, err
	}
	page, err := c.answer(ctx, question{url: u, accept: "application/json", body: body})
	page.URL = CallKey(address, body)
	return page, err
}

// Post answers ErrOffline.
func (Offline) Post(context.Context, string, []byte) (Page, error) { return Page{}, ErrOffline }

// Post passes the question on and remembers the answer under its CallKey.
func (r *Recorder) Post(ctx context.Context, url string, body []byte) (Page, error) {
	p, err := Call(ctx, r.from, url, body)
	if err == nil {
		r.keep(CallKey(url, body), p)
	}
	return p, err
}

// Post answers from the file whose name ends in "?call=" and the first 32 hex
// digits of the question's SHA-256, else from the one without.
func (m Mirror) Post(ctx context.Context, address string, body []byte) (Page, error) {
	u, err := Address(address)
	if err != nil {
		return Page{}, err
	}
	u.RawQuery = "call=" + digest(body)
	page, err := m.Get(ctx, u.String(), "application/json")
	page.URL = CallKey(address, body)
	return page, err
}
