#!/bin/sh
# Runs the workflow through a SLURM of this one machine (tests/slurm), as root:
#
#   sh tests/slurm/run.sh
#
# Needs Debian's packages slurmd, slurmctld, slurm-client and munge, and sh scripts/setup.sh --dev.
set -eu
cd "$(dirname "$0")/../.."
sh scripts/plugins.sh slurm bucket
exec .venv/bin/python -m pytest -m slurm tests/slurm "$@"
