# make demo   installs what is missing, then runs everything with a synthetic practice; Ctrl-C stops it all
# make test   installs what is missing, then runs every test; ARGS="tests/domain -x" chooses
# make check  style, types, layers, templates, migrations, deployment settings
# make bench  measures, and compares within one run
# make lock   writes requirements/*.txt again from pyproject.toml
# make clean  removes the virtual environment and all local data

.DEFAULT_GOAL := demo
SHELL := /bin/sh
# Some machines set it; then every process would compile every module again.
unexport PYTHONDONTWRITEBYTECODE
export DEMO_STARTED := $(shell date +%s)
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

UV_VERSION := 0.13.9
VENV := .venv
PY := $(VENV)/bin/python
UV := VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(VENV)/bin/uv
INSTALL := $(UV) pip install --quiet --require-hashes --requirement
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

# A home that cannot be written has no room for caches.
WRITABLE_HOME := $(shell mkdir -p "$${XDG_CACHE_HOME:-$$HOME/.cache}/uv" 2>/dev/null && \
	test -w "$${XDG_CACHE_HOME:-$$HOME/.cache}/uv" && echo yes)
ifeq ($(WRITABLE_HOME),)
export XDG_CACHE_HOME := $(CURDIR)/var/cache
export npm_config_cache := $(CURDIR)/var/cache/npm
endif

demo: $(VENV)/demo-is-installed
	@exec $(PY) -m config.devstack.demo

test: $(VENV)/test-is-installed
	@$(PY) -m config.devstack.browser
	@exec $(PY) -m pytest -n 3 --dist worksteal $(ARGS)

check: $(VENV)/check-is-installed
	@exec $(PY) -m config.devstack.checks

bench: $(VENV)/test-is-installed
	@exec $(PY) -m bench $(ARGS)

run: demo

lock: $(VENV)/bin/uv
	$(LOCK) -o requirements/run.txt
	$(LOCK) --group local -o requirements/demo.txt
	$(LOCK) --group local --group test -o requirements/test.txt
	$(LOCK) --group local --group test --group check -o requirements/check.txt

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

help:
	@sed -n 's/^# make/make/p' Makefile

$(VENV)/bin/uv:
	@sh config/devstack/make_venv.sh "$(PYTHON)" $(VENV) $(UV_VERSION)

$(VENV)/%-is-installed: requirements/%.txt $(VENV)/bin/uv
	@echo "Installing requirements/$*.txt"
	@$(INSTALL) requirements/$*.txt
	@touch $@

.PHONY: demo test check bench run lock clean help
