"""Calls with real bases for the dossier's tests and examples; valid by default."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.builders import exon_ends

from nutfusion.annotation.annotate import annotate
from nutfusion.calls import consolidate
from nutfusion.dossier.build import build_dossier
from nutfusion.eligibility.evaluate import evaluate
from nutfusion.eligibility.policy import load_policy
from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement, Support
from nutfusion.model.dossier import (
    Declared,
    Dossier,
    DossierSample,
    OrthogonalTest,
    PolicyGate,
    PolicyStatement,
)
from nutfusion.model.evidence import (
    AlignmentQc,
    GeneFragments,
    InputFile,
    JunctionSupport,
    ReadQc,
    SampleEvidence,
    SupportingRead,
)
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly, FusionDetection, GateVerdict, SourceSays, Strand
from nutfusion.reference.load import load_panel
from nutfusion.scoring.assay import load_assay
from nutfusion.scoring.score import score

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import CallerEvidence
    from nutfusion.model.scored import SampleScored

READ_LENGTH = 75
FLANK = 100

BRD4 = GeneRef(symbol="BRD4", hgnc_id="HGNC:13575")
NUTM1 = GeneRef(symbol="NUTM1", hgnc_id="HGNC:29919")
SLC12A6 = GeneRef(symbol="SLC12A6", hgnc_id="HGNC:10914")

UNKNOWN_PART = "GATTCGGACTTAACCGGAGTCCATTGCAGGAATCTGACCATGAAGGTCTCGACAATGGTTCCAGAACGTCATTGGAGACC"
"""Sequence of no gene: what an unknown partner's part looks like."""


@cache
def panel() -> Panel:
    """The packaged starter."""
    return load_panel()


def end(
    contig: str | None,
    position: int | None,
    strand: Strand | None,
    position_range: tuple[int, int] | None = None,
) -> JunctionEnd:
    """One side on GRCh38."""
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=contig,
        position=position,
        position_range=position_range,
        strand=strand,
    )


BRD4_EXON_11 = end("chr19", 15254152, Strand.MINUS)
NUTM1_EXON_3 = end("chr15", 34347969, Strand.PLUS)


def junction(**changes: Any) -> Junction:
    """The canonical joint: BRD4 exon 11 to NUTM1 exon 3."""
    values: dict[str, Any] = {
        "exact": True,
        "five_prime": BRD4_EXON_11,
        "three_prime": NUTM1_EXON_3,
        "homology": 0,
        "linker_sequence": "",
    }
    return Junction(**{**values, **changes})


def canonical_parts(flank: int = FLANK) -> tuple[str, str]:
    """Bases before and after the canonical joint, from the panel's transcripts."""
    brd4, nutm1 = panel().mane("BRD4"), panel().mane("NUTM1")
    assert brd4 is not None
    assert nutm1 is not None
    assert brd4.sequence is not None
    assert nutm1.sequence is not None
    last = brd4.transcript_position(15254152)
    first = nutm1.transcript_position(34347969)
    assert last is not None
    assert first is not None
    return brd4.sequence[last - flank : last], nutm1.sequence[first - 1 : first - 1 + flank]


def split_reads(
    fused: str, joint: int, starts: tuple[int, ...], length: int = READ_LENGTH
) -> tuple[SupportingRead, ...]:
    """Reads cut from ``fused``; every third has a changed base, as sequencers make them."""
    reads = []
    for number, start in enumerate(starts, start=1):
        bases = fused[start : start + length]
        mismatches = 0
        if number % 3 == 0:
            at = (7 * number) % len(bases)
            other = "ACGT"["CGTA".index(bases[at])]
            bases = bases[:at] + other + bases[at + 1 :]
            mismatches = 1
        reads.append(
            SupportingRead(
                name=f"A00123:45:HXXXX:1:1101:{1000 + 97 * number}:{2000 + 41 * number}",
                mate=1 if number % 2 else 2,
                kind="split",
                sequence=bases,
                offset=start,
                five_prime_anchor=joint - start,
                three_prime_anchor=start + length - joint,
                mismatches=mismatches,
                duplicate=False,
            )
        )
    return tuple(reads)


