# Every target sets up what it needs; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS ?= 2

.PHONY: help setup test lint types layers generated proofs unit editors-test demo generate bench-lsp bench-engine bench-language bench-stages mutation soak clean lock

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## make .venv with wf in it

$(STAMP): requirements/dev.txt pyproject.toml
	@tools/setup/check.sh $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

test: lint types layers generated proofs unit editors-test ## everything that must hold, in under ten minutes

lint: $(STAMP) ## ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: $(STAMP) ## mypy --strict
	@$(BIN)/mypy

layers: $(STAMP) ## import-linter: the layers of docs/architecture.md
	@$(BIN)/lint-imports --no-cache

generated: $(STAMP) ## generated files are what `make generate` writes
	@$(BIN)/python -m tools.generate --check

proofs: $(STAMP) ## every proof under stage-proofs/ still holds
	@$(BIN)/python -m wf_stages.cli verify --all

generate: $(STAMP) ## write schemas, tables and pages that are generated
	@$(BIN)/python -m tools.generate

unit: $(STAMP) ## pytest
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests --ignore=tests/editors

editors-test: $(STAMP) ## the real VS Code workbench and the real Neovim
	@$(BIN)/python -m pytest tests/editors

demo: $(STAMP) ## a broken workflow, from the editor to a trace
	@$(BIN)/python -m tools.demo

bench-lsp: $(STAMP) ## keystrokes beside two other language servers, and what the server endures
	@$(BIN)/python -m benchmarks.lsp

bench-language: $(STAMP) ## a check of 1,000 lines beside ruamel.yaml, an edit, a thousand files
	@$(BIN)/python -m benchmarks.language

bench-engine: $(STAMP) ## overhead a step, HTTP beside the same calls by hand, a history, other engines
	@$(BIN)/python -m benchmarks.engine

bench-stages: $(STAMP) ## what `wf stage` takes of a gate beyond its commands
	@$(BIN)/python -m benchmarks.stages

mutation: $(STAMP) ## changes in expressions/ and types/ that tests must notice; goes on where it stopped
	@$(BIN)/python -m tools.mutation --minutes 60

soak: $(STAMP) ## the property tests at full size
	@WF_TEST_PROFILE=soak $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests --ignore=tests/editors

lock: ## write requirements/*.txt anew from pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --all-extras pyproject.toml -o requirements/dev.txt
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -c requirements/dev.txt -o requirements/base.txt

clean: ## remove what was made
	rm -rf $(VENV) artifacts dist
