"""The same reads as FASTQ and as alignments give the same call.

Aligners work on a made-up genome of the starter's exons (``tests.simulation.alignments``); the
real reads are aligned to the loci of the real-data folder.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pysam
import pytest
from tests.conftest import lacking
from tests.reads.builders import bases, random_bases, starting_at, up_to, write_lane
from tests.reads.long_reads import long_reads
from tests.simulation import alignments, real_data

from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.model.alignment_file import AlignmentFile
from nutfusion.model.terms import Assembly, MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import Files, SampleSpec, simulate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nutfusion.model.evidence import ReadQc, SampleEvidence
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import SampleScored

TEMPLATES = {"BRD4": bases("BRD4"), "elsewhere": random_bases(5000, 3)}


@dataclass(frozen=True)
class Sample:
    """Reads, the genome they are aligned to, and what FASTQ says of them."""

    folder: Path
    genome: Path
    files: tuple[Files, ...]
    evidence: SampleEvidence

    @property
    def reads(self) -> list[Path]:
        first = self.files[0]
        return [path for path in (first.fastq_1, first.fastq_2) if path]


def make_sample(folder: Path, panel: Panel, *, single_end: bool = False) -> Sample:
    """A BRD4::NUTM1 of 15 fragments among BRD4 and foreign reads, a tenth of them twice."""
    fusion = FusionSpec(
        "BRD4::NUTM1", up_to("BRD4", 11), starting_at("NUTM1", 3), supporting=15, passing=40
    )
    spec = SampleSpec(
        seed=5,
        background={"BRD4": 400, "elsewhere": 300},
        fusions=(fusion,),
        profile=ReadProfile(100, error_rate=0.003),
        fragment_lengths=FragmentLengths(190, 50),
        duplicate_rate=0.1,
        single_end=single_end,
    )
    files = simulate(spec, TEMPLATES).write(folder)
    lanes = [Lane(lane.fastq_1, lane.fastq_2) for lane in files]
    return Sample(folder, alignments.write_genome(folder), files, read_sample("S1", lanes, panel))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, starter: Panel) -> Sample:
    return make_sample(tmp_path_factory.mktemp("aligned"), starter)


def from_star(sample: Sample, *options: str, unmapped: str = "Within") -> Path:
    alignments.program("STAR", lacking)
    return alignments.star(sample.genome, sample.reads, sample.folder, *options, unmapped=unmapped)


def from_minimap2(sample: Sample, *options: str) -> Path:
    alignments.program("minimap2", lacking)
    return alignments.minimap2(sample.genome, sample.reads, sample.folder, *options)


def from_bwa(sample: Sample) -> Path:
    alignments.program("bwa", lacking)
    return alignments.bwa(sample.genome, sample.reads, sample.folder)


def from_hisat2(sample: Sample) -> Path:
    alignments.program("hisat2", lacking)
    return alignments.hisat2(sample.genome, sample.reads, sample.folder)


def look(panel: Panel, *paths: Path, threads: int = 1, **more: Path) -> SampleEvidence:
    files = [AlignmentFile(path, **more) for path in paths]
    return read_sample("S1", files, panel, threads=threads)


def known_figures(qc: ReadQc | None) -> ReadQc:
    """Figures without what an indexed look cannot know.

    A read of another gene that ends like an exon of NUTM1 by chance is kept from FASTQ, and changes
    nothing.
    """
    assert qc is not None
    unknown = dict.fromkeys(
        ("fragments", "reads", "bases", "read_length_min", "read_length_max", "read_length_mean",
         "mean_base_quality", "n_fraction", "alignment", "fragments_kept")
    )  # fmt: skip
    return qc.model_copy(update=unknown)


def assert_same(found: SampleEvidence, sample: Sample) -> None:
    """Junction, counts, consensus and every supporting read are those of FASTQ."""
    assert len(sample.evidence.junctions) == 1
    assert found.junctions == sample.evidence.junctions
    assert known_figures(found.qc) == known_figures(sample.evidence.qc)


def stored_as_cram(path: Path, sample: Sample) -> Path:
    """A CRAM on the loci, which needs their FASTA."""
    out = path.with_suffix(".cram")
    pysam.view("-C", "-T", str(sample.genome), "-o", str(out), str(path), catch_stdout=False)
    return out


def sorted_by_name(path: Path, _: Sample) -> Path:
    out = path.with_name("by_name.bam")
    pysam.sort("-n", "-o", str(out), str(path))
    return out


ALIGNED: dict[str, Callable[[Sample], Path]] = {
    "STAR, chimeric within BAM": from_star,
    # STAR's older way: chimeric reads only in Chimeric.out.junction, in the BAM they are unmapped
    "STAR, chimeric separate": lambda s: from_star(
        s, "--chimSegmentMin", "10", "--chimOutType", "Junctions"
    ),
    "STAR without chimeric detection": lambda s: from_star(s, "--outFilterMultimapNmax", "10"),
    "minimap2 sr": from_minimap2,
    # spliced presets do not pair: both mates have one name and no flag
    "minimap2 splice": lambda s: from_minimap2(s, "-ax", "splice", "-k", "11"),
    # reads across the joint are clipped, or unmapped beside their mates
    "HISAT2": from_hisat2,
    # supplementary records are hard-clipped and only say where to look
    "bwa mem": from_bwa,
}
STORED: dict[str, Callable[[Path, Sample], Path]] = {
    "not sorted": lambda path, _: path,
    "sorted by name": sorted_by_name,
    "GRCh38, indexed": lambda path, s: alignments.placed(path, s.folder / "indexed.bam"),
    "GRCh37, 15 and 19, indexed": lambda path, s: alignments.placed(
        path, s.folder / "grch37.bam", Assembly.GRCH37, prefix=""
    ),
    "CRAM, indexed": lambda path, s: alignments.placed(path, s.folder / "i.cram", mode="wc"),
}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("aligned", ALIGNED)
def test_alignments_show_what_the_fastq_files_show(
    aligned: str, stored: str, sample: Sample, starter: Panel
) -> None:
    path = STORED[stored](ALIGNED[aligned](sample), sample)
    found = look(starter, path)
    if aligned == "minimap2 splice":  # nobody knows which mate was the first
        found, known = (
            e.model_copy(
                update={"junctions": tuple(j.model_copy(update={"reads": ()}) for j in e.junctions)}
            )
            for e in (found, sample.evidence)
        )
        assert known_figures(found.qc) == known_figures(known.qc)
        assert found.junctions == known.junctions
    else:
        assert_same(found, sample)
    assert found.source == ("cram" if "CRAM" in stored else path.suffix[1:])


def test_unaligned_reads_show_what_the_fastq_files_show(sample: Sample, starter: Panel) -> None:
    found = look(starter, alignments.unaligned(sample.files, sample.folder / "unaligned.bam"))
    assert_same(found, sample)
    assert found.qc is not None
    assert sample.evidence.qc is not None
    # all of the file was read, so nothing is unknown
    assert (found.qc.fragments, found.qc.reads, found.qc.bases) == (
        sample.evidence.qc.fragments,
        sample.evidence.qc.reads,
        sample.evidence.qc.bases,
    )


def test_cram_is_read_with_its_reference(sample: Sample, starter: Panel) -> None:
    path = stored_as_cram(from_minimap2(sample), sample)
    assert_same(look(starter, path, reference=sample.genome), sample)


def test_single_reads_show_what_the_fastq_files_show(tmp_path: Path, starter: Panel) -> None:
    single = make_sample(tmp_path, starter, single_end=True)
    path = from_star(single)
    assert_same(look(starter, path), single)
    assert_same(look(starter, alignments.placed(path, tmp_path / "indexed.bam")), single)


@pytest.mark.parametrize("share", [0.01, 0.03])
def test_long_reads_in_a_spliced_alignment(share: float, tmp_path: Path, starter: Panel) -> None:
    """minimap2's presets for long RNA reads; supplementary records are hard-clipped."""
    alignments.program("minimap2", lacking)
    fused = up_to("BRD4", 11) + starting_at("NUTM1", 3)
    reads = [
        *long_reads(fused, 10, share, over=len(up_to("BRD4", 11))),
        *long_reads(bases("BRD4"), 20, share, label="b"),
        *long_reads(bases("NUTM1"), 5, share, label="n"),
    ]
    lane = write_lane(tmp_path, reads)
    expected = read_sample("S1", [lane], starter)
    genome = alignments.write_genome(tmp_path)
    path = alignments.minimap2(genome, [lane.fastq_1], tmp_path, "-ax", "splice", "-k", "14")
    for found in (
        look(starter, path),
        look(starter, alignments.placed(path, tmp_path / "indexed.bam")),
    ):
        assert found.junctions == expected.junctions
        assert known_figures(found.qc) == known_figures(expected.qc)
    assert len(expected.junctions) == 1
    junction = expected.junctions[0].junction
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    assert (junction.five_prime.position, junction.three_prime.position) == (15254152, 34347969)


