"""The tables, read by other programs: DuckDB and openpyxl."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pytest
from tests.exports.column_tables import PAGE, current_page
from tests.exports.shapes import leaves, positive, shapes, with_fusion

from nutfusion.exports.columns import DIVIDER, neutral
from nutfusion.exports.fusion_columns import FUSION_COLUMNS
from nutfusion.exports.tables import TABLES, tables
from nutfusion.exports.xlsx import LONGEST_CELL, TOO_LONG, Sheet, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

NAMES = [one.name for one in TABLES]

COUNTED = {"fusions"}
"""Columns whose value is the length of a list."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    for name, content in tables(list(shapes().values())).items():
        (folder / name).write_bytes(content)
    return folder


def rows(path: Path) -> list[dict[str, Any]]:
    """Parquet as DuckDB reads it."""
    found = duckdb.execute("select * from read_parquet(?)", [str(path)])
    assert found.description is not None
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cells(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """A sheet as openpyxl reads it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    names, *found = book[sheet].values
    return [dict(zip(names, row, strict=True)) for row in found]


def tsv(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text("utf-8").split("\n")[:-1]
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def is_in(text: str, known: set[str]) -> bool:
    """A leaf of the document, or two leaves with a blank between them."""
    pairs = (text[:at] for at in range(len(text)) if text[at] == " ")
    return text in known or any(
        first in known and text[len(first) + 1 :] in known for first in pairs
    )


def test_every_dossier_and_every_fusion_has_its_row(written: Path) -> None:
    """A sample in which nothing was found is not missing from the table of dossiers."""
    found = rows(written / "dossiers.parquet")
    assert [row["sample"] for row in found] == [d.sample.id for d in shapes().values()]
    fusions = rows(written / "fusions.parquet")
    assert [(r["sample"], r["fusion_id"]) for r in fusions] == [
        (d.sample.id, f.fusion_id) for d in shapes().values() for f in d.fusions
    ]
    assert any(row["fusions"] == 0 for row in found)


def test_the_canonical_joint_reads_as_everybody_writes_it(written: Path) -> None:
    """BRD4 exon 11 to NUTM1 exon 3: chr19:15254152 minus, chr15:34347969 plus, in frame."""
    row = rows(written / "fusions.parquet")[0]
    assert (row["name"], row["state"]) == ("BRD4::NUTM1", "confirmed_bet")
    assert (row["five_prime_contig"], row["five_prime_position"]) == ("chr19", 15254152)
    assert (row["three_prime_contig"], row["three_prime_position"]) == ("chr15", 34347969)
    assert (row["five_prime_strand"], row["three_prime_strand"]) == ("-", "+")
    assert (row["five_prime_exon"], row["three_prime_exon"]) == (11, 3)
    assert row["reading_frame"] == "in-frame"
    assert row["domains_preserved"] == ["BRD4 BD1", "BRD4 BD2", "BRD4 ET", "NUTM1 AD1/F1c"]
    assert (row["split_reads"], row["discordant_pairs"]) == (8, 3)


@pytest.mark.parametrize("table", NAMES)
def test_tables_hold_nothing_that_the_dossier_lacks(table: str) -> None:
    for dossier in shapes().values():
        known = {str(leaf) for leaf in leaves(dossier.model_dump(mode="json"))}
        cells_of = [item for record in _records(table, dossier) for item in record.items()]
        for name, value in cells_of:
            parts = value if isinstance(value, tuple) else (value,)
            for part in parts:
                if name in COUNTED or part is None or isinstance(part, bool):
                    continue
                assert is_in(str(part), known), (name, part)


def _records(name: str, dossier: Dossier) -> list[dict[str, Any]]:
    (table,) = (one for one in TABLES if one.name == name)
    return [{c.name: c.value(row) for c in table.columns} for row in table.rows(dossier)]


@pytest.mark.parametrize("table", NAMES)
def test_the_three_kinds_of_file_say_the_same(written: Path, table: str) -> None:
    """Empty in TSV and XLSX is null in Parquet, and nothing else is; numbers and lists agree."""
    book = (written / "nutfusion.xlsx").read_bytes()
    triples = zip(
        rows(written / f"{table}.parquet"),
        tsv(written / f"{table}.tsv"),
        cells(book, table),
        strict=True,
    )
    words = {c.name for one in TABLES for c in one.laid_out if c.kind == "word"}
    for typed, text, cell in triples:
        for name, value in typed.items():
            if value is None or value in ([], ""):
                assert (text[name], cell[name]) == ("", None), name
            elif isinstance(value, bool):
                assert (text[name], cell[name]) == (str(value).lower(), value), name
            elif isinstance(value, list):
                assert text[name] == cell[name] == neutral(DIVIDER.join(value)), name
            elif isinstance(value, str):
                shown = value if name in words else neutral(value)
                assert text[name] == cell[name] == shown, name
            else:
                assert (float(text[name]), cell[name]) == (value, value), name


def test_unknown_is_empty_and_never_zero(written: Path) -> None:
    """Break-apart FISH alone: nobody counted a fragment, nobody placed a joint."""
    known = [d.sample.id for n, d in shapes().items() if n == "case inferred"]
    row = next(r for r in rows(written / "fusions.parquet") if [r["sample"]] == known)
    for name in ("split_reads", "discordant_pairs", "five_prime_position", "homology"):
        assert row[name] is None, name
    zero = with_fusion(support=positive().fusions[0].support.model_copy(update={"split_reads": 0}))
    value = next(c for c in FUSION_COLUMNS if c.name == "split_reads")
    assert _records("fusions", zero)[0][value.name] == 0


@pytest.mark.parametrize("sheet", [*NAMES, "columns"])
def test_no_cell_starts_a_formula(written: Path, sheet: str) -> None:
    book = openpyxl.load_workbook(written / "nutfusion.xlsx")
    for row in book[sheet].iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.value
            if isinstance(cell.value, str) and cell.value not in ("+", "-"):
                assert cell.value[0] not in "=+-@\t\r", cell.value
    for line in (written / f"{sheet}.tsv").read_text("utf-8").splitlines():
        for text in line.split("\t"):
            harmless = text in ("+", "-") or re.fullmatch(r"-\d+(\.\d+)?", text)
            assert harmless or not text.startswith(("=", "+", "-", "@", '"')), text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1", "'+33 1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ('"open', "'\"open"),
        ("\uff1d1", "'\uff1d1"),
        ("a\tb\r\nc", "a b c"),
        ("BRD4::NUTM1", "BRD4::NUTM1"),
        ("", ""),
    ],
)
def test_texts_are_made_harmless(text: str, shown: str) -> None:
    assert neutral(text) == shown


def test_a_text_too_long_for_a_cell_says_so_instead_of_being_cut() -> None:
    content = workbook([Sheet("s", [["name"], ["A" * (LONGEST_CELL + 1)], ["A" * LONGEST_CELL]])])
    assert [row["name"] for row in cells(content, "s")] == [TOO_LONG, "A" * LONGEST_CELL]


def test_a_character_that_xml_has_no_place_for_is_replaced() -> None:
    content = workbook([Sheet("s", [["name"], ["a\x00\x0b\ud800b<&>"]])])
    assert cells(content, "s")[0]["name"] == "a\ufffd\ufffd\ufffdb<&>"


def test_the_dictionary_names_every_column(written: Path) -> None:
    found = cells((written / "nutfusion.xlsx").read_bytes(), "columns")
    expected = [(one.name, c.name, c.kind) for one in TABLES for c in one.laid_out]
    assert [(row["table"], row["column"], row["type"]) for row in found] == expected
    assert all(row["meaning"] for row in found)
    assert [(r["table"], r["column"], r["type"]) for r in tsv(written / "columns.tsv")] == expected


def test_the_page_of_columns_is_current() -> None:
    assert PAGE.read_text("utf-8") == current_page(), "run: python -m tests.exports.column_tables"


def test_every_end_of_an_exon_has_its_row(written: Path) -> None:
    found = rows(written / "exon_ends.parquet")
    expected = [
        (d.sample.id, p.gene, e.exon, e.position, e.detection_limit, e.reason)
        for d in shapes().values()
        for p in d.detectability
        for e in p.exon_ends
    ]
    names = ("sample", "gene", "exon", "position", "detection_limit", "reason")
    told = [tuple(row[name] for name in names) for row in found if row["exon"] is not None]
    assert told == expected
    # where BRD4 mostly breaks: the end of exon 11, behind which NUTM1 begins with exon 3
    (end,) = [
        r for r in found
        if (r["sample"], r["gene"], r["exon"]) == ("EX-NEG-04", "BRD4", 11)
    ]  # fmt: skip
    assert (end["position"], end["acceptor_exon"], end["catalogued"]) == (15254152, 3, "verified")
    assert end["wild_type_split_reads"] > 0
    assert 0 < end["detection_limit"] < 1


def test_a_gene_without_exons_in_the_panel_is_not_missing(written: Path) -> None:
    """Nothing is known of its joints, which is not that there are none."""
    partner = shapes()["negative"].detectability[0].model_copy(update={"exon_ends": ()})
    bare = shapes()["negative"].model_copy(update={"detectability": (partner,)})
    (row,) = _records("exon_ends", bare)
    assert (row["gene"], row["exon"], row["detection_limit"]) == (partner.gene, None, None)


def test_no_dossier_at_all_gives_headers() -> None:
    assert [tables([])[f"{name}.tsv"].count(b"\n") for name in NAMES] == [1, 1, 1]
