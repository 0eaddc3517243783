"""A whole transcriptome goes by once: which genes hold the bases beside the joints?"""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import annotated, sample_annotated, starter_panel
from tests.scoring.profiles import rnaseq
from tests.scoring.test_shown_criteria import NOWHERE, parts

from nutfusion.errors import InputError
from nutfusion.reference.sequence import reverse_complement
from nutfusion.scoring import score, transcriptome
from nutfusion.scoring.mappability import canonical, joint_kmers, kmers
from nutfusion.scoring.transcriptome import check_transcriptome, look_up_joints

if TYPE_CHECKING:
    from pathlib import Path

WANTED = frozenset(kmers(NOWHERE))
FILLER = "GGATCCTTAAGCTTGCATGCCTGCAGGTCGACTCTAGAGGATCCCCGGGTACCGAGCTCGAATTC"


def written(folder: Path, *records: tuple[str, str], name: str = "all.fa") -> Path:
    """A FASTA file with lines of 60 bases."""
    lines = []
    for header, bases in records:
        lines += [f">{header}", *(bases[i : i + 60] for i in range(0, len(bases), 60))]
    path = folder / name
    text = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


def genes_of(path: Path, wanted: frozenset[str] = WANTED) -> set[str]:
    """Every gene that holds any of the k-mers."""
    found = transcriptome.look_through(path, wanted, starter_panel())
    return {gene for genes in found.genes.values() for gene in genes}


@pytest.mark.parametrize(
    ("header", "gene"),
    [
        ("ENST00000000001.1|ENSG00000000001.1|-|-|ABC1-201|ABC1|42|protein_coding|", "ABC1"),
        ("ENST00000000001.1 cdna chromosome:GRCh38:1:1:9:1 gene:ENSG1.1 gene_symbol:ABC1", "ABC1"),
        ("ENST00000000001.1 cdna chromosome:GRCh38:1:1:9:1 gene:ENSG01.1", "ENSG01.1"),
        ("NM_000001.2 Homo sapiens abc (ABC1), transcript variant 1, mRNA", "ABC1"),
        # The gene's earlier name, and its transcript in another version: one gene all the same.
        ("NM_999999.1 Homo sapiens chromosome 15 open reading frame 55 (C15orf55), mRNA", "NUTM1"),
        ("ENST00000537011.5|-|-|-|X|X|42|", "NUTM1"),
    ],
)  # fmt: skip
def test_headers_name_genes(header: str, gene: str, tmp_path: Path) -> None:
    assert genes_of(written(tmp_path, (header, FILLER + NOWHERE))) == {gene}


@pytest.mark.parametrize("name", ["all.fa", "all.fa.gz"])
@pytest.mark.parametrize("turned", [False, True])
def test_both_strands_and_either_case(name: str, turned: bool, tmp_path: Path) -> None:
    bases = FILLER + NOWHERE + FILLER
    bases = reverse_complement(bases) if turned else bases.lower()
    path = written(tmp_path, ("a gene:A", FILLER), ("b gene:B", bases), name=name)
    found = transcriptome.look_through(path, WANTED, starter_panel())
    assert found.genes == dict.fromkeys(WANTED, frozenset({"B"}))
    assert found.transcriptome == hashlib.sha256(path.read_bytes()).hexdigest()


@given(before=st.integers(0, 130), batch=st.integers(20, 90))
@settings(deadline=None, max_examples=40)
def test_a_piece_that_two_batches_share_is_found(
    before: int, batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    path = written(folder, ("a gene:A", "C" * before + NOWHERE + "C" * 70), ("b gene:B", FILLER))
    usual = transcriptome.BATCH
    try:
        transcriptome.BATCH = batch  # type: ignore[misc]
        assert genes_of(path) == {"A"}
    finally:
        transcriptome.BATCH = usual  # type: ignore[misc]


def test_no_kmer_spans_two_records_or_an_unknown_base(tmp_path: Path) -> None:
    half = len(NOWHERE) // 2
    kmer = frozenset({canonical(NOWHERE[half - 10 : half + 10])})
    records = (("a gene:A", NOWHERE[:half]), ("b gene:B", NOWHERE[half:]))
    assert genes_of(written(tmp_path, *records), kmer) == set()
    broken = NOWHERE[: half - 1] + "N" + NOWHERE[half:]
    assert genes_of(written(tmp_path, ("a gene:A", broken)), kmer) == set()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("", 1, "found an empty file"),
        ("ACGT\n", 1, "a file that starts with >"),
        (">ENST00000000001.1\nACGT\n", 1, "expected the gene in the header"),
    ],
)
def test_what_is_no_transcriptome_is_refused_at_once(
    content: str, line: int, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.fa"
    path.write_text(content)
    with pytest.raises(InputError, match=said) as caught:
        check_transcriptome(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    with pytest.raises(InputError, match=said.replace("found an", "an")):
        genes_of(path)


def test_a_record_that_holds_the_bases_and_no_gene_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ("a gene:A", FILLER), ("b", FILLER + NOWHERE))
    with pytest.raises(InputError, match="found 'b'") as caught:
        genes_of(path)
    assert caught.value.line == 4


def test_a_transcriptome_tells_a_relative_that_the_panel_lacks(tmp_path: Path) -> None:
    call = parts()
    sample = sample_annotated(annotated(call))
    near = (call.consensus_sequence or "")[10:70]
    path = written(tmp_path, ("r gene:RELATIVE", FILLER + near), ("b gene:BRD4", near))
    known = look_up_joints(sample, starter_panel(), path)
    found = score(sample, rnaseq(), starter_panel(), transcriptome=known)
    alone = score(sample, rnaseq(), starter_panel())
    verdicts = [
        next(o for o in one.fusions[0].criteria if o.id == "joint_mappable")
        for one in (found, alone)
    ]
    assert [o.verdict for o in verdicts] == ["not_met", "met"]
    assert verdicts[0].required.endswith("of the transcriptome")
    assert found.fusions[0].state == alone.fusions[0].state
    assert found.transcriptome == hashlib.sha256(path.read_bytes()).hexdigest()
    assert alone.transcriptome is None


def test_without_joints_nothing_is_looked_for(tmp_path: Path) -> None:
    path = written(tmp_path, ("a gene:A", FILLER))
    known = look_up_joints(sample_annotated(), starter_panel(), path)
    assert (known.genes, len(known.transcriptome or "")) == ({}, 64)
    assert joint_kmers(()) == frozenset()
