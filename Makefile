# Ithaca: two commands matter, `make demo` and `make test`; `make help` lists the others.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # compiled once, not by each of the hundreds of processes that tests start
SERVICES := matching surveys notifications community
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests assets lint check quick test browser bench bench-engine bench-matching fault demo up features contracts docs lock

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/ready: requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/ready assets .venv/kernels ## the Python environment, the portal's files and the engine's machine code, from nothing

.venv/kernels: .venv/ready $(wildcard services/matching/engine/*.py)
	@$(BIN)/python -m services.matching.engine.warming
	@touch $@

assets: .venv/ready ## the portal's scripts, styles, fonts and translations
	@$(BIN)/python -m services.portal.assets.build

NEEDED := javac:default-jdk-headless mvn:maven chromium:chromium kcat:kcat
setup-tests: setup ## what tests need beside Python: jars by Maven, helm by Go; as root also Java, Maven, a browser and kcat
	@missing=$$(for one in $(NEEDED); do command -v $${one%:*} >/dev/null || echo $${one#*:}; done); \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null || \
	  echo NOT INSTALLED: $$missing >&2; fi
	@$(BIN)/python -m tests.deploy.helm & helm=$$!; \
	$(BIN)/python -m tests.contract.asyncapi.install && $(BIN)/python -m tests.engines.install && wait $$helm

lint: .venv/ready ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: setup ## the everyday check: lint and the quick tests, side by side
	@$(MAKE) --no-print-directory -j2 lint quick

quick: # their files are in /dev/shm where there is one
	PYTEST_DEBUG_TEMPROOT=$(firstword $(wildcard /dev/shm /tmp)) $(BIN)/pytest -q -n 2 -p no:schemathesis -m "not slow" tests/unit tests/architecture

test: setup-tests ## everything: real engines, a real browser, kill -9
	$(BIN)/pytest -q -n 2 --dist worksteal

browser: setup-tests ## the pages in a real browser, with axe
	$(BIN)/pytest -q tests/browser

fault: setup-tests ## kill -9 while the story runs; GOAL=R2-embedded SEED=1 SCALE=full chooses
	@$(BIN)/python -m tests.fault $(if $(GOAL),--goal $(GOAL)) $(if $(SEED),--seed $(SEED)) $(if $(SCALE),--scale $(SCALE))

bench: setup-tests ## speed against bare libraries, side by side; ROWS="relay-kafka start", TABLE=docs/benchmarks-foundation.md
	@$(BIN)/python -m tests.bench $(if $(TABLE),--table $(TABLE)) $(ROWS)

var/contenders/ready: requirements/contenders.txt
	$(PYTHON) -m venv var/contenders
	var/contenders/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/contenders.txt
	@touch $@

bench-engine: setup var/contenders/ready ## the matching engine against other solvers; ROWS=…, MOST=10000, SEEDS=1, TABLE=docs/benchmarks.md, CHECK=1
	$(if $(CHECK),@PYTHONPATH=. var/contenders/bin/python -m tests.bench.engine.check)
	@PYTHONPATH=. var/contenders/bin/python -m tests.bench.engine $(if $(MOST),--most $(MOST)) \
	  $(if $(SEEDS),--seeds $(SEEDS)) $(if $(TABLE),--table $(TABLE)) $(ROWS)

bench-matching: setup ## how matching grows with people; PEOPLE=50000, TABLE=docs/benchmarks-matching.md
	@$(BIN)/python -m tests.bench.matching $(if $(PEOPLE),--people $(PEOPLE)) $(if $(TABLE),--table $(TABLE))

demo: setup ## half a year of a sample organisation, then http://127.0.0.1:8080
	$(BIN)/ithaca demo

up: setup ## all services in one process on one folder
	$(BIN)/ithaca up

features: .venv/ready ## which features are proven so far, and by which tests
	@$(BIN)/python -m tests.features

contracts: .venv/ready ## write schemas, examples, AsyncAPI, docs/events.md and the grants of the chart from the contracts
	$(BIN)/python -m shared.catalogue write $(SERVICES)
	$(BIN)/python -m deploy.helm

docs: contracts ## the pages that are made from code: docs/events.md

lock: .venv/ready ## pin what requirements/*.in ask for, with hashes
	for name in service matching surveys notifications community portal standalone dev contenders; do \
	  $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done
