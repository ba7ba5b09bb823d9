# Two commands: `make run` (two weeks of the sample runners) and `make up` (everything live). `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help
help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# The set-up is done again when a lock file or the packaging changes.
.venv/run.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Stridewell needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "The virtual environment could not be made. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up (once): installing the locked requirements …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.done: .venv/run.done requirements-dev.lock
	@echo "Setting up (once): installing the tools for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: setup
setup: .venv/run.done ## virtual environment with the locked requirements

.PHONY: run
run: .venv/run.done ## two weeks of the sample runners, from file to adapted mail
	@$(BIN)/python -m deployments.run_once

.PHONY: up
up: .venv/run.done ## everything live: dashboard, schedules, web app, mailbox; Ctrl-C ends it
	@exec $(BIN)/python -m deployments.up

.PHONY: test
test: .venv/dev.done ## the tests a person runs: all but those with a Prefect server, a browser or the mail check
	$(BIN)/python -m pytest -n auto -m "not prefect and not browser and not mailcheck"

.PHONY: test-browser
test-browser: .venv/dev.done ## pages and mails in a real Chromium
	$(BIN)/python -m pytest -n auto -m browser

tests/mail_check/node_modules/.package-lock.json: tests/mail_check/package-lock.json
	@command -v npm >/dev/null || { echo "The mail check needs Node.js 18 or newer with npm. On Debian: apt-get install nodejs npm" >&2; exit 1; }
	@cd tests/mail_check && npm ci --silent
	@touch $@

.PHONY: mail-check
mail-check: .venv/dev.done tests/mail_check/node_modules/.package-lock.json ## every mail before a validator, axe, tables of mail programs, SpamAssassin
	$(BIN)/python -m pytest -n auto -m mailcheck

.PHONY: test-prefect
test-prefect: .venv/dev.done ## a real Prefect server, real processes
	$(BIN)/python -m pytest -m prefect

.PHONY: check
check: .venv/dev.done ## style, types and layers; how much of the catalogue is signed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/stridewell catalogue changes --count

.PHONY: cover
cover: .venv/dev.done ## tests with coverage: the coach whole, the rest nine tenths
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto -m "not prefect and not browser and not mailcheck"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=90
	$(BIN)/coverage report --include='coach/*' --fail-under=100

.PHONY: bench
bench: .venv/dev.done ## µs a runner for each step, runners a second for the whole road
	$(BIN)/python -m benchmarks.pipeline

.PHONY: compiled
compiled: .venv/dev.done ## the coach compiled: a week takes little more than half the time (needs a C compiler)
	$(BIN)/python -m benchmarks.compiled
	@touch coach/*.so
	@echo "Compiled. Start again what runs; after an update: make compiled. To go without: make plain"

.PHONY: plain
plain: ## the coach as it is written again
	rm -f coach/*.so *__mypyc.*.so

.venv-mutants/done: requirements-mutants.lock
	@$(PYTHON) -m venv .venv-mutants
	@.venv-mutants/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-mutants.lock
	@touch $@

.PHONY: mutants
mutants: .venv/dev.done .venv-mutants/done ## which small change to the safety rules does no test notice? (half an hour)
	$(BIN)/python -m benchmarks.mutants

.PHONY: format
format: .venv/dev.done ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lock
lock: ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:build pyproject.toml -o requirements.lock
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:build --group pyproject.toml:dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:mutants -c requirements.lock -o requirements-mutants.lock

.PHONY: clean
clean: plain ## remove the virtual environment, caches and what was compiled; var/ and .env stay
	rm -rf build .venv .venv-mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*
