#!/bin/sh
# Puts plugins of Snakemake into a folder of their own below .venv: Snakemake imports every plugin that
# it finds at every start, so they are found only by those who put the folder on PYTHONPATH.
#
#   sh scripts/plugins.sh slurm|bucket|kubernetes...
set -eu
cd "$(dirname "$0")/.."
for name; do
    lock=requirements/$name.lock
    folder=.venv/$name
    [ -f "$lock" ] || { echo "plugins: no $lock; expected slurm, bucket or kubernetes" >&2; exit 1; }
    cmp -s "$lock" "$folder/.lock" && continue
    rm -rf "$folder"
    .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
        --target "$folder" -r "$lock"
    cp "$lock" "$folder/.lock"
done
