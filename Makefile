# `make` lists the targets. Works with GNU make 3.81 (macOS) and newer.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
RUN_ENVIRONMENT := $(PYTHON) tools/bootstrap.py run
DEV_ENVIRONMENT := $(PYTHON) tools/bootstrap.py dev
TESTS ?=
JOBS ?= 2

.PHONY: help run test check bench shots lint types messages docs lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## start Weimin on 127.0.0.1:8000 (PORT=8917 elsewhere; EMPTY=1 without the demonstration)
	@$(RUN_ENVIRONMENT)
	@exec $(VENV)/weimin run --port $(PORT) $(if $(EMPTY),--empty)

test: ## all tests (TESTS=weimin/flows for some, JOBS=1 for one process)
	@$(DEV_ENVIRONMENT)
	$(VENV)/python tools/messages.py --compile
	$(VENV)/pytest -n $(JOBS) --dist worksteal $(TESTS)

check: ## everything that CI checks: format, lint, types, floors, sizes, migrations, messages, docs, tests
	@$(DEV_ENVIRONMENT)
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/python tools/sizes.py
	$(VENV)/lint-imports --no-logo
	$(VENV)/mypy weimin
	$(VENV)/weimin django makemigrations --check --dry-run
	$(VENV)/python tools/messages.py --check
	$(VENV)/python tools/messages.py --compile
	$(VENV)/python tools/docs.py --check
	$(VENV)/pytest -n $(JOBS) --dist worksteal

bench: ## measure against the floors; prints ratios
	@$(DEV_ENVIRONMENT)
	$(VENV)/python -m bench

shots: ## screenshots of every page at both sizes, checked for WCAG 2.2 AA
	@$(DEV_ENVIRONMENT)
	$(VENV)/python tools/shots.py --axe

lint: ## format and mend what can be mended
	@$(DEV_ENVIRONMENT)
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

types: ## check types
	@$(DEV_ENVIRONMENT)
	$(VENV)/mypy weimin

messages: ## extract the translatable texts and compile the English catalogues
	@$(DEV_ENVIRONMENT)
	$(VENV)/python tools/messages.py
	$(VENV)/python tools/messages.py --compile

docs: ## generate the generated documents
	@$(DEV_ENVIRONMENT)
	$(VENV)/python tools/docs.py

lock: ## renew both locks (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was built, never the data
	rm -rf .venv node_modules staticfiles build shots .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .data/test*
	find weimin -name __pycache__ -type d -prune -exec rm -rf {} +
	find weimin -name '*.mo' -delete
