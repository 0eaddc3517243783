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
for turn in 1 2; do
    sh scripts/sbom.sh "$work/$turn/nutfusion-$version.cdx.json"
done
cmp "$work/1/nutfusion-$version.cdx.json" "$work/2/nutfusion-$version.cdx.json" ||
    fail "two bills of materials of one lock differ"

status=0
"$python" scripts/audit.py >&2 || status=$?
case $status in
0) ;;
3) say "NOT AUDITED: no service could be asked; say so where the release is announced" ;;
*) fail "a pinned package is known to be vulnerable, or the audit failed ($status)" ;;
esac

say "trying $wheel in a clean environment"
"$python" -m venv "$work/clean"
pip="$work/clean/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --require-hashes -r requirements/run.lock
$pip install --no-deps "$work/1/$wheel"
reads=$(pwd)/test-data/reads
# NB: the shell forgets "set -e" within what stands before "||", so that each step is asked
try() {
    cd "$work" && unset PYTHONPATH &&
        clean/bin/nutfusion --version >1/VERSION.txt &&
        "$python" -m nutfusion --version | cmp - 1/VERSION.txt &&
        clean/bin/nutfusion assess --sample TRIAL --outdir trial \
            --fastq "$reads/bet_L001_R1.fastq.gz" "$reads/bet_L001_R2.fastq.gz" &&
        "$python" -m nutfusion assess --sample TRIAL --outdir here \
            --fastq "$reads/bet_L001_R1.fastq.gz" "$reads/bet_L001_R2.fastq.gz" &&
        diff -r trial here
}
(try) || fail "the wheel does not give the version and the dossier that the sources give"
(cd "$work/1" && sha256sum -- * >SHA256SUMS)
mv "$work/1" "$out"
say "$out holds nutfusion $version"
