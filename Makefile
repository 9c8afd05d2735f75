# `make demo` shows what soapgen does, `make test` tests it. Both create the environment.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PYRIGHT := 1.1.414
PLAYWRIGHT := 1.65.2
AXE := 4.14.1
SOURCES := generator templates generated tests examples benchmarks fuzz

.DEFAULT_GOAL := help
.PHONY: help demo test conformance quick lint types mypy pyright tests fresh golden format generated bench fuzz site clean

help:
	@echo "make demo       build a client from wsdl/EMail.wsdl and use it"
	@echo "make test       formatting, lint, types, tests, freshness"
	@echo "make conformance  whole editions of a vendor's services and the W3C's test suite, from the corpus; other stacks"
	@echo "make quick      the same without the slow tests, in under a minute"
	@echo "make golden     write the golden files anew, to be read before they are committed"
	@echo "make generated  build the packages in generated/ anew"
	@echo "make format     format everything"
	@echo "make site       the documentation as a site, in .cache/site/html"
	@echo "make fuzz       hostile contracts and answers, for ten minutes each; FUZZ='--seconds 3600' for longer"
	@echo "make bench      measure soapgen beside zeep and xsdata, and draw the charts"

.venv/.user: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.cache/bench/.peers: pyproject.toml benchmarks/requirements.txt
	$(PYTHON) -m venv .cache/bench/venv
	.cache/bench/venv/bin/pip install --quiet --disable-pip-version-check --editable . \
		--requirement benchmarks/requirements.txt
	@touch $@

.cache/site/.venv: docs/requirements.txt
	$(PYTHON) -m venv .cache/site/venv
	.cache/site/venv/bin/pip install --quiet --disable-pip-version-check --requirement docs/requirements.txt
	@touch $@

.cache/fuzz/.venv: pyproject.toml fuzz/requirements.txt
	$(PYTHON) -m venv .cache/fuzz/venv
	.cache/fuzz/venv/bin/pip install --quiet --disable-pip-version-check --editable . \
		--requirement fuzz/requirements.txt
	@touch $@

.venv/.developer: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/.user

demo: .venv/.user
	@echo '$$ soapgen build wsdl/EMail.wsdl'
	@$(BIN)/soapgen build wsdl/EMail.wsdl
	@echo
	@$(BIN)/python examples/sync_email_accounts.py

test: lint types tests fresh

quick: lint .venv/.developer
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not conformance"

# Black remembers what it has found good, but not when it shows differences.
formatted = $(BIN)/black --quiet --check $(1) || { $(BIN)/black --quiet --diff $(1); exit 1; }

lint: .venv/.developer
	$(call formatted,$(SOURCES))
	$(BIN)/ruff check --quiet $(SOURCES)
	@# Generated code is marked so that both leave it alone; it is clean without the marks, too.
	$(BIN)/python -m tests.support.unmarked generated tests/golden/packages
	$(call formatted,--exclude '^$$' .cache/unmarked)
	$(BIN)/ruff check --quiet --no-respect-gitignore .cache/unmarked
	@report=$$($(BIN)/lint-imports --no-logo --cache-dir .cache/imports 2>&1) \
		|| { echo "$$report"; exit 1; }

# Each of the two keeps one processor busy.
types:
	@$(MAKE) --no-print-directory --jobs 2 mypy pyright

mypy: .venv/.developer
	$(BIN)/mypy generator generated tests examples benchmarks fuzz

# Many users' editors check generated code with Pyright.
pyright: .cache/pyright/.$(PYRIGHT) .venv/.developer
	.cache/pyright/node_modules/.bin/pyright --pythonpath $(BIN)/python \
		generated tests/golden/packages

.cache/pyright/.$(PYRIGHT):
	mkdir -p $(@D)
	npm install --silent --no-audit --no-fund --prefix $(@D) pyright@$(PYRIGHT)
	@touch $@

# What tests drive a browser with; the browser is that of the system.
.cache/browser/.ready: .venv/.developer
	$(BIN)/pip install --quiet --disable-pip-version-check playwright==$(PLAYWRIGHT)
	npm install --silent --no-audit --no-fund --prefix $(@D) axe-core@$(AXE)
	@touch $@

tests: .venv/.developer
	$(BIN)/python -m pytest -q -n 2 -m "not conformance"

conformance: .venv/.developer .cache/browser/.ready .cache/site/.venv
	$(BIN)/python -m pytest -q -n 2 -m conformance

fresh: .venv/.developer
	$(BIN)/soapgen check generated

golden: .venv/.developer
	$(BIN)/python -m pytest -q -n 2 tests/golden --renew-golden
	git --no-pager diff --stat -- tests/golden

generated: .venv/.user
	$(BIN)/soapgen build wsdl/EMail.wsdl
	$(BIN)/soapgen build wsdl/SoPrincipal.wsdl

format: .venv/.developer
	$(BIN)/ruff check --quiet --fix-only generator tests examples
	$(BIN)/black --quiet $(SOURCES)

bench: .cache/bench/.peers
	@.cache/bench/venv/bin/python -m benchmarks $(BENCH)

# It fails on any warning: a link or an anchor that leads nowhere, a page that is in no menu.
site: .cache/site/.venv
	NO_MKDOCS_2_WARNING=1 .cache/site/venv/bin/mkdocs build --strict

fuzz: .cache/fuzz/.venv
	@.cache/fuzz/venv/bin/python -m fuzz $(FUZZ)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache build dist
