"""Workflow Run RO-Crate of a run of the Snakemake workflow.

Source: RO-Crate 1.1; Workflow RO-Crate 1.0; Workflow Run RO-Crate, profiles Process Run Crate and
Workflow Run Crate 0.5 (w3id.org/ro/wfrun).

==============================  ================================================================
RO-Crate                        run
==============================  ================================================================
mainEntity                      ``Snakefile``, with its rules as parts, all in the crate
FormalParameter (input)         every key of the configuration
PropertyValue                   its value in this run; ``OWN_FILE`` for what is not shipped
FormalParameter (output)        the dossiers
CreateAction of the workflow    from all inputs, the sheet and the values to all dossiers
CreateAction of nutfusion       one per dossier (``rocrate``)
SoftwareApplication             nutfusion, Snakemake and what they compute with, by version
==============================  ================================================================

Unlike a dossier, a run has a time: when it ended, which is given and never read from a clock here.
Neither the inputs nor the sample sheet are in the crate: they are named by digest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from nutfusion.dossier.document import dossier_json
from nutfusion.exports.rocrate import CRATE, DONE, PROFILE, crate_metadata, dossier_place
from nutfusion.shipped import shipped_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutfusion.exports.interface import Files
    from nutfusion.model.dossier import Dossier

SNAKEFILE: Final = "Snakefile"
PYTHON: Final = "python"
WORKFLOW_RUN: Final = "https://w3id.org/ro/wfrun/workflow/0.5"
WORKFLOW_CRATE: Final = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
LANGUAGE: Final = "https://w3id.org/workflowhub/workflow-ro-crate#snakemake"
RUN: Final = "#run"
DOSSIERS: Final = "#dossiers"

OWN_FILE: Final = "own file"
"""Instead of its name, which may be a person's; what decides is named by digest in the dossiers."""

NO_FILES: Final = frozenset({"arriba", "exports", "threads"})
"""Keys of the configuration whose values name no file."""

_Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """One run of the workflow.

    Attributes:
        sources: Files of the workflow by their place below the project, ``Snakefile`` among them.
        parameters: The configuration, every key, as text; ``null`` for what is not set.
        sheet_sha256: Digest of the sample sheet.
        software: Versions by name; ``None``: not known.
        snakemake: Version.
        ended: ISO 8601, with seconds.
    """

    sources: Mapping[str, bytes]
    parameters: Mapping[str, str]
    sheet_sha256: str
    software: Mapping[str, str | None]
    snakemake: str
    ended: str


def run_crate(dossiers: Sequence[Dossier], run: WorkflowRun) -> Files:
    """All files of the crate."""
    metadata = json.dumps(run_metadata(dossiers, run), indent=2, ensure_ascii=False) + "\n"
    files = {"ro-crate-metadata.json": metadata.encode("utf-8"), **run.sources}
    for dossier in dossiers:
        files[dossier_place(dossier)] = dossier_json(dossier).encode("utf-8")
    return files


def run_metadata(dossiers: Sequence[Dossier], run: WorkflowRun) -> _Entity:
    """``ro-crate-metadata.json``: the graph of the dossiers with the workflow around it."""
    document = crate_metadata(dossiers)
    graph: dict[str, _Entity] = {entity["@id"]: entity for entity in document["@graph"]}
    actions = [one for one in graph.values() if one["@type"] == "CreateAction"]
    programs = [one for one in graph.values() if one["@type"] == "SoftwareApplication"]
    results = [graph[dossier_place(dossier)] for dossier in dossiers]
    parameters, values = _parameters(run), _values(run)
    sheet = {
        "@id": f"nih:sha-256;{run.sheet_sha256}",
        "@type": "CreativeWork",
        "name": "sample sheet",
        "sha256": run.sheet_sha256,
    }
    software = [_software(name, version) for name, version in run.software.items()]
    for program in programs:
        program["softwareRequirements"] = _references(software)
    for result in results:
        result["exampleOfWork"] = {"@id": DOSSIERS}
    objects = {one["@id"]: one for action in actions for one in action["object"]}
    action = {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "Run of the nutfusion workflow",
        "description": f"{len(dossiers)} dossiers from the files of the sample sheet",
        "actionStatus": DONE,
        "endTime": run.ended,
        "instrument": {"@id": SNAKEFILE},
        "object": [*_references([sheet]), *objects.values(), *_references(values)],
        "result": _references(results),
    }
    version = ", ".join(dict.fromkeys(one["softwareVersion"] for one in programs))
    sources = [_source(place, version) for place in run.sources if place != SNAKEFILE]
    workflow = _workflow(version, programs, sources, parameters)
    root = graph["./"]
    root |= {
        "conformsTo": [{"@id": PROFILE}, {"@id": WORKFLOW_RUN}, {"@id": WORKFLOW_CRATE}],
        "name": "A run of the nutfusion workflow",
        "description": "Molecular dossiers with the workflow, the settings and the digests of the"
        " inputs that they were made from",
        "datePublished": run.ended[: len("2026-01-01")],
        "mainEntity": {"@id": SNAKEFILE},
        "hasPart": [*_references([workflow, *sources]), *root["hasPart"]],
        "mentions": [{"@id": RUN}, *root["mentions"]],
    }
    graph["ro-crate-metadata.json"]["conformsTo"] = [{"@id": CRATE}, {"@id": WORKFLOW_CRATE}]
    made = [*_profiles(), workflow, *sources, _language(run), *parameters, *values]
    made += [_output(results), sheet, action, *software]
    for entity in made:
        graph.setdefault(entity["@id"], entity)
    return {"@context": document["@context"], "@graph": [*graph.values()]}


