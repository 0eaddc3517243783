#!/bin/sh
# Sets up and makes the dossiers of the packaged test data in demo/results/.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
say() { printf 'demo: %s\n' "$*" >&2; }

# run NAME CONFIG: one run of the workflow in demo/, which is said nothing of unless it fails.
run() {
    mkdir -p demo
    printf '%s\n' "$2" >"demo/$1.yaml"
    .venv/bin/snakemake --cores 2 --directory demo --configfile "$root/demo/$1.yaml" \
        >"demo/$1.log" 2>&1 && return
    cat "demo/$1.log" >&2
    say "failed; the same is in demo/$1.log"
    exit 1
}

sh scripts/setup.sh
say "9 invented samples with the packaged panel (about a minute; $root/demo/samples.log)"
run samples "samples: '$root/test-data/samples.csv'"
say "3 invented samples with a made-up panel (half a minute; $root/demo/synthetic.log)"
run synthetic "samples: '$root/test-data/synthetic.csv'
panel: '$root/test-data/panel'"
echo "Dossiers (open the .html in a browser):"
ls demo/results/*/dossier.html
