"""``nutfusion callers``, and other programs' files on the command line of ``assess``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nutfusion.callers import CALLERS
from nutfusion.cli import main

GOLDEN = Path(__file__).parents[1] / "callers" / "golden"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_list_has_a_line_for_every_format() -> None:
    lines = run("callers", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == list(CALLERS)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("arriba.v2.tsv", "arriba\t2.x\t"),
        ("tso500_combined.rna_GRCh37.tsv", "tso500_combined\tRNA\t"),
        ("manta.somatic.vcf", "manta\t1.6.0\t"),
    ],
)
def test_detect_names_format_version_and_why(file: str, said: str) -> None:
    done = run("callers", "detect", GOLDEN / file)
    assert done.exit_code == 0
    assert done.stdout.startswith(said)
    assert len(done.stdout.split("\t")[2]) > 10


def test_an_unknown_file_gets_the_list_of_what_was_tried(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("nothing of the kind\n")
    done = run("callers", "detect", file)
    assert done.exit_code == 2
    *tried, last = done.stderr.splitlines()
    assert [line.split(":")[0] for line in tried] == list(CALLERS)
    assert last == (
        f"nutfusion: error: {file}: expected the output of a caller or panel, found a file that"
        f' fits none of {len(CALLERS)} formats; "nutfusion callers detect" says what was tried'
    )


def test_show_prints_the_file_and_its_rows() -> None:
    file, row = map(
        json.loads, run("callers", "show", GOLDEN / "arriba.v2.tsv").stdout.split("\n")[:2]
    )
    assert (file["caller"], file["nutm1_rows"]) == ("arriba", 1)
    assert row["junction"]["three_prime"]["position"] == 34347969


def assess(out: Path, *arguments: object) -> Result:
    return run("assess", "--sample", "S1", "--outdir", out, *arguments)


def test_callers_alone_make_a_dossier(tmp_path: Path) -> None:
    done = assess(tmp_path, GOLDEN / "arriba.v2.tsv", f"--caller=squid={GOLDEN}/squid.raw.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    found = json.loads((tmp_path / "dossier.json").read_text())
    assert found["molecular_state"] == "confirmed_bet"
    assert [entry["role"] for entry in found["provenance"]["inputs"]] == [
        "caller:arriba",
        "caller:squid",
    ]
    assert found["qc"]["reads"] is None


def test_a_folder_of_a_program_gives_all_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "run1"
    folder.mkdir()
    shutil.copy(GOLDEN / "arriba.v2.tsv", folder / "fusions.tsv")
    text = (GOLDEN / "arriba.v2.tsv").read_text().splitlines()[0] + "\n"
    (folder / "fusions.discarded.tsv").write_text(text)
    assert assess(tmp_path / "out", f"--caller=arriba={folder}").exit_code == 0
    files = json.loads((tmp_path / "out" / "dossier.json").read_text())["callers"]["files"]
    assert sorted(file["rows"] for file in files) == [0, 2]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("missing.tsv",), "missing.tsv: expected a file, found none of that name"),
        (("--caller", "arriba"), "expected NAME=FILE or NAME=FOLDER, found 'arriba'"),
        (("--caller", "arriba=missing"), "missing: expected a caller's file, found none"),
        ((f"--caller=arriba={GOLDEN}/squid.raw.txt",), "not Arriba output: expected a header line"),
        ((f"--caller=nobody={GOLDEN}/squid.raw.txt",), "expected a caller's name (arriba,"),
        ((GOLDEN / "arriba.v2.tsv", GOLDEN / "arriba.v2.tsv"), "expected every file once"),
        ((GOLDEN,), "found a folder; say whose it is with --caller NAME=FOLDER"),
        (
            ("--caller-assembly=GRCh37", GOLDEN / "arriba.v2.tsv"),
            "but its genes lie where they are",
        ),
    ],
)
def test_a_wrong_file_of_another_program_is_refused(
    arguments: tuple[object, ...], says: str, tmp_path: Path
) -> None:
    done = assess(tmp_path / "out", *arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_table_of_many_patients_is_refused(tmp_path: Path) -> None:
    header = "Sample_Id\tSV_Status\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\n"
    rows = "P1\tSOMATIC\tBRD4\tNUTM1\nP2\tSOMATIC\tALK\tEML4\n"
    (tmp_path / "data_sv.txt").write_text(header + rows)
    done = assess(tmp_path / "out", tmp_path / "data_sv.txt")
    assert done.exit_code == 2
    assert "expected the rows of one sample, found those of 2" in done.stderr
    assert "P1" not in done.stderr


def test_the_order_of_the_files_changes_no_verdict(tmp_path: Path) -> None:
    files = [GOLDEN / name for name in ("arriba.v2.tsv", "squid.raw.txt", "jaffa.v2.csv")]
    found = []
    for number, order in enumerate((files, files[::-1])):
        assert assess(tmp_path / str(number), *order).exit_code == 0
        read = json.loads((tmp_path / str(number) / "dossier.json").read_text())
        del read["provenance"]["inputs"], read["callers"]
        found.append(read)
    assert found[0] == found[1]


def test_fastq_without_its_mate_is_no_callers_file(tmp_path: Path) -> None:
    reads = tmp_path / "r.fq"
    reads.write_text("@r\nACGT\n+\nIIII\n")
    done = assess(tmp_path / "out", reads)
    assert done.exit_code == 2
    assert "use --fastq R1 R2 or --fastq-single R" in done.stderr
