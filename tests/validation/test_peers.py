"""Other programs: what is read from them, and that nobody who is absent is measured."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from tests.conftest import lacking
from tests.validation.harness import tiny_bench

from nutfusion.validation import peers
from nutfusion.validation.peer_genome import peer_genes, write_annotation
from nutfusion.validation.peer_programs import Found, Pizzly, Reference, Star
from nutfusion.validation.peer_targeted import RANKS, Fuzzion2, GeneFuse
from nutfusion.validation.peers import compare_peers

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.validation.run import Bench


@pytest.fixture(scope="module")
def bench() -> Bench:
    return tiny_bench()


def reference(bench: Bench, folder: Path) -> Reference:
    genes = peer_genes(bench.materials)
    return Reference(genes, folder / "g.fa", folder / "t.fa", folder / "g.gtf", None, "rnaseq", "")


def test_the_genome_holds_every_transcript_in_its_exons(bench: Bench) -> None:
    for one in peer_genes(bench.materials):
        assert "".join(one.bases[a:b] for a, b in one.exons) == one.sequence
    nutm1 = peer_genes(bench.materials)[0]
    assert len(nutm1.exons) == 8
    start, end = nutm1.exons[2]
    assert nutm1.bases[start - 2 : start] == "AG"
    assert nutm1.bases[end : end + 2] == "GT"
    assert nutm1.transcript_place(start + 1) == 483
    assert nutm1.transcript_place(start) is None


def test_the_annotation_is_gtf_of_one_transcript_a_gene(bench: Bench, tmp_path: Path) -> None:
    path = write_annotation(peer_genes(bench.materials), tmp_path / "g.gtf")
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    assert {len(row) for row in rows} == {9}
    exons = [row for row in rows if row[0] == "GENE00000" and row[2] == "exon"]
    assert len(exons) == 8
    assert 'gene_name "NUTM1"' in exons[0][8]


@pytest.mark.parametrize("strand", ["+", "-"])
def test_star_names_the_intron_and_turns_the_pair_on_the_minus_strand(
    bench: Bench, tmp_path: Path, strand: str
) -> None:
    found = reference(bench, tmp_path)
    nutm1, brd4 = found.genes[0], found.genes[1]
    donor, acceptor = brd4.exons[10][1], nutm1.exons[2][0] + 1
    rows = [brd4.contig, str(donor + 1), strand, nutm1.contig, str(acceptor - 1), strand]
    if strand == "-":
        rows = [nutm1.contig, str(acceptor - 1), strand, brd4.contig, str(donor + 1), strand]
    joint = Star(found, tmp_path)._joint([*rows, "1", "0"])
    assert joint == Found("BRD4", 2442, "NUTM1", 483)


def test_a_pair_without_a_split_read_has_no_place(bench: Bench, tmp_path: Path) -> None:
    found = reference(bench, tmp_path)
    nutm1, brd4 = found.genes[0], found.genes[1]
    row = [brd4.contig, "400", "+", nutm1.contig, "500", "+", "-1", "0"]
    assert Star(found, tmp_path)._joint(row) == Found("BRD4", None, "NUTM1", None)


def test_absent_programs_are_not_measured(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(peers, "PROGRAMS", (Star, Pizzly, Fuzzion2, GeneFuse))
    rows = compare_peers(bench)
    assert [(row.measured, row.why, row.wall) for row in rows] == [
        (False, "STAR not installed", None),
        (False, "kallisto, pizzly not installed", None),
        (False, "fuzzion2 not installed", None),
        (False, "genefuse not installed", None),
    ]


def stand_in(folder: Path, name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of that name on the path."""
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable} -IS\n{code}")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)


