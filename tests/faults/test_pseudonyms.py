"""What identifies a person in an input, and where it may be seen afterwards (docs/security.md)."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pysam
import pytest
from pypdf import PdfReader
from tests.faults.place import CALLER, Place, run
from tests.reads.alignments import records_of
from tests.reads.builders import fusion, tiled

from nutfusion.exports import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent.parent / "callers" / "golden"
PERSON = "DURANDxJEANNE"
BORN = "19710503"
NIR = "2710575123456"
PLANTED = (PERSON, BORN, NIR)
"""An invented person."""
TAG = f"{PERSON}_{BORN}_{NIR}"


def unpacked(content: bytes) -> bytes:
    """A file's bytes and what is packed in them, to search."""
    if content.startswith(b"\x1f\x8b"):
        return content + unpacked(gzip.decompress(content))
    if content.startswith(b"PK"):  # a workbook
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner = [name.encode() + unpacked(archive.read(name)) for name in archive.namelist()]
        return content + b"".join(inner)
    if content.startswith(b"PAR1"):
        file = pq.ParquetFile(io.BytesIO(content))
        return content + f"{file.read().to_pylist()} {file.metadata.metadata}".encode()
    if content.startswith(b"%PDF"):
        paper = PdfReader(io.BytesIO(content))
        streams = [bytes(page.extract_text(), "utf-8") for page in paper.pages]
        properties = paper.xmp_metadata.stream.get_data() if paper.xmp_metadata else b""
        return b"".join([content, f"{paper.metadata}".encode(), properties, *streams])
    return content


