"""Time to build a meeting of 200 dossiers and to open it: ``python -m benchmarks.meeting``.

The dossiers are the example dossiers under other pseudonyms, signed; every command is a process of
its own, as a coordinator starts it. Written to ``RESULTS-meeting.md``; ends with 1 when
a promise is broken.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.browser import opened
from tests.rcp.builders import WEEK, incoming
from tests.review.builders import key, signed

from benchmarks.measure import machine
from nutfusion.review.keys import public_pem, public_text
from nutfusion.validation.measured import run

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS: Final = Path(__file__).with_name("RESULTS-meeting.md")
DOSSIERS: Final = 200
EXAMPLES: Final = ("positive", "negative", "failed")
SECONDS: Final = 20.0
"""Wall time that building may take."""

OPENS: Final = 1.0
"""Seconds within which the index is laid out and the first dossier's link can be followed."""


def main() -> int:
    """Measure, write the page."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        sources = [
            incoming(root / "in" / f"{n:03}", f"S-{n:03}", example=EXAMPLES[n % len(EXAMPLES)])
            for n in range(DOSSIERS)
        ]
        pem = root / "keys" / "lab.pub.pem"
        pem.parent.mkdir()
        pem.write_bytes(public_pem(public_text(key(1).public_key())))
        facts = machine()
        built = [run(_collect(root, name)) for name in ("one", "two")]
        same = _different(root / "one" / WEEK, root / "two" / WEEK)
        again = run(_collect(root, "two"))
        signed(sources[0])
        amended = run(_collect(root, "two"))
        changed = _different(root / "one" / WEEK, root / "two" / WEEK)
        verified = run(_nutfusion("verify", root / "two" / WEEK, "--keys", pem))
        files = [path for path in (root / "one" / WEEK).rglob("*") if path.is_file()]
        opening = _opening(root / "one" / WEEK / "index.html")
        index = (root / "one" / WEEK / "index.html").stat().st_size
        size = sum(path.stat().st_size for path in files)
    holds = max(one.wall for one in built) < SECONDS and opening < OPENS and not same
    rows = (
        ("`rcp collect`, 200 new dossiers", built[0]),
        ("the same elsewhere", built[1]),
        ("the same dossiers again (nothing is written)", again),
        ("one dossier amended", amended),
        ("`rcp verify`", verified),
    )
    today = dt.datetime.now(dt.UTC).date().isoformat()
    table = "\n".join(f"| {name} | {r.wall:.2f} | {r.cpu:.2f} | {r.peak:.0f} |" for name, r in rows)
    RESULTS.write_text(
        f"""# A meeting of {DOSSIERS} dossiers

Written by `python -m benchmarks.meeting` on {today}; do not edit. Each row is one process, from its
start to its end.

Machine: {"; ".join(f"{name} {value}" for name, value in facts.items() if name != "zcat")}.

| command | wall (s) | CPU (s) | peak RSS (MiB) |
|---|---:|---:|---:|
{table}

The bundle: {len(files):,} files, {size / 1e6:.1f} MB; `index.html` has {index / 1e3:.0f} kB
and is laid out in Chromium, tables, both languages, in {opening:.2f} s (from the call to
the second frame).

Built twice, files that differ: {len(same)}. After one dossier was amended, files that differ or
came: {len(changed)} ({", ".join(changed)}).

Requirement: built in under {SECONDS:.0f} s, opened in under {OPENS:.0f} s, equal bytes:
**{"holds" if holds else "does not hold"}**.
""",
        "utf-8",
    )
    return 0 if holds else 1


def _nutfusion(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "nutfusion", "rcp", *map(str, arguments)]


def _collect(root: Path, name: str) -> Sequence[str]:
    where = ("--week", WEEK, "--out", root / name, "--date", "2026-11-25", "--keys", root / "keys")
    return _nutfusion("collect", *where, root / "in")


def _different(one: Path, other: Path) -> list[str]:
    """Paths below two bundles that are not in both with the same bytes."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return [n for n in sorted(names) if not _same(one / n, other / n)]


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _opening(page: Path) -> float:
    """Seconds from asking for a page to its second frame."""
    with opened(shutil.which("chromium") or "chromium-browser") as browser:
        tab = browser.new_page()
        tab.goto(page.as_uri())
        frames = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        tab.evaluate(frames)
        return float(tab.evaluate("performance.now()")) / 1000


if __name__ == "__main__":
    raise SystemExit(main())
