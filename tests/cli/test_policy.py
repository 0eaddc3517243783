"""``nutfusion policy diff``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.eligibility import load_policy
from nutfusion.eligibility.differences import policy_changes
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SHIPPED = shipped_path("eligibility/birabresib-put.yaml")


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["policy", "diff", *map(str, arguments)])


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """The shipped policy with other words."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# The protocol was read: the age floor has words now.
AGE = (
    "  - <<: *blank\n    id: age_floor\n",
    """  - id: age_floor
    rests_on: declared.disease
    quote: adultes
    source: protocole
""",
)
GONE = ("  - <<: *blank\n    id: prior_lines\n", "")
NEW = ("  - <<: *blank\n    id: form_fields\n", "  - <<: *blank\n    id: form_pages\n")
MOVED = (
    "  - <<: *blank\n    id: rcp_contact_and_calendar\n  - <<: *blank\n    id: form_fields\n",
    "  - <<: *blank\n    id: form_fields\n  - <<: *blank\n    id: rcp_contact_and_calendar\n",
)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (
            AGE,
            [
                ("changed", "age_floor", "rests_on", True),
                ("changed", "age_floor", "quote", False),
                ("changed", "age_floor", "source", False),
            ],
        ),
        (GONE, [("removed", "prior_lines", None, True)]),
        (NEW, [("removed", "form_fields", None, True), ("added", "form_pages", None, True)]),
        (MOVED, [("moved", None, "gates", False)]),
        (('version: "1.0"', 'version: "1.1"'), [("changed", None, "version", False)]),
        # a comment changes the digest and nothing else
        (("# Explicit blanks:", "# Blanks:"), []),
    ],
)
def test_what_changed(
    pair: tuple[str, str],
    expected: list[tuple[str, str | None, str | None, bool]],
    tmp_path: Path,
) -> None:
    other = load_policy(changed(tmp_path, pair))
    assert other.digest != load_policy().digest
    found = policy_changes(load_policy(), other)
    assert [(c.kind, c.gate, c.key, c.may_change_verdict) for c in found] == expected


def test_both_ways_say_the_same_of_each_other(tmp_path: Path) -> None:
    one, other = load_policy(), load_policy(changed(tmp_path, AGE, GONE))
    there, back = policy_changes(one, other), policy_changes(other, one)
    assert {(c.gate, c.key, c.before, c.after) for c in there} == {
        (c.gate, c.key, c.after, c.before) for c in back
    }


def test_text_and_json_say_what_stands_in_both(tmp_path: Path) -> None:
    other = changed(tmp_path, AGE)
    done = diff("birabresib-put", other)
    assert done.exit_code == 0, done.output
    assert "gate age_floor, quote: changed\n  - null\n  + adultes\n" in done.output
    assert "gate age_floor, rests_on: changed: can change its verdict\n" in done.output
    written = diff("birabresib-put", other, "--json").output
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["key"] for line in lines] == ["rests_on", "quote", "source"]
    same = diff("birabresib-put", "birabresib-put")
    assert "no gate differs" in same.output
    assert diff("birabresib-put", "birabresib-put", "--json").output == ""


def test_an_unknown_policy_is_the_user_s_mistake() -> None:
    done = diff("birabresib-put", "nothing")
    assert done.exit_code == 2
    assert "no eligibility policy 'nothing'" in done.output