def written(place: Place) -> Iterator[tuple[str, bytes]]:
    """Every file below a place that the program wrote: its own name, and its bytes unpacked."""
    for folder in (place.out, place.root / "stages"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                below = str(path.relative_to(folder))
                yield path.name, below.encode() + unpacked(path.read_bytes())


def seen(place: Place) -> set[tuple[str, str]]:
    """(file, what of the person stands in it)."""
    return {
        (name, word)
        for name, content in written(place)
        for word in PLANTED
        if word.encode() in content
    }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    # the folder's name is the person's as well
    made = Place(tmp_path / TAG)
    made.root.mkdir()
    (made.root / "stages").mkdir()
    return made


def assess(place: Place, *inputs: object) -> None:
    """One process, and the stage whose file holds most."""
    said(place.assess(*inputs))
    said(["evidence", "--sample", "S1", "--out", stage(place, "e.parquet"), *map(str, inputs)])
    assert b'"id": "S1"' in place.snapshot()["dossier.json"]


def said(arguments: list[str]) -> str:
    """What a command that works says."""

    code, words = run(arguments)
    assert code == 0, words
    return words


def stage(place: Place, name: str) -> str:
    """A file or folder beside the dossier's."""
    return str(place.root / "stages" / name)


def all_that_follows(place: Place, project: Path) -> None:
    """Every command that writes something of a dossier or of the evidence."""
    s = [stage(place, f"{i}.parquet") for i in range(3)]
    said(["calls", "--evidence", stage(place, "e.parquet"), "--out", s[0]])
    said(["annotate", "--calls", s[0], "--out", s[1]])
    said(["score", "--annotated", s[1], "--out", stage(place, "s.json")])
    said(["dossier", "--scored", stage(place, "s.json"), "--outdir", stage(place, "d")])
    dossier = stage(place, "d/dossier.json")
    formats = [word for name in EXPORTS for word in ("--format", name)]
    said(["export", dossier, *formats, "--outdir", stage(place, "exports")])
    said(
        [
            "crate", dossier, "--workflow", str(project), "--ended", "2026-11-24T09:30:00Z",
            "--sheet", str(place.file(f"{TAG}.csv", "sample\nS1\n")),
            "--parameter", "samples", f"{TAG}.csv", "--parameter", "panel", f"{TAG}/panel",
            "--outdir", stage(place, "crate"),
        ]
    )  # fmt: skip
    key = str(place.root / "lab.key.pem")  # a key's name is shown: it says who signed
    said(["review", "keygen", "--out", key.removesuffix(".key.pem")])
    signed = ["--key", key, "--reviewer", "1", "--date", "2026-11-24", "--accept", "all"]
    said(["review", "sign", stage(place, "d"), *signed])
    keys = ["--keys", str(place.root)]
    said(["review", "page", stage(place, "d"), *keys])
    (place.root / "stages" / TAG).mkdir()  # what cannot be read is in the bundle too
    Path(stage(place, f"{TAG}/dossier.json")).write_text("{}")
    week = ["--week", "2026-W48", "--date", "2026-11-24"]
    said(["rcp", "collect", str(place.root / "stages"), *week, "--out", stage(place, "rcp"), *keys])
    said(["rcp", "cohort", stage(place, "rcp"), "--out", stage(place, "cohort")])
    Path(stage(place, f"{TAG}/dossier.json")).unlink()


def test_nothing_that_follows_a_dossier_says_more(
    place: Place, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stages, exports, crate, review, meeting: from a folder and files of the person's name."""
    monkeypatch.setenv("NUTFUSION_KEY_PASSPHRASE", "for a test")
    reads = []
    for mate in (1, 2):
        text = place.text(mate).replace(b"\n+\n", f"\n+{TAG}\n".encode())
        reads.append(place.file(f"{TAG}_R{mate}.fastq", text))
    assess(place, "--fastq", *reads, place.file(f"{TAG}.tsv", CALLER))
    all_that_follows(place, project)
    names = {name for name, _ in written(place)}
    endings = {name.rpartition(".")[2] for name in names}
    assert {"parquet", "html", "pdf", "xlsx", "xml", "vcf", "csv", "bam", "sig"} <= endings
    assert {"ro-crate-metadata.json", "manifest.json", "cohort.html", "rcp.pdf"} <= names
    assert seen(place) == set()


def test_comments_of_fastq_headers_and_names_of_files(place: Place) -> None:
    for mate in (1, 2):
        lines = place.text(mate).split(b"\n")
        for i in range(0, len(lines) - 1, 4):
            lines[i] += f" {mate}:N:0:{TAG}".encode()
            lines[i + 2] += TAG.encode()
        place.file(f"{TAG}_R{mate}.fastq", b"\n".join(lines))
    assess(place, "--fastq", *(place.root / f"{TAG}_R{mate}.fastq" for mate in (1, 2)))
    assert b"BRD4::NUTM1" in place.snapshot()["dossier.json"]
    assert seen(place) == set()


def test_names_of_reads_are_printed(place: Place) -> None:
    """The exception that docs/security.md lists: a read is evidence by its name."""
    for mate in (1, 2):
        place.file(f"R{mate}.fastq", place.text(mate).replace(b"@t", f"@{PERSON}:".encode()))
    assess(place, "--fastq", *(place.root / f"R{mate}.fastq" for mate in (1, 2)))
    assert {name for name, _ in seen(place)} == {
        "dossier.json", "dossier.html", "dossier.pdf", "supporting_reads.bam", "e.parquet",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["bam", "sam"])
def test_headers_and_tags_of_alignments(kind: str, place: Place) -> None:
    head = {
        "HD": {"VN": "1.6"},
        "SQ": [{"SN": "chr15", "LN": 101_991_189, "UR": f"file:/data/{TAG}/genome.fa"}],
        "RG": [{"ID": TAG, "SM": PERSON, "LB": NIR, "DS": BORN}],
        "PG": [{"ID": "star", "PN": "STAR", "CL": f"STAR --readFilesIn /data/{TAG}.fastq"}],
        "CO": [f"{PERSON} {BORN} {NIR}"],
    }
    path = place.root / f"{TAG}.{kind}"
    with pysam.AlignmentFile(str(path), "wb" if kind == "bam" else "w", header=head) as out:
        for read in records_of(tiled(fusion(), 12, 75)):
            read.set_tag("RG", TAG)
            read.set_tag("CO", TAG)
            out.write(pysam.AlignedSegment.from_dict(read.to_dict(), out.header))
    assess(place, "--bam", path)
    assert b"BRD4::NUTM1" in place.snapshot()["dossier.json"]
    assert seen(place) == set()


def test_unused_columns_of_a_callers_table(place: Place) -> None:
    header, row = CALLER.rstrip("\n").split("\n")
    table = f"{header}\tsample\tpatient\n{row[:-1]}{TAG}\t{TAG}\t{PERSON} {BORN}\n"
    assess(place, place.file(f"{TAG}.tsv", table))
    assert b"BRD4::NUTM1" in place.snapshot()["dossier.json"]
    assert seen(place) == set()


VCFS = sorted(path.name for path in GOLDEN.iterdir() if path.suffix == ".vcf")


@pytest.mark.parametrize("name", VCFS)
def test_sample_names_and_header_lines_of_vcf(name: str, place: Place) -> None:
    lines = (GOLDEN / name).read_text().rstrip("\n").split("\n")
    changed = []
    for line in lines:
        cells = line.split("\t")
        if line.startswith("#CHROM"):
            changed.append(f"##commandline=--bam /data/{TAG}.bam")
            changed.append(f"##SAMPLE=<ID={TAG}>")
            cells = [*cells[:9], *(f"{TAG}_{i}" for i in range(len(cells) - 9))]
        changed.append("\t".join(cells))
    path = place.file(f"{TAG}.vcf", "\n".join(changed) + "\n")
    assembly = "GRCh37" if "GRCh37" in name else "GRCh38"
    assess(
        place, "--caller-assembly", assembly, "--caller", f"{name.split('.', maxsplit=1)[0]}={path}"
    )
    assert seen(place) == set()


@pytest.mark.parametrize("column", ["disease", "ihc", "fish", "rt_pcr", "sanger", "run", "sample"])
@pytest.mark.parametrize(
    "words", [NIR, "nee le 03/05/1971", "Mme DURAND Jeanne", "j.durand@example.org"]
)
def test_a_sheet_that_says_who_it_is_goes_nowhere(column: str, words: str, tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.reads()
    cells = {"sample": "S1", "fastq_1": "R1.fastq.gz", column: words}
    if column in ("ihc", "fish", "rt_pcr", "sanger"):
        cells[column] = f"positive; {words}"
    sheet = place.file("samples.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n")
    code, said = run(["sheet", "rows", str(sheet), "--outdir", str(tmp_path / "rows")])
    assert code == 2
    assert words not in said
    assert not (tmp_path / "rows").exists()
