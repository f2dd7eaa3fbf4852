# The two commands of the README are `make run` and `make test`. Each installs
# what is missing on Debian and Ubuntu and says in words what to do elsewhere.

# One set of tags for everything that draws: another one compiles all of the C again.
TAGS     = gles,x11,no_emoji
FUZZTIME ?= 3s
HEADLESS = $$(go list ./... | grep -v /cmd/cairn$$)
SOURCES  = $$(go list -f '{{if .GoFiles}}{{.ImportPath}}{{end}}' ./... | grep -v /cmd/cairn$$)

.PHONY: run test build cairn cairnctl lint unit race cross fuzz e2e bench golden clean

run: ## install what is missing, build, open the program
	@.ci/setup run
	@.ci/open

build: cairn cairnctl

cairn:
	go build -tags $(TAGS) -o bin/cairn ./cmd/cairn

cairnctl:
	CGO_ENABLED=0 go build -o bin/cairnctl ./cmd/cairnctl

test: ## install what is missing, run every test
	@.ci/setup test
	@$(MAKE) --no-print-directory lint unit cross race fuzz e2e

lint:
	@.ci/lint

# Fyne forgets how a control that was not touched for a minute looks; on a slow
# machine that is while a test draws it.
unit: ## everything but the GL program needs no C compiler; another library judges our JSON-LD
	FYNE_CACHE=1h CGO_ENABLED=0 go test -timeout 30m $(HEADLESS)
	CGO_ENABLED=0 go test -tags jsongold ./verify/canon

race:
	FYNE_CACHE=1h CGO_ENABLED=1 go test -race -short -timeout 40m $(HEADLESS)

cross: ## ci is Fyne's own tag for doing without its C code on macOS
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build $(SOURCES)
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -tags ci $(SOURCES)
	CGO_ENABLED=0 go vet -tags e2e ./cmd/cairn/e2e

fuzz: ## every fuzz target for FUZZTIME
	@.ci/fuzz $(FUZZTIME)

e2e: cairnctl ## a real window, a real keychain
	go vet -tags $(TAGS) ./cmd/cairn
	go test -tags $(TAGS) ./cmd/cairn
	go build -tags $(TAGS) -ldflags '-X main.threads=checked' -o bin/cairn-checked ./cmd/cairn
	.ci/e2e

bench:
	CGO_ENABLED=0 go test -run '^$$' -bench . -benchmem $(HEADLESS)

golden: ## draw the goldens anew; look at every difference before committing it
	CGO_ENABLED=0 go test ./app/look ./app/widget ./app/screen -update

clean:
	rm -rf bin
