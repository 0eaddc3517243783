"""The RO-Crate of a run, read by the rocrate library."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from rocrate.rocrate import ROCrate
from tests.exports.shapes import positive, renamed, shapes

from nutfusion.dossier import dossier_json, read_dossier
from nutfusion.exports.rocrate import PROFILE, crate_metadata, rocrate

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier


def graph(*dossiers: Dossier) -> dict[str, dict[str, Any]]:
    return {entity["@id"]: entity for entity in crate_metadata(dossiers)["@graph"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("crate")
    for name, content in rocrate(list(shapes().values())).items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return target / "ro-crate"


def test_the_library_reads_it_without_a_warning(folder: Path) -> None:
    crate = ROCrate(folder)
    assert [entity.id for entity in crate.data_entities] == [
        f"dossiers/{dossier.sample.id}/dossier.json" for dossier in shapes().values()
    ]
    assert crate.root_dataset["conformsTo"].id == PROFILE
    actions = [e for e in crate.contextual_entities if e.type == "CreateAction"]
    assert len(actions) == len(shapes())
    for action in actions:
        assert action["instrument"].type == "SoftwareApplication"
        assert (folder / action["result"].id).is_file()


def test_the_dossiers_are_in_it_whole(folder: Path) -> None:
    for dossier in shapes().values():
        path = folder / "dossiers" / dossier.sample.id / "dossier.json"
        assert path.read_text("utf-8") == dossier_json(dossier)
    assert read_dossier(folder / "dossiers" / "EX-POS-01" / "dossier.json") == positive()


def test_every_identifier_stands_once_and_every_reference_leads_somewhere() -> None:
    document = crate_metadata(list(shapes().values()))
    names = [entity["@id"] for entity in document["@graph"]]
    assert len(names) == len(set(names))
    referred = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(document)))
    assert referred - set(names) == {"https://w3id.org/ro/crate/1.1"}


def test_inputs_are_named_by_digest_and_shared_ones_are_one() -> None:
    found = graph(positive(), renamed(positive(), "OTHER"))
    inputs = [name for name in found if name.startswith("nih:")]
    assert inputs == [f"nih:sha-256;{entry.sha256}" for entry in positive().provenance.inputs]
    for action in ("#run-EX-POS-01", "#run-OTHER"):
        named = [one["@id"] for one in found[action]["object"]]
        assert set(inputs) < set(named)


def test_an_input_without_a_digest_is_still_named() -> None:
    """Of an indexed BAM only the loci were read, so that nobody knows its digest."""
    made = positive().provenance
    bam = made.inputs[0].model_copy(update={"role": "bam", "sha256": None})
    dossier = positive().model_copy(
        update={"provenance": made.model_copy(update={"inputs": (bam,)})}
    )
    entity = graph(dossier)["#EX-POS-01-input-1"]
    assert (entity["name"], "sha256" in entity) == ("bam", False)


def test_identifiers_are_uri_references() -> None:
    """A panel may be called as its maker likes."""
    made = positive().provenance.model_copy(update={"panel": "mon panel <é>@1"})
    found = graph(positive().model_copy(update={"provenance": made}))
    assert all(re.fullmatch(r"[!#-;=?-Z_a-z~]+", name) for name in found), list(found)
    assert any(entity.get("name") == "panel mon panel <é>@1" for entity in found.values())
