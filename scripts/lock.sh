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
# What an extra adds to run.lock, so that it can be put in a folder of its own (scripts/plugins.sh).
there=$(mktemp)
trap 'rm -f "$there"' EXIT
sed -n 's/^\([A-Za-z0-9._-]*==.*\) \\$/\1/p' requirements/run.lock >"$there"
add() {
    names=$(sed 's/==.*//; s/^/--no-emit-package /' "$there")
    # shellcheck disable=SC2086 # one argument per word
    pin --extra "$1" -c "$there" $names pyproject.toml -o "requirements/$1.lock"
}
add slurm
# The client of S3 asks for an older python-dateutil than run.lock has: these folders have their own.
sed -i '/^python-dateutil==/d' "$there"
add s3
add bucket
add kubernetes
printf 'uv\n' | pin - -o requirements/uv.lock
