#!/bin/sh
# Pins every package of pyproject.toml with its digests, without the name of any index, into
# requirements/*.lock. Run it when a dependency changes, and commit what it writes.
set -eu
cd "$(dirname "$0")/.."
pin() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@"
}
pin --extra setup pyproject.toml -o requirements/run.lock
pin --extra setup --extra dev -c requirements/run.lock pyproject.toml -o requirements/dev.lock
printf 'uv\n' | pin - -o requirements/uv.lock
