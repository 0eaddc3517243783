"""Every format on the hostile corpus: nothing of it becomes structure, and nothing is lost.

A format is read as its readers read it (``READERS``). What it is made of must be the same for a
hostile text as for a harmless one as long; what it claims to carry (``CARRIES``) must come back.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import openpyxl
import pyarrow.parquet as pq
import pytest
from lxml import etree
from tests.hostile import FIELDS, PATHS, TEXTS, laden, plain, planted, readable

from nutfusion.errors import InputError
from nutfusion.exports import EXPORTS, export_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Read = tuple[list[Any], list[str]]
"""What a file is made of, and its texts."""

CARRIES: Final[Mapping[str, set[str]]] = {
    "tables": set(FIELDS) - {"detail", "title_fr"},
    "vcf": {"gene", "name"},
    "vicc": {"gene", "name"},
    "cbioportal": {"gene", "name", "synonym"},
    "osiris": {"gene"},
    "multiqc": {"name"},
    "crgm_text": {"disease", "gene", "name", "synonym", "title_fr", "panel"},
    "fhir": {"gene", "name", "synonym", "title_fr", "panel"},
    "cda": {"gene", "name", "synonym", "title_fr", "panel"},
    "rocrate": set(FIELDS),
}
"""Places of the corpus that each format claims to carry; docs/exports.md names what it does not."""


def of_json(text: bytes) -> Read:
    shape: list[Any] = []
    texts: list[str] = []

    def walk(value: Any, where: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{where}/{key}")
        elif isinstance(value, list):
            shape.append((where, len(value)))
            for inner in value:
                walk(inner, where)
        else:
            shape.append((where, type(value).__name__))
            texts.append(str(value))

    walk(json.loads(text), "")
    return shape, texts


def of_cells(rows: list[list[Any]]) -> Read:
    """Rows of equal length; no cell is a formula to a spreadsheet."""
    for row in rows:
        for cell in row:
            harmless = cell in ("+", "-") or re.fullmatch(r"-?\d+(\.\d+)?", str(cell))
            assert harmless or not str(cell).lstrip().startswith(tuple("=+-@\uff1d")), cell
    return [len(row) for row in rows], [str(cell).removeprefix("'") for row in rows for cell in row]


def of_text(text: str) -> Read:
    lines = text.split("\n")
    assert text.splitlines() == lines[:-1], "a line end of another kind"
    return [len(lines)], lines


def of_xml(text: bytes) -> Read:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(text, parser)
    nodes = list(root.iter())
    texts = ["".join(node.itertext()) for node in nodes if not len(node)]
    return [(node.tag, sorted(node.attrib)) for node in nodes], texts


def of_vcf(text: str) -> Read:
    shape, texts = [], []
    for line in text.splitlines():
        if line.startswith("#"):
            shape.append(line.split("=")[0])
            continue
        cells = line.split("\t")
        keys = [pair.partition("=") for pair in cells[7].split(";")]
        shape.append(f"{len(cells)} {[key for key, _, _ in keys]}")
        texts += [unquote(value) for _, _, value in keys]
    return shape, texts


def of_parquet(content: bytes) -> Read:
    table = pq.read_table(io.BytesIO(content))
    found = [value for column in table.to_pydict().values() for value in column]
    flat = [t for value in found for t in (value if isinstance(value, list) else [value])]
    return [table.schema.names, table.num_rows], [str(value) for value in flat]


def of_xlsx(content: bytes) -> Read:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    return of_cells([["" if c.value is None else c.value for c in cells]])


def of_csv(text: str) -> Read:
    return of_cells(list(csv.reader(io.StringIO(text))))


def of_tsv(text: str) -> Read:
    return of_cells([line.split("\t") for line in text.split("\n")[:-1]])


def of_multiqc(content: bytes) -> Read:
    """MultiQC writes texts into its page as they are."""
    shape, texts = of_json(content)
    assert not any("<" in text for text in texts)
    return shape, [html.unescape(text) for text in texts]


READERS: Final[tuple[tuple[str, Callable[[bytes], Read]], ...]] = (
    ("_mqc.json", of_multiqc),
    (".json", of_json),
    (".tsv", lambda content: of_tsv(content.decode())),
    ("data_sv.txt", lambda content: of_tsv(content.decode())),
    (".csv", lambda content: of_csv(content.decode())),
    (".parquet", of_parquet),
    (".xlsx", of_xlsx),
    (".xml", of_xml),
    (".vcf", lambda content: of_vcf(content.decode())),
    (".txt", lambda content: of_text(content.decode())),
)
"""By the end of a name; the first that fits."""


def readers(files: Mapping[str, bytes]) -> Iterator[tuple[str, Read]]:
    for path, content in files.items():
        reader = next(found for ending, found in READERS if path.endswith(ending))
        yield path, reader(content)


@pytest.mark.parametrize("name", list(EXPORTS))
@pytest.mark.parametrize("kind", list(TEXTS))
def test_no_text_becomes_structure_and_what_is_carried_comes_back(name: str, kind: str) -> None:
    text = TEXTS[kind]
    files = export_files([laden(text)], [name])
    harmless = export_files([laden(plain(text))], [name])
    assert list(files) == list(harmless)
    shapes, texts = {}, []
    for path, (shape, found) in readers(files):
        shapes[path] = shape
        texts += [readable(one) for one in found]
    assert shapes == {path: shape for path, (shape, _) in readers(harmless)}
    found_fields = {
        field for field in FIELDS if any(readable(planted(field, text)) in one for one in texts)
    }
    assert found_fields == CARRIES[name]


@pytest.mark.parametrize("sample", PATHS)
def test_a_pseudonym_that_would_be_a_path_is_refused(sample: str) -> None:
    """A dossier need not come from our own sheet, whose pseudonyms are looked at."""
    dossier = laden("x")
    odd = dossier.model_copy(update={"sample": dossier.sample.model_copy(update={"id": sample})})
    with pytest.raises(InputError, match="expected a pseudonym of letters, digits"):
        export_files([odd], ["tables"])
