"""``nutfusion name``: a table to read, JSON lines to compute with, one line for a mistake."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from nutfusion.annotation.exon_names_text import DECIDES_NOTHING
from nutfusion.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["name", *arguments])


def test_the_table_gives_coordinates_frame_and_the_tag_of_a_numbering() -> None:
    done = run("BRD4 exon 15 NUT exon 2")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "BRD4 exon 15 NUT exon 2: 6 candidates"
    (perth,) = [line for line in lines if line.startswith("  2  ")]
    assert "BRD4 exon 15 (Perth group, inferred)" in perth
    assert "chr19:15242900(-) :: chr15:34347969(+)" in perth
    assert "15353711 :: 34640170" in perth
    assert perth.endswith("in-frame")
    assert lines[-1] == DECIDES_NOTHING


def test_a_position_without_lift_is_no_number() -> None:
    # Exon 2 of ENST00000333756.5 starts where MANE Select has no exon, so no lift is shipped.
    assert "15364963 :: -" in run("BRD4 exon 11 NUT exon 2").stdout


def test_words_need_no_quotes() -> None:
    quoted = run("BRD4 exon 11 NUT exon 2").stdout
    assert run("BRD4", "exon", "11", "NUT", "exon", "2").stdout == quoted


def test_json_gives_the_text_then_a_line_per_fusion() -> None:
    done = run("--json", "BRD4 exon 11::NUTM1 exon 2; NSD3::NUTM1")
    head, *fusions = map(json.loads, done.stdout.splitlines())
    assert (head["panel"], head["remarks"]) == ("starter", [])
    assert [fusion["written"] for fusion in fusions] == [
        "BRD4 exon 11::NUTM1 exon 2",
        "NSD3::NUTM1",
    ]
    assert fusions[0]["candidates"][0]["five_prime"]["end"]["position"] == 15254152
    assert fusions[0]["candidates"][0]["reading_frame"] == "in-frame"


def test_a_text_without_a_fusion_is_no_mistake() -> None:
    done = run("nothing of the kind")
    assert done.exit_code == 0
    assert "no_fusion_named" in done.stdout
    assert DECIDES_NOTHING not in done.stdout


@pytest.mark.parametrize("arguments", [(), ("",), (" \n",)])
def test_an_empty_text_is_a_mistake(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("nutfusion: error: expected the words of a report")
