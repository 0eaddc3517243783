"""Our own table: strict, and what its documentation says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import read_caller_file
from nutfusion.callers.formats.nutfusion_tsv import COLUMNS
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.callers import CallerResult

DOCS = Path(__file__).parents[2] / "docs" / "generic-tsv.md"
ROW = {
    "five_prime_gene": "BRD4",
    "three_prime_gene": "NUTM1",
    "assembly": "GRCh38",
    "five_prime_contig": "19",
    "five_prime_position": str(BRD4_EXON_11),
    "five_prime_strand": "-",
    "three_prime_contig": "15",
    "three_prime_position": str(NUTM1_EXON_3),
    "three_prime_strand": "+",
    "molecule": "rna",
    "order": "stated",
    "seen": "yes",
}


def read(
    folder: Path,
    *rows: dict[str, str],
    first: str = "#nutfusion-fusions 1",
    columns: tuple[str, ...] = COLUMNS,
) -> CallerResult:
    path = folder / "x.tsv"
    lines = [first, "\t".join(columns), *("\t".join(r.get(c, "") for c in columns) for r in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_caller_file(path, starter_panel())


def test_the_example_of_the_documentation_is_read(tmp_path: Path) -> None:
    example = DOCS.read_text(encoding="utf-8").split("```\n")[1]
    path = tmp_path / "x.tsv"
    path.write_text(example, encoding="utf-8")
    seen, not_seen = read_caller_file(path, starter_panel()).fusions
    assert (seen.five_prime.gene, seen.three_prime.gene) == (BRD4, NUTM1)
    assert (seen.split_reads, seen.discordant_pairs) == (9, 3)
    assert seen.junction is not None
    assert seen.junction.exact
    assert not_seen.says is SourceSays.NOT_SEEN


def test_every_column_is_documented_and_the_example_has_them_in_order() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text.split("```\n")[1].splitlines()[1].split("\t") == list(COLUMNS)
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    (turned,) = read(tmp_path, ROW, columns=tuple(reversed(COLUMNS))).fusions
    (straight,) = read(tmp_path, ROW).fusions
    assert turned.model_copy(update={"sha256": straight.sha256}) == straight


def test_dna_positions_are_breaks(tmp_path: Path) -> None:
    # BRD4 intron 11 and NUTM1 intron 2: strand and order tell that higher coordinates stay of both
    changes = {
        "molecule": "dna",
        "five_prime_position": "15249000",
        "three_prime_position": "34347000",
    }
    (fusion,) = read(tmp_path, ROW | changes).fusions
    assert fusion.fusion_detection is FusionDetection.INFERRED
    assert fusion.junction is not None
    assert fusion.junction.three_prime is not None
    assert fusion.junction.three_prime.position_range == (NUTM1_EXON_3, NUTM1_EXON_3)


def test_an_unknown_order_is_found_by_exon_edges(tmp_path: Path) -> None:
    # the other way round, and strands not known
    turned = ROW | {
        "five_prime_gene": "NUTM1",
        "three_prime_gene": "BRD4",
        "five_prime_contig": "15",
        "three_prime_contig": "19",
        "five_prime_position": str(NUTM1_EXON_3),
        "three_prime_position": str(BRD4_EXON_11),
        "five_prime_strand": "",
        "three_prime_strand": "",
        "order": "unknown",
    }
    (fusion,) = read(tmp_path, turned).fusions
    assert fusion.order is FusionOrder.FROM_EXON_EDGES
    assert fusion.five_prime.gene == BRD4


def test_counts_that_are_not_stated_are_unknown(tmp_path: Path) -> None:
    (fusion,) = read(tmp_path, ROW).fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"molecule": ""}, "expected a value in 'molecule', found none"),
        ({"molecule": "RNA"}, "expected molecule as one of rna, dna, found 'RNA'"),
        ({"order": "maybe"}, "expected order as one of stated, unknown, found 'maybe'"),
        ({"seen": "1"}, "expected seen as one of yes, no, found '1'"),
        (
            {"split_reads": "3.5"},
            "expected split_reads as a whole number of 0 or more, found '3.5'",
        ),
        ({"five_prime_strand": "1"}, "expected five_prime_strand as + or -, found '1'"),
        (
            {"five_prime_position": "0"},
            "expected five_prime_position as a position of 1 or more, found 0",
        ),
        ({"assembly": ""}, "expected assembly beside a position, found none"),
        ({"caller": "by Jane Doe"}, "expected caller as one word, found 'by Jane Doe'"),
        (
            {"reading_frame": "yes"},
            "expected reading_frame as one of in-frame, out-of-frame, stop-codon, found 'yes'",
        ),
    ],
)
def test_what_is_not_documented_is_an_error_with_its_line(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    # a row of NUTM1 stays as an unreadable finding, one of other genes stops the file
    (fusion,) = read(tmp_path, ROW | change).fusions
    assert not fusion.is_readable
    assert fusion.touches_nutm1
    others = {"five_prime_gene": "KMT2A", "three_prime_gene": "MLLT3"}
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, ROW | change | others)
    assert str(caught.value) == f"{tmp_path}/x.tsv:3: not nutfusion's own table output: {message}"


def test_another_version_or_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError, match="found version '2'"):
        read(tmp_path, ROW, first="#nutfusion-fusions 2")
    with pytest.raises(CallerFormatError, match="missing: caller; not known: 'note'"):
        read(tmp_path, ROW, columns=(*COLUMNS[:-1], "note"))
    with pytest.raises(CallerFormatError, match="not known: 'seen'"):
        read(tmp_path, ROW, columns=(*COLUMNS, "seen"))


def test_two_assemblies_in_one_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, ROW, ROW | {"assembly": "GRCh37"})
    assert (caught.value.line, caught.value.code) == (4, "assembly")
