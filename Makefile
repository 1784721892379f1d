# Two commands start everything: `make demo` and `make test`. Both build their own .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES := $(sort $(wildcard examples/*.txt))

.PHONY: help demo test lint fuzz coverage bench gazetteer docs pictures notebooks clean
help:
	@echo "make demo       examples/*.txt -> build/demo.html"
	@echo "make test       the whole test suite with linters and types"
	@echo "make bench      measure speed and accuracy, as ratios against peers"
	@echo "make fuzz       the long property and fuzz runs"
	@echo "make coverage   the test suite with the branches it takes"
	@echo "make gazetteer  build the default gazetteer anew from its sources"
	@echo "make docs       the documentation -> build/site"
	@echo "make pictures   the pictures of README and documentation anew (needs chromium)"
	@echo "make notebooks  run the notebooks anew, in place"
	@echo "make clean      remove what the others made"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "frontmap needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@mkdir -p build
	$(BIN)/frontmap map $(EXAMPLES) --title "frontmap: Beispielmeldungen" -o build/demo.html
	@echo "Open build/demo.html in a browser; it needs no network."

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(VENV)/.installed-test lint
	@sh tests/install_browser.sh
	$(BIN)/pytest -n 2 --dist loadfile

fuzz: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.linearity
	$(BIN)/python -m benchmarks.regexes
	$(BIN)/python -m benchmarks.fuzz

coverage: $(VENV)/.installed-test
	@mkdir -p build/coverage
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=json:build/coverage/coverage.json
	$(BIN)/python -m benchmarks coverage_shares

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

gazetteer: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --editable '.[build]'
	$(BIN)/frontmap gazetteer build -o gazetteer/data/default.gazetteer

$(VENV)/.installed-docs: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	@touch $@ $(VENV)/.installed

docs: $(VENV)/.installed-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open build/site/index.html in a browser; it needs no network."

pictures: $(VENV)/.installed-test
	$(BIN)/python docs/pictures.py

notebooks: $(VENV)/.installed-test
	$(BIN)/python notebooks/execute.py

clean:
	rm -rf build dist .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
