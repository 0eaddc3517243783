"""What is fuzzed: bytes to a reader, which may refuse them in words and in no other way."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from nutfusion.errors import NutfusionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.model.panel import Panel
    from nutfusion.reads.table import KmerTable

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = Path(__file__).parent / "corpus"

Target = Callable[[bytes], None]


@cache
def _scratch() -> Path:
    """A folder in memory where there is one; removed with the process's temporary files."""
    memory = Path("/dev/shm")
    made = tempfile.TemporaryDirectory(
        prefix="nutfusion-fuzz-", dir=memory if os.access(memory, os.W_OK) else None
    )
    _kept.append(made)
    return Path(made.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []


def _file(data: bytes, name: str = "input") -> Path:
    path = _scratch() / name
    path.write_bytes(data)
    return path


@cache
def _panel() -> Panel:
    from nutfusion.reference import load_panel

    return load_panel()


def _check(error: NutfusionError) -> None:
    """A refusal is one line that a terminal can show: nothing of the input steers it."""
    if not str(error.message).isprintable():
        raise AssertionError(f"a message with control characters: {error.message!r}")


def callers(data: bytes) -> None:
    """A file whose format is found out; where several fit, each of them."""
    from nutfusion.callers import CALLERS, read_caller_file
    from nutfusion.callers.text import read_text
    from nutfusion.cli.inputs import kind_of

    path = _file(data)
    kind_of(path)
    try:
        head = read_text(path).head
    except NutfusionError as error:
        return _check(error)
    for fmt in CALLERS.values():
        if fmt.recognise(head) is not None:
            try:
                read_caller_file(path, _panel(), name=fmt.name)
            except NutfusionError as error:
                _check(error)
    return None


def sheet(data: bytes) -> None:
    """A sample sheet."""
    from nutfusion.sheet import load_sheet

    try:
        load_sheet(_file(data, "samples.csv"), check_files=False)
    except NutfusionError as error:
        _check(error)


def config(data: bytes) -> None:
    """YAML, as each of the files that people write."""
    from nutfusion.config_file import read_config
    from nutfusion.eligibility import load_policy
    from nutfusion.scoring import load_run_settings
    from nutfusion.scoring.assay import read_assay
    from nutfusion.sheet import workflow_config

    path = _file(data, "input.yaml")
    try:
        values = read_config(path)
    except NutfusionError as error:
        return _check(error)
    values.pop("digest")
    for read in (
        lambda: read_assay(path),
        lambda: load_policy(path),
        lambda: load_run_settings(path),
        lambda: workflow_config(values),
    ):
        try:
            read()
        except NutfusionError as error:
            _check(error)
    return None


@cache
def _panel_files() -> dict[str, bytes]:
    folder = ROOT / "test-data" / "panel"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def panel(data: bytes) -> None:
    """A panel of which one file is another; the first byte says which."""
    from nutfusion.reference import load_panel

    files = dict(_panel_files())
    names = sorted(files)
    name = names[data[0] % len(names)] if data else names[0]
    files[name] = data[1:]
    if name != "manifest.json":
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = hashlib.sha256(data[1:]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
    folder = _scratch() / "panel"
    folder.mkdir(exist_ok=True)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    try:
        load_panel(folder)
    except NutfusionError as error:
        _check(error)


@cache
def _table() -> KmerTable:
    from nutfusion.reads.table import kmer_table

    return kmer_table(_panel())


def fastq(data: bytes) -> None:
    """A FASTQ file; its compiled loops run as Python, so that their branches are seen."""
    from nutfusion.reads.source import FastqSource

    try:
        source = FastqSource(_file(data, "reads.fastq"), _table())
        records = 0
        for block in source.blocks():
            ends = block.seq_starts + block.seq_lengths
            if len(ends) and int(ends.max()) > len(block.buffer):
                raise AssertionError("a read beyond its block")
            records += len(block)
        if records != source.records:
            raise AssertionError(f"{records} records in blocks, {source.records} counted")
    except NutfusionError as error:
        _check(error)


def _bgzf(content: bytes) -> bytes:
    """BGZF blocks with their checksums, so that what is inside is reached."""
    import zlib

    blocks = []
    for start in (*range(0, len(content), 60_000), len(content)):
        piece = content[start : start + 60_000]
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        packed = packer.compress(piece) + packer.flush()
        head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + struct.pack("<H", len(packed) + 25)
        blocks.append(head + packed + struct.pack("<II", zlib.crc32(piece), len(piece)))
    return b"".join(blocks)


@cache
def _made() -> tuple[Any, Any]:
    """One table and one map for every input: making them takes most of the time."""
    from nutfusion.reads.table import kmer_table
    from nutfusion.reads.targets import make_targets

    return kmer_table(_panel()), make_targets(_panel())


def alignments(data: bytes) -> None:
    """SAM or CRAM as it stands; what begins as BAM is compressed first."""
    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.reads import alignment, engine

    table, targets = _made()
    path = _file(_bgzf(data) if data.startswith(b"BAM\1") else data, "reads.bam")
    # NB: for this call alone: other tests of the process look at other panels
    with (
        mock.patch.object(alignment, "kmer_table", return_value=table),
        mock.patch.object(engine, "make_targets", return_value=targets),
    ):
        try:
            alignment.read_alignments([AlignmentFile(path)], _panel())
        except NutfusionError as error:
            _check(error)


def names(data: bytes) -> None:
    """The words of a report."""
    from nutfusion.annotation.exon_names import name_candidates
    from nutfusion.annotation.exon_names_text import as_text

    reading = name_candidates(data.decode("utf-8", "replace"), _panel())
    as_text(reading)
    reading.model_dump_json()


def records(data: bytes) -> None:
    """A dossier, and the JSON files of the stages."""
    from nutfusion.dossier import read_dossier
    from nutfusion.model.run_level import RunComparison
    from nutfusion.model.scored import SampleScored
    from nutfusion.model.stagefile import read_stage
    from nutfusion.sheet import SampleRow

    path = _file(data, "record.json")
    for read in (
        lambda: read_dossier(path),
        lambda: read_stage(SampleRow, path),
        lambda: read_stage(SampleScored, path),
        lambda: read_stage(RunComparison, path),
    ):
        try:
            read()
        except NutfusionError as error:
            _check(error)


def genome(data: bytes) -> None:
    """A genome and an annotation to build a panel from: two files divided by a zero byte."""
    from nutfusion.reference.build import BuildOptions, build_from_genome

    first, _, second = data.partition(b"\0")
    options = BuildOptions(_scratch() / "built", "built", with_starter=True, force=True)
    try:
        build_from_genome(_file(first, "genome.fa"), _file(second, "annotation.gtf"), options)
    except NutfusionError as error:
        _check(error)


TARGETS: Final[dict[str, Target]] = {
    "callers": callers,
    "sheet": sheet,
    "config": config,
    "panel": panel,
    "fastq": fastq,
    "alignments": alignments,
    "names": names,
    "records": records,
    "genome": genome,
}
"""Every target by its name."""


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with: the project's own small files, and what was found earlier."""
    with suppress(FileNotFoundError):
        for path in sorted((CORPUS / target).iterdir()):
            yield path.read_bytes()
    yield from _SEEDS[target]()


def _golden() -> Iterator[bytes]:
    for path in sorted((ROOT / "tests" / "callers" / "golden").iterdir()):
        yield path.read_bytes()


def _sheets() -> Iterator[bytes]:
    for name in ("samples.csv", "synthetic.csv"):
        yield (ROOT / "test-data" / name).read_bytes()
    yield (
        b"sample;bam;reference_fasta;callers;junctions;run;control;assay;disease;pretreated;ihc\n"
        b"S1;a.bam;g.fa;arriba=f.tsv;Chimeric.out.junction;R1;negative;rnaseq;NC;oui;positif;52\n"
    )


def _configs() -> Iterator[bytes]:
    for path in sorted((ROOT / "config").rglob("*.yaml")):
        yield path.read_bytes()


def _panels() -> Iterator[bytes]:
    for number, (name, content) in enumerate(sorted(_panel_files().items())):
        if name != "transcripts.fa":
            yield bytes([number]) + content


def _reads() -> Iterator[bytes]:
    import gzip

    record = b"@r1 1:N:0\nACGTACGTACGTACGTACGTAC\n+\nIIIIIIIIIIIIIIIIIIIIII\n"
    yield record * 3
    yield record.replace(b"\n", b"\r\n")
    yield gzip.compress(record * 3, mtime=0)
    yield _bgzf(record * 3)


_SAM: Final = (
    b"@HD\tVN:1.6\tSO:unsorted\n@SQ\tSN:chr15\tLN:101991189\n@RG\tID:1\tSM:S1\n"
    b"r1\t77\t*\t0\t0\t*\t*\t0\t0\tACGTACGTAC\tIIIIIIIIII\tRX:Z:ACGT\n"
    b"r1\t141\t*\t0\t0\t*\t*\t0\t0\tACGTACGTAC\t*\n"
    b"r2\t0\tchr15\t34348000\t60\t5M2D5M\t*\t0\t0\tACGTACGTAC\tIIIIIIIIII"
    b"\tSA:Z:chr15,34347000,-,5S5M,60,0;\n"
)


def _alignment_files() -> Iterator[bytes]:
    import pysam

    yield _SAM
    sam, bam = _file(_SAM, "seed.sam"), _scratch() / "seed.bam"
    with (
        pysam.AlignmentFile(str(sam), "r") as into,
        pysam.AlignmentFile(str(bam), "wb", header=into.header) as out,
    ):
        for made in into:
            out.write(made)
    with pysam.BGZFile(str(bam), "rb", None) as raw:
        yield raw.read(1 << 20)


def _words() -> Iterator[bytes]:
    for text in (
        "BRD4 exon 11 NUT exon 2",
        "t(15;19)(q14;p13.1) BRD4::NUTM1",
        "Fusion NSD3(ex7)-NUTM1(ex6), NM_023034.2:r.1_1320::NM_001284292.2:r.",
        "réarrangement NUTM1 (FISH)",
    ):
        yield text.encode()


def _records() -> Iterator[bytes]:
    for path in sorted((ROOT / "docs" / "examples").glob("*.json")):
        if path.stat().st_size < 1 << 15:
            yield path.read_bytes()
    yield b'{"nutfusion": "SampleRow", "layout": 3, "record": {"sample": null, "lanes": []}}'


def _genomes() -> Iterator[bytes]:
    line = b'\tx\texon\t34347900\t34347999\t.\t+\t.\tgene_name "NUTM1"; transcript_id "ENST1.1";\n'
    yield b">chr15 x\nACGTNNACGT\0chr15" + line + b"chr15" + line.replace(b"exon", b"CDS")
    yield b">chr15:34340000-34341000\n" + b"ACGT" * 20 + b"\0#!x\n15" + line


_SEEDS: Final[dict[str, Callable[[], Iterator[bytes]]]] = {
    "callers": _golden,
    "sheet": _sheets,
    "config": _configs,
    "panel": _panels,
    "fastq": _reads,
    "alignments": _alignment_files,
    "names": _words,
    "records": _records,
    "genome": _genomes,
}
