# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make demo    audits the sample manuscript against the embedded snapshot and writes reports/demo.html
#   make test    installs what the tests need and runs them
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench fresh lock reproducible clean

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

# The versions for development, with the hashes of their files; needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements-dev.lock

# Two builds of one source, from folders and at times of their own, are the same bytes.
reproducible:
	rm -rf build/first build/second build/copy && mkdir -p build/copy
	git archive HEAD | tar -x -C build/copy && find build/copy -exec touch -d 2001-01-01 {} +
	$(PYTHON) -m pip wheel --quiet --no-deps -w build/first .
	$(PYTHON) -m pip wheel --quiet --no-deps -w build/second build/copy
	for wheel in build/first/*.whl; do cmp "$$wheel" "build/second/$$(basename "$$wheel")" || exit 1; done
	@echo "The same bytes twice."

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
