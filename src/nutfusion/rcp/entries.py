"""From the files that came in to one entry per dossier."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from nutfusion.dossier.paper import TEST_ASSAY, TEST_PANEL
from nutfusion.rcp.model import (
    Entry,
    LastEntry,
    Missing,
    Novelty,
    Standing,
    StandingRow,
)
from nutfusion.review.check import FolderStatus, check_folder
from nutfusion.review.keys import fingerprint
from nutfusion.review.model import ReviewField, ReviewVerdict
from nutfusion.review.standing import standing_fusions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nutfusion.rcp.bundle import Bundle
    from nutfusion.review.check import FolderCheck
    from nutfusion.review.facts import DossierFacts, Exon
    from nutfusion.review.keys import TrustedKeys
    from nutfusion.review.standing import StandingFusion


def check_folders(
    folders: Mapping[str, Mapping[str, bytes]], trusted: TrustedKeys, scratch: Path
) -> dict[str, FolderCheck]:
    """Check every dossier of a bundle, laid out below an empty folder."""
    found = {}
    for name, files in folders.items():
        folder = scratch / name
        folder.mkdir()
        for leaf, data in files.items():
            (folder / leaf).write_bytes(data)
        found[name] = check_folder(folder, trusted)
    return found


def entries(
    bundle: Bundle, checks: Mapping[str, FolderCheck]
) -> tuple[tuple[Entry, ...], tuple[LastEntry, ...]]:
    """One entry per dossier, and those of the meeting before that are not here.

    Returns:
        Entries by pseudonym, laboratory and folder; unreadable dossiers last.
    """
    alone = [_entry(bundle, name, found) for name, found in checks.items()]
    alone.sort(key=lambda one: (one.sample is None, one.sample or "", one.centre or "", one.folder))
    present = [one for one in alone if one.withdrawal is None]
    # NB: two dossiers that cannot be read are not two versions of one
    digests: Counter[str | None] = Counter(
        one.dossier_sha256 for one in present if one.dossier_sha256 is not None
    )
    made = []
    for one in alone:
        missing = set(one.missing)
        if one.withdrawal is None and digests[one.dossier_sha256] > 1:
            missing.add(Missing.TWO_VERSIONS)
        if one.withdrawal is None and any(_rivals(one, other) for other in present):
            missing.add(Missing.TWO_DOSSIERS)
        ordered = tuple(code for code in Missing if code in missing)
        standing = Standing.INCOMPLETE if ordered else Standing.COMPLETE
        if one.withdrawal is not None:
            standing = Standing.WITHDRAWN
        made.append(one.model_copy(update={"missing": ordered, "standing": standing}))
    last = bundle.meeting.last
    gone = tuple(
        before
        for before in (last.entries if last else ())
        if not any(one.is_same_case(before) for one in made)
    )
    return tuple(made), gone


def _rivals(one: Entry, other: Entry) -> bool:
    """Two dossiers with one pseudonym that nothing tells apart."""
    return (
        one.folder != other.folder
        and one.dossier_sha256 != other.dossier_sha256
        and one.sample is not None
        and one.sample == other.sample
        and (one.centre == other.centre or one.centre is None or other.centre is None)
    )


def _entry(bundle: Bundle, name: str, found: FolderCheck) -> Entry:
    """One dossier, as if it were alone."""
    facts = found.facts
    last = found.last
    review = last.review if last else None
    closes = bundle.meeting.closes_on
    arrived = bundle.arrivals[name].arrived_on
    # NB: nothing holds of a dossier that was touched after it was signed
    holds = facts is not None and found.status is not FolderStatus.TOUCHED
    # NB: anyone can make a key; what a stranger corrects is shown, and changes nothing
    vouched = review if found.status is FolderStatus.SIGNED else None
    standing = standing_fusions(facts, vouched) if facts and holds else ()
    decisions = bundle.decisions.get(name, [])
    state = facts.molecular_state if facts and holds else None
    entry = Entry(
        folder=name,
        sample=facts.sample.id if facts else None,
        centre=review.reviewer.centre if review else None,
        run=facts.sample.run if facts else None,
        assay=f"{facts.assay.id}@{facts.assay.version}" if facts else None,
        dossier_sha256=found.dossier_sha256,
        review_number=review.number if review else None,
        review_sha256=last.sha256 if last else None,
        reviewer=review.reviewer.id if review else None,
        signed_at=review.signed_at if review else None,
        key=fingerprint(review.reviewer.public_key) if review else None,
        key_label=last.key_label if last else None,
        status=found.status,
        automatic_state=state,
        state=vouched.sample_state.reviewed if vouched else state,
        claimed_state=review.sample_state.reviewed if review and not vouched else None,
        fusions=tuple(_row(one) for one in standing),
        rejected=sum(d.verdict is ReviewVerdict.REJECTED for d in vouched.decisions)
        if vouched
        else None,
        arrived_on=arrived,
        is_late=None if closes is None else arrived > closes,
        novelty=Novelty.NOT_COMPARED,
        changes=(),
        standing=Standing.COMPLETE,
        missing=(),
        withdrawal=bundle.withdrawals.get(name),
        decision=decisions[-1] if decisions else None,
    )
    novelty, changes = _novelty(entry, bundle)
    lacks = tuple(code for code in Missing if code in _lacks(entry, found))
    return entry.model_copy(update={"missing": lacks, "novelty": novelty, "changes": changes})


def _lacks(entry: Entry, found: FolderCheck) -> set[Missing]:
    """What one dossier lacks."""
    facts = found.facts
    lacks: set[Missing] = set()
    match found.status:
        case FolderStatus.TOUCHED if facts is not None or found.reviews:
            lacks.add(Missing.TOUCHED)
        case FolderStatus.TOUCHED:
            pass
        case FolderStatus.UNSIGNED:
            lacks.add(Missing.UNSIGNED)
        case FolderStatus.SIGNED_UNKNOWN_KEY:
            lacks.add(Missing.UNKNOWN_KEY)
        case FolderStatus.SIGNED:
            pass
    decision = entry.decision
    if decision is not None and decision.review_sha256 != entry.review_sha256:
        lacks.add(Missing.DECIDED_BEFORE)
    if facts is None:
        return lacks | {Missing.UNREADABLE}
    declared = facts.sample.declared
    for code, is_missing in (
        (Missing.TEST_DATA, _is_test_data(facts)),
        (Missing.CONTROL, facts.sample.control is not None),
        (Missing.DISEASE, declared.disease is None),
        (Missing.PRETREATED, declared.pretreated is None),
        (Missing.RELAPSE, declared.relapse is None),
    ):
        if is_missing:
            lacks.add(code)
    return lacks


def _is_test_data(facts: DossierFacts) -> bool:
    """Whether panel or profile are for tests only."""
    provenance = facts.provenance
    return provenance.panel.startswith(TEST_PANEL) or (
        provenance.assay.partition("@")[0] == TEST_ASSAY
    )


def _novelty(entry: Entry, bundle: Bundle) -> tuple[Novelty, tuple[str, ...]]:
    """Against the meeting before: what changed."""
    last = bundle.meeting.last
    if last is None:
        return Novelty.NOT_COMPARED, ()
    before = [one for one in last.entries if entry.is_same_case(one)]
    if not before:
        return Novelty.NEW, ()
    # NB: one digest is a better match than one pseudonym
    same = next((o for o in before if o.dossier_sha256 == entry.dossier_sha256), before[0])
    changes = tuple(changes_between(same, entry))
    return (Novelty.AMENDED if changes else Novelty.UNCHANGED), changes


def changes_between(before: LastEntry, now: Entry | LastEntry) -> list[str]:
    """Which of dossier, review and state changed."""
    return [
        code
        for code, was, is_now in (
            ("dossier", before.dossier_sha256, now.dossier_sha256),
            ("review", before.review_sha256, now.review_sha256),
            ("state", before.state, now.state),
        )
        if was != is_now
    ]


def _row(fusion: StandingFusion) -> StandingRow:
    automatic = fusion.automatic
    values = fusion.values

    def exon(one: Exon | None, position: ReviewField) -> str | None:
        if one is None or values[position] != automatic.automatic(position):
            return None
        return f"{one.transcript}:{one.exon}"

    return StandingRow(
        fusion_id=automatic.fusion_id,
        name=fusion.name,
        state=fusion.state,
        partner_class=values[ReviewField.PARTNER_CLASS] or automatic.partner_class.value,
        five_prime_gene=values[ReviewField.FIVE_PRIME_GENE],
        three_prime_gene=values[ReviewField.THREE_PRIME_GENE],
        five_prime_position=values[ReviewField.FIVE_PRIME_POSITION],
        three_prime_position=values[ReviewField.THREE_PRIME_POSITION],
        five_prime_exon=exon(automatic.exons.five_prime, ReviewField.FIVE_PRIME_POSITION),
        three_prime_exon=exon(automatic.exons.three_prime, ReviewField.THREE_PRIME_POSITION),
        reading_frame=values[ReviewField.READING_FRAME] or automatic.reading_frame.value,
        split_reads=automatic.support.split_reads,
        discordant_pairs=automatic.support.discordant_pairs,
        verdict=None if fusion.verdict is None else fusion.verdict.value,
    )
