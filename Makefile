# Needs python3, make and a package index. Everything else goes into .venv; see tools/bootstrap.py.
PYTHON ?= python3
PORT ?= 8765
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# Options for pytest, as in: make test ARGS="-k vote -x"
ARGS ?=

.PHONY: help env demo app test lint types format docs cases fuzz bench baseline mutants validation lock dist mesa-next clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: ## make .venv what requirements.lock says
	@$(PYTHON) tools/bootstrap.py

demo: env ## run a small study and show what it says
	@$(BIN)/kernegotiate demo

app: env ## open a region to watch and steer; PORT=8765; SHARE=1 lets the network in
	@$(BIN)/kernegotiate app --port $(PORT) $(if $(SHARE),--share)

test: env ## check the direction of imports, run all tests; ARGS="..." goes to pytest
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

lint: env types ## check format, style, types and spelling
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/typos

types: env
	$(BIN)/mypy $(wildcard kernegotiate tools viz benchmarks)

format: env ## put format and style right where a program can
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

docs: env ## write the generated pages anew; SWEEP=1 simulates their figures too
	@$(BIN)/python -m tools.docs_pages $(if $(SWEEP),--sweep)

cases: env ## simulate the cases and write docs/cases/, for some minutes; ARGS="--kept" from the tables on disk
	@$(BIN)/python -m tools.cases $(ARGS)

fuzz: env ## try damaged and odd inputs of every kind, for some minutes; ARGS="--write" renews docs/fuzzing.md
	@$(BIN)/python -m tests.fuzz $(ARGS)

bench: env ## measure speed on this machine, for some minutes; ARGS="--write" renews docs/performance.md
	@$(BIN)/python -m benchmarks $(ARGS)

baseline: env ## renew tests/engine/baseline.csv, if CHANGELOG.md says that numbers change
	@$(BIN)/python -m tools.baseline

mutants: env ## break one rule after the other, for half an hour, and write docs/mutants.md
	@$(BIN)/python -m tools.mutants $(ARGS)

validation: env ## hold all facts against the model, for ten minutes, and write docs/validation.md
	@$(BIN)/kernegotiate validate --out .validation --resume --report docs --beside docs/validation_before.csv $(ARGS)

dist: env ## build the wheel and the source archive into dist/; see docs/releasing.md
	rm -rf dist
	@$(BIN)/python -m hatchling build -d dist

mesa-next: env ## run the tests of the agents with Mesa's newest pre-release
	@$(PYTHON) tools/bootstrap.py mesa-next
	$(BIN)/python -c "import os, sys; sys.path[:0] = ['.tools/mesa-next']; import mesa; print('Mesa', mesa.__version__)"
	PYTHONPATH=.tools/mesa-next $(BIN)/pytest tests/agents $(ARGS)

lock: ## refresh requirements.lock from pyproject.toml; UPGRADE=1 takes the newest versions
	@$(PYTHON) tools/bootstrap.py lock $(if $(UPGRADE),--upgrade)

clean: ## remove all that make has made, .venv too, but no results
	rm -rf .venv .tools build dist .fuzz .validation .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
