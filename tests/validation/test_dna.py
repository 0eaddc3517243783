"""Breaks of DNA in the alignments of panels: what bwa mem makes of known derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pysam
import pytest
from tests.conftest import lacking
from tests.reads.builders import random_bases
from tests.simulation import alignments, dna
from tests.simulation.dna import DnaSide, derivative, dna_sample

from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.errors import AlignmentFileError
from nutfusion.evidence import read_sample
from nutfusion.model.alignment_file import AlignmentFile
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Assembly, FusionDetection, MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nutfusion.model.evidence import BreakSupport, SampleEvidence
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import SampleScored
    from nutfusion.simulation.sample import SimulatedSample

pytestmark = pytest.mark.usefixtures("bwa")

# BRD4 intron 11 (minus strand: its beginning has the higher coordinates), NUTM1 intron 2
BRD4 = DnaSide("BRD4", 15_253_852, "higher")
NUTM1 = DnaSide("NUTM1", 34_347_469, "higher")


@pytest.fixture(scope="session")
def bwa() -> None:
    alignments.program("bwa", lacking)


@dataclass(frozen=True)
class Aligned:
    """A sample and its alignment to the loci."""

    made: SimulatedSample
    sam: Path


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> Aligned:
    """BRD4 intron 11 to NUTM1 intron 2, 20 molecules, each there twice."""
    alignments.program("bwa", lacking)
    folder = tmp_path_factory.mktemp("dna")
    made = dna_sample(derivative(BRD4, NUTM1, supporting=20, copies=2))
    return Aligned(made, dna.bwa(made, folder))


def look(panel: Panel, *paths: Path, threads: int = 1, **more: Path) -> SampleEvidence:
    return read_sample("S1", [AlignmentFile(p, **more) for p in paths], panel, threads=threads)


def verdict(evidence: SampleEvidence, panel: Panel) -> SampleScored:
    return score(annotate(consolidate(evidence, panel), panel), load_assay("rnaseq"), panel)


def assess(made: SimulatedSample, folder: Path, panel: Panel) -> SampleEvidence:
    return look(panel, alignments.placed(dna.bwa(made, folder), folder / "dna.bam"))


def only_break(evidence: SampleEvidence) -> BreakSupport:
    assert len(evidence.breaks) == 1
    assert evidence.junctions == ()
    return evidence.breaks[0]


def broken_at(found: BreakSupport) -> tuple[int | None, int | None]:
    junction = found.reported.genomic_breakpoint
    assert junction is not None
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    return junction.five_prime.position, junction.three_prime.position


def as_cram(sample: Aligned, folder: Path) -> Path:
    return alignments.placed(sample.sam, folder / "dna.cram", mode="wc")


def by_name(sample: Aligned, folder: Path) -> Path:
    out = folder / "by_name.bam"
    placed = alignments.placed(sample.sam, folder / "placed.bam", index=False)
    pysam.sort("-n", "-o", str(out), str(placed))
    return out


WAYS: dict[str, Callable[[Aligned, Path], Path]] = {
    "indexed BAM": lambda s, f: alignments.placed(s.sam, f / "dna.bam"),
    "GRCh37": lambda s, f: alignments.placed(s.sam, f / "37.bam", Assembly.GRCH37),
    "contigs without chr": lambda s, f: alignments.placed(s.sam, f / "plain.bam", prefix=""),
    "no index": lambda s, f: alignments.placed(s.sam, f / "dna.bam", index=False),
    "sorted by name": by_name,
    "CRAM": as_cram,
}


@pytest.mark.parametrize("way", WAYS)
def test_intronic_break_is_found_to_the_base(
    way: str, canonical: Aligned, tmp_path: Path, starter: Panel
) -> None:
    """t(15;19) as a panel that captures introns shows it, however the file is kept."""
    evidence = look(starter, WAYS[way](canonical, tmp_path))
    found = only_break(evidence)
    truth = canonical.made.fusions[0]
    assert found.split_reads == truth.unique_split
    assert found.discordant_pairs == truth.unique_discordant
    assert found.split_reads_raw == 2 * truth.unique_split  # PCR copies do not count
    assert {read.name for read in found.reads} == {*truth.split, *truth.discordant}
    assert broken_at(found) == (BRD4.position, NUTM1.position)
    assert found.reported.order is FusionOrder.FROM_STRANDS
    consensus = found.consensus_sequence
    assert consensus is not None
    assert truth.sequence.find(consensus) == truth.joint - (found.consensus_junction_offset or 0)
    assert evidence.qc is not None
    assert evidence.qc.alignment is not None
    assert evidence.qc.alignment.molecule == "dna"


def test_break_of_dna_confirms_nothing_and_names_the_joint_it_allows(
    canonical: Aligned, tmp_path: Path, starter: Panel
) -> None:
    """BRD4 exon 11::NUTM1 exon 3 is what splicing makes of it; only RNA can show that it does."""
    bam = alignments.placed(canonical.sam, tmp_path / "dna.bam")
    scored = verdict(look(starter, bam), starter)
    (fusion,) = scored.fusions
    call = fusion.annotated.call
    assert fusion.annotated.name == "BRD4(::)NUTM1"
    assert call.fusion_detection is FusionDetection.INFERRED
    assert call.junction.five_prime is not None
    assert call.junction.three_prime is not None
    assert call.junction.five_prime.position_range == (15_254_152, 15_254_152)
    assert call.junction.three_prime.position_range == (34_347_969, 34_347_969)
    assert fusion.state is scored.molecular_state is MolecularState.INDETERMINATE
    assert [source.kind for source in call.support.sources] == ["reads"]
    assert call.support.reads


def test_threads_do_not_matter(canonical: Aligned, tmp_path: Path, starter: Panel) -> None:
    bam = alignments.placed(canonical.sam, tmp_path / "dna.bam")
    assert look(starter, bam, threads=2) == look(starter, bam)


@pytest.mark.parametrize(
    ("case", "sides", "linker", "expected"),
    [
        # the break before NUTM1 that the first NUT carcinomas had: its exon 1 region
        (
            "before NUTM1",
            (BRD4, DnaSide("NUTM1", 34_342_000, "higher")),
            "",
            (15_253_852, 34_342_000),
        ),
        # the reciprocal product: NUTM1's beginning goes on in BRD4's end
        (
            "reciprocal",
            (DnaSide("NUTM1", 34_347_468, "lower"), DnaSide("BRD4", 15_253_851, "lower")),
            "",
            (34_347_468, 15_253_851),
        ),
        # in NUTM1's last exon
        ("exon", (BRD4, DnaSide("NUTM1", 34_356_001, "higher")), "", (15_253_852, 34_356_001)),
        # bases that neither chromosome has, as non-homologous end joining leaves them
        ("inserted", (BRD4, NUTM1), "CCATTGA", (15_253_852, 34_347_469)),
    ],
)
def test_kinds_of_breaks(
    case: str,
    sides: tuple[DnaSide, DnaSide],
    linker: str,
    expected: tuple[int, int],
    tmp_path: Path,
    starter: Panel,
) -> None:
    made = dna_sample(derivative(*sides, supporting=12, linker=linker))
    found = only_break(assess(made, tmp_path, starter))
    truth = made.fusions[0]
    # bases beyond the break that fit by chance are homology
    assert broken_at(found) == pytest.approx(expected, abs=2), case
    assert found.split_reads + found.discordant_pairs == 12
    assert found.split_reads == truth.unique_split
    junction = found.reported.genomic_breakpoint
    assert junction is not None
    assert abs(len(junction.linker_sequence or "") - len(linker)) <= 2


def test_pairs_alone_bound_a_break(tmp_path: Path, starter: Panel) -> None:
    """Reads of 36 nt in fragments of 400: none crosses the break with enough on both sides."""
    fusion = derivative(BRD4, NUTM1, supporting=8, split=0)
    made = dna_sample(fusion, profile=ReadProfile(36), fragment_lengths=FragmentLengths(400, 60))
    found = only_break(assess(made, tmp_path, starter))
    assert (found.split_reads, found.discordant_pairs) == (0, 8)
    junction = found.reported.genomic_breakpoint
    assert junction is not None
    assert not junction.exact
    for end, truth in ((junction.five_prime, BRD4), (junction.three_prime, NUTM1)):
        assert end is not None
        assert end.position_range is not None
        assert end.position_range[0] <= truth.position <= end.position_range[1]


def test_reads_that_the_aligner_did_not_split_count_as_well(tmp_path: Path, starter: Panel) -> None:
    """bwa splits a read when both pieces have 30 bases or so; shorter ends are clipped."""
    made = dna_sample(derivative(BRD4, NUTM1, supporting=30), profile=ReadProfile(75))
    sam = dna.bwa(made, tmp_path)
    truth = made.fusions[0]
    with pysam.AlignmentFile(str(sam)) as records:
        split_by_bwa = {r.query_name for r in records if r.has_tag("SA")}
    assert len(split_by_bwa & set(truth.split)) < truth.unique_split
    found = only_break(look(starter, alignments.placed(sam, tmp_path / "dna.bam")))
    assert found.split_reads == truth.unique_split


def test_umis_tell_molecules_apart(tmp_path: Path, starter: Panel) -> None:
    """Amplicons: all fragments start and end alike, their UMIs do not."""
    fusion = derivative(BRD4, NUTM1, supporting=6, split=6, positions=1)
    made = dna_sample(fusion, umi="underscore")
    found = only_break(assess(made, tmp_path, starter))
    assert (found.split_reads, found.distinct_starts) == (6, 1)


def test_partner_that_is_no_panel_gene_is_placed(tmp_path: Path, starter: Panel) -> None:
    """A partner nobody knows: the break says where it lies, and no gene is made up."""
    elsewhere = "chr7:100000001-100006000"
    other = random_bases(6000, 9)
    made = dna_sample(
        FusionSpec("?/NUTM1", other[:3000], NUTM1.outwards(), supporting=10), background=600
    )
    files = made.write(tmp_path)
    genome = alignments.write_genome(tmp_path)
    genome.write_text(f"{genome.read_text()}>{elsewhere}\n{other}\n")
    reads = [path for path in (files[0].fastq_1, files[0].fastq_2) if path]
    sam = alignments.bwa(genome, reads, tmp_path)
    evidence = look(starter, alignments.placed(sam, tmp_path / "dna.bam"))
    found = only_break(evidence)
    assert found.reported.five_prime.gene is None
    assert found.reported.five_prime.contig == "chr7"
    assert found.reported.five_prime.position == pytest.approx(100_003_000, abs=2)
    # as for a DNA caller's row, and for FISH: NUTM1 is broken, and a BET partner not excluded
    scored = verdict(evidence, starter)
    assert scored.molecular_state is MolecularState.REARRANGED_PARTNER_UNKNOWN
    (fusion,) = scored.fusions
    assert fusion.annotated.name.endswith("(::)NUTM1")
    assert "inferred_from_dna" in fusion.state_reasons
    # one source does not disagree with itself
    (own,) = fusion.annotated.call.support.sources
    assert own.remarks == ()


@pytest.mark.parametrize("seed", range(1, 7))
def test_chimeras_of_the_library_make_no_break(seed: int, tmp_path: Path, starter: Panel) -> None:
    """One in fifty fragments is two pieces of DNA joined in the tube, each pair of places once."""
    made = dna_sample(seed=seed, background=3000, switch_rate=0.02, duplicate_rate=0.2)
    evidence = assess(made, tmp_path, starter)
    assert evidence.breaks == ()
    assert evidence.qc is not None
    assert evidence.qc.single_fragment_chimeras > 10
    assert verdict(evidence, starter).molecular_state is MolecularState.NOT_ASSESSABLE


def test_one_fragment_is_no_break(tmp_path: Path, starter: Panel) -> None:
    made = dna_sample(derivative(BRD4, NUTM1, supporting=1, split=1, copies=5))
    evidence = assess(made, tmp_path, starter)
    assert evidence.breaks == ()
    assert evidence.qc is not None
    assert evidence.qc.single_fragment_chimeras == 1


def test_dna_and_rna_are_not_read_as_one_sample(
    canonical: Aligned, tmp_path: Path, starter: Panel
) -> None:
    """Their counts mean different things: a joint, or a break that allows it."""
    bam = alignments.placed(canonical.sam, tmp_path / "dna.bam")

    def spliced(record: pysam.AlignedSegment) -> list[pysam.AlignedSegment]:
        record.query_name = f"rna_{record.query_name}"
        if not record.is_unmapped and record.cigarstring == "100M":
            record.cigarstring = "50M1000N50M"
        return [record]

    rna = alignments.placed(canonical.sam, tmp_path / "rna.bam", change=spliced)
    with pytest.raises(AlignmentFileError, match="found RNA after DNA on GRCh38"):
        look(starter, bam, rna)


def window(gene: str, position: int, side: int = 3_500) -> str:
    """What a panel captures around one place."""
    locus = next(one for one in alignments.loci() if one.gene == gene)
    at = position - 1 - locus.starts[Assembly.GRCH38]
    return locus.bases[at - side : at + side]


@pytest.mark.parametrize(("seed", "rate"), [(1, 0.01), (2, 0.01), (3, 0.02)])
def test_chimeras_of_a_deep_panel_make_no_break(
    seed: int, rate: float, tmp_path: Path, starter: Panel
) -> None:
    """Two captured windows of 7 kb, 200-fold: pairs of chimeras lie within a kilobase by chance."""
    templates = {s.gene: window(s.gene, s.position) for s in (BRD4, NUTM1)}
    spec = SampleSpec(
        seed=seed,
        background=dict.fromkeys(templates, 7_000),
        profile=ReadProfile(100, error_rate=0.003),
        switch_rate=rate,
        duplicate_rate=0.2,
    )
    evidence = assess(simulate(spec, templates), tmp_path, starter)
    assert evidence.breaks == ()
    assert evidence.qc is not None
    assert evidence.qc.single_fragment_chimeras > 30


def test_a_break_among_chimeras_is_found(tmp_path: Path, starter: Panel) -> None:
    """Four fragments across t(15;19) in such a panel."""
    templates = {s.gene: window(s.gene, s.position) for s in (BRD4, NUTM1)}
    spec = SampleSpec(
        seed=4,
        background=dict.fromkeys(templates, 7_000),
        fusions=(derivative(BRD4, NUTM1, supporting=4, split=4),),
        profile=ReadProfile(100, error_rate=0.003),
        switch_rate=0.01,
    )
    found = only_break(assess(simulate(spec, templates), tmp_path, starter))
    assert found.split_reads >= 4
    assert broken_at(found) == (BRD4.position, NUTM1.position)


def test_two_breaks_in_one_pair_of_introns_are_two_fusions(tmp_path: Path, starter: Panel) -> None:
    """The same exons may be joined; a file of reads has one reference for each."""
    near = DnaSide("BRD4", BRD4.position - 200, "higher")
    made = dna_sample(
        derivative(BRD4, NUTM1, supporting=10), derivative(near, NUTM1, supporting=10)
    )
    calls = consolidate(assess(made, tmp_path, starter), starter).calls
    assert len({call.fusion_id for call in calls}) == len(calls) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SA:Z:chr19,", "SA:Z:chrUn_gone,"),  # a contig that somebody took out of the header
        ("SA:Z:chr19,", "SA:Z:chr19,9"),  # beyond the contig's end
        (",60,", ",x,"),
    ],
)
def test_other_pieces_that_lie_nowhere_are_clips(
    old: str, new: str, canonical: Aligned, tmp_path: Path, starter: Panel
) -> None:
    """The tags of the reads at NUTM1 say nonsense: those at BRD4 still show the break."""

    def change(record: pysam.AlignedSegment) -> list[pysam.AlignedSegment]:
        if record.has_tag("SA") and record.reference_name == "chr15":
            record.set_tag("SA", f"SA:Z:{record.get_tag('SA')}".replace(old, new)[5:])
        return [record]

    bam = alignments.placed(canonical.sam, tmp_path / "odd.bam", change=change)
    found = only_break(look(starter, bam))
    assert broken_at(found) == (BRD4.position, NUTM1.position)
    # reads whose only way to BRD4 was the tag are not reached
    assert 10 <= found.split_reads <= canonical.made.fusions[0].unique_split


def test_reads_in_two_files_are_one_sample(
    canonical: Aligned, tmp_path: Path, starter: Panel
) -> None:
    """Fragments that both files hold a part of are put together."""

    def of(contig: str) -> Callable[[pysam.AlignedSegment], list[pysam.AlignedSegment]]:
        return lambda record: [record] if record.reference_name == contig else []

    files = [
        alignments.placed(canonical.sam, tmp_path / f"{name}.bam", change=of(name))
        for name in ("chr15", "chr19")
    ]
    found = only_break(look(starter, *files))
    assert broken_at(found) == (BRD4.position, NUTM1.position)
    assert 0 < found.split_reads <= canonical.made.fusions[0].unique_split
