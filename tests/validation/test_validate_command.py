"""``nutfusion validate`` as a user runs it, on a set of a few samples."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.validation.harness import TINY

from nutfusion.cli import main
from nutfusion.validation import design, plan_negative, plan_positive
from nutfusion.validation import run as runner
from nutfusion.validation.design import CRITERIA
from nutfusion.validation.seeds import read_seed

if TYPE_CHECKING:
    from pathlib import Path

FEW = TINY.model_copy(
    update=dict.fromkeys(
        ("random_exon", "random_inside", "reciprocal", "unknown_partner", "dilution", "fraction",
         "paralogue", "paralogue_close", "neighbour", "read_through",
         "reciprocal_alone", "runs"),
        0,
    )
    | {"catalogued": {5: 1, 3: 1}, "wild_type": 1, "testis": 1, "repeated": 1}
)  # fmt: skip


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "DESIGNS", MappingProxyType({"small": FEW}))
    for module in (plan_positive, plan_negative):
        monkeypatch.setattr(module, "READ_LENGTHS", (75, 100))


def validate(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["validate", "--threads", "1", *arguments])
    return result.exit_code, result.output


@pytest.mark.slow
def test_exit_0_and_a_report_when_every_criterion_is_met(tmp_path: Path) -> None:
    code, said = validate("--outdir", str(tmp_path / "out"))
    assert (code, said) == (0, "")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"validation.json", "validation.html", "truth.tsv"} <= names
    assert "outcomes.jsonl" not in names


@pytest.mark.slow
def test_exit_1_and_a_report_when_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # More negatives with a BET state than minus one: no set can pass.
    impossible = [
        one.model_copy(update={"most": -1}) if one.most is not None else one for one in CRITERIA
    ]
    monkeypatch.setattr(design, "CRITERIA", tuple(impossible))
    code, _ = validate("--outdir", str(tmp_path / "out"))
    assert code == 1
    assert "n'est pas rempli" in (tmp_path / "out" / "validation.html").read_text().replace(
        "&#39;", "'"
    )


def test_a_fresh_seed_is_drawn_said_and_can_be_named_again(tmp_path: Path) -> None:
    name = "catalogued.BRD4-e11.n5.l100.00"
    result = CliRunner().invoke(
        main, ["validate", "--outdir", str(tmp_path / "a"), "--seed", "fresh", "--only", name]
    )
    assert result.exit_code == 0
    word, seed = result.stderr.split()
    assert word == "seed"
    again = validate("--outdir", str(tmp_path / "b"), "--seed", seed, "--only", name)
    assert again == (0, result.stdout)
    assert len({read_seed("fresh") for _ in range(8)}) == 8


def test_one_sample_is_made_again_with_its_reads(tmp_path: Path) -> None:
    name = "catalogued.BRD4-e11.n5.l100.00"
    code, said = validate("--outdir", str(tmp_path), "--only", name)
    assert code == 0
    assert said.splitlines()[1].startswith(f"{name}\t")
    assert (tmp_path / "reads" / name / "sample_L001_R1.fastq.gz").is_file()
    assert not (tmp_path / "validation.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "catalogued.BRD9"], "expected a sample of the small set with seed 1"),
        (["--background", "{tmp}/none.fa"], "none.fa: no such file"),
        (["--assay", "no-such-profile"], "no-such-profile"),
        (["--seed", "-1"], "expected a whole number from 0 to 2147483648, or 'fresh', found '-1'"),
        (["--panel", "{tmp}/nowhere"], "nowhere"),
    ],
)
def test_the_users_mistakes_exit_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    filled = [argument.format(tmp=tmp_path) for argument in arguments]
    code, output = validate("--outdir", str(tmp_path / "out"), *filled)
    assert code == 2
    assert said in output
    assert "Traceback" not in output
