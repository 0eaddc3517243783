"""Reads are placed to the base, in one piece or in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    exon_end,
    exon_start,
    fusion,
    kept,
    mane,
    misfit,
    random_bases,
    reverse_complement,
    starter_map,
    up_to,
    with_error,
    with_sequence,
)

from nutfusion.model.panel import Decoy
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.pieces import MISMATCH
from nutfusion.reads.placement import LEAST_SCORE, Placements, gene_of, lies_whole, place_reads
from nutfusion.reads.targets import NOTHING, Targets, make_targets

if TYPE_CHECKING:
    import numpy as np

BRD4_EXONS = tuple(range(1, 20))
NUTM1_EXONS = tuple(range(2, 9))


def placed(reads: list[str], targets: Targets | None = None) -> Placements:
    fragments = [Fragment(f"r{i}", read) for i, read in enumerate(reads)]
    return place_reads(kept(fragments), targets or starter_map().targets)


def joints_of(row: np.ndarray) -> set[tuple[int, int]]:
    """GRCh38 residues (last 5', first 3') of every equally good split of a two-gene placement."""
    genome = starter_map().targets.genome
    return {
        (
            int(genome[row[k.A_DIAGONAL] + split - 1]),
            int(genome[row[k.B_DIAGONAL] + split + row[k.LINKER]]),
        )
        for split in range(int(row[k.SPLIT_LOW]), int(row[k.SPLIT_HIGH]) + 1)
    }


@pytest.mark.parametrize("acceptor", NUTM1_EXONS)
@pytest.mark.parametrize("anchor", [14, 20, 37, 60])
@pytest.mark.parametrize("side", ["five", "three"])
def test_every_pair_of_exons_is_split_at_its_joint(acceptor: int, anchor: int, side: str) -> None:
    reads = []
    expected = []
    for donor in BRD4_EXONS:
        template = fusion(("BRD4", donor), ("NUTM1", acceptor))
        before = anchor if side == "five" else 75 - anchor
        reads.append(template.text[template.joint - before :][:75])
        last, first = mane("BRD4"), mane("NUTM1")
        expected.append(
            (
                last.genomic_position(exon_end("BRD4", donor)),
                first.genomic_position(exon_start("NUTM1", acceptor) + 1),
            )
        )
    for turned in (reads, [reverse_complement(read) for read in reads]):
        rows = placed(turned).rows[0]
        assert rows[:, k.KIND].tolist() == [k.TWO_GENES] * len(reads)
        assert set(rows[:, k.ORIENTATION].tolist()) == {0 if turned is reads else 1}
        for row, joint in zip(rows, expected, strict=True):
            assert joint in joints_of(row)


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [(8, k.ONE_GENE), (11, k.ONE_GENE), (12, k.TWO_GENES), (13, k.TWO_GENES)],
)
def test_the_shortest_anchor_is_twelve(anchor: int, kind: int) -> None:
    # Shorter ones are chance: they are tried again when the joint is known.
    template = fusion(("BRD4", 2))  # no base fits both sides
    read = template.text[template.joint - anchor :][:75]
    assert placed([read]).rows[0][0, k.KIND] == kind


@pytest.mark.parametrize("at", [3, 20, 40, 70])
def test_an_error_does_not_move_the_joint(at: int) -> None:
    template = fusion()
    read = template.text[template.joint - 30 :][:75]
    exact, wrong = placed([read, with_error(read, at)]).rows[0]
    assert wrong[k.KIND] == k.TWO_GENES
    assert joints_of(wrong) == joints_of(exact)
    assert wrong[k.TWO_SCORE] >= exact[k.TWO_SCORE] - 1 - MISMATCH


def test_bases_that_fit_both_sides_widen_the_split() -> None:
    # BRD4 exon 11 ends CAG, NUTM1 exon 2 ends GAG: AG fits both.
    template = fusion()
    row = placed([template.text[template.joint - 30 :][:75]]).rows[0][0]
    assert (row[k.SPLIT_LOW], row[k.SPLIT_HIGH]) == (28, 30)


@pytest.mark.parametrize("linker", [4, 12, 30, 31])
def test_bases_between_are_counted_up_to_thirty(linker: int) -> None:
    five, three = up_to("BRD4", 14), fusion().three
    template = Template(five, three, misfit("BRD4", 14, linker))
    row = placed([template.text[template.joint - 40 :][: 80 + linker]]).rows[0][0]
    if linker > k.LONGEST_LINKER:
        assert row[k.KIND] == k.ONE_GENE
    else:
        assert row[k.KIND] == k.TWO_GENES
        assert (row[k.LINKER], row[k.SPLIT_LOW]) == (linker, 40)


def test_a_wild_type_read_lies_on_one_gene_across_its_exons() -> None:
    nutm1, brd4 = bases("NUTM1"), bases("BRD4")
    reads = [nutm1[at : at + 75] for at in range(0, len(nutm1) - 75, 31)]
    reads += [brd4[at : at + 75] for at in range(0, len(brd4) - 75, 31)]
    placements = placed(reads)
    rows = placements.rows[0]
    assert set(rows[:, k.KIND].tolist()) == {k.ONE_GENE}
    assert rows[:, k.SCORE].tolist() == [75] * len(reads)
    assert lies_whole(rows).all()
    genes = gene_of(rows, starter_map().targets)
    n = len(range(0, len(nutm1) - 75, 31))
    assert set(genes[:n].tolist()) == {0}
    assert {starter_map().targets.genes[g] for g in set(genes[n:].tolist())} == {"BRD4"}


def test_foreign_reads_lie_nowhere_that_counts() -> None:
    rows = placed([random_bases(100, seed) for seed in range(300)]).rows[0]
    assert not (rows[:, k.KIND] == k.TWO_GENES).any()
    assert (gene_of(rows, starter_map().targets) == -9).all()
    assert not (rows[:, k.SCORE] >= LEAST_SCORE).any()


@pytest.mark.parametrize("length", range(11))
def test_reads_shorter_than_a_seed_lie_nowhere(length: int) -> None:
    row = placed([bases("NUTM1")[600 : 600 + length]]).rows[0][0]
    assert (row[k.KIND], row[k.LENGTH]) == (k.UNPLACED, length)


def test_unread_bases_cost_nothing() -> None:
    read = bases("NUTM1")[600:675]
    row = placed([read[:30] + "NNNNN" + read[35:]]).rows[0][0]
    assert (row[k.SCORE], row[k.START], row[k.STOP]) == (70, 0, 75)


def test_a_skipped_exon_is_no_joint() -> None:
    # exon 3 to exon 5 of NUTM1 itself: another isoform
    skipped = bases("NUTM1")[: exon_end("NUTM1", 3)] + bases("NUTM1")[exon_start("NUTM1", 5) :]
    at = exon_end("NUTM1", 3)
    row = placed([skipped[at - 37 : at + 38]]).rows[0][0]
    assert row[k.KIND] == k.ONE_GENE
    assert row[k.ONE_GENE_SCORE] == 75 - k.SAME_GENE_COST


def test_brd4_reads_beside_a_decoy_that_fits_better_are_no_joint() -> None:
    from dataclasses import replace

    from tests.builders import starter_panel

    # A NUTM2 read may be BRD4 and NUTM1 by chance; the decoy explains it whole.
    template = fusion()
    read = template.text[template.joint - 37 :][:75]
    decoy = random_bases(100, 1) + template.text[template.joint - 60 :][:120]
    panel = replace(starter_panel(), decoys=(Decoy("made-up", "NUTM2F", decoy),))
    targets = make_targets(panel)
    row = placed([read], targets).rows[0][0]
    assert row[k.KIND] == k.ONE_GENE
    assert gene_of(placed([read], targets).rows[0], targets)[0] == k.PARALOGUE


def test_equal_places_are_the_paralogues() -> None:
    from dataclasses import replace

    from tests.builders import starter_panel

    nutm1 = bases("NUTM1")
    panel = replace(starter_panel(), decoys=(Decoy("copy", "NUTM2A", nutm1[500:700]),))
    targets = make_targets(panel)
    rows = placed([nutm1[550:625], nutm1[800:875]], targets).rows[0]
    assert gene_of(rows, targets).tolist() == [k.PARALOGUE, 0]


def test_no_read_lies_across_two_targets() -> None:
    t = starter_map().targets
    assert t.bases[: t.starts[0]].tolist() == [NOTHING] * int(t.starts[0])
    last = bases("NUTM1")[-40:]
    row = placed([last + up_to("BRD4", 3)[:40]]).rows[0][0]
    assert row[k.KIND] == k.TWO_GENES  # end to start: two targets, never one piece


def test_targets_know_the_residue_of_every_base() -> None:
    t = starter_map().targets
    for symbol in ("NUTM1", "BRD4"):
        transcript = mane(symbol)
        start = int(t.starts[t.names.index(transcript.accession)])
        for at in (0, 500, 2441, 2442, 4000):
            assert t.genome[start + at] == transcript.genomic_position(at + 1)


def test_exon_edges_of_mane_weigh_most() -> None:
    t = starter_map().targets
    start = int(t.starts[t.names.index(mane("NUTM1").accession)])
    assert [int(t.acceptor[start + exon_start("NUTM1", n)]) for n in range(1, 9)] == [0] + [2] * 7
    assert [int(t.donor[start + exon_end("NUTM1", n) - 1]) for n in range(1, 9)] == [2] * 7 + [0]


def test_nutm1_comes_first_and_genes_without_sequence_are_left_out() -> None:
    assert starter_map().targets.genes == ("NUTM1", "BRD4")
    more = make_targets(with_sequence("BRD3", random_bases(400, 2)))
    assert more.genes[0] == "NUTM1"
    assert set(more.genes) == {"NUTM1", "BRD4", "BRD3"}
