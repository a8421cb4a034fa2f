# Every target calls dev.py, which brings what it needs. `make` alone lists them.
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check demo bench fuzz torture shots build strings layers lock

help: ## this list
	@grep -hE '^[a-z]+: ##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): ## (.*)/  make \1\t\2/' | expand -t 16

run: ## open the program (make run ARGS="demo --to DIR")
	@$(PYTHON) dev.py run $(ARGS)

test: ## every test (make test ARGS="-k slots")
	@$(PYTHON) dev.py test $(ARGS)

check: ## format, lint, types, layers, house rules, strings, quick tests
	@$(PYTHON) dev.py check $(ARGS)

demo: ## the whole journey on fictional incidents, without a window
	@$(PYTHON) dev.py demo $(ARGS)

bench: ## measure speed and sizes
	@$(PYTHON) dev.py bench $(ARGS)

fuzz: ## altered input for every reader of something from outside, a million times
	@$(PYTHON) dev.py fuzz $(ARGS)

torture: ## kills, power cuts, bit flips, failing and full media; takes long
	@$(PYTHON) dev.py torture $(ARGS)

shots: ## pictures of every page, for people to look at
	@$(PYTHON) dev.py shots $(ARGS)

build: ## the program as one folder under dist/, then try it
	@$(PYTHON) dev.py build $(ARGS)

strings: ## bring the catalogues up to date with the source
	@$(PYTHON) dev.py strings $(ARGS)

layers: ## the import contracts
	@$(PYTHON) dev.py layers

lock: ## make the lock files from pyproject.toml (needs uv)
	@$(PYTHON) dev.py lock
