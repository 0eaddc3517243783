"""Panels from a service that is slow, busy, wrong or gone."""

from __future__ import annotations

import email.utils
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.builders import STARTER, mane, sequence_of

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.reference import load_panel
from nutfusion.reference.build import BuildOptions
from nutfusion.reference.ensembl import EnsemblRest, Patience, ServiceError
from nutfusion.reference.fetch import fetch_panel
from nutfusion.reference.show import warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reference.conftest import Service

    from nutfusion.model.panel import Panel

BRD3 = "ENST00000303407.12"


class Clock:
    """Notes the pauses instead of waiting."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def rest(service: Service, clock: Clock, **patience: Any) -> EnsemblRest:
    return EnsemblRest(service.url, Patience(**{"timeout": 5.0, "sleep": clock.sleep, **patience}))


def fetch(service: Service, clock: Clock, out: Path, **patience: Any) -> Panel:
    return fetch_panel(rest(service, clock, **patience), BuildOptions(out), lambda _: None)


def notes(panel: Panel) -> list[str]:
    source = panel.manifest["source"]
    assert isinstance(source, dict)
    return list(source["notes"])


def test_every_mane_transcript_arrives_and_is_placed(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    panel = fetch(service, clock, tmp_path / "panel")
    for symbol in STARTER.genes:
        transcript = panel.mane(symbol)
        if transcript is None or symbol.startswith("NUTM2"):
            continue
        assert transcript.sequence == sequence_of(mane(symbol))
        assert [(b.start, b.end) for b in transcript.blocks] == [
            (e.start, e.end) for e in transcript.exons
        ]
    # what the starter has is not asked for again
    assert "ENST00000537011.6" not in service.asked
    assert panel.transcripts["ENST00000537011.6"] == STARTER.transcripts["ENST00000537011.6"]
    assert len([d for d in panel.decoys if d.gene and d.gene.startswith("NUTM2")]) == 6
    assert len([d for d in panel.decoys if d.gene == "NUTM1"]) == 7
    assert load_panel(tmp_path / "panel").digest == panel.digest
    assert not (tmp_path / "panel.partial").exists()
    # isoforms that this service does not know
    assert "ENST00000371835.8 (BRD4): the service does not have it" in notes(panel)


# what goes wrong first, the pauses before it goes right
FAULTS: list[tuple[list[Any], list[float]]] = [
    ([500], [1.0]),
    ([503, 502, 500], [1.0, 2.0, 4.0]),
    (["truncate"], [1.0]),
    (["garbage"], [1.0]),
    ([{"Retry-After": "7.5"}], [7.5]),
    ([{"Retry-After": "0"}, 500], [0.0, 2.0]),
    ([{"Retry-After": "soon"}], [1.0]),
]


@pytest.mark.parametrize(("faults", "pauses"), FAULTS)
def test_a_bad_answer_is_asked_for_again(
    service: Service, clock: Clock, faults: list[Any], pauses: list[float]
) -> None:
    service.faults = {BRD3: list(faults)}
    fetched = rest(service, clock).transcript(BRD3)
    assert fetched is not None
    assert (fetched.name, fetched.sequence) == (BRD3, sequence_of(mane("BRD3")))
    assert clock.pauses == pauses


def test_a_slow_answer_is_asked_for_again(service: Service, clock: Clock) -> None:
    service.faults = {BRD3: ["slow"]}
    fetched = rest(service, clock, timeout=0.2).transcript(BRD3)
    assert fetched is not None
    assert clock.pauses == [1.0]


def test_retry_after_may_be_a_date(service: Service, clock: Clock) -> None:
    date = email.utils.formatdate(time.time() + 20, usegmt=True)
    service.faults = {BRD3: [{"Retry-After": date}]}
    assert rest(service, clock).transcript(BRD3) is not None
    assert 15 < clock.pauses[0] <= 20


def test_a_service_that_keeps_failing_is_given_up(service: Service, clock: Clock) -> None:
    service.faults = {BRD3: [500] * 9}
    with pytest.raises(ServiceError) as caught:
        rest(service, clock).transcript(BRD3)
    assert clock.pauses == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert str(caught.value) == (
        f"{service.url}/sequence/id/{BRD3}?type=cdna: the service answered 500, given up after 6 "
        'tries; try later, or build from files with "nutfusion reference build"'
    )


def test_a_pause_that_is_too_long_ends_the_attempt(service: Service, clock: Clock) -> None:
    service.faults = {BRD3: [{"Retry-After": "3600"}]}
    with pytest.raises(ServiceError, match="answered 429, given up after 1 try"):
        rest(service, clock).transcript(BRD3)
    assert clock.pauses == []


def test_a_refusal_is_not_asked_for_again(service: Service, clock: Clock) -> None:
    service.faults = {BRD3: [403]}
    with pytest.raises(ServiceError, match=r"the service answered 403$"):
        rest(service, clock).transcript(BRD3)
    assert clock.pauses == []


def test_nobody_there_is_noticed_soon(clock: Clock) -> None:
    nobody = EnsemblRest("http://127.0.0.1:9", Patience(timeout=1.0, sleep=clock.sleep))
    with pytest.raises(ServiceError, match="no connection"):
        nobody.transcript(BRD3)
    assert clock.pauses == [1.0]


@pytest.mark.parametrize(
    "url", ["http://rest.ensembl.org", "ftp://rest.ensembl.org", "file:///etc/hosts", "ensembl"]
)
def test_only_https_leaves_the_machine(url: str) -> None:
    with pytest.raises(InputError, match="expected an https:// address"):
        EnsemblRest(url)


def test_an_interrupted_fetch_goes_on_where_it_stopped(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.faults = {"ENST00000317025.13": [500] * 6}
    with pytest.raises(ServiceError):
        fetch(service, clock, tmp_path / "panel")
    assert not (tmp_path / "panel").exists()
    arrived = [name for name in service.asked if name != "ENST00000317025.13"]
    assert BRD3 in arrived
    service.asked.clear()
    panel = fetch(service, clock, tmp_path / "panel")
    assert not set(arrived) & set(service.asked)
    assert panel.has_sequence("BRD3")
    assert panel.has_sequence("NSD3")


def test_a_damaged_leftover_is_asked_for_again(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.faults = {"ENST00000317025.13": [500] * 6}
    with pytest.raises(ServiceError):
        fetch(service, clock, tmp_path / "panel")
    leftover = tmp_path / "panel.partial" / f"{BRD3}.json"
    leftover.write_text(leftover.read_text().replace("GCTGAC", "GCTGAG", 1))
    service.asked.clear()
    fetch(service, clock, tmp_path / "panel")
    assert BRD3 in service.asked


def test_another_version_that_verifies_is_accepted_and_said(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.versions = {BRD3: 13}
    service.changed = {BRD3: sequence_of(mane("BRD3"))[10:]}
    panel = fetch(service, clock, tmp_path / "panel")
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert (brd3.accession, brd3.sequence_of) == (BRD3, "ENST00000303407.13")
    assert brd3.blocks[0].end == brd3.exons[0].end - 10
    assert (
        f"{BRD3}: the sequence is that of ENST00000303407.13, accepted as the same transcript"
    ) in notes(panel)


def test_another_version_that_does_not_verify_is_left_out_with_a_warning(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.versions = {BRD3: 13}
    service.changed = {BRD3: sequence_of(mane("BRD3"))[:1500]}
    panel = fetch(service, clock, tmp_path / "panel")
    assert not panel.has_sequence("BRD3")
    assert panel.has_sequence("BRD2")
    (warning,) = warnings(panel)
    assert warning.startswith(
        f"{BRD3} (BRD3): gets no sequence from ENST00000303407.13, which is another transcript: "
        "BRD3 ENST00000303407.13: expected one reading frame of 726 residues, found none; check"
    )


def test_a_sequence_that_contradicts_its_name_is_refused_and_forgotten(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.changed = {BRD3: sequence_of(mane("BRD3"))[:1500]}
    with pytest.raises(ReferenceDataError) as caught:
        fetch(service, clock, tmp_path / "panel")
    assert str(caught.value) == (
        f"{service.url}/sequence/id/{BRD3}?type=cdna: BRD3 {BRD3}: expected one reading frame of "
        "726 residues, found none; check the record's name and version, and whether it is cut "
        "(--prefix, --cds-prefix, --name-map)"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_locus_of_another_assembly_is_refused(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.changed = {"locus": ("ACGT" * 4000)[:14621]}
    with pytest.raises(ReferenceDataError) as caught:
        fetch(service, clock, tmp_path / "panel")
    assert caught.value.message == (
        "NUTM1 ENST00000537011.6 exon 1: expected its bases at chr15:34343315-34343702 on GRCh38, "
        "found others; is the service on another assembly?"
    )


def test_a_service_without_the_panels_transcripts_is_refused(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    service.absent = set(STARTER.transcripts)
    with pytest.raises(InputError, match="the service has none of the panel's transcripts"):
        fetch(service, clock, tmp_path / "panel")


def test_an_existing_target_is_refused_before_anything_is_asked(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(InputError, match=r"holds what is not a panel's \(notes.txt\)"):
        fetch(service, clock, tmp_path)
    assert service.asked == []
