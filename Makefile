# What can be made here; `make` alone lists it. Needs Python 3.11 or newer with venv, and a package registry.
# Everything is installed into .venv from lists with hashes, once for each change of them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.DEFAULT_GOAL := help
.PHONY: help site serve test browser checker docs lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

site: $(SITE_READY) ## build the demo digest from notes/ into site/
	$(BIN)/digest build

serve: $(SITE_READY) ## serve the demo, and rebuild it while you write
	$(BIN)/digest serve

test: $(TEST_READY) browser checker ## run the whole suite: style, types and tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

docs: $(SITE_READY) ## write the pages of docs/ that are made from the code
	$(BIN)/python docs/generate.py

lock: $(TEST_READY) ## choose the newest versions that fit, and write both lists of them
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
		--upgrade --custom-compile-command "make lock" --python-version 3.11 --group package pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
		--upgrade --custom-compile-command "make lock" --python-version 3.11 --group dev pyproject.toml --constraints requirements.txt \
		--output-file requirements-dev.txt

clean: ## remove what was made: the environment, caches and the built site
	rm -rf $(VENV) tests/node_modules .digest .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find site -mindepth 1 ! -name .gitignore -delete

$(SITE_READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=…")'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(SITE_READY) requirements-dev.txt
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# Debian's Chromium, where none is there and this may install it. Elsewhere the browser tests are skipped, and say so.
browser:
	@for name in "$$CHROMIUM" $(BROWSERS); do command -v "$$name" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		(apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends install chromium) >/dev/null \
		|| echo "Chromium could not be installed: the browser tests are skipped"; \
	else echo "there is no Chromium: the browser tests are skipped"; fi

# The Nu HTML checker, where npm and Java are there.
checker:
	@if ! command -v npm >/dev/null || ! command -v java >/dev/null; then echo "no npm or no Java: the Nu checker is skipped"; \
	elif [ tests/node_modules/.package-lock.json -ot tests/package-lock.json ] || [ ! -e tests/node_modules ]; then \
		npm ci --prefix tests --ignore-scripts --silent --no-audit --no-fund || echo "the Nu checker could not be installed and is skipped"; fi
