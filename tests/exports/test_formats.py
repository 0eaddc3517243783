"""What holds of every format, present and future."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from pydantic.alias_generators import to_camel
from tests.exports.shapes import renamed, shapes

from nutfusion.dossier import dossier_json
from nutfusion.errors import InputError
from nutfusion.exports import EXPORTS, export_files

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = list(EXPORTS)

COMPUTED = re.compile(
    r"(?:ga4gh:(?:AJ|SL)\.|\"(?:digest|id)\": \")[\w-]{32}(?=\")|SQ\.[\w-]{32}"
    r"|\b[ACGTN]{3,}\b|%[0-9A-F]{2}|(?:urn:uuid:|id root=\")[0-9A-Fa-f-]{36}|\\n"
)
"""Digests, identifiers, sequences and encoded characters."""


@pytest.mark.parametrize("name", FORMATS)
def test_every_shape_of_dossier_can_be_exported_alone(name: str) -> None:
    for dossier in shapes().values():
        files = export_files([dossier], [name])
        assert files
        assert all(isinstance(content, bytes) for content in files.values())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_dossiers_give_the_same_bytes(name: str) -> None:
    found = list(shapes().values())
    assert export_files(found, [name]) == export_files(found, [name])


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_follows_the_dossier(name: str) -> None:
    """Another pseudonym is another file; what does not depend on it stays."""
    one, other = shapes()["positive"], renamed(shapes()["positive"], "OTHER-SAMPLE")
    first, second = export_files([one], [name]), export_files([other], [name])
    assert {path.replace(one.sample.id, "OTHER-SAMPLE") for path in first} == set(second)
    assert first != second


def test_formats_do_not_write_over_each_other() -> None:
    found = list(shapes().values())
    names = [path for name in FORMATS for path in export_files(found, [name])]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", FORMATS)
def test_files_stay_in_the_folder(name: str) -> None:
    for path in export_files(list(shapes().values()), [name]):
        pure = PurePosixPath(path)
        assert not pure.is_absolute()
        assert ".." not in pure.parts


def test_two_dossiers_of_one_sample_are_refused() -> None:
    """Their files would have one name, and one would be lost without a word."""
    one = shapes()["positive"]
    with pytest.raises(InputError, match="expected one dossier per sample, found two of 'EX-POS"):
        export_files([one, one], ["tables"])


def test_every_format_has_its_section_in_the_documentation(project: Path) -> None:
    text = (project / "docs" / "exports.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE) == FORMATS
    for name in FORMATS:
        section = text.split(f"\n## `{name}`", 1)[1].split("\n## ", 1)[0]
        assert "Not held:" in section, name


WORD = re.compile(r"[^\W\d_]{3,}")
"""A word of three letters or more; figures are left to the tests of each format."""


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "tables"])
def test_every_word_is_of_the_dossier_or_of_the_format(name: str, project: Path) -> None:
    """Nothing from elsewhere: no clock, no host, no user, no look-up.

    A word of an export stands in the dossier, or in the source of the room (its constant
    vocabulary), in the catalogue of messages or in the titles of programs. What is computed
    (digests, the other strand of a sequence) has tests of its own.
    """
    sources = [*(project / "src" / "nutfusion" / "exports").glob("*.py")]
    sources += [*(project / "src" / "nutfusion" / "exports").glob("templates/*.jinja")]
    sources += [project / "src" / "nutfusion" / "dossier" / "messages.json"]
    sources += [*(project / "src" / "nutfusion" / "callers" / "formats").glob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in sources)
    constant = set(WORD.findall(source))
    constant |= {to_camel(name) for name in re.findall(r"[a-z]+(?:_[a-z]+)+", source)}
    for dossier in shapes().values():
        known = constant | set(WORD.findall(dossier_json(dossier)))
        known |= {word.lower() for word in known}
        for path, content in export_files([dossier], [name]).items():
            text = COMPUTED.sub(" ", html.unescape(content.decode("utf-8")))
            strange = {w for w in WORD.findall(text) if w not in known and w.lower() not in known}
            assert strange == set(), path
