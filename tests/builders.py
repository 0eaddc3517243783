"""Builders of records: valid by default, one change per test.

The default fusion is the canonical one: BRD4 exon 11 joined to NUTM1 MANE exon 3 (GRCh38
chr19:15254152 minus, chr15:34347969 plus), with support that passes the shipped profiles.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from nutfusion.annotation import annotate_call
from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement, Support
from nutfusion.model.dossier import Declared, DossierSample, OrthogonalTest
from nutfusion.model.evidence import ExonEndFragments, GeneFragments, ReadQc
from nutfusion.model.exon_ends import possible_ends
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly, FusionDetection, SourceSays, Strand
from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from nutfusion.model.panel import Exon, Panel

BRD4 = GeneRef(symbol="BRD4", hgnc_id="HGNC:13575")
NUTM1 = GeneRef(symbol="NUTM1", hgnc_id="HGNC:29919")

BRD4_EXON_11 = 15254152
"""Last base of BRD4 exon 11, GRCh38 chr19, minus strand."""

NUTM1_EXON_3 = 34347969
"""First base of NUTM1 MANE exon 3, GRCh38 chr15, plus strand."""


@cache
def starter_panel() -> Panel:
    """The packaged panel, loaded once."""
    return load_panel()


def gene(symbol: str) -> GeneRef:
    """A panel gene by its symbol."""
    return starter_panel().genes[symbol].ref


def mane_exon(symbol: str, number: int) -> Exon:
    """An exon of a gene's MANE Select transcript."""
    mane = starter_panel().mane(symbol)
    assert mane is not None
    return next(exon for exon in mane.exons if exon.number == number)


def end(
    contig: str, position: int | None, strand: Strand, position_range: tuple[int, int] | None = None
) -> JunctionEnd:
    """One side of a junction on GRCh38."""
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=contig,
        position=position,
        position_range=position_range,
        strand=strand,
    )


def donor_end(symbol: str, number: int, inside: int = 0) -> JunctionEnd:
    """The last base of an exon, or ``inside`` bases before it in the sense of the transcript."""
    mane = starter_panel().mane(symbol)
    assert mane is not None
    assert mane.contig is not None
    exon = mane_exon(symbol, number)
    if mane.strand is Strand.PLUS:
        return end(mane.contig, exon.end - inside, Strand.PLUS)
    return end(mane.contig, exon.start + inside, Strand.MINUS)


def acceptor_end(symbol: str, number: int, inside: int = 0) -> JunctionEnd:
    """The first base of an exon, or ``inside`` bases after it in the sense of the transcript."""
    mane = starter_panel().mane(symbol)
    assert mane is not None
    assert mane.contig is not None
    exon = mane_exon(symbol, number)
    if mane.strand is Strand.PLUS:
        return end(mane.contig, exon.start + inside, Strand.PLUS)
    return end(mane.contig, exon.end - inside, Strand.MINUS)


def junction(**changes: Any) -> Junction:
    """The canonical joint, exact, without a linker."""
    values: dict[str, Any] = {
        "exact": True,
        "five_prime": end("chr19", BRD4_EXON_11, Strand.MINUS),
        "three_prime": end("chr15", NUTM1_EXON_3, Strand.PLUS),
        "homology": 0,
        "linker_sequence": "",
    }
    return Junction(**(values | changes))


def bounded_junction(**changes: Any) -> Junction:
    """A joint that only discordant pairs show."""
    values: dict[str, Any] = {
        "exact": False,
        "five_prime": end("chr19", None, Strand.MINUS, (15254152, 15255592)),
        "three_prime": end("chr15", None, Strand.PLUS, (34347969, 34348677)),
        "homology": None,
        "linker_sequence": None,
    }
    return Junction(**(values | changes))


def source(**changes: Any) -> SourceStatement:
    """Our own look at the reads: seen."""
    values: dict[str, Any] = {
        "kind": "reads",
        "name": "fastq",
        "split_reads": 8,
        "discordant_pairs": 3,
        "says": SourceSays.SEEN,
        "evidence": "sha256:0",
    }
    return SourceStatement(**(values | changes))


def support(**changes: Any) -> Support:
    """Eight split fragments and three pairs, nine distinct starts."""
    values: dict[str, Any] = {
        "split_reads": 8,
        "discordant_pairs": 3,
        "distinct_starts": 9,
        "split_reads_raw": 10,
        "discordant_pairs_raw": 3,
        "sources": (source(),),
        "reads": (),
        "reads_total": 0,
    }
    return Support(**(values | changes))


