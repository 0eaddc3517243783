"""Reads of 1 to 10 kb with insertions and deletions show the same joints as short ones."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads.alignments import NUTM1_AT, records_of, write
from tests.reads.alignments import look as look_at_alignments
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    codes,
    count,
    exon_end,
    fusion,
    look,
    mutated,
    names,
    random_bases,
    residues,
    sides,
    starting_at,
    tiled,
    up_to,
)
from tests.reads.long_reads import long_reads, with_errors

from nutfusion.reads.kernels.align import ABSENT
from nutfusion.reads.long_clips import laid_on

FUSION = fusion()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.03, 0.05])
@pytest.mark.parametrize(
    ("donor", "acceptor"),
    [
        (("BRD4", 11), ("NUTM1", 3)),  # the common one
        (("BRD4", 10), ("NUTM1", 3)),
        (("BRD4", 14), ("NUTM1", 5)),
        (("NUTM1", 2), ("BRD4", 12)),  # the reciprocal
    ],
)
def test_joint_is_found_at_the_right_base(
    donor: tuple[str, int], acceptor: tuple[str, int], share: float
) -> None:
    template = fusion(donor, acceptor)
    junctions, qc = look(long_reads(template.text, 12, share, over=template.joint, seed=3))
    assert [sides(found) for found in junctions] == [residues(donor, acceptor)]
    found = junctions[0]
    assert names(found) == (donor[0], acceptor[0])
    assert found.split_reads_raw >= 11
    assert found.discordant_pairs == 0
    assert found.junction.linker_sequence == ""
    # the majority of the reads is the transcript, base by base
    assert found.consensus_sequence is not None
    assert found.consensus_sequence in template.text
    assert found.partner_identity == 1.0
    assert qc.unassigned == ()


def test_joint_off_the_exon_edges_is_found_at_the_right_base() -> None:
    template = Template(bases("BRD4")[:2400], bases("NUTM1")[700:])
    junctions, _ = look(long_reads(template.text, 12, 0.03, over=template.joint))
    assert len(junctions) == 1
    exact = Template(bases("BRD4")[:2400], bases("NUTM1")[700:])
    short, _ = look(tiled(exact))
    assert sides(junctions[0]) == sides(short[0])


@pytest.mark.parametrize("share", [0.01, 0.03, 0.05])
@pytest.mark.parametrize("gene", ["NUTM1", "BRD4"])
def test_wild_type_reads_show_nothing(gene: str, share: float) -> None:
    junctions, qc = look(long_reads(bases(gene), 100, share))
    assert junctions == ()
    assert qc.unassigned == ()
    assert qc.single_fragment_chimeras == 0
    assert qc.nutm1_fragments == (100 if gene == "NUTM1" else 0)


def test_wild_type_reads_are_counted_on_the_exons_that_they_touch() -> None:
    """Whole transcripts touch the exons before the usual acceptor and those from it on."""
    _, qc = look(long_reads(bases("NUTM1"), 30, 0.02, lengths=(4109, 4109)))
    assert (qc.nutm1_upstream_fragments, qc.nutm1_downstream_fragments) == (30, 30)
    _, qc = look(long_reads(starting_at("NUTM1", 4), 30, 0.02))
    assert (qc.nutm1_upstream_fragments, qc.nutm1_downstream_fragments) == (0, 30)


@pytest.mark.parametrize("share", [0.01, 0.03])
def test_partner_that_the_panel_lacks_is_shown(share: float) -> None:
    """Errors are voted out of its sequence, insertions and deletions too."""
    partner = random_bases(2500, 1)
    template = Template(partner, starting_at("NUTM1", 3))
    junctions, _ = look(long_reads(template.text, 12, share, over=template.joint))
    assert [names(found) for found in junctions] == [(None, "NUTM1")]
    assert sides(junctions[0])[1] == residues(("BRD4", 11), ("NUTM1", 3))[1]
    assert count(junctions[0]) == (12, 0)
    sequence = junctions[0].consensus_sequence
    offset = junctions[0].consensus_junction_offset
    assert sequence is not None
    assert offset is not None
    assert offset >= 140
    assert sequence[5:offset] in partner  # few reads reach as far as its first bases


def test_intron_that_was_kept_is_no_partner() -> None:
    """Reads of unspliced NUTM1, some of them starting inside the intron."""
    text, edge = bases("NUTM1"), exon_end("NUTM1", 4)
    intron = "GTAAGT" + random_bases(900, 8) + "TTTTCTTTCTTTCTTTCAG"
    junctions, qc = look(long_reads(text[:edge] + intron + text[edge:], 30, 0.03, seed=5))
    assert junctions == ()
    assert qc.nutm1_fragments == 30


def test_something_between_two_genes_is_not_left_out() -> None:
    """60 bases that neither gene has: the partner is what lies next to NUTM1."""
    template = Template(up_to("BRD4", 11) + random_bases(60, 4), starting_at("NUTM1", 3))
    junctions, _ = look(long_reads(template.text, 12, 0.01, over=template.joint))
    assert [names(found) for found in junctions] == [(None, "NUTM1")]


@pytest.mark.parametrize("share", [0.1, 0.2])
def test_reads_of_a_paralogue_show_nothing(share: float) -> None:
    junctions, qc = look(long_reads(mutated(bases("NUTM1"), share), 50, 0.03))
    assert junctions == ()
    assert qc.unassigned == ()


def test_copies_of_one_molecule_count_once() -> None:
    """Without a UMI by both ends of the whole read, though only the middle is shown."""
    reads = long_reads(FUSION.text, 5, 0.0, over=FUSION.joint, lengths=(1000, 2000))
    copies = [Fragment(f"{r.name}c{i}", r.mate_1) for r in reads for i in range(3)]
    junctions, _ = look([*reads, *copies])
    found = junctions[0]
    assert (found.split_reads, found.split_reads_raw, found.distinct_starts) == (5, 20, 5)


def test_umi_tells_long_molecules_apart() -> None:
    read = long_reads(FUSION.text, 1, 0.0, over=FUSION.joint)[0].mate_1
    umis = ["ACGTACGTAC", "GGATCCTTAA", "TTGACCAATG"]
    reads = [Fragment(f"{umi}{i}", read, None, umi) for umi in umis for i in range(2)]
    junctions, _ = look(reads)
    assert (junctions[0].split_reads, junctions[0].split_reads_raw) == (3, 6)


def test_long_and_short_reads_of_one_joint_are_one_junction() -> None:
    """A nanopore library holds both."""
    junctions, _ = look([*tiled(FUSION), *long_reads(FUSION.text, 6, 0.02, over=FUSION.joint)])
    assert len(junctions) == 1
    assert junctions[0].split_reads == 14


def test_order_of_long_reads_does_not_matter() -> None:
    reads = long_reads(
        Template(random_bases(2500, 1), starting_at("NUTM1", 3)).text, 12, 0.03, over=2500
    )
    first, _ = look(reads)
    second, _ = look(reads[::-1])
    assert first == second


def test_long_reads_in_an_alignment_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    reads = long_reads(FUSION.text, 12, 0.03, over=FUSION.joint)
    folder = tmp_path_factory.mktemp("long")
    junctions, _ = look(reads)
    for index in (False, True):
        path = write(folder / f"{index}.bam", records_of(reads, NUTM1_AT), index=index)
        assert look_at_alignments(path).junctions == junctions


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.02, 0.05]), st.booleans())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_laying_a_read_gives_its_bases_back(seed: int, share: float, free: bool) -> None:
    """Fewest differences are never more than the errors put in."""
    rng = random.Random(seed)
    columns = random_bases(rng.randint(20, 120), seed)
    read = with_errors(columns, share, rng)
    cost, row, between = laid_on(codes(read), codes(columns), free_end=free)
    if share == 0.0:
        assert cost == 0
        assert (row == codes(columns)).all()
    shown = row != ABSENT
    # every base of the read is at a column or between two, and what differs is paid for
    assert shown.sum() <= len(read)
    assert (between != ABSENT).sum() <= len(read) - shown.sum()
    other = (row != codes(columns))[shown].sum()
    missing = 0 if free else (~shown).sum()
    assert cost >= other + len(read) - shown.sum()
    assert cost == other + missing + len(read) - shown.sum() or free