def _references(entities: Sequence[_Entity]) -> list[_Entity]:
    return [{"@id": one["@id"]} for one in entities]


def _profiles() -> Iterator[_Entity]:
    for address, name, version in (
        (WORKFLOW_RUN, "Workflow Run Crate", "0.5"),
        (WORKFLOW_CRATE, "Workflow RO-Crate", "1.0"),
    ):
        yield {"@id": address, "@type": "CreativeWork", "name": name, "version": version}


def _workflow(
    version: str,
    programs: Sequence[_Entity],
    sources: Sequence[_Entity],
    parameters: Sequence[_Entity],
) -> _Entity:
    return {
        "@id": SNAKEFILE,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": "nutfusion workflow",
        "version": version,
        "encodingFormat": "text/plain",
        "conformsTo": {"@id": "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"},
        "programmingLanguage": {"@id": LANGUAGE},
        "hasPart": _references([*programs, *sources]),
        "input": _references(parameters),
        "output": {"@id": DOSSIERS},
    }


def _language(run: WorkflowRun) -> _Entity:
    return {
        "@id": LANGUAGE,
        "@type": "ComputerLanguage",
        "name": "Snakemake",
        "identifier": {"@id": "https://doi.org/10.1093/bioinformatics/bts480"},
        "url": {"@id": "https://snakemake.readthedocs.io"},
        "version": run.snakemake,
    }


def _source(place: str, version: str) -> _Entity:
    kind = "application/yaml" if place.endswith(".yaml") else "text/plain"
    return {
        "@id": quote(place),
        "@type": ["File", "SoftwareSourceCode"],
        "name": place,
        "version": version,
        "encodingFormat": kind,
    }


def _parameters(run: WorkflowRun) -> list[_Entity]:
    """Every key of the configuration."""
    return [
        {
            "@id": f"#config-{quote(name)}",
            "@type": "FormalParameter",
            "name": name,
            "additionalType": "Text",
            "workExample": {"@id": f"#config-{quote(name)}-value"},
        }
        for name in run.parameters
    ]


def _values(run: WorkflowRun) -> list[_Entity]:
    """What each was in this run."""
    return [
        {
            "@id": f"#config-{quote(name)}-value",
            "@type": "PropertyValue",
            "name": name,
            "value": _shown(name, value),
            "exampleOfWork": {"@id": f"#config-{quote(name)}"},
        }
        for name, value in run.parameters.items()
    ]


def _shown(key: str, value: str) -> str:
    """A value as others may see it: names of files name people and machines."""
    shipped = (
        *shipped_names("assays", ".yaml"),
        *shipped_names("eligibility", ".yaml"),
        *shipped_names(".", ".yaml"),
    )
    return value if key in NO_FILES or value in (*shipped, "null") else OWN_FILE


def _output(results: Sequence[_Entity]) -> _Entity:
    return {
        "@id": DOSSIERS,
        "@type": "FormalParameter",
        "name": "dossiers",
        "additionalType": "File",
        "workExample": _references(results),
    }


def _software(name: str, version: str | None) -> _Entity:
    if version is None or name == PYTHON:
        address = f"#{quote(name)}"
    else:
        address = f"https://pypi.org/project/{name}/{version}/"
    found = {"@id": address, "@type": "SoftwareApplication", "name": name}
    return found if version is None else found | {"softwareVersion": version}
