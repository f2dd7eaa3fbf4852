// Package schema compares a credential with the JSON Schema it names, from the
// copies that are part of the program. It never fetches one: a schema's address is
// chosen by whoever wrote the credential.
//
// It says where a document does not fit and judges nothing: what that is worth is
// for package verify. Start at Fits.
package schema

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cairnwallet/cairn/assets"
)

// What can't be compared.
var (
	ErrNotShipped = errors.New("no copy of this schema is part of the program")
	ErrTooLarge   = errors.New("document too large to be compared")
)

// maxValues bounds the values of a document that is compared: every one of them
// may break something, and each break is remembered.
const maxValues = 50_000

// Shipped says whether there is a copy of the schema published at an address.
func Shipped(address string) bool {
	_, ok := assets.PublishedSchemas()[plain(address)]
	return ok
}

// Text gives the copy of the schema published at an address, byte for byte; nil
// where there is none.
func Text(address string) []byte {
	s, ok := assets.PublishedSchemas()[plain(address)]
	if !ok {
		return nil
	}
	return s.Bytes()
}

// plain is the address without an empty fragment, and as https.
func plain(address string) string {
	address = strings.TrimSuffix(address, "#")
	if rest, ok := strings.CutPrefix(address, "http://"); ok {
		address = "https://" + rest
	}
	return address
}

// Fits compares a decoded document, whose numbers are json.Number, with the schema
// published at an address. It gives the first places that break it, as dotted paths
// and no more than most; none means that the document fits.
func Fits(address string, doc map[string]any, most int) (places []string, err error) {
	s, ok := assets.PublishedSchemas()[plain(address)]
	if !ok {
		return nil, ErrNotShipped
	}
	if left := maxValues; !counted(doc, &left) {
		return nil, ErrTooLarge
	}
	schema, err := compiled(s)
	if err != nil {
		return nil, err
	}
	var broken *jsonschema.ValidationError
	if err := schema.Validate(doc); errors.As(err, &broken) {
		return first(breaks(broken), most), nil
	} else if err != nil {
		return nil, fmt.Errorf("compare with %s: %w", address, err)
	}
	return nil, nil
}

// counted takes the values of v from left and says whether there were enough.
func counted(v any, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			if !counted(e, left) {
				return false
			}
		}
	case []any:
		for _, e := range v {
			if !counted(e, left) {
				return false
			}
		}
	}
	return true
}

// shelf keeps what was compiled: a schema is compiled when it is first needed.
var shelf struct {
	sync.Mutex
	schemas map[string]*jsonschema.Schema
}

func compiled(s assets.PublishedSchema) (*jsonschema.Schema, error) {
	shelf.Lock()
	defer shelf.Unlock()
	name := s.File + "#" + s.At
	if schema, ok := shelf.schemas[name]; ok {
		return schema, nil
	}
	schema, err := compile(s)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", name, err)
	}
	if shelf.schemas == nil {
		shelf.schemas = map[string]*jsonschema.Schema{}
	}
	shelf.schemas[name] = schema
	return schema, nil
}

func compile(s assets.PublishedSchema) (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(s.Bytes())))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(nothing{}) // the default one reads files
	c.AssertFormat()
	const at = "shipped:///"
	address := at + url.PathEscape(s.File)
	if err := c.AddResource(address, doc); err != nil {
		return nil, err
	}
	return c.Compile(address + "#" + s.At)
}

// nothing is a loader that loads nothing. The meta-schemas of JSON Schema are part
// of the library and need none.
type nothing struct{}

func (nothing) Load(address string) (any, error) {
	return nil, fmt.Errorf("%w: %s", ErrNotShipped, address)
}
