"""The crate of a run: the MUSTs of the profiles, asked one by one, and the rocrate library."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rocrate.rocrate import ROCrate
from tests.exports.shapes import positive, renamed, shapes

from nutfusion.exports.rocrate import DONE, PROFILE
from nutfusion.exports.run_crate import (
    LANGUAGE,
    OWN_FILE,
    WORKFLOW_CRATE,
    WORKFLOW_RUN,
    WorkflowRun,
    run_crate,
    run_metadata,
)

if TYPE_CHECKING:
    from pathlib import Path

RUN = WorkflowRun(
    sources={
        "Snakefile": b"rule all:\n",
        "workflow/rules/dossier.smk": b"",
        "workflow/envs/n.yaml": b"",
    },
    parameters={
        "samples": "somebody.csv",
        "panel": "/home/somebody/panel",
        "assay": "profiles/somebody.yaml",
        "policy": "birabresib-put",
        "run_level": "run-level",
        "genome": "null",
        "annotation": "12345",
        "exports": '["vcf"]',
        "threads": "2",
    },
    sheet_sha256="ab" * 32,
    software={"python": "3.11.7", "pysam": "0.24.1", "STAR": None},
    snakemake="9.27.1",
    ended="2026-11-24T09:30:00+00:00",
)


def graph() -> dict[str, Any]:
    dossiers = [positive(), shapes()["negative"]]
    return {entity["@id"]: entity for entity in run_metadata(dossiers, RUN)["@graph"]}


def ids(value: Any) -> list[str]:
    return [one["@id"] for one in (value if isinstance(value, list) else [value])]


def test_the_library_reads_it_and_every_part_is_there(tmp_path: Path) -> None:
    dossiers = [positive(), shapes()["negative"]]
    for name, content in run_crate(dossiers, RUN).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = ROCrate(tmp_path)
    assert found.mainEntity.id == "Snakefile"
    assert {one.id for one in found.data_entities} == {
        *RUN.sources,
        "dossiers/EX-POS-01/dossier.json",
        "dossiers/EX-NEG-04/dossier.json",
    }
    assert all((tmp_path / one.id).is_file() for one in found.data_entities)


def test_the_root_says_which_profiles_it_follows() -> None:
    """RO-Crate 1.1: name, description, licence, date; the profiles: by their permalinks."""
    found = graph()
    root = found["./"]
    assert ids(root["conformsTo"]) == [PROFILE, WORKFLOW_RUN, WORKFLOW_CRATE]
    assert all(found[name]["@type"] == "CreativeWork" for name in ids(root["conformsTo"]))
    assert root["datePublished"] == "2026-11-24"
    assert {"name", "description", "license"} <= set(root)
    assert WORKFLOW_CRATE in ids(found["ro-crate-metadata.json"]["conformsTo"])


def test_the_main_entity_is_the_workflow_and_an_action_ran_it() -> None:
    found = graph()
    (main,) = ids(found["./"]["mainEntity"])
    workflow = found[main]
    assert workflow["@type"] == ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
    assert ids(workflow["programmingLanguage"]) == [LANGUAGE]
    assert found[LANGUAGE]["version"] == "9.27.1"
    (run,) = [
        one
        for one in found.values()
        if one["@type"] == "CreateAction" and ids(one["instrument"]) == [main]
    ]
    assert run["@id"] in ids(found["./"]["mentions"])
    assert (run["endTime"], run["actionStatus"]) == (RUN.ended, DONE)
    assert ids(run["result"]) == [
        "dossiers/EX-POS-01/dossier.json",
        "dossiers/EX-NEG-04/dossier.json",
    ]
    inputs = {f"nih:sha-256;{one.sha256}" for one in positive().provenance.inputs}
    assert inputs | {f"nih:sha-256;{RUN.sheet_sha256}"} < set(ids(run["object"]))
    assert len(set(ids(run["object"]))) == len(ids(run["object"]))


def test_every_key_of_the_configuration_is_a_parameter_with_its_value() -> None:
    """Both ways: workExample of the parameter, exampleOfWork of the value."""
    found = graph()
    told = {}
    for name in [*ids(found["Snakefile"]["input"]), *ids(found["Snakefile"]["output"])]:
        parameter = found[name]
        assert parameter["@type"] == "FormalParameter"
        assert parameter["additionalType"] in ("Text", "File")
        for example in ids(parameter["workExample"]):
            assert ids(found[example]["exampleOfWork"]) == [name]
            assert found[example]["@type"] in ("PropertyValue", "File")
            told[parameter["name"]] = found[example].get("value")
    # NB: the name of a laboratory's own file may be a person's
    assert told == {
        "samples": OWN_FILE,
        "panel": OWN_FILE,
        "assay": OWN_FILE,
        "policy": "birabresib-put",
        "run_level": "run-level",
        "genome": "null",
        "annotation": OWN_FILE,  # a hospital's number may be a folder's name
        "exports": '["vcf"]',
        "threads": "2",
        "dossiers": None,
    }


def test_software_is_named_with_its_version_where_it_is_known() -> None:
    found = graph()
    software = {
        one["name"]: one.get("softwareVersion")
        for one in found.values()
        if one["@type"] == "SoftwareApplication"
    }
    version = positive().provenance.nutfusion
    expected = {"nutfusion": version, "python": "3.11.7", "pysam": "0.24.1", "STAR": None}
    assert software == expected
    (program,) = [one for one in found.values() if one.get("name") == "nutfusion"]
    assert {found[name]["name"] for name in ids(program["softwareRequirements"])} == set(
        RUN.software
    )


def test_no_path_of_a_machine_and_every_reference_leads_somewhere() -> None:
    document = run_metadata([positive(), renamed(positive(), "OTHER")], RUN)
    text = json.dumps(document)
    assert "somebody" not in text
    names = [entity["@id"] for entity in document["@graph"]]
    assert len(names) == len(set(names))
    elsewhere = set(re.findall(r'\{"@id": "([^"]+)"\}', text)) - set(names)
    assert elsewhere == {
        "https://w3id.org/ro/crate/1.1",
        "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE",
        "https://doi.org/10.1093/bioinformatics/bts480",
        "https://snakemake.readthedocs.io",
    }


def test_a_sample_called_like_a_part_of_the_crate_is_none(tmp_path: Path) -> None:
    for sample in ("Snakefile", "ro-crate-metadata.json", "workflow"):
        files = run_crate([renamed(positive(), sample)], RUN)
        assert f"dossiers/{sample}/dossier.json" in files
        assert files["Snakefile"] == RUN.sources["Snakefile"]
