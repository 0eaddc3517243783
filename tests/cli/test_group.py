"""The command itself: help, lazy imports, and how errors leave."""

from __future__ import annotations

import errno
import hashlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import nutfusion
from nutfusion.cli import main
from nutfusion.cli.group import SUBCOMMANDS, NutfusionGroup, Subcommand
from nutfusion.errors import ReferenceDataError, SampleSheetError
from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

HEAVY = ("numba", "pysam", "pyarrow", "jinja2", "pandas", "numpy", "mappy", "isal")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], Result]:
    """Run a subcommand that raises."""

    def invoke(error: BaseException) -> Result:
        @click.command()
        def fail() -> None:
            raise error

        monkeypatch.setitem(SUBCOMMANDS, "fail", Subcommand("", "", ""))
        monkeypatch.setattr(NutfusionGroup, "get_command", lambda *_: fail)
        return run("fail")

    return invoke


def test_version_names_all_that_decides(project: Path) -> None:
    result = run("--version")
    first, *shipped = result.stdout.splitlines()
    assert (result.exit_code, first) == (0, f"nutfusion, version {nutfusion.__version__}")
    said = [line.split("\t") for line in shipped]
    assert [kind for kind, _ in said if kind != "assay"] == [
        "dossier", "panel", "policy", "run level", "error model", "orthogonal tests",
    ]  # fmt: skip
    assert len([kind for kind, _ in said if kind == "assay"]) == len(
        list((project / "config/assays").glob("*.yaml"))
    )
    # what decides is named as in a dossier, and is the file of that name
    policy = project / "config/eligibility/birabresib-put.yaml"
    digest = hashlib.sha256(policy.read_bytes()).hexdigest()
    assert any(label.endswith(f"@{digest}") for kind, label in said if kind == "policy")
    panel = load_panel()
    assert ["panel", f"{panel.name}@{panel.digest}"] in said


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")
    assert SUBCOMMANDS[name].help in run("--help").stdout


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys\nfrom nutfusion.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.exit(','.join(n for n in {HEAVY!r} if n in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["--unknown"], ["sheet", "unknown"]])
def test_a_wrong_call_exits_with_2_and_an_empty_stdout(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (SampleSheetError("expected A, found B", path="s.csv", line=3), 2, "s.csv:3: expected A"),
        (ReferenceDataError("is broken", path="panel"), 3, "panel: is broken"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (
            OSError(errno.ENOSPC, "No space left on device", "/data/x"),
            2,
            "/data/x: no space left on device; make room there and call the same command again",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "no space left on device"),
        (PermissionError(errno.EACCES, "Permission denied", b"/data/x"), 2, "/data/x: permission"),
        (click.UsageError("wrong"), 2, "wrong"),
        (click.ClickException("wrong"), 2, "wrong"),
    ],
)
def test_errors_of_the_user_leave_as_one_line(
    error: BaseException, code: int, message: str, fault: Callable[[BaseException], Result]
) -> None:
    result = fault(error)
    assert result.exit_code == code
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1
    assert lines[0].startswith(f"nutfusion: error: {message}")


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a bug"),
        OSError(errno.ECHILD, "No child processes"),
        FileNotFoundError(
            errno.ENOENT, "No such file", str(Path(nutfusion.__file__).parent / "x.json")
        ),
    ],
)
def test_a_bug_keeps_its_traceback(
    error: BaseException, fault: Callable[[BaseException], Result]
) -> None:
    assert fault(error).exception is error


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m nutfusion --help | head -c 1 > /dev/null"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_a_terminated_command_leaves_no_temporary_file(tmp_path: Path) -> None:
    code = (
        "import click, sys, time\nfrom pathlib import Path\n"
        "from nutfusion.cli.group import NutfusionGroup\n"
        "from nutfusion.model.atomic import atomic_path\n"
        "@click.command()\ndef wait():\n"
        "    with atomic_path(Path(sys.argv[1]) / 'x'):\n"
        "        print('ready', flush=True)\n        time.sleep(30)\n"
        "NutfusionGroup.get_command = lambda *_: wait\n"
        "NutfusionGroup().main(['wait'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_one_file_of_a_pair_is_told_what_to_do() -> None:
    result = run("assess", "--sample", "S1", "--outdir", "o", "--fastq", "R1.fastq.gz")
    assert result.exit_code == 2
    assert "R1 and R2, or one file with --fastq-single" in result.stderr
    assert "Try 'nutfusion assess --help'" in result.stderr
