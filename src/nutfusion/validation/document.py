"""What a validation found, as one record: ``validation.json``, and what the pages are made of."""

from __future__ import annotations

from typing import Literal

from nutfusion.model.base import Record
from nutfusion.validation.design import Criterion

Answer = Literal["met", "not_met", "not_measured"]


class Share(Record):
    """Some of many, with the exact 95 % interval (Clopper and Pearson).

    Attributes:
        found: How many.
        made: Of how many; with 0 there is no share and no interval.
        low: Lower end, 0 to 1; ``None`` of none.
        high: Upper end; ``None`` of none.
    """

    found: int
    made: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        """Share, 0 to 1; ``None`` of none."""
        return self.found / self.made if self.made else None


class Row(Record):
    """One row of a table of shares.

    Attributes:
        label: What it is about: names and numbers, the same in every language, or a code of the
            page's words.
        shares: One per column.
    """

    label: str
    shares: tuple[Share, ...]


class Table(Record):
    """A table of shares.

    Attributes:
        id: Which table; a code of the page's words.
        columns: Codes of the page's words, or names.
        rows: In a stated order.
    """

    id: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class LimitRow(Record):
    """A 95 % detection limit.

    Attributes:
        id: Which: ``fragments_fresh``, ``fragments_ffpe``, ``fraction``.
        asked: ``seen`` (called at the right joint) or ``confirmed`` (state as well).
        levels: Amount, found, made.
        value: See ``statistics.Limit``.
        low: As before.
        high: As before.
        slope: As before.
        chi2: As before.
        freedom: As before.
        bracket_low: As before.
        bracket_high: As before.
        why: As before.
    """

    id: str
    asked: Literal["seen", "confirmed"]
    levels: tuple[tuple[float, int, int], ...]
    value: float | None
    low: float | None
    high: float | None
    slope: float | None
    chi2: float | None
    freedom: int
    bracket_low: float
    bracket_high: float | None
    why: str | None


class StateRow(Record):
    """How often a state was given where others were right.

    Attributes:
        why: Reason of the states that were right.
        given: State given.
        samples: How often.
        right: It is one of them.
    """

    why: str
    given: str
    samples: int
    right: bool


class Failure(Record):
    """One sample that is not as it should be.

    Attributes:
        id: Of the sample.
        make: Identifier to make it again with (``--only``).
        kinds: ``not_seen``, ``not_exact``, ``wrong_state``, ``bet_false_positive``,
            ``false_call``, ``over_counted``, ``other_bytes``.
        counts_for: Acceptance criteria that it counts against.
        conditions: Reads, library and fragments in words of the design.
        expected: States that are right.
        state: State given.
        calls: Every call that is not of the truth.
    """

    id: str
    make: str
    kinds: tuple[str, ...]
    counts_for: tuple[str, ...]
    conditions: str
    expected: tuple[str, ...]
    state: str
    calls: tuple[str, ...]


class CriterionOutcome(Record):
    """An acceptance criterion, answered.

    Attributes:
        criterion: What was asked.
        answer: ``not_measured`` when the set holds nothing, or too little, to answer it with.
        observed: What is held against it; of ``sensitivity_3`` and ``sensitivity_5`` the joint
            with the least.
        label: Of which joint, where it is one's.
    """

    criterion: Criterion
    answer: Answer
    observed: Share
    label: str | None


class PeerRow(Record):
    """Another program on the same reads.

    Attributes:
        program: Name.
        version: As it says itself; ``None`` when it was not run.
        measured: It was run; otherwise nothing below is known.
        why: Why it was not; ``None`` when it was.
        found: Fusions that it reports at the right base.
        named: Fusions whose two genes it reports, at any base.
        false_positives: Samples without a NUTM1 fusion in which it reports one with NUTM1.
        wall: s of all samples together, without making its index.
        cpu: s, as before.
        peak: Largest resident set (MiB).
    """

    program: str
    version: str | None
    measured: bool
    why: str | None
    found: Share | None = None
    named: Share | None = None
    false_positives: Share | None = None
    wall: float | None = None
    cpu: float | None = None
    peak: float | None = None


class Missing(Record):
    """A catalogued edge that no sample could be made of.

    Attributes:
        gene: HGNC symbol.
        exon: MANE exon.
        why: ``no_sequence``, ``sequence_too_short`` or ``elsewhere``.
    """

    gene: str
    exon: int
    why: str


class Short(Record):
    """A stratum of which fewer samples were made than the design asks for.

    Attributes:
        stratum: Which.
        asked: Samples of the design.
        made: Samples judged; 0: the stratum is missing.
    """

    stratum: str
    asked: int
    made: int


class Validation(Record):
    """A validation.

    Attributes:
        tag: What the file is.
        schema_version: Of this record.
        nutfusion: Version.
        sources: sha256 over the sources that the outcomes depend on (``validation.sources``).
        size: ``small`` or ``standard``.
        seed: Of everything.
        panel: Name.
        panel_digest: sha256.
        panel_genes: Genes whose sequence it holds.
        assay: ``id@version``.
        assay_digest: sha256 of the profile.
        run_settings: ``id@version``.
        run_settings_digest: sha256.
        hopping_rate: Share of reads that hop; made as the settings assume it.
        background: File name, or ``invented``.
        background_digest: sha256; ``None`` when invented.
        background_transcripts: How many are used.
        background_left_out: How many of the file are not.
        samples: Samples judged.
        positives: With a NUTM1 fusion that counts.
        negatives: Without.
        acceptor: NUTM1 with the exon of the catalogued joints (MANE).
        catalogued: 5' genes with the exons of the joints that samples were made of.
        missing: Catalogued edges that none could be made of.
        short: Strata that the panel gives fewer samples of than the design asks for, or none.
        criteria: Acceptance criteria, answered.
        tables: Shares by what differs.
        limits: Detection limits.
        states: Given against right.
        held_back: Samples that would have been given a BET state without the comparison of the
            run, of those that another sample's reads hopped to.
        repeated: Samples made and assessed again: the same verdict to the byte.
        failures: Everything that is not as it should be.
        peers: Other programs.
    """

    tag: Literal["nutfusion validation"] = "nutfusion validation"
    schema_version: tuple[int, int] = (1, 0)
    nutfusion: str
    sources: str
    size: str
    seed: int
    panel: str
    panel_digest: str
    panel_genes: tuple[str, ...]
    assay: str
    assay_digest: str
    run_settings: str
    run_settings_digest: str
    hopping_rate: float
    background: str
    background_digest: str | None
    background_transcripts: int
    background_left_out: int
    samples: int
    positives: int
    negatives: int
    acceptor: str
    catalogued: tuple[str, ...]
    missing: tuple[Missing, ...]
    short: tuple[Short, ...]
    criteria: tuple[CriterionOutcome, ...]
    tables: tuple[Table, ...]
    limits: tuple[LimitRow, ...]
    states: tuple[StateRow, ...]
    held_back: Share
    repeated: Share
    failures: tuple[Failure, ...]
    peers: tuple[PeerRow, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every acceptance criterion is met."""
        return all(one.answer == "met" for one in self.criteria)
