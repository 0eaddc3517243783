#!/bin/sh
# Makes what a release consists of, from a clean commit, and tries it in a clean environment:
#
#   sh scripts/release.sh [FOLDER]       dist by default
#
#   nutfusion-VERSION-py3-none-any.whl   with its panel, profiles and policy
#   nutfusion-VERSION.tar.gz             the sources
#   nutfusion-VERSION.cdx.json           bill of materials (CycloneDX)
#   VERSION.txt                          what "nutfusion --version" prints of it
#   SHA256SUMS
#
# The same commit gives the same bytes: everything is built twice and compared.
set -eu
cd "$(dirname "$0")/.."
out=${1:-dist}
python=$(pwd)/.venv/bin/python
say() { printf 'release: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ -x "$python" ] || fail "expected .venv; make it with sh scripts/setup.sh --dev"
[ -z "$(git status --porcelain)" ] || fail "expected a clean working tree; commit or set aside:
$(git status --short)"
[ ! -e "$out" ] || fail "expected no $out yet; move it away"

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for turn in 1 2; do
    git clone --quiet . "$work/sources$turn"
    (cd "$work/sources$turn" && "$python" -m hatchling build -d "$work/$turn") >"$work/log" 2>&1 ||
        fail "the build failed:
$(cat "$work/log")"
done
(cd "$work/1" && for file in *; do cmp "$file" "../2/$file"; done) ||
    fail "two builds of one commit differ"
wheel=$(basename "$work"/1/*.whl)
version=${wheel#nutfusion-}
version=${version%%-*}
grep -q "^## \[$version\]" CHANGELOG.md ||
    say "CHANGELOG.md has no heading for $version yet: what is unreleased is not described"
sh scripts/sbom.sh "$work/1/nutfusion-$version.cdx.json"

say "trying $wheel in a clean environment"
"$python" -m venv "$work/clean"
pip="$work/clean/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --require-hashes -r requirements/run.lock
$pip install --no-deps "$work/1/$wheel"
reads=$(pwd)/test-data/reads
(
    cd "$work"
    unset PYTHONPATH
    clean/bin/nutfusion --version >1/VERSION.txt
    clean/bin/nutfusion assess --sample TRIAL --outdir trial \
        --fastq "$reads/bet_L001_R1.fastq.gz" "$reads/bet_L001_R2.fastq.gz"
    "$python" -m nutfusion assess --sample TRIAL --outdir here \
        --fastq "$reads/bet_L001_R1.fastq.gz" "$reads/bet_L001_R2.fastq.gz"
    cmp trial/dossier.json here/dossier.json && cmp trial/dossier.html here/dossier.html
) || fail "the wheel does not give the dossier that the sources give"
(cd "$work/1" && sha256sum -- * >SHA256SUMS)
mv "$work/1" "$out"
say "$out holds nutfusion $version"
