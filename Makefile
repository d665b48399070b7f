# Ithaca: two commands matter, `make demo` and `make test`; `make help` lists the others.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
SERVICES := matching surveys notifications community
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests lint check test lock contracts

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/ready: requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/ready ## the Python environment, from nothing

setup-tests: setup ## what the real engines need: jars fetched by Maven, cached outside git
	@if [ -f tests/engines/install.py ]; then $(BIN)/python -m tests.engines.install; fi

lint: setup ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/mypy
	@if [ -f .importlinter ]; then $(BIN)/lint-imports; fi

check: lint ## the everyday check: lint and the quick tests
	$(BIN)/pytest -q tests/unit

test: setup-tests ## everything
	$(BIN)/pytest -q

lock: setup ## pin what requirements/*.in ask for, with hashes
	$(BIN)/pip install --quiet uv
	for name in service matching notifications portal standalone dev; do \
	  $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done

contracts: setup ## write schemas, examples, AsyncAPI and docs/events.md from the contracts
	$(BIN)/python -m shared.catalogue write $(SERVICES)
