"""Faults of other programs' files."""

from __future__ import annotations

import gzip
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.faults.place import CALLER, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_REPORT: Final = Path(__file__).parent.parent / "callers/golden/foundation.heme_GRCh37.xml"


def _with_doctype(entities: str) -> str:
    """A good report that declares entities and uses the one called ``last``."""
    declaration, _, body = _REPORT.read_text().partition("?>")
    assert ">" in body
    return f"{declaration}?><!DOCTYPE x [{entities}]>{body.replace('>', '>&last;', 1)}"


_NAMES: Final = "abcdefghi"
_LAUGHS: Final = (
    '<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(_NAMES))
    + f'<!ENTITY last "&{_NAMES[-1]};">'
)
_OUTWARDS: Final = '<!ENTITY last SYSTEM "file:///etc/passwd">'
_JSON: Final = '{"report_id": 1, "rna_fusions": %s}'


def _given(content: str | bytes, name: str = "fusions.tsv") -> Callable[[Place], list[str]]:
    return lambda place: place.assess(place.file(name, content))


def _as(name: str, content: str | bytes) -> Callable[[Place], list[str]]:
    return lambda place: place.assess("--caller", f"{name}={place.file('report', content)}")


def _pipe(place: Place) -> list[str]:
    path = place.root / "fusions.tsv"
    os.mkfifo(path)
    return place.assess(path)


def _missing(place: Place) -> list[str]:
    return place.assess(place.root / "fusions.tsv")


def _twice(place: Place) -> list[str]:
    return place.assess(place.file("a.tsv", CALLER), place.file("b.tsv", CALLER))


def _folder(place: Place) -> list[str]:
    folder = place.root / "results"
    folder.mkdir()
    return place.assess(folder)


def _with_reads(content: bytes) -> Callable[[Place], list[str]]:
    """Beside good reads: the dossier would say that the program was silent."""

    def do(place: Place) -> list[str]:
        return [*place.good(), str(place.file("fusions.tsv", content))]

    return do


FAULTS: Final[Mapping[str, Fault]] = {
    "caller_file_is_empty": Fault(
        "The caller died before it wrote its header: no fusion is not what that means.",
        _with_reads(b""),
        ("fusions.tsv", "found an empty file", "run it again or leave the file out"),
    ),
    "caller_gzip_is_cut": Fault(
        "The compressed table was not copied to its end.",
        _given(gzip.compress(CALLER.encode() * 50)[:-30]),
        ("fusions.tsv", "cut short or damaged"),
    ),
    "caller_file_is_binary": Fault(
        "A spreadsheet's own format was given.",
        _given(b"PK\x03\x04\0\0\0\0"),
        ("fusions.tsv", "binary file"),
    ),
    "caller_file_is_unknown": Fault(
        "A table of gene expression was given.",
        _given("gene\ttpm\nNUTM1\t3.1\n"),
        ("fusions.tsv", "fits none of"),
    ),
    "caller_file_is_another_programs": Fault(
        "The wrong name stands before the file.",
        _as("star_fusion", CALLER),
        ("report", "it fits arriba"),
    ),
    "caller_file_is_a_pointer": Fault(
        "Git LFS left a pointer in the file's place.",
        _given("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"),
        ("fusions.tsv", "git lfs pull"),
    ),
    "caller_bomb_of_blank_lines": Fault(
        "A hundred kilobytes that unpack to a hundred megabytes of blank lines.",
        _given(gzip.compress(CALLER.encode() + b"\n" * (100 << 20), compresslevel=6)),
        ("fusions.tsv", "bytes of gzip"),
    ),
    "xml_billion_laughs": Fault(
        "Entities that grow ten times, nine times over.",
        _as("foundation", _with_doctype(_LAUGHS)),
        ("report", "document type"),
    ),
    "xml_entity_of_a_local_file": Fault(
        "An entity that would read a file of this machine.",
        _as("foundation", _with_doctype(_OUTWARDS)),
        ("report", "document type"),
    ),
    "json_nested_without_end": Fault(
        "A JSON file of a hundred thousand brackets.",
        _as("archer_json", "[" * 100_000),
        ("report", "expected"),
    ),
    "json_number_of_many_digits": Fault(
        "A count of ten thousand digits.",
        _as("ccat_json", _JSON % ("9" * 10_000)),
        ("report", "expected"),
    ),
    "caller_file_is_a_pipe": Fault(
        "A pipe was given: its head, read to find the format, would be lost.",
        _pipe,
        ("fusions.tsv", "pipe", "save"),
    ),
    "caller_file_is_not_there": Fault(
        "The file was moved.", _missing, ("fusions.tsv", "found none of that name")
    ),
    "caller_file_twice": Fault(
        "One table was given under two names: it would count as two sources.",
        _twice,
        ("b.tsv", "a.tsv", "expected every file once"),
    ),
    "caller_folder_without_name": Fault(
        "A folder was given, and nothing says of what program.", _folder, ("results", "--caller")
    ),
    "caller_breakpoint_is_not_finite": Fault(
        "A script wrote NaN and inf where a count of reads belongs.",
        _given(
            CALLER.replace("\t7\t9\t5\t", "\tinf\t-1e400\tNaN\t")
            .replace("BRD4", "ABC1")
            .replace("NUTM1", "XYZ1")
        ),
        ("fusions.tsv:2", "expected"),
    ),
}
