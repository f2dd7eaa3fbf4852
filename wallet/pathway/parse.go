package pathway

// Parse reads a pathway file.
func Parse(raw []byte) (Pathway, error) {
	return Pathway{}, nil
}
