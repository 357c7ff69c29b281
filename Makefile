# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make demo    audits the sample manuscript against the embedded snapshot and writes reports/demo.html
#   make test    installs what the tests need and runs them
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench fresh clean

demo: $(VENV)/.installed
	$(BIN)/refaudit audit references/samples/demo.md --isolated --offline --snapshot references/snapshot/demo.sqlite \
	  --today 2026-01-15 --fail-on never -f full -f html:reports/demo.html
	@echo "Open reports/demo.html in a browser."

test: $(VENV)/.tested
	$(BIN)/python -m pytest

check: $(VENV)/.developed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The pages, the example report and the pictures that are made from the program; tests say when they are stale.
fresh: $(VENV)/.developed demo
	$(BIN)/refaudit rules -f markdown > docs/rules.md
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/pictures/make.py

bench: $(VENV)/.tested
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "refaudit needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.tested: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.developed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,browser]'
	@touch $@ $(VENV)/.tested $(VENV)/.installed
