"""Structural-variant VCF files: mates, ranges, homology, counts, what each caller does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3
from tests.callers.sv_files import read_sv, record

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from pathlib import Path

CALLERS = ("manta", "dragen_sv", "delly", "gridss", "svaba")
AT_NUTM1 = ("chr15", 34_347_000, "a", "[chr19:15249000[N")
AT_BRD4 = ("chr19", 15_249_000, "b", "[chr15:34347000[N")


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("turned", [False, True])
def test_two_records_of_one_joint_are_one_finding(
    tmp_path: Path, caller: str, turned: bool
) -> None:
    lines = [
        record(*AT_NUTM1, "SVTYPE=BND;MATEID=b"),
        record(*AT_BRD4, "SVTYPE=BND;MATEID=a"),
    ]
    result = read_sv(tmp_path, caller, *(reversed(lines) if turned else lines))
    (fusion,) = result.fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert fusion.rows == 2
    assert (result.file.rows, result.file.nutm1_rows, result.file.panel_rows) == (2, 2, 2)
    assert fusion.fusion_detection is FusionDetection.INFERRED


@pytest.mark.parametrize("caller", CALLERS)
def test_records_without_ids_are_joined_by_their_places(tmp_path: Path, caller: str) -> None:
    # tools that merge or annotate drop ID and MATEID
    result = read_sv(
        tmp_path,
        caller,
        record("chr15", 34_347_000, ".", AT_NUTM1[3], "SVTYPE=BND"),
        record("chr19", 15_249_000, ".", AT_BRD4[3], "SVTYPE=BND"),
    )
    assert [fusion.rows for fusion in result.fusions] == [2]


def test_a_mate_that_is_filtered_away_leaves_a_whole_finding(tmp_path: Path) -> None:
    result = read_sv(tmp_path, "manta", record(*AT_BRD4, "SVTYPE=BND;MATEID=a"))
    (fusion,) = result.fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert (fusion.rows, fusion.problems[0]) == (1, "mate_missing")


def test_mates_that_contradict_each_other_are_two_findings(tmp_path: Path) -> None:
    # the second record claims another orientation: neither is dropped
    result = read_sv(
        tmp_path,
        "manta",
        record(*AT_NUTM1, "SVTYPE=BND;MATEID=b"),
        record("chr19", 15_249_000, "b", "N]chr15:34347000]", "SVTYPE=BND;MATEID=a"),
    )
    assert [fusion.rows for fusion in result.fusions] == [1, 1]
    assert all("mate_missing" in fusion.problems for fusion in result.fusions)


def test_mates_at_both_ends_of_a_homology_are_one_joint(tmp_path: Path) -> None:
    # Manta names the left end on either record; of an inverted joint these are its two ends
    result = read_sv(
        tmp_path,
        "manta",
        record("chr15", 34_347_000, "a", "[chr19:15249005[N", "MATEID=b;CIPOS=0,5;HOMLEN=5"),
        record("chr19", 15_249_000, "b", "[chr15:34347005[N", "MATEID=a;CIPOS=0,5;HOMLEN=5"),
    )
    assert [fusion.rows for fusion in result.fusions] == [2]


def test_an_imprecise_joint_has_ranges_of_both_records(tmp_path: Path) -> None:
    result = read_sv(
        tmp_path,
        "manta",
        record(*AT_NUTM1, "MATEID=b;IMPRECISE;CIPOS=-100,90"),
        record(*AT_BRD4, "MATEID=a;IMPRECISE;CIPOS=-80,70"),
    )
    joint = result.fusions[0].genomic_breakpoint
    assert joint is not None
    assert joint.five_prime is not None
    assert joint.three_prime is not None
    assert joint.five_prime.position_range == (15_248_920, 15_249_070)
    assert joint.three_prime.position_range == (34_346_900, 34_347_090)
    assert joint.five_prime.position is None


@pytest.mark.parametrize("flags", ["", ";INV3", ";INV5", ";INV3;INV5"])
def test_an_inversion_has_two_joints_or_the_one_that_manta_saw(tmp_path: Path, flags: str) -> None:
    # SLC12A6 (minus) and NUTM1 (plus) lie side by side: their fusion is an inversion.
    #   left joint:  POS and END keep lower ones: SLC12A6's 3' part, NUTM1's 5' part
    #   right joint: both keep higher ones: SLC12A6's 5' part, NUTM1's 3' part
    result = read_sv(
        tmp_path, "manta", record("chr15", 34_300_000, "i", "<INV>", f"END=34347000{flags}")
    )
    found = [
        (
            f.five_prime.gene and f.five_prime.gene.symbol,
            f.three_prime.gene and f.three_prime.gene.symbol,
        )
        for f in result.fusions
    ]
    left, right = ("NUTM1", "SLC12A6"), ("SLC12A6", "NUTM1")
    assert found == {";INV3": [left], ";INV5": [right]}.get(flags, [left, right])
    assert result.file.nutm1_rows == 1, "one row, though it tells of two joints"


def test_a_deletion_between_a_neighbour_and_nutm1_is_read_in_order(tmp_path: Path) -> None:
    # plus gene before NUTM1 would read through; EMC7 (minus) gives its end: no transcript of both
    result = read_sv(tmp_path, "manta", record("chr15", 34_090_000, "d", "<DEL>", "END=34347000"))
    (fusion,) = result.fusions
    assert fusion.touches_nutm1
    assert "both_parts_same_end(end=3')" in fusion.problems


def test_a_small_event_inside_a_gene_is_kept_and_no_fusion(tmp_path: Path) -> None:
    result = read_sv(
        tmp_path,
        "manta",
        record("chr19", 15_245_000, "d", "<DUP:TANDEM>", "END=15245200"),
        record("chr19", 15_245_000, "e", "T", "SVTYPE=DEL;END=15245003", "TACG"),
        record("chr1", 1000, "f", "<DEL>", "END=2000"),
    )
    assert result.file.rows == 3
    assert (result.file.nutm1_rows, result.file.panel_rows) == (0, 2)
    assert all("within_one_gene(gene=BRD4)" in fusion.problems for fusion in result.fusions)


@pytest.mark.parametrize(
    ("alt", "genes"),
    [
        # what lies before NUTM1 intron 2 is unknown: NUTM1 is the 3' part
        (".ACGTN", (None, NUTM1)),
        # what lies after it is unknown: NUTM1 is the 5' part
        ("NACGT.", (NUTM1, None)),
    ],
)
def test_a_single_breakend_has_one_side(
    tmp_path: Path, alt: str, genes: tuple[object, object]
) -> None:
    result = read_sv(tmp_path, "gridss", record("chr15", 34_347_000, "x", alt, "SVTYPE=BND;BVF=8"))
    (fusion,) = result.fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == genes
    assert "single_breakend" in fusion.problems
    assert [(f.name, f.value) for f in fusion.fields] == [
        ("FILTER", "PASS"),
        ("SVTYPE", "BND"),
        ("BVF", "8"),
    ]


@pytest.mark.parametrize(
    ("alt", "info", "genes"),
    [
        # 5to5 keeps the higher coordinates of both: BRD4 5' part, NUTM1 3' part
        ("<TRA>", "CHR2=chr15;END=34347000;CT=5to5", (BRD4, NUTM1)),
        # 3to3: the reciprocal
        ("<TRA>", "CHR2=chr15;END=34347000;CT=3to3", (NUTM1, BRD4)),
        # the first end of CT belongs to POS: BRD4 keeps lower, NUTM1 higher ones
        ("<TRA>", "CHR2=chr15;END=34347000;CT=3to5", None),
        # 0.7: END is the mate; 0.8: END is POS + 1 and POS2 the mate. ALT says it all
        ("[chr15:34347000[N", "CHR2=chr15;END=34347000;CT=5to5", (BRD4, NUTM1)),
        ("[chr15:34347000[N", "CHR2=chr15;END=15249001;POS2=34347000;CT=5to5", (BRD4, NUTM1)),
    ],
)
def test_delly_translocations_of_every_age(
    tmp_path: Path, alt: str, info: str, genes: tuple[object, object] | None
) -> None:
    result = read_sv(
        tmp_path, "delly", record("chr19", 15_249_000, "t", alt, f"IMPRECISE;{info};PE=7")
    )
    (fusion,) = result.fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, 7)
    if genes is None:
        assert "both_parts_same_end(end=3')" in fusion.problems
    else:
        assert (fusion.five_prime.gene, fusion.three_prime.gene) == genes


@pytest.mark.parametrize(
    ("ct", "order"), [("3to3", ("NUTM1", "SLC12A6")), ("5to5", ("SLC12A6", "NUTM1"))]
)
def test_a_delly_inversion_is_the_joint_that_its_ct_names(
    tmp_path: Path, ct: str, order: tuple[str, str]
) -> None:
    info = f"CHR2=chr15;END=34347000;CT={ct}"
    result = read_sv(tmp_path, "delly", record("chr15", 34_300_000, "i", "<INV>", info))
    (fusion,) = result.fusions
    assert fusion.five_prime.gene is not None
    assert fusion.three_prime.gene is not None
    assert (fusion.five_prime.gene.symbol, fusion.three_prime.gene.symbol) == order


@pytest.mark.parametrize(
    ("caller", "info", "sample", "expected"),
    [
        # second value of each pair is the variant's
        ("manta", "MATEID=b", {"PR": "40,7", "SR": "50,9"}, (9, 7)),
        ("dragen_sv", "MATEID=b", {"PR": "40,7", "SR": "50,9", "VF": "80,14"}, (9, 7)),
        # imprecise: no SR, which is not zero
        ("manta", "IMPRECISE;MATEID=b", {"PR": "40,7"}, (None, 7)),
        ("delly", "PE=7;SR=9", {"DV": "1", "RV": "2"}, (9, 7)),
        ("gridss", "SR=9;RP=7;VF=20", {"VF": "20"}, (9, 7)),
        ("svaba", "EVDNC=ASDIS", {"AD": "16", "SR": "9", "DR": "7"}, (9, 7)),
    ],
)
def test_counts_are_in_our_sense(
    tmp_path: Path,
    caller: str,
    info: str,
    sample: dict[str, str],
    expected: tuple[int | None, int | None],
) -> None:
    result = read_sv(tmp_path, caller, record(*AT_NUTM1, info, **sample))
    (fusion,) = result.fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == expected


def test_of_several_samples_the_tumour_counts_or_none(tmp_path: Path) -> None:
    # a somatic file of Manta holds normal, then tumour; of a joint germline file nobody knows
    line = record(*AT_NUTM1, "SOMATIC", PR="40,0", SR="50,0") + "\t30,7:20,9"
    (fusion,) = read_sv(tmp_path, "manta", line).fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 7)
    (fusion,) = read_sv(tmp_path, "manta", line.replace("SOMATIC", "SVTYPE=BND")).fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)


@pytest.mark.parametrize(
    ("flags", "order"),
    [
        # RNA_FIRST stands on the record of BRD4
        (("RNA_STRANDED", "RNA_STRANDED;RNA_FIRST"), FusionOrder.STATED),
        # without RNA_STRANDED it is a guess: what stays of the genes tells
        (("SVTYPE=BND;RNA_FIRST", "SVTYPE=BND"), FusionOrder.FROM_STRANDS),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_manta_rna_joints_lie_at_exon_edges(
    tmp_path: Path, flags: tuple[str, str], order: FusionOrder, turned: bool
) -> None:
    # exon 11 of BRD4 and the intron before NUTM1 exon 3 both end AG: the joint slides by two, and
    # Manta writes the left end of each record
    at_nutm1 = f"MATEID=b;CIPOS=0,2;HOMLEN=2;{flags[0]}"
    at_brd4 = f"MATEID=a;CIPOS=0,2;HOMLEN=2;{flags[1]}"
    lines = [
        record("chr15", NUTM1_EXON_3 - 2, "a", f"[chr19:{BRD4_EXON_11 + 2}[N", at_nutm1),
        record("chr19", BRD4_EXON_11, "b", f"[chr15:{NUTM1_EXON_3}[N", at_brd4),
    ]
    result = read_sv(tmp_path, "manta_rna", *(reversed(lines) if turned else lines))
    (fusion,) = result.fusions
    assert fusion.order is order
    assert fusion.fusion_detection is FusionDetection.OBSERVED
    assert fusion.junction is not None
    assert fusion.junction.exact
    assert fusion.junction.five_prime is not None
    assert fusion.junction.three_prime is not None
    assert fusion.junction.five_prime.position == BRD4_EXON_11
    assert fusion.junction.three_prime.position == NUTM1_EXON_3
    assert fusion.genomic_breakpoint is None


def test_a_joint_without_exon_edges_is_put_where_the_5_prime_part_is_shortest(
    tmp_path: Path,
) -> None:
    # BRD4 is on the minus strand: its part is shorter the higher it begins
    result = read_sv(
        tmp_path,
        "manta_rna",
        record(
            "chr19",
            15_254_180,
            "b",
            "[chr15:34348100[N",
            "CIPOS=0,4;HOMLEN=4;RNA_STRANDED;RNA_FIRST",
        ),
    )
    (fusion,) = result.fusions
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    assert fusion.junction.three_prime is not None
    assert fusion.junction.five_prime.position == 15_254_184
    assert fusion.junction.three_prime.position == 34_348_096
    assert "joint_moved_in_homology(bases=4)" in fusion.problems


def test_a_broken_record_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_sv(tmp_path, "manta", record("chr1", 5, "x", "N[chr2:5", "SVTYPE=BND"))
    assert str(caught.value) == (
        f"{tmp_path}/manta.vcf:5: not Manta (DNA) output: expected ALT as a breakend, found"
        " 'N[chr2:5'"
    )


@pytest.mark.parametrize(
    ("caller", "line"),
    [
        ("manta", record("chr1", 5, "x", "N[chr2:5", "SVTYPE=BND")),
        ("delly", record("chr1", 5, "x", "<TRA>", "CHR2=chr2;END=9;CT=NtoN")),
        ("delly", record("chr1", 5, "x", "<TRA>", "END=9;CT=3to5")),
        ("gridss", record("chr1", 5, "x", "N[chr2:5[", "CIPOS=2;HOMLEN=2")),
        ("svaba", record("chr1", 5, "x", "N[chr2:5[", "EVDNC=ASSMB", SR="many")),
        ("dragen_sv", record("chr1", 5, "x", "<DEL>", "SVTYPE=DEL")),
        ("manta", record("chr1", 5, "x", "N[chr2:5[", "SVTYPE=BND", PR="3")),
    ],
)
def test_a_value_that_the_caller_does_not_document_is_an_error(
    tmp_path: Path, caller: str, line: str
) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_sv(tmp_path, caller, line)
    assert caught.value.line is not None


def test_a_broken_record_that_names_nutm1_is_a_finding(tmp_path: Path) -> None:
    # SnpEff names the gene in ANN; the record itself is cut
    line = record("chr15", 34_347_000, "x", "[chr19:15249000", "ANN=x|NUTM1|y")
    (fusion,) = read_sv(tmp_path, "gridss", line).fusions
    assert not fusion.is_readable
    assert fusion.touches_nutm1


def test_without_an_assembly_the_silence_of_a_file_is_said(tmp_path: Path) -> None:
    result = read_sv(tmp_path, "delly", record("chr1", 5, "x", "<DEL>", "END=900;CT=3to5"), meta=())
    assert result.file.notes == ("positions_without_assembly",)
    assert result.file.assembly is None


def test_two_panel_genes_show_the_assembly(tmp_path: Path) -> None:
    # BRD4 and NUTM1 as on GRCh37; on GRCh38 neither gene is there
    result = read_sv(
        tmp_path, "delly", record("19", 15_359_811, "x", "[15:34639201[N", "PE=3"), meta=()
    )
    assert (result.file.assembly, result.file.assembly_source) == ("GRCh37", "coordinates")
    assert result.file.nutm1_rows == 1


def test_sample_names_and_free_text_are_not_kept(tmp_path: Path) -> None:
    # svaba names samples by path; FILTER may be anything in a file that was edited
    line = record(*AT_NUTM1, "EVDNC=ASDIS of a person;READNAMES=r1,r2").replace("PASS", "Jane Doe")
    (fusion,) = read_sv(tmp_path, "svaba", line).fusions
    assert fusion.fields == ()
