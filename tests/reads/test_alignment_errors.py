"""What is wrong with an alignment file, and how to mend it: each message once in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pysam
import pytest
from tests.reads.alignments import NUTM1_AT, header, look, record, records_of, write
from tests.reads.builders import bases, fusion, random_bases, tiled

from nutfusion.errors import AlignmentFileError

if TYPE_CHECKING:
    from pathlib import Path


def refused(*paths: Path, **more: Path) -> str:
    """The message, and that the file is named."""
    with pytest.raises(AlignmentFileError) as caught:
        look(*paths, **more)
    assert caught.value.exit_code == 2
    assert caught.value.path == str(paths[-1])
    return caught.value.message


def good(path: Path, *, index: bool = False) -> Path:
    reads = [record(f"n{i}", random_bases(100, i), place=NUTM1_AT) for i in range(2000)]
    return write(path, [*reads, *records_of(tiled(fusion()))], index=index)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.bam") == "cannot be read: No such file or directory"


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        "expected a file, found a folder or a pipe; alignments are read twice, so save them to a"
        " file first"
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "an empty file"), (b"@r1\nACGT\n+\nIIII\n", "'@r1\\n'"), (b"%PDF-1.4", "'%PDF'")],
)
def test_file_of_another_kind(content: bytes, found: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bam"
    path.write_bytes(content)
    assert refused(path) == (
        f"expected BAM, CRAM or SAM, found {found}; give FASTQ with --fastq R1 R2"
    )


def test_fastq_in_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.bam"
    with pysam.BGZFile(str(path), "wb", None) as out:
        out.write(b"@r1\nACGT\n+\nIIII\n")
    assert "found gzip of something else" in refused(path)


def test_bam_that_is_cut_short(tmp_path: Path) -> None:
    path = good(tmp_path / "a.bam")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) == (
        "expected a whole BAM file, found 'no BGZF EOF marker; file may be truncated'; it is cut"
        f" short or damaged: copy it again ('samtools quickcheck -v {path}' checks it)"
    )


def test_bam_with_a_damaged_middle(tmp_path: Path) -> None:
    path = good(tmp_path / "a.bam")
    damaged = bytearray(path.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 500] = bytes(500)
    path.write_bytes(bytes(damaged))
    assert refused(path) == (
        "expected whole BAM records to its end, found 'truncated file'; the file is cut short or"
        f" damaged: copy it again ('samtools quickcheck -v {path}' checks it)"
    )


def test_sam_with_a_broken_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sam", records_of(tiled(fusion())))
    path.write_text(path.read_text() + "half\ta line\n")
    assert "expected whole SAM records to its end" in refused(path)


def test_index_that_cannot_be_read(tmp_path: Path) -> None:
    path = good(tmp_path / "a.bam", index=True)
    index = tmp_path / "a.bam.bai"
    index.write_bytes(index.read_bytes()[:40])
    message = refused(path)
    assert message.startswith(f"expected to find the loci with the index {index}, found '")
    assert message.endswith(f"make it again with 'samtools index {path}'")


def test_index_that_is_named_and_not_there(tmp_path: Path) -> None:
    path = good(tmp_path / "a.bam")
    index = tmp_path / "b.bai"
    assert refused(path, index=index) == f"the index {index} is not there"


@pytest.mark.parametrize(
    ("contigs", "found"),
    [
        ({"chr15": 99_753_195}, "chr15 of 99753195 bases (T2T-CHM13v2.0)"),
        ({"15": 100_338_915}, "15 of 100338915 bases (NCBI36, hg18)"),
        ({"chr15": 5000}, "chr15 of 5000 bases"),
        # reads aligned to transcripts
        (
            {f"ENST{i}": 900 for i in range(4)},
            "no contig chr15 or 15 (4 contigs: ENST0, ENST1, ENST2, ...)",
        ),
    ],
)
def test_indexed_file_on_another_assembly(
    contigs: dict[str, int], found: str, tmp_path: Path
) -> None:
    into = header(contigs)
    reads = [record("r", bases("NUTM1")[:100], place=(next(iter(contigs)), 10), into=into)]
    path = write(tmp_path / "a.bam", reads, index=True, into=into)
    assert refused(path) == (
        "expected an alignment on GRCh38 or GRCh37 (bases of chr15: GRCh38: 101991189, GRCh37:"
        f" 102531392), found {found}; the loci cannot be looked up. Give the reads instead:"
        f" 'samtools collate -Ou {path} | samtools fastq -1 R1.fq.gz -2 R2.fq.gz"
        " -s single.fq.gz -0 other.fq.gz -', then --fastq R1.fq.gz R2.fq.gz"
    )


def test_any_assembly_will_do_without_an_index(tmp_path: Path) -> None:
    """All reads are asked; where they lie does not matter."""
    into = header({"chr15": 99_753_195})
    path = write(tmp_path / "a.bam", records_of(tiled(fusion())), into=into)
    found = look(path)
    assert found.junctions[0].split_reads == 8
    assert found.qc is not None
    assert found.qc.alignment is not None
    assert found.qc.alignment.assembly is None
    assert found.qc.alignment.look == "all_reads"


def _cram(folder: Path) -> tuple[Path, Path]:
    """A CRAM, and the FASTA that it was written with."""
    genome = folder / "genome.fa"
    genome.write_text(f">chr15\n{random_bases(3000, 1)}\n")
    pysam.faidx(str(genome))
    into = header({"chr15": 3000})
    text = random_bases(3000, 1)
    reads = [record(f"r{i}", text[i : i + 100], place=("chr15", i), into=into) for i in range(2000)]
    with pysam.AlignmentFile(
        str(folder / "a.cram"), "wc", header=into, reference_filename=str(genome)
    ) as out:
        for made in reads:
            out.write(made)
    return folder / "a.cram", genome


def test_cram_without_its_reference(tmp_path: Path) -> None:
    path, genome = _cram(tmp_path)
    assert look(path, reference=genome).qc is not None
    genome.unlink()  # the CRAM's header names it
    message = refused(path)
    assert message == (
        "expected the FASTA file that this CRAM was written with, found none ('truncated file');"
        " name it with --reference-fasta FILE, or make a BAM where it is: 'samtools view -b -T"
        f" genome.fa -o reads.bam {path}'"
    )


def test_cram_with_another_reference(tmp_path: Path) -> None:
    path, genome = _cram(tmp_path)
    genome.unlink()
    other = tmp_path / "other.fa"
    other.write_text(f">chr15\n{random_bases(3000, 2)}\n")
    assert refused(path, reference=other) == (
        f"expected an index beside the reference FASTA {other}, found none; make it with"
        f" 'samtools faidx {other}'"
    )
    pysam.faidx(str(other))
    assert refused(path, reference=other) == (
        f"expected a whole CRAM written with {other}, found 'truncated file'; the FASTA is another"
        f" one, or the file is cut short ('samtools view -H {path}' prints the MD5 of the contigs"
        " it needs, 'samtools quickcheck -v' whether its end is there)"
    )


def test_reads_given_twice(tmp_path: Path) -> None:
    first = write(tmp_path / "a.bam", records_of(tiled(fusion())))
    second = write(tmp_path / "b.sam", records_of(tiled(fusion()), NUTM1_AT))
    assert refused(first, second) == (
        f"expected every read once, found 't0' in {first} as well; give each lane once, and not"
        " both an alignment and what it was made from"
    )
    assert "expected every read once" in refused(first, first)
