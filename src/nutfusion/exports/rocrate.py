"""Process Run RO-Crate: the dossiers with what went into each and what made it.

Source: RO-Crate 1.1; Workflow Run RO-Crate, profile Process Run Crate 0.5 (w3id.org/ro/wfrun). Of
the three profiles of that family the process one is what a dossier can prove: it names its inputs
by digest and the program by version, and knows no workflow, no person and no time. A run of the
workflow knows more: ``run_crate``.

==============================  ================================================================
RO-Crate                        dossier
==============================  ================================================================
File (result)                   the dossier itself, ``dossiers/SAMPLE/dossier.json``
CreateAction                    one per dossier
CreativeWork (object)           ``provenance.inputs`` by digest, ``nih:sha-256;...`` (RFC 6920),
                                which are not in the crate; panel, assay profile, policy, error
                                model, transcriptome
SoftwareApplication             ``provenance.nutfusion``
==============================  ================================================================

The program knows no clock, so that neither ``endTime`` nor ``datePublished`` is there, though
RO-Crate asks for the latter: who hands a crate on adds the date.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from nutfusion.dossier.document import dossier_json
from nutfusion.exports.interface import ExportFormat, Files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.model.dossier import Dossier

CRATE: Final = "https://w3id.org/ro/crate/1.1"
PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
TERMS: Final = "https://w3id.org/ro/terms/workflow-run/context"
DONE: Final = "http://schema.org/CompletedActionStatus"

_Entity = dict[str, Any]


def rocrate(dossiers: Sequence[Dossier]) -> Files:
    """A crate in ``ro-crate/``: its metadata, and every dossier."""
    metadata = json.dumps(crate_metadata(dossiers), indent=2, ensure_ascii=False) + "\n"
    files = {"ro-crate-metadata.json": metadata.encode("utf-8")}
    for dossier in dossiers:
        files[dossier_place(dossier)] = dossier_json(dossier).encode("utf-8")
    return {f"ro-crate/{name}": content for name, content in files.items()}


def crate_metadata(dossiers: Sequence[Dossier]) -> _Entity:
    """``ro-crate-metadata.json``: a flat graph in which every identifier stands once."""
    graph: dict[str, _Entity] = {}
    actions = []
    for dossier in dossiers:
        objects = list(_objects(dossier))
        software = _software(dossier)
        result = {
            "@id": dossier_place(dossier),
            "@type": "File",
            "name": f"Dossier {dossier.sample.id}",
            "encodingFormat": "application/json",
        }
        action = {
            "@id": f"#run-{dossier.sample.id}",
            "@type": "CreateAction",
            "name": f"nutfusion {dossier.sample.id}",
            "description": f"From the inputs of {dossier.sample.id} to its dossier",
            "actionStatus": DONE,
            "instrument": {"@id": software["@id"]},
            "object": [{"@id": one["@id"]} for one in objects],
            "result": {"@id": result["@id"]},
        }
        for one in (*objects, software, result, action):
            graph.setdefault(one["@id"], one)
        actions.append(action)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "name": "NUTM1 dossiers of a run",
        "description": "Molecular dossiers made by nutfusion, with the digests of their inputs",
        "license": "Medical data under pseudonyms: not for publication",
        "hasPart": [{"@id": dossier_place(dossier)} for dossier in dossiers],
        "mentions": [{"@id": action["@id"]} for action in actions],
    }
    head = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE},
            "about": {"@id": "./"},
        },
        root,
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
    ]
    return {"@context": [f"{CRATE}/context", TERMS], "@graph": [*head, *graph.values()]}


def dossier_place(dossier: Dossier) -> str:
    """Where a dossier stands in a crate."""
    return f"dossiers/{dossier.sample.id}/dossier.json"


def _software(dossier: Dossier) -> _Entity:
    version = dossier.provenance.nutfusion
    return {
        "@id": f"#nutfusion-{version}",
        "@type": "SoftwareApplication",
        "name": "nutfusion",
        "softwareVersion": version,
    }


def _objects(dossier: Dossier) -> Iterator[_Entity]:
    """What went in: files, then what it was read and judged with."""
    made = dossier.provenance
    for number, entry in enumerate(made.inputs, start=1):
        if entry.sha256 is None:
            yield {
                "@id": f"#{dossier.sample.id}-input-{number}",
                "@type": "CreativeWork",
                "name": entry.role,
            }
        else:
            yield {
                "@id": f"nih:sha-256;{entry.sha256}",
                "@type": "CreativeWork",
                "name": entry.role,
                "sha256": entry.sha256,
            }
    policy = dossier.policy
    for kind, name in (
        ("panel", made.panel),
        ("assay", made.assay),
        ("policy", f"{policy.id}@{policy.version}@{policy.digest}"),
        ("error_model", made.error_model),
        ("transcriptome", made.transcriptome),
    ):
        if name is not None:
            where = quote(f"{kind}-{name}", safe="@")
            yield {"@id": f"#{where}", "@type": "CreativeWork", "name": f"{kind} {name}"}


FORMAT: Final = ExportFormat("rocrate", "RO-Crate of the dossiers and their inputs", rocrate)
"""RO-Crate."""
