"""What holds for every format, present and future."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import CALLERS, read_caller_file
from nutfusion.callers import formats as formats_package
from nutfusion.model.reported import FusionOrder, ReportedFusion
from nutfusion.model.terms import Assembly, FusionDetection, Strand

GOLDEN = Path(__file__).parent / "golden"
"""The canonical joint as each program would write it: rows of our own, ``<format>[.variant].ext``.
BRD4 exon 11 :: NUTM1 MANE exon 3, on GRCh38 unless the variant says GRCh37."""
FILES = sorted(file.name for file in GOLDEN.iterdir())


def format_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def the_nutm1_row(name: str) -> ReportedFusion:
    """The one row of a golden file that touches NUTM1."""
    result = read_caller_file(GOLDEN / name, starter_panel())
    assert result.file.caller == format_of(name), "detected as another format"
    found = [fusion for fusion in result.fusions if fusion.touches_nutm1]
    assert len(found) == 1
    return found[0]


def test_every_format_has_the_canonical_joint() -> None:
    assert {format_of(name) for name in FILES} == set(CALLERS)


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_one_identical_joint(name: str) -> None:
    # off by one, swapped partners, strands and contig spelling would each show here
    fusion = the_nutm1_row(name)
    tells = CALLERS[format_of(name)].tells
    genes = (fusion.five_prime.gene, fusion.three_prime.gene)
    assert set(genes) == {BRD4, NUTM1}
    if tells.position == "genomic" and fusion.order is FusionOrder.UNKNOWN:
        # two breaks whose order nobody states: no transcript can be inferred, and it is said
        assert tells.order == "never"
        assert fusion.junction is None
        assert fusion.genomic_breakpoint is not None
        assert "order_not_stated" in fusion.problems
        return
    if tells.position == "none" or fusion.junction is None:
        assert tells.position in ("none", "exon"), fusion.problems
        assert any(problem.startswith(("no_position", "exon_")) for problem in fusion.problems)
        return
    junction = fusion.junction
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    if tells.position == "genomic":
        # DNA broke in introns: the transcript's joint is inferred, and bounded by exon edges
        assert fusion.fusion_detection is FusionDetection.INFERRED
        assert genes == (BRD4, NUTM1)
        assert junction.five_prime.position_range == (BRD4_EXON_11, BRD4_EXON_11)
        low, high = junction.three_prime.position_range or (0, 0)
        assert low <= NUTM1_EXON_3 <= high
        return
    assert genes == (BRD4, NUTM1)
    assert fusion.order is not FusionOrder.UNKNOWN
    assert junction.exact
    five, three = junction.five_prime, junction.three_prime
    assert (five.contig, five.position, five.strand) == ("chr19", BRD4_EXON_11, Strand.MINUS)
    assert (three.contig, three.position, three.strand) == ("chr15", NUTM1_EXON_3, Strand.PLUS)
    assert five.assembly is three.assembly is Assembly.GRCH38


@pytest.mark.parametrize("name", FILES)
def test_what_a_format_cannot_say_is_null(name: str) -> None:
    fusion, tells = the_nutm1_row(name), CALLERS[format_of(name)].tells
    if not tells.split_reads:
        assert fusion.split_reads is None
    if not tells.discordant_pairs:
        assert fusion.discordant_pairs is None
    if not tells.reading_frame:
        assert fusion.reading_frame is None
    if tells.order == "never":
        assert fusion.order is not FusionOrder.STATED


@pytest.mark.parametrize("fmt", CALLERS.values(), ids=lambda fmt: fmt.name)
def test_every_format_says_where_its_mapping_comes_from(fmt: object) -> None:
    module = __import__(fmt.read.__module__, fromlist=["x"])  # type: ignore[attr-defined]
    assert "Source:" in (module.__doc__ or "")
    assert "====" in (module.__doc__ or ""), "no mapping table in the module's docstring"


def test_every_module_of_a_format_is_registered() -> None:
    folder = Path(formats_package.__file__).parent
    modules = {
        file.stem for file in folder.glob("*.py") if re.search(r"\bFORMAT\b", file.read_text())
    }
    used = {fmt.read.__module__.rpartition(".")[2] for fmt in CALLERS.values()}
    assert modules <= used
