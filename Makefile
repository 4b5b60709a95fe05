# Short names for what run.py and the command `ayil` do; nothing here is needed to run Ayil.
PYTHON ?= python3
AYIL = $(PYTHON) run.py
# Writes the pinned and hashed lists; needs uv. No address of an index goes into them.
COMPILE = uv pip compile --universal --generate-hashes --python-version 3.11 \
	--no-header --no-emit-index-url --quiet

.PHONY: run test check bench browser oracles pictures messages rights locks

run:
	$(AYIL)

test:
	$(AYIL) test

# The gates only: types, style, layers, migrations, names and sizes.
check:
	$(AYIL) check

bench:
	for name in post trade; do $(AYIL) bench $$name || exit 1; done

browser:
	$(AYIL) test -m browser

# Our counts against those of other people's libraries, which it installs first (about 1.4 GB).
oracles:
	$(AYIL) setup dev && .venv/bin/python -m tests.rig.oracles

# The main pages of a fresh small demo, as docs/pictures shows them.
pictures:
	$(AYIL) setup dev && .venv/bin/python -m tests.rig.pictures

messages:
	$(AYIL) setup dev && .venv/bin/python -m tests.rig.messages

# docs/guide/rights.md, from the tables of rights.
rights:
	$(AYIL) setup dev && .venv/bin/python -m tests.rig.rights

# Run after a change of a dependency in pyproject.toml.
locks:
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) --extra dev --constraint requirements/run.txt pyproject.toml \
		--output-file requirements/dev.txt
	$(PYTHON) -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
		print(*project['optional-dependencies']['oracles'], sep='\n')" \
		| $(COMPILE) --output-file requirements/oracles.txt -
