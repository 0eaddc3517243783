#!/bin/sh
# Runs the workflow through a SLURM of this one machine (tests/slurm), as root:
#
#   sh tests/slurm/run.sh
#
# Needs Debian's packages slurmd, slurmctld, slurm-client and munge, and sh scripts/setup.sh --dev.
set -eu
cd "$(dirname "$0")/../.."
# Apart from the other packages: Snakemake would import it at every start.
.venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
    --upgrade --target .venv/slurm -r requirements/slurm.lock
exec .venv/bin/python -m pytest -m slurm tests/slurm "$@"