FUZZION2 = """
import sys
given = dict(one.lstrip("-").split("=", 1) for one in sys.argv[1:])
if not given:
    sys.exit("fuzzion2 v1.4.0, copyright\\n\\nUsage")
assert open(given["rank"]).read() == "ranks" and given["threads"] == "1"
turned = str.maketrans("ACGT", "TGCA")
reads = [line for n in "12" for line in open(given["fastq" + n]).read().split("\\n")[1::4]]
reads += [read.translate(turned)[::-1] for read in reads]
print("fuzzion2 v1.4.0\\tsequence\\tmatching bases\\tpossible\\t% match\\tjunction spanning")
for line in open(given["pattern"]).read().split("\\n")[1:-1]:
    name, sequence = line.split("\\t")
    left, right = sequence.split("][")
    over = left[-12:] + right[:12]
    for read in reads:
        if over in read:
            print(f"pattern {name}\\t{sequence}\\t100\\t100\\t100.0\\t1")
        elif left[-60:-30] in read:
            print(f"pattern {name}\\t{sequence}\\t100\\t100\\t100.0\\t0")
"""
"""Says what fuzzion2 says of a read that has the joint, and of one that lies before it."""


def test_fuzzion2_is_told_the_catalogued_joints(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "fuzzion2", FUZZION2, monkeypatch)
    monkeypatch.setattr(peers, "PROGRAMS", (Fuzzion2,))
    monkeypatch.setattr(peers, "BACKGROUND", 5)
    assert compare_peers(bench)[0].why == f"{RANKS} not set; see docs/validation.md"
    (tmp_path / "ranks").write_text("ranks")
    monkeypatch.setenv(RANKS, str(tmp_path / "ranks"))
    row = compare_peers(bench)[0]
    assert (row.version, row.why) == ("fuzzion2 v1.4.0", None)
    assert row.found is not None
    assert row.found.found == row.found.made > 0
    assert row.false_positives is not None
    assert row.false_positives.found == 0


def test_genefuse_is_told_the_genes_and_its_places_are_0_based(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genes = {one.gene: one for one in peer_genes(bench.materials)}
    brd4, nutm1 = genes["BRD4"], genes["NUTM1"]
    left = {"gene_chr": brd4.contig, "position": brd4.exons[10][1] - 1}
    right = {"gene_chr": nutm1.contig, "position": nutm1.exons[2][0]}
    answer = {"version": "0.8.0", "fusions": {"BRD4___NUTM1": {"left": left, "right": right}}}
    code = f"""
import sys
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
header = open(given["-f"]).read().split("\\n")[0]
assert header.startswith(">NUTM1_{nutm1.contig}T,{nutm1.contig}:1-"), header
assert all(open(given[name]).read(1) for name in ("-r", "-1", "-2"))
open(given["-j"], "w").write({json.dumps(json.dumps(answer))})
"""
    stand_in(tmp_path, "genefuse", code, monkeypatch)
    monkeypatch.setattr(peers, "PROGRAMS", (GeneFuse,))
    monkeypatch.setattr(peers, "BACKGROUND", 5)
    row = compare_peers(bench)[0]
    assert (row.version, row.why) == ("0.8.0", None)
    # it says the same genes of every sample: named where they are, and wrong in every negative
    assert row.named is not None
    assert row.named.found == row.named.made > 0
    assert row.false_positives is not None
    assert row.false_positives.found == row.false_positives.made > 0
    joints = GeneFuse(reference(bench, tmp_path), tmp_path).joints_of(json.dumps(answer))
    assert joints == [Found("BRD4", 2442, "NUTM1", 483)]


@pytest.mark.slow
def test_star_finds_joints_of_the_samples(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("STAR") is None:
        lacking("no STAR; the Debian package is called rna-star")
    monkeypatch.setattr(peers, "PROGRAMS", (Star,))
    monkeypatch.setattr(peers, "POSITIVES", 2)
    monkeypatch.setattr(peers, "NEGATIVES", 1)
    monkeypatch.setattr(peers, "BACKGROUND", 20)
    row = compare_peers(bench)[0]
    assert row.measured, row.why
    assert row.found is not None
    assert row.found.found == row.found.made > 0
    assert row.false_positives is not None
    assert row.wall is not None
    assert row.wall > 0
