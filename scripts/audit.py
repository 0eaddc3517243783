"""Asks a vulnerability service about every pinned package: ``.venv/bin/python scripts/audit.py``.

Every pin of ``requirements/*.lock`` is asked about, those of other systems and other Pythons too.
Exits with 0 when all were looked up and none is vulnerable, with 1 when one is, and with 3
when the audit could not be made: no service, or packages that it does not know. Silence is no pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
VULNERABLE: Final = 1
NOT_AUDITED: Final = 3
_PIN: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


class Pin(NamedTuple):
    """A package and the one version that is installed; its name as an index compares it."""

    name: str
    version: str


def pinned(text: str) -> set[Pin]:
    """The pins of a lock file, whatever system or Python each is for."""
    return {Pin(_name(name), version) for name, version in _PIN.findall(text)}


def rounds(pins: set[Pin]) -> list[list[Pin]]:
    """The pins in as few lists as hold each package once: an auditor takes no package twice."""
    versions: dict[str, list[Pin]] = defaultdict(list)
    for pin in sorted(pins):
        versions[pin.name].append(pin)
    most = max(map(len, versions.values()), default=0)
    return [[found[i] for found in versions.values() if i < len(found)] for i in range(most)]


def verdict(wanted: set[Pin], outputs: list[str]) -> tuple[int, list[str]]:
    """What the auditor's JSON means: an exit code, and a line for each thing that is wrong.

    Args:
        wanted: What has to be in it.
        outputs: What ``pip-audit --format json`` wrote; anything else is no audit.
    """
    bad, asked = set(), set()
    for output in outputs:
        try:
            entries = json.loads(output)["dependencies"]
            for entry in entries:
                if "skip_reason" in entry:
                    continue
                pin = Pin(_name(entry["name"]), entry["version"])
                asked.add(pin)
                if entry["vulns"]:
                    faults = ", ".join(fault["id"] for fault in entry["vulns"])
                    bad.add(f"{pin.name} {pin.version}: {faults}")
        except (ValueError, LookupError, TypeError):
            continue
    if bad:
        # NB: a vulnerability that is known outweighs what could not be asked
        return VULNERABLE, sorted(bad)
    unknown = [f"{pin.name} {pin.version}" for pin in sorted(wanted - asked)]
    if unknown or not wanted:
        return NOT_AUDITED, [f"{len(unknown)} of {len(wanted)} packages: {', '.join(unknown)}"]
    return 0, []


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _ask(pins: list[Pin]) -> tuple[str, str]:
    """What the auditor answers, and the last thing that it complains of."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pins.txt"
        path.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins))
        command = [
            sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip", "--no-deps",
            "--progress-spinner", "off", "-s", "osv", "-r", str(path),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr.strip().rpartition("\n")[2]


def main() -> int:
    """Audit all locks; the exit code."""
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    wanted = set().union(*(pinned(path.read_text()) for path in locks))
    answers = [_ask(pins) for pins in rounds(wanted)]
    code, lines = verdict(wanted, [output for output, _ in answers])
    said = {0: "no known vulnerability", VULNERABLE: "VULNERABLE"}
    names = ", ".join(path.name for path in locks)
    print(f"audit: {len(wanted)} pins of {names}: {said.get(code, 'COULD NOT BE AUDITED')}")
    for line in lines:
        print(f"audit:   {line}")
    if code == NOT_AUDITED:
        for complaint in sorted({complaint for _, complaint in answers} - {""}):
            print(f"audit:   pip-audit says: {complaint}")
    return code


if __name__ == "__main__":
    sys.exit(main())
