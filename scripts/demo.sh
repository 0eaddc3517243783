#!/bin/sh
# Sets up and makes the dossiers of the packaged test data in results/.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
.venv/bin/snakemake --cores 2 --quiet
.venv/bin/snakemake --cores 2 --quiet --configfile test-data/synthetic.yaml
echo "Dossiers (open the .html in a browser):"
ls results/*/dossier.html
