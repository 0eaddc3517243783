"""What a story is, and how it is told: input files, the real commands, ``dossier.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
READS: Final = ROOT / "test-data" / "reads"
PANEL: Final = ROOT / "test-data" / "panel"
SMALL: Final = ROOT / "test-data" / "assay.yaml"
"""The ``rnaseq`` profile with thresholds for a few thousand pairs."""

_COLUMNS: Final = (
    "five_prime_gene", "three_prime_gene", "assembly", "five_prime_contig", "five_prime_position",
    "five_prime_strand", "three_prime_contig", "three_prime_position", "three_prime_strand",
    "five_prime_transcript", "five_prime_exon", "three_prime_transcript", "three_prime_exon",
    "molecule", "order", "seen", "split_reads", "discordant_pairs", "reading_frame", "caller",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A sample, and what its dossier has to say.

    Attributes:
        name: Of the sample.
        state: Of the sample.
        says: Codes that its reasons, its fusions' or its gates' hold.
        rows: A table of another program: five prime gene, position, three prime gene, position,
            and what else is said; ``None``: no table, ``()``: a table without rows.
        reads: A packaged sample whose reads are looked at.
        tests: Columns of the sheet about declared tests.
        assay: Profile.
        panel: Folder; ``None``: the packaged starter.
        changes: Texts of ``SMALL`` and what stands there instead: a laboratory's own profile.
        text: Another program's output as it stands: file name and content.
        next_test: The first suggestion; ``None``: none at all.
    """

    name: str
    state: str
    says: tuple[str, ...]
    rows: tuple[dict[str, Any], ...] | None = None
    reads: str | None = None
    tests: dict[str, str] | None = None
    assay: str = "rnaseq"
    panel: Path | None = None
    changes: tuple[tuple[str, str], ...] = ()
    text: tuple[str, str] | None = None
    next_test: str | None = None


def bound(donor: str, at: int | None, acceptor: str, to: int | None, **more: Any) -> dict[str, Any]:
    """A row of a table: two genes with the last and the first base of the joint, GRCh38."""
    contigs = {
        "BRD4": ("chr19", "-"), "NUTM1": ("chr15", "+"), "NSD3": ("chr8", "-"),
        "CIC": ("chr19", "+"), "SLC12A6": ("chr15", "-"), "BRD3": ("chr9", "-"),
        "YAP1": ("chr11", "+"),
    }  # fmt: skip
    row: dict[str, Any] = {
        "five_prime_gene": donor, "three_prime_gene": acceptor, "assembly": "GRCh38",
        "molecule": "rna", "order": "stated", "seen": "yes", "split_reads": 9,
        "discordant_pairs": 3, "caller": "lab-caller",
    }  # fmt: skip
    for side, gene, position in (("five_prime", donor, at), ("three_prime", acceptor, to)):
        if position is not None:
            row[f"{side}_contig"], row[f"{side}_strand"] = contigs.get(gene, ("chr2", "+"))
            row[f"{side}_position"] = position
    return row | more


def tell(story: Story, folder: Path) -> dict[str, Any]:
    """Assess a story's sample and read its dossier."""
    out = folder / story.name
    arguments = [
        "assess",
        "--sample",
        story.name,
        "--outdir",
        str(out),
        "--assay",
        _assay(story, folder),
    ]
    if story.panel is not None:
        arguments += ["--panel", str(story.panel)]
    if story.reads is not None:
        for first in sorted(READS.glob(f"{story.reads}_L00*_R1.fastq.gz")):
            arguments += ["--fastq", str(first), str(first).replace("_R1.", "_R2.")]
    if story.tests is not None:
        arguments += ["--sheet-row", str(_sheet_row(story, folder))]
    arguments += [str(path) for path in _files(story, folder)]
    run(*arguments)
    found: dict[str, Any] = json.loads((out / "dossier.json").read_text(encoding="utf-8"))
    return found


def run(*arguments: str) -> None:
    """One command, in this process; a refusal is shown."""
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output


def table(rows: tuple[dict[str, Any], ...]) -> str:
    """Rows in nutfusion's own format for other programs."""
    lines = ["#nutfusion-fusions 1", "\t".join(_COLUMNS)]
    lines += ["\t".join(str(row.get(column, "")) for column in _COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


def codes(dossier: dict[str, Any]) -> set[str]:
    """Every code that the reasons of the sample, its fusions and its gates hold."""
    return {Reason.parse(text).code for text in _reasons(dossier)}


def _reasons(dossier: dict[str, Any]) -> Iterator[str]:
    yield from dossier["state_reasons"]
    for fusion in dossier["fusions"]:
        yield from fusion["state_reasons"]
    for gate in dossier["policy"]["gates"]:
        if gate["reason"] is not None:
            yield gate["reason"]
    for row in dossier["detectability"]:
        if row["reason"] is not None:
            yield row["reason"]
    if dossier["run_level_reason"] is not None:
        yield dossier["run_level_reason"]


def _assay(story: Story, folder: Path) -> str:
    if not story.changes:
        return story.assay
    text = SMALL.read_text(encoding="utf-8")
    for old, new in story.changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    own = folder / f"{story.name}.yaml"
    own.write_text(text, encoding="utf-8")
    return str(own)


def _files(story: Story, folder: Path) -> list[Path]:
    files = []
    if story.rows is not None:
        files.append(folder / f"{story.name}.tsv")
        files[-1].write_text(table(story.rows), encoding="utf-8")
    if story.text is not None:
        files.append(folder / story.text[0])
        files[-1].write_text(story.text[1], encoding="utf-8")
    return files


def _sheet_row(story: Story, folder: Path) -> Path:
    """The declared tests of a sheet, by way of ``nutfusion sheet rows``."""
    file = folder / f"{story.name}.declared.tsv"
    file.write_text(table(()), encoding="utf-8")
    sheet = folder / f"{story.name}.csv"
    names, cells = zip(*(story.tests or {}).items(), strict=True)
    head, line = ",".join(("sample", "callers", *names)), ",".join((story.name, file.name, *cells))
    sheet.write_text(f"{head}\n{line}\n", encoding="utf-8")
    run("sheet", "rows", str(sheet), "--outdir", str(folder / "rows"))
    return folder / "rows" / story.name / "sheet-row.json"
