#!/bin/sh
# Sets up and runs every check, the same here and in CI.
#
#   sh scripts/check.sh              everything
#   sh scripts/check.sh ruff mypy    these only
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh --dev
exec .venv/bin/python scripts/check.py "$@"
