"""What leaves NUTM1 and is no fusion is listed with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.builders import starter_panel
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    exon_end,
    exon_start,
    look,
    mane,
    mutated,
    only,
    random_bases,
    reverse_complement,
    single,
    starting_at,
    tiled,
    up_to,
)

from nutfusion.model.panel import Decoy
from nutfusion.reads.clipped import ALTERNATIVE_START
from nutfusion.reads.doubt import INTRON_END
from nutfusion.reads.placement import ADAPTERS
from nutfusion.reads.quality import CLUSTERS_LISTED

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel

# An intron as textbooks draw it: GT, a branch, pyrimidines, AG.
INTRON = "GTAAGT" + random_bases(400, 8) + "TTTTCTCTTTCCTTTTTCCCCTTGCAG"


def leaving(template: Template, number: int = 6, label: str = "d") -> list[Fragment]:
    """Single reads with NUTM1 on the left, three bases apart."""
    return [single(f"{label}{i}", template, 55 - 3 * i, 75) for i in range(number)]


def doubts(fragments: list[Fragment], panel: Panel | None = None) -> list[tuple[str, int, int]]:
    """Reason, residue and fragments of every cluster that is no fusion; nothing is reported."""
    junctions, qc = look(fragments, panel)
    assert junctions == ()
    return [(c.reason, c.position, c.fragments) for c in qc.unassigned]


def acceptor(exon: int) -> int:
    found = mane("NUTM1").genomic_position(exon_start("NUTM1", exon) + 1)
    assert found is not None
    return found


def donor(exon: int) -> int:
    found = mane("NUTM1").genomic_position(exon_end("NUTM1", exon))
    assert found is not None
    return found


@pytest.mark.parametrize("exon", [2, 3, 5, 7])
def test_an_exon_followed_by_gt_is_followed_by_its_intron(exon: int) -> None:
    # Unspliced RNA, or DNA in the RNA.
    assert doubts(leaving(Template(up_to("NUTM1", exon), INTRON))) == [
        ("nutm1_intron", donor(exon), 6)
    ]


@pytest.mark.parametrize("exon", [3, 4, 8])
def test_both_ends_of_an_intron_are_doubted(exon: int) -> None:
    fragments = leaving(Template(up_to("NUTM1", exon - 1), INTRON), 6)
    fragments += tiled(Template(INTRON, starting_at("NUTM1", exon)), 8, 75)
    assert doubts(fragments) == [
        ("nutm1_intron", acceptor(exon), 8),
        ("nutm1_intron", donor(exon - 1), 6),
    ]


def test_the_end_of_an_intron_alone_is_reported_with_a_hint() -> None:
    # A partner's exon may end so too: one end is no proof.
    found = only(tiled(Template(INTRON, starting_at("NUTM1", 3)), 8, 75))
    assert found.partner_hint == INTRON_END
    assert found.five_prime_gene is None


@pytest.mark.parametrize(
    ("end", "hint"),
    [
        pytest.param("TTTTCTCTTTCCTTTTTCCCCTTGCAG", INTRON_END, id="a tract and AG"),
        pytest.param("TTTTCTCTTTCCTTTTTCCCCTTGCTG", None, id="a tract without AG"),
        pytest.param("GAGAGGATCAGGAGAACTTGAAGGCAG", None, id="AG without a tract, as an exon"),
    ],
)
def test_the_hint_needs_a_tract_and_ag(end: str, hint: str | None) -> None:
    template = Template(random_bases(300, 3) + end, starting_at("NUTM1", 3))
    assert only(tiled(template, 8, 75)).partner_hint == hint


def test_a_true_partner_beside_unspliced_rna_is_still_reported() -> None:
    # Of several clusters at one exon only the likest intron is doubted.
    partner = random_bases(300, 5) + "GAGAGGATCAGGAGAACTTGAAGACAG"
    fragments = leaving(Template(up_to("NUTM1", 2), INTRON), 6)
    fragments += tiled(Template(INTRON, starting_at("NUTM1", 3)), 6, 75, "i")
    fragments += tiled(Template(partner, starting_at("NUTM1", 3)), 8, 75, "p")
    junctions, qc = look(fragments)
    assert [found.split_reads for found in junctions] == [8]
    assert sorted(c.reason for c in qc.unassigned) == ["nutm1_intron", "nutm1_intron"]


def test_many_more_ends_than_beginnings_are_not_an_intron() -> None:
    fragments = leaving(Template(up_to("NUTM1", 2), INTRON), 2)
    fragments += tiled(Template(INTRON, starting_at("NUTM1", 3)), 12, 75)
    junctions, _ = look(fragments)
    assert [(found.split_reads, found.partner_hint) for found in junctions] == [(12, INTRON_END)]


@pytest.mark.parametrize("tail", ["A" * 60, "A" * 30 + "G" + "A" * 29])
def test_a_tail_of_one_base_is_no_partner(tail: str) -> None:
    # polyadenylation inside the gene, or priming there
    assert doubts(leaving(Template(up_to("NUTM1", 5), tail))) == [("low_complexity", donor(5), 6)]


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_adapter_is_no_partner(adapter: str) -> None:
    # Mate 2 was read badly, so that the overhang does not show.
    template = Template(up_to("NUTM1", 5), adapter + random_bases(60, 2))
    fragments = [
        Fragment(f.name, f.mate_1, random_bases(40, i)) for i, f in enumerate(leaving(template))
    ]
    assert doubts(fragments) == [("adapter", donor(5), 6)]


def test_an_exon_that_the_panel_lacks_shows_on_both_sides_and_is_no_partner() -> None:
    extra = "CCAGAA" + random_bases(48, 4) + "GACTTG"
    text = up_to("NUTM1", 3) + extra + starting_at("NUTM1", 4)
    at = exon_end("NUTM1", 3)
    fragments = [Fragment(f"a{i}", text[at - 45 + 3 * i : at + 30 + 3 * i]) for i in range(6)]
    end = at + len(extra)
    fragments += [Fragment(f"b{i}", text[end - 45 + 3 * i : end + 30 + 3 * i]) for i in range(6)]
    assert {reason for reason, _, _ in doubts(fragments)} == {"nutm1_isoform"}


def test_skipped_exons_are_no_clusters_at_all() -> None:
    skipped = Template(up_to("NUTM1", 3), starting_at("NUTM1", 6))
    assert doubts(tiled(skipped, 8, 75)) == []


@pytest.mark.parametrize("length", [77, ALTERNATIVE_START, ALTERNATIVE_START + 10])
def test_a_short_first_exon_before_exon_2_is_nutm1_s_own(length: int) -> None:
    # ENST00000333756.4 begins 77 bases before exon 2.
    template = Template(random_bases(length - 6, 5) + "GACTTG", starting_at("NUTM1", 2))
    fragments = [single(f"r{i}", template, length - 9 * i, 150) for i in range(6)]
    junctions, qc = look(fragments)
    if length <= ALTERNATIVE_START:
        assert junctions == ()
        assert [c.reason for c in qc.unassigned] == ["nutm1_alternative_start"]
    else:
        assert [found.split_reads for found in junctions] == [6]


def inside_an_exon() -> Template:
    """A stranger joined to base 801 of NUTM1, in exon 3; its last base does not fit NUTM1."""
    nutm1 = bases("NUTM1")
    return Template(random_bases(299, 6) + reverse_complement(nutm1[799]), nutm1[800:])


def test_a_place_inside_an_exon_is_no_joint_with_something_unknown() -> None:
    # Broken cDNA, or a retro-copy: partners join at exon edges.
    template = inside_an_exon()
    assert doubts(tiled(template, 6, 75)) == [
        ("not_at_exon_edge", mane("NUTM1").genomic_position(801), 6)
    ]


@pytest.mark.parametrize("share", [0.1, 0.14])
def test_a_nutm1_part_that_is_often_different_is_a_paralogue_s(share: float) -> None:
    # NUTM2 is alike to NUTM1; the starter has no NUTM2 sequence.
    template = Template(random_bases(300, 6), mutated(starting_at("NUTM1", 3), share))
    assert {reason for reason, _, _ in doubts(tiled(template, 12, 100))} <= {"paralogue"}


def test_sequence_that_still_resembles_nutm1_is_a_paralogue_s() -> None:
    alike = mutated(bases("NUTM1")[:482], 0.25)
    template = Template(alike, starting_at("NUTM1", 3))
    fragments = [single(f"r{i}", template, 30 + 5 * i, 100) for i in range(8)]
    assert {reason for reason, _, _ in doubts(fragments)} <= {"paralogue"}


def with_decoy(gene: str, sequence: str) -> Panel:
    return replace(starter_panel(), decoys=(Decoy("made-up", gene, sequence),))


def test_decoys_explain_what_they_hold() -> None:
    partner = random_bases(400, 7)
    fragments = tiled(Template(partner, starting_at("NUTM1", 3)), 10, 100)
    assert len(look(fragments)[0]) == 1
    assert {r for r, *_ in doubts(fragments, with_decoy("NUTM2F", partner))} <= {"paralogue"}
    assert {r for r, *_ in doubts(fragments, with_decoy("NUTM1", partner))} <= {"nutm1_intron"}


def test_clusters_of_fewer_than_three_are_not_listed() -> None:
    template = inside_an_exon()
    assert doubts(tiled(template, 2, 75)) == []
    assert len(doubts(tiled(template, 3, 75))) == 1


def test_a_listed_cluster_shows_its_sequence() -> None:
    template = inside_an_exon()
    _, qc = look(tiled(template, 6, 75))
    (cluster,) = qc.unassigned
    assert cluster.contig == "chr15"
    assert cluster.sequence is not None
    assert len(cluster.sequence) >= 30
    assert template.five.endswith(cluster.sequence)


def test_at_most_twenty_clusters_are_listed_most_fragments_first() -> None:
    fragments = []
    for i in range(CLUSTERS_LISTED + 3):
        template = Template(random_bases(300, 50 + i), bases("NUTM1")[600 + 20 * i :])
        fragments += tiled(template, 3 + i % 4, 75, f"c{i}.")
    found = doubts(fragments)
    assert len(found) == CLUSTERS_LISTED
    assert [n for _, _, n in found] == sorted((n for _, _, n in found), reverse=True)
