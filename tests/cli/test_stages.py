"""One command per stage, and what each refuses."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.cli.sheet import ROW_FILE
from nutfusion.model.scored import SampleScored
from nutfusion.model.stagefile import read_stage, write_stage
from nutfusion.sheet import SampleRow

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

INPUT = {
    "calls": "--evidence",
    "annotate": "--calls",
    "score": "--annotated",
    "dossier": "--scored",
}
OUTPUT = {"calls": "--out", "annotate": "--out", "score": "--out", "dossier": "--outdir"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def refused(result: Result, *says: str) -> None:
    """It exits with 2, says why in one line on stderr, and nothing on stdout."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("nutfusion: error: ")
    assert result.stderr.count("\n") == 1
    assert all(word in result.stderr for word in says)


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A folder with every stage's file of one packaged sample."""
    folder = tmp_path_factory.mktemp("stages")
    reads = sorted((project / "test-data" / "reads").glob("low_support_*"))
    sheet = project / "test-data" / "samples.csv"
    for command in (
        ("evidence", "--sample", "low_support", "--fastq", *reads, "--out", folder / "evidence"),
        ("calls", "--evidence", folder / "evidence", "--out", folder / "calls"),
        ("annotate", "--calls", folder / "calls", "--out", folder / "annotated"),
        ("sheet", "rows", sheet, "--outdir", folder),
        ("score", "--annotated", folder / "annotated", "--out", folder / "scored"),
        ("dossier", "--scored", folder / "scored", "--outdir", folder / "dossier"),
    ):
        result = run(*command)
        assert (result.exit_code, result.output) == (0, ""), (command, result.output)
    return folder


def test_the_stages_end_in_a_dossier(stages: Path) -> None:
    assert sorted(path.name for path in (stages / "dossier").iterdir()) == [
        "dossier.html",
        "dossier.json",
        "dossier.pdf",
        "supporting_reads.bam",
        "supporting_reads.bam.bai",
        "supporting_reads.fa",
    ]


@pytest.mark.parametrize("command", INPUT)
@pytest.mark.parametrize("content", [None, b"", b"PAR1", b"{}", b"\x00\xff", b"@r\nA\n+\nI\n"])
def test_rubbish_is_refused(command: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "input"
    if content is not None:
        path.write_bytes(content)
    refused(run(command, INPUT[command], path, OUTPUT[command], tmp_path / "out"), str(path))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("calls", "calls"),
        ("annotate", "evidence"),
        ("score", "calls"),
        ("score", "scored"),
        ("dossier", "annotated"),
    ],
)
def test_the_file_of_another_stage_is_refused(
    command: str, given: str, stages: Path, tmp_path: Path
) -> None:
    refused(run(command, INPUT[command], stages / given, OUTPUT[command], tmp_path / "out"))


@pytest.mark.parametrize(
    ("command", "given"),
    [("annotate", "calls"), ("score", "annotated"), ("dossier", "scored")],
)
def test_a_stage_with_another_panel_is_refused(
    command: str, given: str, stages: Path, project: Path, tmp_path: Path
) -> None:
    panel = project / "test-data" / "panel"
    out = tmp_path / "out"
    result = run(command, INPUT[command], stages / given, "--panel", panel, OUTPUT[command], out)
    refused(result, "made with panel", "use the same panel in every stage")


@pytest.mark.parametrize("command", ["annotate", "score", "dossier"])
def test_a_missing_panel_exits_with_3(command: str, stages: Path, tmp_path: Path) -> None:
    given = {"annotate": "calls", "score": "annotated", "dossier": "scored"}[command]
    result = run(
        command,
        INPUT[command],
        stages / given,
        "--panel",
        tmp_path,
        OUTPUT[command],
        tmp_path / "o",
    )
    assert result.exit_code == 3
    assert "not a panel" in result.stderr


@pytest.mark.parametrize("command", ["score", "dossier"])
def test_the_row_of_another_sample_is_refused(command: str, stages: Path, tmp_path: Path) -> None:
    given = {"score": "annotated", "dossier": "scored"}[command]
    row = stages / "negative" / ROW_FILE
    out = tmp_path / "out"
    result = run(command, INPUT[command], stages / given, "--sheet-row", row, OUTPUT[command], out)
    refused(result, "expected sample 'low_support', found 'negative'")


