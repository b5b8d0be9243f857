# Everything a person does with this project. Needs Python 3.11 or later, make and git; the rest comes from the
# package registry that pip is configured for, at the versions and hashes of the lock files, into .venv/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
# The first Python that is new enough; `make site PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$python"; break; fi; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WRITTEN := README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md
# What `make pythons` tries.
PYTHONS ?= python3.11 python3.12 python3.13 python3.14
# Seconds that `make fuzz` may take.
FUZZ_SECONDS ?= 600

# Material announces the end of its line on every build; the README says so once.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve check review test pythons lint format bench fuzz audit sbom lock chromium clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(VENV)/.site ## the site, from the sources, into site/
	$(BIN)/mkdocs build --strict

serve: $(VENV)/.site ## the site on a local server that follows every edit
	$(BIN)/mkdocs serve

check: $(VENV)/.site ## whether the committed pages are what the sources and topics give
	$(BIN)/briefing build --check

review: $(VENV)/.site ## what this branch changes in the briefing, for a pull request; REV=… compares with another
	@$(BIN)/briefing diff $(REV)

test: $(VENV)/.dev chromium site ## the site and all tests
	$(BIN)/python -m pytest

# A name on the path may be a shim without a Python behind it, so each is asked for its version first.
pythons: $(VENV)/.dev ## the same pages under every other Python from 3.11 on that is here; PYTHONS=… names them
	@for python in $(PYTHONS); do \
		version=$$("$$python" -c 'import sys; print(*sys.version_info[:2], sep=".")' 2>/dev/null) || continue; \
		home=build/pythons/$$version; \
		$(BIN)/uv venv --quiet --clear --python "$$python" "$$home"; \
		$(BIN)/uv pip install --quiet --python "$$home/bin/python" --require-hashes -r requirements.lock; \
		$(BIN)/uv pip install --quiet --python "$$home/bin/python" --no-deps --no-build-isolation --editable .; \
		"$$home/bin/briefing" build --check --no-cache --quiet; \
		"$$home/bin/mkdocs" build --quiet --strict --site-dir build/pythons/site-$$version; \
		echo "Python $$version: the pages are the committed ones, and the site builds"; \
	done

lint: $(VENV)/.dev ## ruff, mypy, and the checks of YAML, workflows and Markdown
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .
	$(BIN)/zizmor --offline --quiet .github/workflows
	$(BIN)/pymarkdown --config .pymarkdown.json scan $(wildcard $(WRITTEN))

format: $(VENV)/.dev ## let ruff mend what it can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## time and memory by number of sources
	$(BIN)/python -m bench

fuzz: $(VENV)/.dev ## the property tests with many more examples, for FUZZ_SECONDS
	timeout $(FUZZ_SECONDS) $(BIN)/python -m pytest -m hypothesis --hypothesis-profile fuzz || test $$? = 124

audit: $(VENV)/.dev ## known vulnerabilities of what the lock file pins
	REQUESTS_CA_BUNDLE="$${REQUESTS_CA_BUNDLE:-$$($(PIP) config get global.cert 2>/dev/null || true)}" \
		$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

sbom: $(VENV)/.dev ## the software bill of materials (CycloneDX), into build/
	mkdir -p build
	$(BIN)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml -o build/sbom.json requirements.lock

lock: $(VENV)/.dev ## write the lock files anew from pyproject.toml
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--custom-compile-command "make lock"

clean: ## remove what can be made again
	rm -rf $(VENV) build site .hypothesis .mypy_cache .pytest_cache .ruff_cache

# ------------------------------------------------------------------------------------------------ the environment
# Stamps: an environment is made once and follows its lock file. The package itself is installed in place; setuptools
# comes from the lock file, so that nothing is downloaded beside it, for the two old packages without a wheel (sumy needs them) neither. (It warns of editable installs in general.)

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "briefing needs Python 3.11 or later: install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; fi
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment: on Debian, install python3-venv." >&2; exit 1; }

$(VENV)/.site: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	$(PIP) install --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

# The browser tests need one; Debian's is as good as any.
chromium:
	@.ci/chromium
