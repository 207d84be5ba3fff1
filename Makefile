# Commands for working on digest; `make` lists them. They need Python 3.11 or newer with venv, and a package index.
# The locked dependencies are installed into .venv, again whenever a requirements file changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
LOWEST := .venv-lowest
NEWEST := .venv-newest
FUZZ := .venv-fuzz
SBOM := .venv-sbom
COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
	--upgrade --custom-compile-command "make lock" --python-version 3.11
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

# Tests start many programs, which load faster if Python keeps its compiled modules.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help site serve test lowest newest mutants coverage flaky fuzz dist sbom browser packages scripts docs docs-site images lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

site: $(SITE_READY) ## build the demo from notes/ into site/
	$(BIN)/digest build

serve: $(SITE_READY) ## serve the demo and rebuild it when a file changes
	$(BIN)/digest serve

test: $(TEST_READY) browser scripts ## run the linter, the type checker and all tests, on all cores
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --maxprocesses 8 --dist loadscope --no-loadscope-reorder

lowest: RESOLUTION := lowest-direct
lowest: $(LOWEST) ## run the tests with the oldest dependencies that pyproject.toml allows
newest: RESOLUTION := highest
newest: $(NEWEST) ## run the tests with the newest dependencies that pyproject.toml allows

$(LOWEST) $(NEWEST): browser packages
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements-uv.txt
	$@/bin/uv pip install --quiet --python $@/bin/python --resolution $(RESOLUTION) --group dev --editable .
	$@/bin/pytest

mutants: $(TEST_READY) ## list small mistakes that no test notices (MODULE=notes/day, SAMPLE=50)
	nice $(BIN)/python bench/mutants.py $(MODULE) --survivors $(if $(SAMPLE),--sample $(SAMPLE)) --least 0.85

coverage: $(TEST_READY) ## run the tests without a browser and print what they cover, by package
	rm -rf .coverage && mkdir .coverage
	$(BIN)/coverage run -m pytest --quiet -m "not browser and not linear"
	$(BIN)/coverage combine --quiet
	$(BIN)/python bench/covered.py --least 90

flaky: $(TEST_READY) browser packages ## run the tests ten times on one busy core and name those that ever fail
	$(BIN)/python bench/flaky.py --times 10

fuzz: ## look for inputs that break digest (MINUTES=60, TARGET="note text")
	@$(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements-dev.txt
	$(FUZZ)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	$(FUZZ)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all: \
		--requirement requirements-fuzz.txt || echo "Atheris has no package for this system; inputs are changed at random"
	nice $(FUZZ)/bin/python -m tests.fuzz --minutes $(or $(MINUTES),60) $(TARGET)

dist: $(TEST_READY) ## build the sdist and the wheel into dist/; the same commit gives the same bytes
	rm -rf dist
	SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}" $(BIN)/python -m build --no-isolation

sbom: dist ## build, and write a bill of materials of the wheel and its locked dependencies into sbom.cdx.json
	$(PYTHON) -m venv --clear $(SBOM)
	$(SBOM)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements-sbom.txt
	$(SBOM)/bin/uv venv --quiet --clear --python $(BIN)/python $(SBOM)/shipped
	$(SBOM)/bin/uv pip install --quiet --python $(SBOM)/shipped/bin/python --constraints requirements.txt dist/*.whl
	SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}" $(SBOM)/bin/cyclonedx-py environment \
		--pyproject pyproject.toml --output-reproducible --output-file sbom.cdx.json $(SBOM)/shipped/bin/python
	$(BIN)/python tools/sbom_version.py sbom.cdx.json

docs: $(TEST_READY) packages ## update what is generated: parts of docs/, the manual page, and scripts of search
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/generate_manual.py
	$(BIN)/python docs/generate_scripts.py
	$(BIN)/python tools/join_scripts.py
	$(BIN)/python tools/licences.py

docs-site: $(SITE_READY) ## build the documentation in both languages into docs-site/ (BASE_URL=https://docs.example/)
	$(BIN)/python docs/build_site.py $(if $(BASE_URL),--base-url "$(BASE_URL)")

images: $(TEST_READY) site ## take the pictures of the README and of docs/ anew, in Chromium
	$(BIN)/python docs/images.py

lock: $(TEST_READY) ## upgrade all locked dependencies in the requirements files
	$(PIP) install --require-hashes --requirement requirements-uv.txt
	$(COMPILE) --group package pyproject.toml --output-file requirements.txt
	$(COMPILE) --group dev pyproject.toml --constraints requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group pyproject.toml:fuzz --output-file requirements-fuzz.txt
	$(COMPILE) --group pyproject.toml:uv --output-file requirements-uv.txt
	$(COMPILE) --group pyproject.toml:sbom --constraints requirements-uv.txt --output-file requirements-sbom.txt

clean: ## remove the environments, the caches and the built site
	rm -rf $(VENV) $(LOWEST) $(NEWEST) $(FUZZ) $(SBOM) tests/node_modules .digest .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .fuzz dist docs-site sbom.cdx.json
	find site -mindepth 1 ! -name .gitignore -delete

$(SITE_READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer; run make PYTHON=/path/to/python")'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(SITE_READY) requirements-dev.txt
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# The browser tests need Chromium. If there is none, it is installed from Debian's packages, which takes root.
browser:
	@for name in "$$CHROMIUM" $(BROWSERS); do command -v "$$name" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		(apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends install chromium) >/dev/null \
		|| echo "Chromium could not be installed; the browser tests are skipped"; \
	else echo "Chromium is not installed; the browser tests are skipped"; fi

# The packages that the tests use of npm: tools for the scripts, and the Nu HTML checker, which needs Java too.
packages:
	@if ! command -v npm >/dev/null; then echo "npm is not installed; the checks of scripts and the Nu checker are skipped"; \
	elif [ tests/node_modules/.package-lock.json -ot tests/package-lock.json ] || [ ! -e tests/node_modules ]; then \
		npm ci --prefix tests --ignore-scripts --silent --no-audit --no-fund \
		|| echo "npm packages could not be installed; the checks of scripts and the Nu checker are skipped"; fi

# The linter, the type checker and the unit tests of the scripts.
scripts: packages
	@if ! [ -e tests/node_modules/.package-lock.json ]; then exit 0; \
	elif node --eval 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor > 18) ? 0 : 1)'; then \
		npm run check --prefix tests --silent; \
	else echo "Node is older than 20.19; the checks of scripts are skipped"; fi
