# make demo   builds the graph of the sample pages      make test   all that CI runs
# make page   the script of the page, from front/ (needs node)
# make lint   ruff, mypy, biome  make format   ruff and biome, writing   make clean   remove what was made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOT := $(filter 0,$(shell id -u))
TESTS ?= tests
WORKERS ?= 2

.PHONY: demo test lint format clean browser page

demo: $(VENV)/.installed
	$(BIN)/kg build corpus/ -o outputs/isc-russia
	@echo
	@echo "Look at outputs/isc-russia/graph.html in a browser, or run: $(BIN)/kg why outputs/isc-russia Russia Iran"

test: $(VENV)/.installed-test browser lint
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(call with_node,lint)

format: $(VENV)/.installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(call with_node,format)

# The scripts of front/ are looked at where node is: who changes Python alone need not have it.
with_node = @if command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory front/node_modules/.installed && npm --prefix front run --silent $(1); \
	else \
		echo "front/: node is not installed, so its scripts are not checked."; \
	fi

# The page's script is bundled and in git, so that only who changes front/ needs node.
page: front/node_modules/.installed
	cd front && npm run --silent build

front/node_modules/.installed: front/package.json front/package-lock.json
	cd front && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A bare Debian has Python without ensurepip; root may add it, others get pip's own message.
$(BIN)/python:
	@if [ -n "$(ROOT)" ] && command -v apt-get >/dev/null && ! $(PYTHON) -c "import ensurepip" 2>/dev/null; then \
		apt-get update && apt-get install -y python3-venv; \
	fi
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "kg needs Python 3.11 or later; run: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -e '.[test]'
	@touch $@ $(VENV)/.installed

# The browser tests drive a real Chromium: the system's, or the one that Playwright brings.
browser: $(VENV)/.installed-test
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then \
		:; \
	elif [ -n "$(ROOT)" ] && command -v apt-get >/dev/null; then \
		apt-get update && apt-get install -y chromium; \
	else \
		$(BIN)/python -m playwright install chromium; \
	fi
