"""``nutfusion assay``: what a laboratory needs to add its own profile without code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from tests.builders import read_qc, sample_annotated, starter_panel
from tests.scoring import assay_page

from nutfusion.cli import main
from nutfusion.model.terms import MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.scoring.assay import assay_schema_text
from nutfusion.shipped import shipped_names, shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SHIPPED = shipped_names("assays", ".yaml")


def assay(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["assay", *map(str, arguments)])


def test_the_page_has_the_tables_of_the_shipped_files() -> None:
    assert assay_page.PAGE.read_text(encoding="utf-8") == assay_page.current_page()


def test_the_committed_schema_is_that_of_the_model_and_fits_the_shipped_files(
    project: Path,
) -> None:
    text = (project / "schemas" / "assay.schema.json").read_text(encoding="utf-8")
    assert text == assay_schema_text()
    schema = json.loads(text)
    for name in SHIPPED:
        jsonschema.validate(as_an_editor_reads(shipped_path(f"assays/{name}.yaml")), schema)
    broken = as_an_editor_reads(shipped_path("assays/rnaseq.yaml")) | {"treshold": 1}
    with pytest.raises(jsonschema.ValidationError, match="treshold"):
        jsonschema.validate(broken, schema)


def as_an_editor_reads(path: Path) -> dict[str, Any]:
    """A YAML file as JSON: dates are text there."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(json.dumps(values, default=str))
    return found


def test_list_names_every_profile_with_its_molecule() -> None:
    lines = [line.split("\t") for line in assay("list").stdout.splitlines()]
    assert [line[0] for line in lines] == list(SHIPPED)
    assert [line[0] for line in lines if line[2] == "dna"] == ["dna-panel"]


def test_show_says_what_is_known_and_by_whom() -> None:
    shown = assay("show", "archer").stdout
    assert "NUTM1: to be stated (unverified: " in shown
    assert "BRD4 exon 11: covered (from the partner covered, from NUTM1 unknown)" in shown
    assert "BRD4 exon 13: unknown (from the partner not covered, from NUTM1 unknown)" in shown
    assert "min_fragments: 500000 (Chosen by us, ADR 0005, after PMID 33537766" in shown
    assert "min_partner_wild_type: not asked" in shown


def test_show_gives_the_file_to_copy() -> None:
    path = shipped_path("assays/archer.yaml")
    assert assay("show", "--file", "archer").stdout == path.read_text(encoding="utf-8")


def test_an_unknown_profile_is_the_users_mistake() -> None:
    done = assay("show", "wes")
    assert done.exit_code == 2
    assert "no assay profile 'wes'; shipped are amplicon, archer" in done.stderr


NUTM1_PRIMERS = """\
    - gene: NUTM1
      interrogated: true
      transcript: NM_175741.2
      exons: [2, 3]
      side: five_prime
      source:
        kind: stated
        reference: Design file of the made-up laboratory 7, version 3
        date: 2026-11-26
"""


def laboratory(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A made-up laboratory's Archer panel, made as docs/assays.md says: a copy, then changes."""
    text = assay("show", "--file", "archer").stdout
    start, end = text.index("    # The laboratory has"), text.index("    - gene: BRD4")
    text = text[:start] + NUTM1_PRIMERS + text[end:]
    start = text.index("  min_partner_wild_type:")
    text = text[:start] + text[start:].replace("value: null", "value: 150", 1)
    for old, new in (("id: archer\n", "id: lab-7\n"), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "lab-7.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_laboratory_adds_its_panel_without_code(tmp_path: Path) -> None:
    path = laboratory(tmp_path)
    checked = assay("check", path)
    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[0] == f"{path}: lab-7 1.0 is a profile of rna"
    # Exon 2 of the legacy transcript is the usual acceptor: any partner is seen from there.
    seen = "BRD4 exon 13: covered (from the partner not covered, from NUTM1 covered)"
    assert seen in checked.stdout
    assert checked.stderr == ""
    sample = score(sample_annotated(qc=read_qc()), load_assay(path), starter_panel())
    assert (sample.assay, sample.molecular_state) == ("lab-7", MolecularState.NOT_DETECTED)
    assert sample.interrogates.partners == "all"
    # Under the file that it was copied from the same sample was no negative.
    copied = score(sample_annotated(qc=read_qc()), load_assay("archer"), starter_panel())
    assert copied.molecular_state is MolecularState.NOT_ASSESSABLE


def test_exons_that_nobody_can_place_are_told(tmp_path: Path) -> None:
    checked = assay("check", laboratory(tmp_path, ("NM_175741.2", "NM_175741.9")))
    assert checked.exit_code == 0
    assert (
        "warning: NUTM1: NM_175741.9 has no known place for 2, 3; joints there stay unknown. Give"
        " the exons of another transcript, for instance of ENST00000537011.6"
    ) in checked.stderr
    assert "BRD4 exon 13: unknown" in checked.stdout


@pytest.mark.parametrize(
    ("change", "line_of", "message"),
    [
        (
            ("exons: [2, 3]", "exons: [3, 2]"),
            "- gene: NUTM1",
            "key interrogates.targets.0: Value error, numbers stand once each, lowest first",
        ),
        (
            ("exons: [2, 3]", "exons: [two]"),
            "exons: [two]",
            "key interrogates.targets.0.exons.0: Input should be a valid integer",
        ),
        (("side: five_prime", "side: 5"), "side: 5", "key interrogates.targets.0.side: "),
        (("  min_anchor:", "  min_anchr:"), "thresholds:", "key thresholds.min_anchor: is missing"),
        (("molecule: rna", "molecule: protein"), "molecule: protein", "key molecule: "),
        (
            ("side: five_prime", "side: five_prime\n      introns: all"),
            None,
            "key file: Value error, introns and upstream_bases of NUTM1 belong to an assay of DNA",
        ),
        (
            ("    en: >-\n      This Archer", "    de: >-\n      This Archer"),
            "  run:",
            "key failed.run.en: is missing",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(
    tmp_path: Path, change: tuple[str, str], line_of: str | None, message: str
) -> None:
    path = laboratory(tmp_path, change)
    done = assay("check", path)
    assert done.exit_code == 2
    line = ""
    if line_of is not None:
        lines = path.read_text(encoding="utf-8").splitlines()
        line = f"{next(n for n, text in enumerate(lines, 1) if line_of in text)}:"
    assert done.stderr.startswith(f"nutfusion: error: {path}:{line} {message}")
