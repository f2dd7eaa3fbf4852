package assets

import _ "embed"

//go:embed registries/known.json
var registries []byte

// Registries gives the list of public issuer registries as it was when this
// program was made: {source, asOf, registries}. source is where a fresher one is.
func Registries() []byte { return registries }
