"""Asks a vulnerability service about every pinned package: ``.venv/bin/python scripts/audit.py``.

Exits with 0 when every package was looked up and none is vulnerable, with 1 when one is, and with 3
when the audit could not be made: no service, or packages that it does not know. Silence is no pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = ("run", "dev", "uv")
VULNERABLE: Final = 1
NOT_AUDITED: Final = 3
_PIN: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==\S+", re.MULTILINE)


def pinned(text: str) -> set[str]:
    """Names of the packages of a lock file, as an index compares them."""
    return {re.sub(r"[-_.]+", "-", name).lower() for name in _PIN.findall(text)}


def verdict(wanted: set[str], output: str) -> tuple[int, list[str]]:
    """What the auditor's JSON means: an exit code, and a line for each thing that is wrong.

    Args:
        wanted: Names that have to be in it.
        output: What ``pip-audit --format json`` wrote; anything else is no audit.
    """
    try:
        entries = json.loads(output)["dependencies"]
        found = {re.sub(r"[-_.]+", "-", entry["name"]).lower(): entry for entry in entries}
    except (ValueError, LookupError, TypeError):
        return NOT_AUDITED, ["no service answered"]
    unknown = sorted(name for name in wanted if name not in found or "skip_reason" in found[name])
    bad = [
        f"{entry['name']} {entry['version']}: {', '.join(fault['id'] for fault in entry['vulns'])}"
        for entry in entries
        if entry.get("vulns")
    ]
    if bad:
        return VULNERABLE, bad
    if unknown:
        return NOT_AUDITED, [f"{len(unknown)} of {len(wanted)} packages: {', '.join(unknown)}"]
    return 0, []


def main() -> int:
    """Audit every lock; the worst exit code."""
    codes = []
    for lock in LOCKS:
        path = ROOT / "requirements" / f"{lock}.lock"
        command = [
            sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip", "--no-deps",
            "--progress-spinner", "off", "-s", "osv", "-r", str(path),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        code, lines = verdict(pinned(path.read_text()), done.stdout)
        said = {0: "no known vulnerability", VULNERABLE: "VULNERABLE"}
        print(f"audit: {path.name}: {said.get(code, 'COULD NOT BE AUDITED')}")
        for line in lines:
            print(f"audit:   {line}")
        codes.append(code)
    # NB: a vulnerability that is known outweighs what could not be asked
    return VULNERABLE if VULNERABLE in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