def fusion_call(**changes: Any) -> FusionCall:
    """BRD4::NUTM1 as the reads show it."""
    values: dict[str, Any] = {
        "fusion_id": "nf1.0000000000000001",
        "five_prime_gene": BRD4,
        "three_prime_gene": NUTM1,
        "junction": junction(),
        "fusion_detection": FusionDetection.OBSERVED,
        "support": support(),
        "longest_five_prime_anchor": 60,
        "longest_three_prime_anchor": 55,
        "consensus_sequence": None,
        "consensus_junction_offset": None,
        "partner_identity": 1.0,
        "partner_hint": None,
    }
    return FusionCall(**(values | changes))


def partner_call(symbol: str, exon: int, acceptor: int = 3, **changes: Any) -> FusionCall:
    """A panel gene's exon end joined to the start of a NUTM1 exon."""
    joint = junction(
        five_prime=donor_end(symbol, exon), three_prime=acceptor_end("NUTM1", acceptor)
    )
    return fusion_call(**({"five_prime_gene": gene(symbol), "junction": joint} | changes))


def unknown_partner_call(**changes: Any) -> FusionCall:
    """Reads leave NUTM1 at exon 3 for something that the panel does not hold."""
    values: dict[str, Any] = {
        "five_prime_gene": None,
        "junction": junction(exact=False, five_prime=None, homology=None, linker_sequence=None),
        "partner_identity": None,
    }
    return fusion_call(**(values | changes))


def annotated(call: FusionCall | None = None, **changes: Any) -> AnnotatedFusion:
    """A call annotated with the packaged panel, then changed."""
    fusion = annotate_call(call if call is not None else fusion_call(), starter_panel())
    return fusion.model_copy(update=changes)


def read_qc(**changes: Any) -> ReadQc:
    """Thirty million good pairs, with plenty of wild-type BRD4."""
    values: dict[str, Any] = {
        "fragments": 30_000_000,
        "reads": 60_000_000,
        "bases": 6_000_000_000,
        "read_length_min": 100,
        "read_length_max": 100,
        "read_length_mean": 100.0,
        "mean_base_quality": 36.0,
        "n_fraction": 0.0001,
        "fragments_kept": 500,
        "nutm1_fragments": 0,
        "nutm1_upstream_fragments": 0,
        "nutm1_downstream_fragments": 0,
        "partner_fragments": partner_fragments(BRD4=4_000),
        "insert_size_median": 180,
        "umi": "none",
        "unassigned": (),
        "single_fragment_chimeras": 0,
        "exon_ends": exon_ends(),
    }
    return ReadQc(**(values | changes))


def exon_ends(split: int = 90, pairs: int = 30, short: int = 0) -> tuple[ExonEndFragments, ...]:
    """Wild-type fragments, as many at every end of a BRD4 exon that keeps NUTM1's frame.

    Args:
        split: With anchors of 30 nt.
        pairs: With a mate on either side.
        short: Split as well, with anchors of 8 nt.
    """
    return tuple(
        ExonEndFragments(
            gene=end.gene,
            transcript=end.transcript,
            exon=end.exon,
            position=end.position,
            acceptor=end.acceptor,
            split=split + short,
            pairs=pairs,
            starts=split + short + pairs,
            split_by_anchor=tuple({8: short, 30: split}.get(n, 0) for n in range(4, 41)),
        )
        for end in possible_ends(starter_panel(), "BRD4")
    )


def partner_fragments(**counts: int | None) -> tuple[GeneFragments, ...]:
    """Wild-type fragments by symbol, in the order given."""
    return tuple(GeneFragments(gene=gene(name), fragments=n) for name, n in counts.items())


def sample_calls(*calls: FusionCall, **changes: Any) -> SampleCalls:
    """The calls of sample S1; none unless given."""
    values: dict[str, Any] = {
        "sample": "S1",
        "calls": calls,
        "qc": read_qc(),
        "inputs": (),
        "panel_digest": starter_panel().digest,
    }
    return SampleCalls(**(values | changes))


def sample_annotated(*fusions: AnnotatedFusion, **changes: Any) -> SampleAnnotated:
    """The annotated fusions of sample S1; none unless given."""
    values: dict[str, Any] = {
        "sample": "S1",
        "fusions": fusions,
        "qc": read_qc(),
        "inputs": (),
        "panel_digest": starter_panel().digest,
    }
    return SampleAnnotated(**(values | changes))


def orthogonal(kind: str = "fish", result: str = "positive", **changes: Any) -> OrthogonalTest:
    """A positive break-apart FISH."""
    return OrthogonalTest(**({"kind": kind, "result": result, "detail": None} | changes))


def dossier_sample(**declared: Any) -> DossierSample:
    """Sample S1 with every clinical fact declared, unless changed."""
    values: dict[str, Any] = {"disease": "NUT carcinoma", "pretreated": True, "relapse": True}
    return DossierSample(id="S1", run=None, declared=Declared(**(values | declared)), orthogonal=())
