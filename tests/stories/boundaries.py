"""One row on either side of every criterion's boundary, and one that nobody can assess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.builders import (
    NUTM1,
    acceptor_end,
    annotated,
    bounded_junction,
    donor_end,
    end,
    fusion_call,
    gene,
    junction,
    partner_call,
    partner_fragments,
    read_qc,
    source,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import rnaseq

from nutfusion.model.evidence import LEAST_SPLICED, AlignmentQc
from nutfusion.model.terms import Strand
from nutfusion.scoring.criterion import answers
from nutfusion.scoring.mappability import KnownSequences, joint_kmers, kmers, look_up
from nutfusion.scoring.quality import assess_quality
from nutfusion.scoring.registry import Beside, criteria_for

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import FusionCall
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import CriterionOutcome

MET, NOT_MET, UNKNOWN = "met", "not_met", "not_assessable"


@dataclass(frozen=True)
class Row:
    """What a criterion is asked, and what it must answer.

    Attributes:
        criterion: Its identifier.
        verdict: What it must answer.
        fusion: A fusion, for a criterion of fusions.
        qc: Figures of the reads.
        beside: The rest of the sample.
        value: The figure that is held against the threshold; ``None``: yes or no, or unknown.
    """

    criterion: str
    verdict: str
    fusion: AnnotatedFusion | None = None
    qc: ReadQc | None = None
    beside: Beside | None = None
    value: float | None = None


def answer(row: Row) -> CriterionOutcome:
    """What the criterion answers under the default profile."""
    if row.fusion is None:
        found = assess_quality(row.qc, rnaseq().quality)
    else:
        criteria = criteria_for(rnaseq(), starter_panel(), row.qc, row.beside)
        found = answers(criteria, row.fusion)
    return next(outcome for outcome in found if outcome.id == row.criterion)


def _call(call: FusionCall | None = None, **changes: Any) -> AnnotatedFusion:
    return annotated(fusion_call(**changes) if call is None else call)


def _counts(split: int | None, pairs: int | None, starts: int | None = 9) -> AnnotatedFusion:
    return _call(support=support(split_reads=split, discordant_pairs=pairs, distinct_starts=starts))


def _anchors(five: int | None, three: int | None) -> AnnotatedFusion:
    return _call(
        support=support(reads=(), reads_total=None),
        longest_five_prime_anchor=five,
        longest_three_prime_anchor=three,
    )


def _parts(before: str = "", after: str = "") -> FusionCall:
    """The canonical fusion with these bases beside its joint instead of its own."""
    panel = starter_panel()
    brd4, nutm1 = panel.mane("BRD4"), panel.mane("NUTM1")
    assert brd4 is not None and brd4.sequence is not None  # noqa: PT018 - for the type checker
    assert nutm1 is not None and nutm1.sequence is not None  # noqa: PT018
    last = brd4.transcript_position(15254152) or 0
    first = nutm1.transcript_position(34347969) or 0
    five = before or brd4.sequence[last - 60 : last]
    three = after or nutm1.sequence[first - 1 : first + 59]
    return fusion_call(consensus_sequence=five + three, consensus_junction_offset=len(five))


def _shared(bases: int) -> Row:
    """40 bases of the partner are 21 stretches of 20; a paralogue holds the first ``bases``."""
    call = _parts()
    other = (call.consensus_sequence or "")[20 : 20 + bases]
    known = dict(look_up(joint_kmers([annotated(call)]), starter_panel()).genes)
    for kmer in kmers(other):
        known[kmer] = known.get(kmer, frozenset()) | {"OTHER"}
    own = (21 - (bases - 19)) / 21
    verdict = MET if bases == 29 else NOT_MET
    beside = Beside(known=KnownSequences(known))
    return Row("joint_mappable", verdict, annotated(call), beside=beside, value=own)


def _sure(fusion: AnnotatedFusion) -> AnnotatedFusion:
    """Its domains as if somebody had checked their residues."""
    checked = tuple(d.model_copy(update={"verified": True}) for d in fusion.domains)
    return fusion.model_copy(update={"domains": checked})


def _aligned(**changes: Any) -> ReadQc:
    values: dict[str, Any] = {
        "look": "all_reads", "fragments_examined": 10**7, "unmapped_reads": 10**6,
        "assembly": "GRCh38", "control_fragments": 1000, "control_spliced": 400,
    }  # fmt: skip
    return read_qc(alignment=AlignmentQc(**values | changes))


def _background(upstream: int, downstream: int) -> ReadQc:
    return read_qc(nutm1_upstream_fragments=upstream, nutm1_downstream_fragments=downstream)


NOWHERE = "GATTCGGACTTAACCGGAGTCCATTGCAGGAATCTGACCATG"
"""42 bases of no gene."""
_RECIPROCAL = fusion_call(
    fusion_id="nf1.reciprocal",
    five_prime_gene=NUTM1,
    three_prime_gene=gene("BRD4"),
    junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)),
)
_BOUNDED = fusion_call(junction=bounded_junction())
_MGA = fusion_call(
    five_prime_gene=gene("MGA"),
    junction=junction(five_prime=end("chr15", 41_700_000, Strand.PLUS)),
)
"""The starter has no exons of MGA."""
_TWO = (source(), source(kind="caller", name="arriba"))
_ONE = (source(), source(kind="caller", name="arriba", remarks=("not_passed",)))

ROWS: Final = (
    Row("enough_supporting_fragments", MET, _counts(2, 1), value=3),
    Row("enough_supporting_fragments", NOT_MET, _counts(2, 0), value=2),
    Row("enough_supporting_fragments", UNKNOWN, _counts(None, None)),
    Row("enough_split_reads", MET, _counts(2, 9), value=2),
    Row("enough_split_reads", NOT_MET, _counts(1, 9), value=1),
    Row("enough_split_reads", UNKNOWN, _counts(None, 9)),
    Row("enough_distinct_starts", MET, _counts(9, 9, 2), value=2),
    Row("enough_distinct_starts", NOT_MET, _counts(9, 9, 1), value=1),
    Row("enough_distinct_starts", UNKNOWN, _counts(9, 9, None)),
    Row("anchors_both_sides", MET, _anchors(12, 80), value=12),
    Row("anchors_both_sides", NOT_MET, _anchors(80, 11), value=11),
    Row("anchors_both_sides", UNKNOWN, _anchors(None, None)),
    Row("partner_sequence_matches", MET, _call(partner_identity=0.95), value=0.95),
    Row("partner_sequence_matches", NOT_MET, _call(partner_identity=0.9499), value=0.9499),
    Row("partner_sequence_matches", UNKNOWN, _call(partner_identity=None)),
    # 20 bases of a CA repeat before ordinary ones score 2.00, 23 of an AAG repeat 2.11.
    Row("joint_complexity", MET, annotated(_parts(after="CA" * 10 + NOWHERE)), value=2.0),
    Row("joint_complexity", NOT_MET, annotated(_parts(after="AAG" * 7 + "AA" + NOWHERE)),
        value=2.11),
    Row("joint_complexity", UNKNOWN, annotated(_BOUNDED)),
    _shared(29),
    _shared(30),
    Row("joint_mappable", UNKNOWN, annotated(_BOUNDED)),
    Row("exact_junction", MET, _call()),
    Row("exact_junction", NOT_MET, annotated(_BOUNDED)),
    Row("exon_boundary_junction", MET, _call()),
    Row(
        # One base inside exon 11.
        "exon_boundary_junction",
        NOT_MET,
        _call(junction=junction(five_prime=end("chr19", 15254153, Strand.MINUS))),
    ),
    Row("exon_boundary_junction", UNKNOWN, annotated(_MGA)),
    Row("known_junction", MET, _call()),
    Row("known_junction", UNKNOWN, annotated(partner_call("BRD4", 12))),
    Row("nutm1_is_three_prime", MET, _call()),
    Row("nutm1_is_three_prime", NOT_MET, annotated(_RECIPROCAL)),
    Row("both_parts_sense", MET, _call()),
    Row(
        "both_parts_sense",
        NOT_MET,
        _call(junction=junction(five_prime=end("chr19", 15254152, Strand.PLUS))),
    ),
    Row("both_parts_sense", UNKNOWN, annotated(unknown_partner_call())),
    # Exon 11 ends in phase 1, exon 12 in phase 0.
    Row("reading_frame_in_frame", MET, _call()),
    Row("reading_frame_in_frame", NOT_MET, annotated(partner_call("BRD4", 12))),
    Row("reading_frame_in_frame", UNKNOWN, annotated(_BOUNDED)),
    # Exon 8 ends before the ET domain does.
    Row("domains_kept", MET, _sure(_call())),
    Row("domains_kept", NOT_MET, _sure(annotated(partner_call("BRD4", 8)))),
    Row("domains_kept", UNKNOWN, _call()),
    Row("nutm1_wild_type_background", MET, _call(), _background(1, 49), value=0.02),
    Row("nutm1_wild_type_background", NOT_MET, _call(), _background(2, 48), value=0.04),
    Row("nutm1_wild_type_background", UNKNOWN, _call(), _background(0, 19)),
    Row("sources_agree", MET, _call(support=support(sources=_TWO)), read_qc(), value=2),
    Row("sources_agree", NOT_MET, _call(support=support(sources=_ONE)), read_qc(), value=1),
    Row("sources_agree", UNKNOWN, _call(), read_qc()),
    Row("reciprocal_seen", MET, _call(), beside=Beside(fusions=(annotated(_RECIPROCAL),))),
    Row("reciprocal_seen", UNKNOWN, _call()),
    Row("unknown_partner_not_intron", MET, annotated(unknown_partner_call())),
    Row(
        "unknown_partner_not_intron",
        NOT_MET,
        annotated(unknown_partner_call(partner_hint="intron_end")),
    ),
    # Of a sample.
    Row("enough_fragments", MET, qc=read_qc(fragments=100_000), value=100_000),
    Row("enough_fragments", NOT_MET, qc=read_qc(fragments=99_999), value=99_999),
    Row("enough_fragments", UNKNOWN),
    Row("read_length", MET, qc=read_qc(read_length_mean=50.0), value=50),
    Row("read_length", NOT_MET, qc=read_qc(read_length_mean=49.99), value=49.99),
    Row("read_length", UNKNOWN),
    Row("base_quality", MET, qc=read_qc(mean_base_quality=20.0), value=20),
    Row("base_quality", NOT_MET, qc=read_qc(mean_base_quality=19.99), value=19.99),
    Row("base_quality", UNKNOWN),
    Row("partner_wild_type_seen", MET, qc=read_qc(partner_fragments=partner_fragments(BRD4=300)),
        value=300),
    Row("partner_wild_type_seen", NOT_MET,
        qc=read_qc(partner_fragments=partner_fragments(BRD4=299)), value=299),
    Row("partner_wild_type_seen", UNKNOWN),
    Row("unmapped_reads_kept", MET, qc=_aligned(unmapped_reads=1), value=1),
    Row("unmapped_reads_kept", NOT_MET, qc=_aligned(unmapped_reads=0), value=0),
    # 3' libraries and DNA do not cross exons.
    Row("exon_joints_read", MET, qc=_aligned(control_spliced=20), value=LEAST_SPLICED),
    Row("exon_joints_read", NOT_MET, qc=_aligned(control_spliced=19), value=0.019),
)  # fmt: skip
"""In the order of the registry, then of a sample's quality."""
