package key

// known was printed by testdata/derive.py for the root 00 01 02 … 1f.
var known = []struct{ alg, label, private, did string }{
	{"EdDSA", "profile", "9fbd9a85ec99d6258cf493b45f9ee523992e36fff258bb2904c3951faa41ded2", "did:key:z6MkkrEWF9jS2u7mH9vKcZ3x8XQN616UhaiX2PNh6C81xjqY"},
	{"EdDSA", "1", "70bab8894264ce32bad7d4ad07be9be4c70eead17e019c2710d8a2b52757b979", "did:key:z6MksC9CCVWdxguaz7xCHqCqcZT3j2LLDhjSekwSF56iaLX8"},
	{"EdDSA", "2", "4c600230bbcaa0e7903a734a332570276e684ae9801dd9ac2e7ffbdee1225843", "did:key:z6MkuG9MqK68NdSbnyWwFMePbyktzuyv1uZiKLMGaR9gL1cu"},
	{"ES256", "profile", "d7c9dadc7da16ff2aa4453cacf57f26529cd41085e99054cffc9324c43659f14", "did:key:zDnaeR8cR37eswe6oJraJd8QRM8xusCfD4opV5BTYdaxGE9JD"},
	{"ES256", "1", "ff8128f387b5cb1f810e8ba908c194be69ddd5cc5e5b0756cc067589a2fe8222", "did:key:zDnaeUYieXbvQtYT8ToX9XTsk84szHZPXr1DJ9gEZt3CfZVGz"},
	{"ES256", "2", "a7ef725d3a668054e7d51a1bb5f97604c6271f6a7c9e4149cf6a6aa9d73fc9fb", "did:key:zDnaexhC8tkXt4ShyGjStiWPVRJMDjC13moHnSwqkkmyfcdjT"},
}
