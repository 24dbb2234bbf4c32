# Needs Python 3.11 with its venv module, make and the network; everything else is installed into the checkout.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format lock words bench

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

setup: ## installs what is missing or out of date
	@python=$$(sh setup/find-python) && "$$python" -m setup.install

demo: setup ## starts a server with a sample brief and a login for each role; PORT=8000
	@.venv/bin/python -m setup.demo

test: setup ## runs every test, on SQLite and, where it asks a database, on PostgreSQL, and in Chromium where there is one
# `make test REQUIRE_ALL=1` makes it a failure when one of them is not there.
	@.venv/bin/python -m setup.run_tests

lint: setup ## format, lint, types, import contracts, templates, migrations, deployment check
	@sh setup/lint

format: setup ## formats Python and the templates
	@sh setup/format

lock: setup ## resolves requirements.lock and package-lock.json anew
	@.venv/bin/python -m setup.lock

words: setup ## brings the translations of what outputs say in line with the source
	@.venv/bin/python -m setup.words

bench: setup ## times pages, saves, ways in and out as the data grows; OPTIONS=--postgres, --live or --pdf
	@.venv/bin/python -m bench $(OPTIONS)
