#!/bin/sh
# Writes the bill of materials of a release: every package of requirements/run.lock with its digests,
# as CycloneDX JSON. The same lock gives the same bytes.
#
#   sh scripts/sbom.sh [FILE]        nutfusion.cdx.json by default
set -eu
cd "$(dirname "$0")/.."
out=${1:-nutfusion.cdx.json}
"${PYTHON:-.venv/bin/python}" -W ignore -m cyclonedx_py requirements requirements/run.lock \
    --pyproject pyproject.toml --output-reproducible --of JSON -o "$out"
printf 'sbom: %s\n' "$out" >&2
