"""Suspected carry-over: a weak sample beside a strong one of its run, stage by stage."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.stories.stories import E11, N3
from tests.stories.telling import bound, codes, run, table

if TYPE_CHECKING:
    from pathlib import Path


TOLD = frozenset(
    {
        "carry_over_suspected",
        "joint_shared",
        "control_shows_joint",
        "run_negative_control_positive",
        "negative_control_positive",
        "run_not_stated",
    }
)
"""Reasons of these stories."""


def whole_run(folder: Path, samples: dict[str, tuple[int | None, str]]) -> dict[str, Any]:
    """The dossiers of one run.

    Args:
        folder: For files.
        samples: Split reads of the canonical joint (``None``: nothing reported), and the kind of
            control.
    """
    lines = ["sample,run,control,callers"]
    for name, (reads, control) in samples.items():
        joint = bound("BRD4", E11, "NUTM1", N3, split_reads=reads, discordant_pairs=0)
        rows = () if reads is None else (joint,)
        (folder / f"{name}.tsv").write_text(table(rows), encoding="utf-8")
        lines.append(f"{name},R1,{control},{name}.tsv")
    sheet = folder / "sheet.csv"
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("sheet", "rows", str(sheet), "--outdir", str(folder))
    for name in samples:
        at = folder / name
        run("evidence", "--sample", name, "--out", f"{at}/e.parquet", str(folder / f"{name}.tsv"))
        run("calls", "--evidence", f"{at}/e.parquet", "--out", f"{at}/c.parquet")
        run("annotate", "--calls", f"{at}/c.parquet", "--out", f"{at}/annotated.parquet")
    level = str(folder / "run.json")
    run("compare", "--sheet", str(sheet), "--run", "R1", "--results", str(folder), "--out", level)
    found = {}
    for name in samples:
        at = folder / name
        row = ("--sheet-row", f"{at}/sheet-row.json")
        run(
            "score", "--annotated", f"{at}/annotated.parquet", *row,
            "--run-level", level, "--out", f"{at}/scored.json",
        )  # fmt: skip
        run("dossier", "--scored", f"{at}/scored.json", *row, "--outdir", str(at))
        found[name] = json.loads((at / "dossier.json").read_text(encoding="utf-8"))
    return found


def test_a_weak_sample_beside_a_strong_one_is_suspected(tmp_path: Path) -> None:
    # 4 fragments pass the profile; 9,000 in the neighbouring well, hopping at 2 %, leave as many.
    found = whole_run(tmp_path, {"strong": (9000, ""), "weak": (4, ""), "other": (None, "")})
    weak = found["weak"]
    assert weak["molecular_state"] == "indeterminate"
    assert "carry_over_suspected" in codes(weak)
    assert weak["ledger"]["next_tests"][-1]["test"] == "new_extraction_other_run"
    assert found["strong"]["molecular_state"] == "confirmed_bet"
    assert "joint_shared" in codes(found["strong"])


def test_water_that_shows_the_joint_holds_it_back(tmp_path: Path) -> None:
    found = whole_run(tmp_path, {"patient": (9, ""), "water": (6, "negative")})
    assert found["patient"]["molecular_state"] == "indeterminate"
    assert {"control_shows_joint", "run_negative_control_positive"} <= codes(found["patient"])
    # Of a control no test is suggested: it is of no patient.
    assert "negative_control_positive" in codes(found["water"])
    assert found["water"]["ledger"]["next_tests"] == []


def test_a_sample_of_no_stated_run_says_so(tmp_path: Path) -> None:
    # Two reads of the joint, and the sheet forgot the run: nobody can look for a strong neighbour.
    rows = (bound("BRD4", E11, "NUTM1", N3, split_reads=2, discordant_pairs=0),)
    (tmp_path / "S1.tsv").write_text(table(rows), encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("sample,callers\nS1,S1.tsv\n", encoding="utf-8")
    run("sheet", "rows", str(sheet), "--outdir", str(tmp_path))
    at = tmp_path / "S1"
    run("evidence", "--sample", "S1", "--out", f"{at}/e.parquet", str(tmp_path / "S1.tsv"))
    run("calls", "--evidence", f"{at}/e.parquet", "--out", f"{at}/c.parquet")
    run("annotate", "--calls", f"{at}/c.parquet", "--out", f"{at}/a.parquet")
    row = ("--sheet-row", f"{at}/sheet-row.json")
    run("score", "--annotated", f"{at}/a.parquet", *row, "--out", f"{at}/scored.json")
    run("dossier", "--scored", f"{at}/scored.json", *row, "--outdir", str(at))
    dossier = json.loads((at / "dossier.json").read_text(encoding="utf-8"))
    assert dossier["molecular_state"] == "indeterminate"
    assert dossier["run_level_reason"] == "run_not_stated"