@pytest.mark.parametrize(
    ("command", "given", "option"),
    [("score", "annotated", "--assay"), ("dossier", "scored", "--policy")],
)
@pytest.mark.parametrize("name", ["unknown", "missing.yaml", "../../etc/passwd"])
def test_an_unknown_profile_or_policy_is_refused(
    command: str, given: str, option: str, name: str, stages: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    refused(run(command, INPUT[command], stages / given, option, name, OUTPUT[command], out))


def test_the_assay_of_the_row_is_used(stages: Path, tmp_path: Path) -> None:
    row = read_stage(SampleRow, stages / "low_support" / ROW_FILE)
    write_stage(row.model_copy(update={"assay": "targeted-rna"}), tmp_path / "row")
    for options, assay in (((), "targeted-rna"), (("--assay", "rnaseq"), "rnaseq")):
        result = run(
            "score", "--annotated", stages / "annotated", "--sheet-row", tmp_path / "row",
            "--out", tmp_path / "scored", *options,
        )  # fmt: skip
        assert result.exit_code == 0
        assert f'"assay": "{assay}"' in (tmp_path / "scored").read_text()


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "-x", "a b", "é", "x" * 65])
def test_a_sample_name_that_could_not_be_a_folder_is_refused(name: str, tmp_path: Path) -> None:
    for command, out in (("evidence", "--out"), ("assess", "--outdir")):
        fastq = ("--fastq-single", tmp_path / "r.fq")
        refused(run(command, f"--sample={name}", *fastq, out, tmp_path / "out"), "1 to 64 letters")


@pytest.mark.parametrize(("command", "out"), [("evidence", "--out"), ("assess", "--outdir")])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "expected reads or a caller's file, found neither"),
        (("--fastq", "a", "--threads", "1"), "expected a file, found none of that name"),
        (("--fastq-single", "missing.fq"), "missing.fq"),
        (("--fastq-single", "missing.fq", "--fastq-umi", "a", "--fastq-umi", "b"), "once per lane"),
        (("--fastq-single", "missing.fq", "--threads", "0"), "--threads"),
    ],
)
def test_a_wrong_call_for_reads_is_refused(
    options: tuple[str, ...], says: str, command: str, out: str, tmp_path: Path
) -> None:
    refused(run(command, "--sample", "S1", *options, out, tmp_path / "out"), says)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("command", "out"), [("evidence", "--out"), ("assess", "--outdir")])
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rubbish", b"\x1f\x8b\x08\x00cut", b">fasta\nACGT\n", b"\x00" * 64]
)
def test_reads_that_are_no_fastq_are_refused(
    content: bytes, command: str, out: str, tmp_path: Path
) -> None:
    path = tmp_path / "reads.fq"
    path.write_bytes(content)
    result = run(command, "--sample", "S1", "--fastq-single", path, out, tmp_path / "out")
    refused(result, str(path))
    assert not (tmp_path / "out").exists()


def test_a_transcriptome_is_looked_through_and_named(
    stages: Path, project: Path, tmp_path: Path
) -> None:
    given = tmp_path / "all.fa"
    given.write_text(">ENST00000000001.1 cdna gene:ENSG01.1 gene_symbol:ABC1\nACGTACGT\n")
    out = tmp_path / "scored.json"
    arguments = ("--annotated", stages / "annotated", "--out", out)
    result = run("score", *arguments, "--transcriptome", given)
    assert result.exit_code == 0, result.output
    scored = read_stage(SampleScored, out)
    assert scored.transcriptome == hashlib.sha256(given.read_bytes()).hexdigest()
    asked = [o.required for f in scored.fusions for o in f.criteria if o.id == "joint_mappable"]
    assert asked
    assert all("transcriptome" in required for required in asked)
    given.write_text(">ENST00000000001.1\nACGTACGT\n")
    lanes = sorted((project / "test-data" / "reads").glob("low_support_*"))
    reads = ("--fastq", *lanes, "--outdir", tmp_path / "S1")
    wrong = run("assess", "--sample", "S1", *reads, "--transcriptome", given)
    refused(wrong, "all.fa:1", "expected the gene in the header")
    assert not (tmp_path / "S1").exists()
