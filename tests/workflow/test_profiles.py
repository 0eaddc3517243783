"""The profiles name rules and settings that exist, and every rule says what it needs."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from tests.workflow.running import ROOT, command

PROFILES = ROOT / "workflow" / "profiles"
CLUSTERS = ("slurm", "kubernetes")


def profile(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROFILES / name / "config.yaml").read_text("utf-8"))
    return found


def rules() -> dict[str, str]:
    """Every rule of the workflow by its name."""
    text = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "workflow/rules").glob("*.smk")))
    parts = re.split(r"^ *rule (\w+):$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_cluster_is_used_as_the_laptop_is(name: str) -> None:
    assert profile("local").items() <= profile(name).items()
    assert profile(name)["executor"] == name


@pytest.mark.parametrize("name", CLUSTERS)
def test_the_steps_of_a_sample_are_two_jobs_around_the_comparison_of_its_run(name: str) -> None:
    groups = dict(one.split("=") for one in profile(name)["groups"])
    assert groups == {
        **dict.fromkeys(("evidence", "calls", "annotation"), "reading"),
        **dict.fromkeys(("scoring", "dossier"), "judging"),
    }
    assert set(groups) <= rules().keys()


def test_every_rule_that_is_sent_to_a_cluster_says_what_it_needs() -> None:
    local = (ROOT / "Snakefile").read_text("utf-8").split("localrules:")[1].split("\n\n")[0]
    sent = {name: text for name, text in rules().items() if name not in local}
    assert len(sent) > 8
    for name, text in sent.items():
        for resource in ("mem_mb", "runtime"):
            assert re.search(rf"^ +{resource}=\S+,$", text, re.MULTILINE), (name, resource)


def test_the_profile_of_a_laptop_is_taken_by_itself() -> None:
    assert "--workflow-profile" not in command(ROOT)
    assert (ROOT / "profiles" / "default").resolve() == PROFILES / "local"
