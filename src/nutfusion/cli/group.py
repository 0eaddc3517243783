"""The ``nutfusion`` command: subcommands imported when called, errors turned into messages."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import click

import nutfusion
from nutfusion.cli.version import show_version
from nutfusion.errors import NutfusionError, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

EXIT_USER: Final = 2
"""The user's mistake, or a disk or folder that the user has to see to."""

EXIT_INTERRUPTED: Final = 130
"""Ctrl-C, as shells write it (128 + SIGINT)."""

OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
"""New objects after which Python looks for cycles: modules and records make many objects and few
cycles, and looking after every 700 took a tenth of a second of a sample."""


class Subcommand(NamedTuple):
    """Where a subcommand lives, and its line in ``nutfusion --help``."""

    module: str
    attribute: str
    help: str


SUBCOMMANDS: Final[Mapping[str, Subcommand]] = {
    "assess": Subcommand("nutfusion.cli.assess", "assess", "Reads to dossier, one sample."),
    "reference": Subcommand("nutfusion.cli.reference", "reference", "Make and show panels."),
    "callers": Subcommand("nutfusion.cli.callers", "callers", "List and try callers' formats."),
    "name": Subcommand("nutfusion.cli.name", "name", "A report's words to junctions."),
    "review": Subcommand("nutfusion.cli.review", "review", "Review and sign a dossier."),
    "rcp": Subcommand("nutfusion.cli.rcp", "rcp", "The dossiers of a weekly meeting."),
    "assay": Subcommand("nutfusion.cli.assay", "assay", "List, show and check assay profiles."),
    "policy": Subcommand("nutfusion.cli.policy", "policy", "Compare eligibility policies."),
    "validate": Subcommand("nutfusion.cli.validate", "validate", "Simulated samples, report."),
    "sheet": Subcommand("nutfusion.cli.sheet", "sheet", "Check a sample sheet."),
    "evidence": Subcommand("nutfusion.cli.stages", "evidence", "Stage: look at the reads."),
    "calls": Subcommand("nutfusion.cli.stages", "calls", "Stage: one call per junction."),
    "annotate": Subcommand("nutfusion.cli.stages", "annotate", "Stage: exons, frame, names."),
    "compare": Subcommand("nutfusion.cli.compare", "compare", "Stage: the samples of a run."),
    "score": Subcommand("nutfusion.cli.stages", "score", "Stage: criteria and state."),
    "dossier": Subcommand("nutfusion.cli.stages", "dossier", "Stage: gates and the dossier."),
    "export": Subcommand("nutfusion.cli.export", "export", "Dossiers in other formats."),
    "crate": Subcommand("nutfusion.cli.crate", "crate", "A run's provenance as RO-Crate."),
}
"""Every subcommand, in the order of ``--help``."""

_USERS: Final = frozenset(
    {
        errno.EACCES, errno.EDQUOT, errno.EEXIST, errno.EFBIG, errno.EIO, errno.EISDIR,
        errno.EMFILE, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOSPC, errno.ENOTDIR,
        errno.ENOTEMPTY, errno.EPERM, errno.EROFS,
    }
)  # fmt: skip
"""What a user's disk or folder can do to us; any other OSError keeps its traceback."""


class NutfusionGroup(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of the flow."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a subcommand; ``None`` for an unknown name."""
        entry = SUBCOMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(entry.module), entry.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}:{entry.attribute} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in SUBCOMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and turn deliberate errors into one line on stderr and an exit code."""
        kwargs["standalone_mode"] = False
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _terminate)
        try:
            code = super().main(*args, **kwargs)
        except NutfusionError as error:
            _leave(str(error), error.exit_code)
        except click.Abort:
            _leave("interrupted", EXIT_INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(EXIT_USER)
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else _called(args or kwargs.get("args"))
            hint = _HINTS.get(getattr(error, "option_name", None) or "", "")
            _leave(f"{error.format_message()}{hint} Try '{where} --help'.", EXIT_USER)
        except click.ClickException as error:
            _leave(error.format_message(), EXIT_USER)
        except OSError as error:
            if error.errno not in _USERS or _is_ours(error.filename):
                raise
            named = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            what = (error.strerror or "unreadable").lower()
            to_do = _TO_DO.get(error.errno, "") if named else ""
            _leave(f"{named}{what}{to_do}", EXIT_USER)
        sys.exit(code if isinstance(code, int) else 0)


_TO_DO: Final = dict.fromkeys(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "; make room there and call the same command again"
)
"""What to do about an error of the disk, behind what it is."""

_HINTS: Final = {"--fastq": " Give R1 and R2, or one file with --fastq-single."}
"""What an option that was not understood is for, behind click's own words."""


def _called(arguments: Any) -> str:
    """The command of which click does not know that it was called: its options were no options."""
    first = next(iter(arguments or sys.argv[1:]), None)
    first = first if first is None or isinstance(first, str) else next(iter(first), None)
    return f"nutfusion {first}" if first in SUBCOMMANDS else "nutfusion"


def _terminate(number: int, _frame: object) -> NoReturn:
    """Leave through the ``finally`` blocks, so that no temporary file stays behind."""
    sys.exit(128 + number)


def _leave(message: str, code: int) -> NoReturn:
    """Print one line on stderr and exit."""
    with suppress(OSError):  # standard error may itself be closed or full
        click.echo(f"nutfusion: error: {printable(message)}", err=True)
    sys.exit(code)


def _is_ours(filename: object) -> bool:
    """Whether a file belongs to the installed package, so that its absence is a bug of ours."""
    if not isinstance(filename, str | bytes | os.PathLike):
        return False
    return Path(os.fsdecode(filename)).is_relative_to(Path(nutfusion.__file__).parent)


@click.group(
    cls=NutfusionGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 whatever the molecular state, 2 for a mistake that you can mend, 3 for"
    " a broken reference panel, 130 for Ctrl-C.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version, and the shipped panel, policy and profiles with their digests.",
)
def main() -> None:
    """NUTM1 fusions: from RNA-seq reads to a dossier for the molecular tumour board."""
