# make run       set everything up and open the terminal UI; make run ARGS="lookup 低空經濟" runs any command
# make test      set everything up and run the tests, but those marked slow (kills, fuzzing, pictures of screens)
# make check     lint, types, import layering, the curated data, all tests: what CI runs
# make bench     measure start-up, look-up, import and recognition
# make snapshots accept the screens as they are now
# make clean     remove what the others made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
COMPILED := $(VENV)/.compiled
PACKAGES := cli glossary interpret lang scoring tm tui workspace
# Modules rewritten for their asserts are kept also where Python may not write its own: it saves two workers eight seconds each.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q --numprocesses auto --dist worksteal
SOURCES := $(shell find $(PACKAGES) -name '*.py' -o -path '*/data/*' -type f)

.PHONY: run test check bench snapshots clean

run: $(COMPILED)
	@$(BIN)/yuqiao $(ARGS)

test: $(COMPILED)
	$(PYTEST) -m "not slow" $(ARGS)

check: $(COMPILED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/typos
	$(BIN)/python scripts/check_terms.py
	$(BIN)/python scripts/write_readings.py --check
	$(PYTEST)

bench: $(COMPILED)
	$(BIN)/python scripts/bench.py $(ARGS)

snapshots: $(STAMP)
	$(BIN)/pytest -q tests/tui --snapshot-update

clean:
	rm -rf $(VENV) workspace/prepared .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find $(PACKAGES) scripts tests -name __pycache__ -prune -exec rm -rf {} +

# A stamp rather than the folder: an installation that was interrupted is done again.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "yuqiao needs Python 3.11 or later; say which with: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing yuqiao and what it needs into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $(STAMP)

# Bytecode as an ordinary installation has it: without, a fifth of the start of each command where Python may not write its own.
# And the database that a new one is a copy of.
$(COMPILED): $(STAMP) $(SOURCES)
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@$(BIN)/python -m workspace.prepared
	@touch $(COMPILED)
