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
# What the extra "slurm" adds to run.lock, so that it can be put in a folder of its own.
there=$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements/run.lock)
# shellcheck disable=SC2086 # one argument per word
pin --extra slurm -c requirements/run.lock $there pyproject.toml -o requirements/slurm.lock
printf 'uv\n' | pin - -o requirements/uv.lock