def discordant_pair(
    fused: str, number: int, left: int, right: int, length: int = READ_LENGTH
) -> tuple[SupportingRead, SupportingRead]:
    """A pair with one mate on each side of the joint."""
    name = f"A00123:45:HXXXX:1:2204:{3000 + 89 * number}:{4000 + 53 * number}"
    mates = []
    for mate, start in ((1, left), (2, right)):
        mates.append(
            SupportingRead(
                name=name,
                mate=1 if mate == 1 else 2,
                kind="discordant",
                sequence=fused[start : start + length],
                offset=start,
                five_prime_anchor=length if mate == 1 else 0,
                three_prime_anchor=length if mate == 2 else 0,
                mismatches=0,
                duplicate=False,
            )
        )
    return mates[0], mates[1]


def support(reads: tuple[SupportingRead, ...] = (), **changes: Any) -> Support:
    """Counts that agree with ``reads``."""
    split = {read.name for read in reads if read.kind == "split" and not read.duplicate}
    pairs = {read.name for read in reads if read.kind == "discordant" and not read.duplicate}
    extra = {read.name for read in reads if read.duplicate}
    values: dict[str, Any] = {
        "split_reads": len(split),
        "discordant_pairs": len(pairs),
        "distinct_starts": len({read.offset for read in reads if not read.duplicate}),
        "split_reads_raw": len(split | extra),
        "discordant_pairs_raw": len(pairs),
        "sources": (
            SourceStatement(
                kind="reads",
                name="fastq",
                split_reads=len(split),
                discordant_pairs=len(pairs),
                says=SourceSays.SEEN,
                evidence=(
                    f"support.reads ({len(reads)} of {len(reads)} reads);"
                    " supporting_reads.bam, reference nf1.0"
                )
                if reads
                else "qc.reads",
            ),
        ),
        "reads": reads,
        "reads_total": len(reads),
    }
    return Support(**{**values, **changes})


def canonical_reads() -> tuple[str, tuple[SupportingRead, ...]]:
    """The fused sequence, 200 bases, and the reads of a good sample."""
    before, after = canonical_parts()
    fused = before + after
    reads = split_reads(fused, FLANK, (30, 38, 44, 49, 57, 62, 71, 80))
    copy = reads[3].model_copy(update={"name": reads[3].name + "9", "duplicate": True})
    pairs = (
        discordant_pair(fused, 1, 2, 110)
        + discordant_pair(fused, 2, 11, 118)
        + discordant_pair(fused, 3, 20, 123)
    )
    return fused, (*reads, copy, *pairs)


def call(**changes: Any) -> FusionCall:
    """BRD4::NUTM1 as the reads of a good sample show it."""
    fused, reads = canonical_reads()
    values: dict[str, Any] = {
        "fusion_id": "nf1.3f0c9d52a1",
        "five_prime_gene": BRD4,
        "three_prime_gene": NUTM1,
        "junction": junction(),
        "fusion_detection": FusionDetection.OBSERVED,
        "support": support(reads),
        "longest_five_prime_anchor": 70,
        "longest_three_prime_anchor": 55,
        "consensus_sequence": fused,
        "consensus_junction_offset": FLANK,
        "partner_identity": 1.0,
        "partner_hint": None,
    }
    return FusionCall(**{**values, **changes})


