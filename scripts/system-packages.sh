#!/bin/sh
# Installs the Debian packages that some tests need. Nothing else needs them: without them those
# tests are skipped and say which package is missing (in CI they fail instead).
#
#   chromium           tests/dossier opens the page in a browser and looks at it
#   fonts-dejavu-core  so that the browser has a font to draw it with
#   rna-star           tests/validation aligns the same reads with each of these aligners and asks
#   minimap2           for the same call as from FASTQ: their BAM files differ in what they say of
#   hisat2, bwa        chimeric reads, clips, mates and unmapped reads
#   bcftools           tests/exports reads our VCF with it
#   openssl            tests/cli verifies a signed review with it
set -eu
packages="chromium fonts-dejavu-core rna-star minimap2 hisat2 bwa bcftools openssl"

missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "system packages: all there ($packages)"
    exit 0
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "system packages: missing$missing; install them as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "system packages: installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one argument per package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