def without_input(evidence: SampleEvidence) -> str:
    return evidence.model_copy(update={"inputs": ()}).model_dump_json()


def test_evidence_does_not_depend_on_order_threads_or_container(
    sample: Sample, starter: Panel
) -> None:
    path = from_star(sample)
    shuffled = sample.folder / "shuffled.sam"
    with pysam.AlignmentFile(str(path)) as source:
        records = list(source)
        random.Random(1).shuffle(records)
        with pysam.AlignmentFile(str(shuffled), "w", header=source.header) as out:
            for record in records:
                out.write(record)
    first = look(starter, path)
    for other in (look(starter, path, threads=3), look(starter, shuffled)):
        assert without_input(other.model_copy(update={"source": "bam"})) == without_input(first)


def test_indexed_look_does_not_depend_on_threads(sample: Sample, starter: Panel) -> None:
    path = alignments.placed(from_star(sample), sample.folder / "threads.bam")
    assert without_input(look(starter, path)) == without_input(look(starter, path, threads=3))


def test_several_files_are_one_sample(sample: Sample, starter: Panel) -> None:
    """Lanes that were aligned one by one."""
    whole = alignments.unaligned(sample.files, sample.folder / "whole.bam")
    halves = [sample.folder / "half1.bam", sample.folder / "half2.bam"]
    with pysam.AlignmentFile(str(whole), check_sq=False) as source:
        outs = [pysam.AlignmentFile(str(half), "wb", header=source.header) for half in halves]
        for number, record in enumerate(source):
            outs[number // 2 % 2].write(record)
        for out in outs:
            out.close()
    assert_same(look(starter, *halves), sample)


def test_marked_duplicates_are_counted_by_our_own_rule(sample: Sample, starter: Panel) -> None:
    """MarkDuplicates also marks reads whose ends agree by chance of the alignment."""

    def mark(record: pysam.AlignedSegment) -> list[pysam.AlignedSegment]:
        record.is_duplicate = True
        return [record]

    path = alignments.placed(from_star(sample), sample.folder / "marked.bam", change=mark)
    assert_same(look(starter, path), sample)


def test_alternative_contigs_are_looked_at(sample: Sample, starter: Panel) -> None:
    """NUTM1 reads that an aligner put on an alternative contig of chromosome 15."""
    path = alignments.placed(from_star(sample), sample.folder / "plain.bam", index=False)
    moved = sample.folder / "alternative.bam"
    with pysam.AlignmentFile(str(path)) as source:
        header = source.header.to_dict()
        header["SQ"].append({"SN": "chr15_KI270905v1_alt", "LN": 5_161_414})
        alternative = len(header["SQ"]) - 1
        with pysam.AlignmentFile(str(moved), "wb", header=header) as out:
            records = []
            for record in source:
                row = pysam.AlignedSegment.from_dict(record.to_dict(), out.header)
                for side in ("reference", "next_reference"):
                    if getattr(row, f"{side}_name") == "chr15":
                        setattr(row, f"{side}_id", alternative)
                        start = getattr(row, f"{side}_start") - 34_000_000
                        setattr(row, f"{side}_start", start)
                records.append(row)
            records.sort(key=lambda r: (r.reference_id < 0, r.reference_id, r.reference_start))
            for row in records:
                out.write(row)
    pysam.index(str(moved))
    assert_same(look(starter, moved), sample)


def verdict(evidence: SampleEvidence, panel: Panel) -> SampleScored:
    return score(annotate(consolidate(evidence, panel), panel), load_assay("rnaseq"), panel)


def wild_type(folder: Path, *, fragments: int = 2000) -> Sample:
    """RNA without a fusion, BRD4 well expressed."""
    spec = SampleSpec(
        seed=6, background={"BRD4": fragments, "elsewhere": 500}, profile=ReadProfile(100)
    )
    files = simulate(spec, TEMPLATES).write(folder)
    return Sample(folder, alignments.write_genome(folder), files, None)  # type: ignore[arg-type]


def unmet(scored: SampleScored) -> set[str]:
    return {outcome.id for outcome in scored.quality if outcome.verdict.value != "met"}


def test_negative_without_unmapped_reads_is_not_assessable(tmp_path: Path, starter: Panel) -> None:
    """STAR leaves unmapped reads out by default, and chimeric ones with them."""
    sample = wild_type(tmp_path)
    kept = verdict(look(starter, from_star(sample)), starter)
    assert unmet(kept) == {"enough_fragments"}  # a small sample
    lost = verdict(look(starter, from_star(sample, unmapped="None")), starter)
    # what such a file could have shown of a joint, nobody can say
    assert unmet(lost) == {"enough_fragments", "unmapped_reads_kept", "detection_limit"}
    assert lost.molecular_state is MolecularState.NOT_ASSESSABLE


def test_reads_of_dna_are_no_negative(tmp_path: Path, starter: Panel) -> None:
    """A DNA panel with bwa mem: its breakpoints lie in introns, which we do not look at."""
    alignments.program("bwa", lacking)
    templates = {locus.gene: locus.bases for locus in alignments.loci()}
    spec = SampleSpec(seed=6, background={"BRD4": 9000, "NUTM1": 1500}, profile=ReadProfile(100))
    files = simulate(spec, templates).write(tmp_path)
    genome = alignments.write_genome(tmp_path)
    reads = [path for path in (files[0].fastq_1, files[0].fastq_2) if path]
    path = alignments.placed(alignments.bwa(genome, reads, tmp_path), tmp_path / "dna.bam")
    evidence = look(starter, path)
    assert evidence.junctions == ()
    assert evidence.qc is not None
    assert evidence.qc.alignment is not None
    assert evidence.qc.alignment.control_spliced == 0
    scored = verdict(evidence, starter)
    assert "exon_joints_read" in unmet(scored)
    assert scored.molecular_state is MolecularState.NOT_ASSESSABLE


def real_sample(name: str, folder: Path, panel: Panel) -> Sample:
    """Real reads: all that share words with NUTM1 or BRD4, and a share of the others.

    STAR takes minutes for thousands of pairs that fit nowhere in a small genome.
    """
    first, second = (real_data.path("reads", name.format(mate)) for mate in (1, 2))
    everything = read_sample("S1", [Lane(first, second)], panel)
    shown = {read.name for junction in everything.junctions for read in junction.reads}
    rng = random.Random(1)
    files = Files(folder / "1.fastq", folder / "2.fastq", None)
    with (
        pysam.FastxFile(str(first)) as one,
        pysam.FastxFile(str(second)) as two,
        files.fastq_1.open("w") as out_1,
        (folder / "2.fastq").open("w") as out_2,
    ):
        for number, (mate_1, mate_2) in enumerate(zip(one, two, strict=True)):
            if mate_1.name in shown or rng.random() < 0.1:
                for out, mate in ((out_1, mate_1), (out_2, mate_2)):
                    out.write(f"@real{number}\n{mate.sequence}\n+\n{mate.quality}\n")
    genome = folder / "loci.fa"
    text = real_data.path("sequences", "genome", "easyfuse_minigenome_loci_GRCh38.fa").read_text()
    genome.write_text(text)
    pysam.faidx(str(genome))
    evidence = read_sample("S1", [Lane(files.fastq_1, files.fastq_2)], panel)
    return Sample(folder, genome, (files,), evidence)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["fusioncatcher_test_reads_{}.fq.gz", "pizzly_SRR1659964_reads_{}.fastq.gz"]
)
def test_real_reads_show_the_same_from_every_file(
    name: str, tmp_path: Path, starter: Panel
) -> None:
    sample = real_sample(name, tmp_path, starter)
    assert sample.evidence.junctions[0].split_reads >= 8
    for align in (from_star, from_minimap2):
        path = align(sample)
        assert_same(look(starter, path), sample)
        assert_same(look(starter, alignments.placed(path, tmp_path / "indexed.bam")), sample)
        cram = stored_as_cram(path, sample)
        assert_same(look(starter, cram, reference=sample.genome), sample)
