"""Faults of panels, and of the files that a panel is made from."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING, Any, Final

from tests.faults.place import Fault, Place
from tests.reference.builders import world

from nutfusion.reference.load import STARTER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def _panel(change: Callable[[Path], object]) -> Callable[[Place], list[str]]:
    """A copy of the starter with one fault."""

    def do(place: Place) -> list[str]:
        panel = place.root / "panel"
        shutil.copytree(STARTER, panel)
        change(panel)
        return [*place.good(), "--panel", str(panel)]

    return do


def _manifest(**changes: Any) -> Callable[[Path], object]:
    def change(panel: Path) -> None:
        path = panel / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    return change


def _appended(name: str, text: str) -> Callable[[Path], object]:
    return lambda panel: (panel / name).write_text((panel / name).read_text() + text)


def _build(
    genome: Callable[[bytes], bytes] = bytes, annotation: Callable[[bytes], bytes] = bytes
) -> Callable[[Place], list[str]]:
    """``reference build`` beside the earlier panel."""

    def do(place: Place) -> list[str]:
        made = world("NUTM1", "BRD4")
        files = made.write_genome(place.root / "g.fa"), made.write_gtf(place.root / "a.gtf")
        for path, change in zip(files, (genome, annotation), strict=True):
            path.write_bytes(change(path.read_bytes()))
        out = place.root / "built"
        return [
            "reference", "build", "--genome", str(files[0]), "--annotation", str(files[1]),
            "--out", str(out),
        ]  # fmt: skip

    return do


def _cut(content: bytes) -> bytes:
    packed = gzip.compress(content, mtime=0)
    return packed[: len(packed) * 2 // 3]


FAULTS: Final[Mapping[str, Fault]] = {
    "panel_of_a_later_format": Fault(
        "The panel was made by a later version.",
        _panel(_manifest(format_version=[9, 0])),
        ("manifest.json", "expected format version", "make the panel again"),
        code=3,
    ),
    "panel_file_was_edited": Fault(
        "Somebody added a line by hand: it parses, and is not what was verified.",
        _panel(_appended("domains.tsv", "BRD4\tX\t1\t2\tno\tme\n")),
        ("domains.tsv", "expected sha256", "make the panel again rather than editing it"),
        code=3,
    ),
    "panel_file_is_cut": Fault(
        "The panel was not copied to its end.",
        _panel(lambda panel: (panel / "exons.tsv").write_text("transcript\tnum")),
        ("exons.tsv",),
        code=3,
    ),
    "panel_file_is_missing": Fault(
        "One file of the panel was not copied.",
        _panel(lambda panel: (panel / "transcripts.fa").unlink()),
        ("transcripts.fa", "cannot be read", "make it again"),
        code=3,
    ),
    "panel_manifest_is_missing": Fault(
        "A folder that is no panel was given.",
        _panel(lambda panel: (panel / "manifest.json").unlink()),
        ("panel", "not a panel"),
        code=3,
    ),
    "panel_manifest_nested_without_end": Fault(
        "A manifest of a hundred thousand brackets.",
        _panel(lambda panel: (panel / "manifest.json").write_text("[" * 100_000)),
        ("manifest.json", "expected JSON"),
        code=3,
    ),
    "panel_manifest_of_many_digits": Fault(
        "A number of ten thousand digits in the manifest.",
        _panel(lambda panel: (panel / "manifest.json").write_text("9" * 10_000)),
        ("manifest.json", "expected JSON"),
        code=3,
    ),
    "panel_is_not_there": Fault(
        "The panel's folder was moved.",
        lambda place: [*place.good(), "--panel", str(place.root / "nowhere")],
        ("nowhere", "found no such folder", "leave --panel out"),
    ),
    "genome_gzip_is_cut": Fault(
        "The genome was not downloaded to its end.",
        _build(genome=_cut),
        ("g.fa", "truncated", "copy or download it again"),
    ),
    "genome_is_damaged": Fault(
        "The genome's archive is damaged.",
        _build(genome=lambda content: gzip.compress(content)[:-9] + b"\0" * 9),
        ("g.fa", "damaged"),
    ),
    "genome_is_an_annotation": Fault(
        "The files were given in the wrong order.",
        _build(genome=lambda _: b"chr15\tx\texon\t1\t2\t.\t+\t.\tgene_id 1\n"),
        ("g.fa", "expected FASTA"),
    ),
    "genome_ends_inside_nutm1": Fault(
        "A plain genome was cut inside NUTM1.",
        _build(genome=lambda content: content[: len(content) - 9000]),
        ("g.fa",),
    ),
    "annotation_gzip_is_cut": Fault(
        "The annotation was not downloaded to its end.",
        _build(annotation=_cut),
        ("a.gtf", "truncated"),
    ),
    "annotation_is_gff3": Fault(
        "GFF3 was given for GTF.",
        _build(annotation=lambda _: b"##gff-version 3\n"),
        ("a.gtf:1", "found GFF3"),
    ),
    "annotation_position_is_no_number": Fault(
        "A position holds a digit that is none in ASCII.",
        _build(annotation=lambda text: text.replace(b"\texon\t3", "\texon\t²".encode(), 1)),
        ("a.gtf:", "expected start <= end as whole numbers"),
    ),
    "annotation_column_is_missing": Fault(
        "An editor replaced tabs.",
        _build(annotation=lambda text: text.replace(b"\t+\t", b" + ")),
        ("a.gtf:", "expected 9 tab-separated columns"),
    ),
}