def qc(**changes: Any) -> ReadQc:
    """Figures of a good whole-transcriptome sample without a fusion."""
    counted = {"BRD4": 5204, "BRD3": None, "BRD2": None, "BRDT": None, "NSD3": None}
    values: dict[str, Any] = {
        "fragments": 31_482_907,
        "reads": 62_965_814,
        "bases": 4_722_436_050,
        "read_length_min": 35,
        "read_length_max": 75,
        "read_length_mean": 74.871,
        "mean_base_quality": 35.42,
        "n_fraction": 0.000212,
        "fragments_kept": 4,
        "nutm1_fragments": 2,
        "nutm1_upstream_fragments": 1,
        "nutm1_downstream_fragments": 1,
        "partner_fragments": tuple(
            GeneFragments(gene=panel().genes[symbol].ref, fragments=fragments)
            for symbol, fragments in counted.items()
        ),
        "insert_size_median": 184,
        "umi": "none",
        "unassigned": (),
        "single_fragment_chimeras": 0,
        "exon_ends": exon_ends(64, 22),
    }
    return ReadQc(**{**values, **changes})


def alignment_qc(**changes: Any) -> AlignmentQc:
    """A good RNA alignment of which all reads were examined."""
    values: dict[str, Any] = {
        "look": "all_reads",
        "fragments_examined": 31_482_907,
        "unmapped_reads": 1_204_118,
        "assembly": Assembly.GRCH38,
        "control_fragments": 5204,
        "control_spliced": 2310,
    }
    return AlignmentQc(**{**values, **changes})


def calls(*found: FusionCall, **changes: Any) -> SampleCalls:
    """The calls of one sample."""
    values: dict[str, Any] = {
        "sample": "S1",
        "calls": found,
        "qc": qc(),
        "inputs": (
            InputFile(role="fastq_1", sha256=64 * "1", records=31_482_907),
            InputFile(role="fastq_2", sha256=64 * "2", records=31_482_907),
        ),
        "panel_digest": panel().digest,
    }
    return SampleCalls(**{**values, **changes})


def scored(
    *found: FusionCall, tests: tuple[OrthogonalTest, ...] = (), **changes: Any
) -> SampleScored:
    """One sample, annotated with the starter panel and held against the shipped profile."""
    return score(annotate(calls(*found, **changes), panel()), load_assay(), panel(), tests)


def sample(**changes: Any) -> DossierSample:
    """Sample facts; nothing declared by default."""
    values: dict[str, Any] = {
        "id": "S1",
        "run": None,
        "declared": Declared(disease=None, pretreated=None, relapse=None),
        "orthogonal": (),
    }
    return DossierSample(**{**values, **changes})


def from_programs(callers: CallerEvidence, *reads: JunctionSupport, look: bool = False) -> Dossier:
    """A dossier from rows of other programs.

    Args:
        callers: The rows and their files.
        reads: What the reads show.
        look: Reads were looked at, whatever they showed; else there were none.
    """
    evidence = SampleEvidence(
        sample="S1",
        junctions=reads,
        qc=qc() if reads or look else None,
        inputs=(),
        panel_digest=panel().digest,
        callers=callers,
    )
    annotated = annotate(consolidate(evidence, panel()), panel())
    result = score(annotated, load_assay(), panel(), ())
    facts = sample()
    statement = evaluate(result, facts, load_policy())
    return build_dossier(result, facts, statement, panel_label=panel().name)


def policy(**changes: Any) -> PolicyStatement:
    """A statement with one gate of every verdict."""
    gates = tuple(
        PolicyGate(
            id=f"gate_{verdict.value}",
            verdict=verdict,
            observed=None,
            reason=None,
            quote="prétraités et en rechute",
            source="press release",
        )
        for verdict in GateVerdict
    )
    values: dict[str, Any] = {
        "id": "test-policy",
        "version": "1",
        "title": "test",
        "status": "full_text",
        "source_note": "nothing was read",
        "digest": 64 * "a",
    }
    return PolicyStatement(**{**values, "gates": gates, **changes})


def dossier(*found: FusionCall, facts: DossierSample | None = None, **changes: Any) -> Dossier:
    """A dossier through annotation, scoring and this room."""
    facts = sample(id=changes.get("sample", "S1")) if facts is None else facts
    return build_dossier(
        scored(*found, tests=facts.orthogonal, **changes),
        facts,
        policy(),
        panel_label=panel().name,
    )
