# Everything goes through local/setup.py (what is missing) and local/check.py (what is tested).
PYTHON ?= python3
VENV := .venv/bin/python
SETUP := $(PYTHON) -m local.setup
CHECK := $(VENV) -m local.check

.PHONY: help setup run test format lint types api-types unit api engine browser frontend package prove verify-aws audit bench lock clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20
	@echo
	@echo "  PORT=8001 make run  serves on another port."

setup: ## install what is missing, and build the frontend
	@$(SETUP)

run: setup ## serve the whole portal on this machine
	@exec $(VENV) -m local

test: ## every check and test, as the CI runs them
	@$(SETUP) test
	@exec $(CHECK)

format: setup ## put all code in its format
	@exec $(CHECK) rewrite

lint: setup ## format and lint, without changing anything
	@exec $(CHECK) format lint frontend-format frontend-lint

types: setup ## mypy and tsc
	@exec $(CHECK) types api-types frontend-types

api-types: setup ## write the frontend's types of the API anew
	@exec $(CHECK) rewrite-api

unit: setup ## tests of rules, mechanisms and architecture
	@exec $(CHECK) unit

api: setup ## tests of the routes
	@exec $(CHECK) api

engine: setup ## tests on a real DynamoDB engine, and of the local portal
	@exec $(CHECK) engine

browser: ## the journeys in a browser
	@$(SETUP) test
	@exec $(CHECK) browser

frontend: setup ## build the frontend, and run its own tests
	@exec $(CHECK) frontend-test

package: setup ## build what is deployed, into build/package
	@$(VENV) -m infra.package --stage dev --out build/package

prove: setup ## the long form of the tests, for PROVE_MINUTES (60); goes on where it stopped, FRESH=1 starts over
	@$(VENV) -m local.prove $(if $(FRESH),--fresh)

verify-aws: setup ## the storage suite on real AWS; without credentials, what it would do and cost
	@$(VENV) -m tests.conformance.verify

bench: setup ## measure cold start, calls of routes, boxes, timers, sizes; BENCH="sizes timers" for some
	@exec $(VENV) -m bench $(BENCH)

audit: setup ## known vulnerabilities of Python and npm packages
	@$(VENV) -m local.audit

lock: setup ## pin what Python packages need in turn, with hashes
	@$(VENV) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" requirements-dev.txt --output-file requirements-dev.lock

clean: ## remove all that was installed and built
	rm -rf .venv frontend/node_modules frontend/dist local/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
