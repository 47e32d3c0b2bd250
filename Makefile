# Two commands on a fresh machine: `make demo` and `make test`. Each sets up what it needs.
PY := .venv/bin/python

.PHONY: demo demo-google test check abuse bench bench-country templates macros docs pictures messages clean

demo: .venv/ready
	$(PY) -m sheetsync demo

demo-google: .venv/ready
	$(PY) -m sheetsync demo --google

test: .venv/ready-dev
	$(PY) -m pytest -n 2 --dist loadfile

check: .venv/ready-dev
	.venv/bin/ruff check src tests tools benchmarks
	.venv/bin/ruff format --check src tests tools benchmarks
	.venv/bin/mypy src

abuse: .venv/ready-dev
	$(PY) benchmarks/abuse.py

bench: .venv/ready-dev
	$(PY) benchmarks/bench.py --write

bench-country: .venv/ready-dev
	$(PY) benchmarks/bench.py --write --minutes 45 many country

templates: .venv/ready-dev
	$(PY) tools/build_templates.py

macros: .venv/ready-dev
	$(PY) tools/build_macros.py
	$(PY) tools/build_extension.py
	$(PY) tools/build_google_script.py

docs: .venv/ready-dev
	$(PY) tools/build_docs.py

pictures: .venv/ready-dev
	$(PY) tools/build_pictures.py

messages: .venv/ready-dev
	$(PY) tools/build_messages.py

.venv/ready: pyproject.toml tools/setup.sh
	sh tools/setup.sh run

.venv/ready-dev: pyproject.toml tools/setup.sh
	sh tools/setup.sh dev

clean:
	rm -rf .venv build dist demo-district demo-google
