"""Which supporting fragments are copies of one molecule."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.reads.assign import OuterEnd, Supporter

    Key = tuple[object, ...]

KEY_BASES: Final = 24
"""Bases of an unplaced mate that stand for its outer end."""
KEY_DIFFERENCES: Final = 2
"""Differences between such bases that errors may make."""
_PIECES: Final = KEY_DIFFERENCES + 1
"""Pieces that the bases of an end are cut into: of ends ``KEY_DIFFERENCES`` apart one piece at
least is the same, so only fragments that share a piece have to be compared."""
_PIECE: Final = KEY_BASES // _PIECES


def mark_duplicates(supporters: list[Supporter], names: Sequence[str]) -> None:
    """Mark all but one fragment of each molecule: same UMI if there is one, same outer ends.

    The fragment kept is split before discordant, has the most reads placed, then the first name:
    the choice does not depend on the order of the files.

    Args:
        supporters: Of one joint; ``duplicate`` is set in place.
        names: Read name per kept fragment.
    """
    # sorted twice, so that no deep sample has a tuple for every name
    order = sorted(supporters, key=lambda s: names[s.fragment])
    order.sort(key=lambda s: 3 * (s.kind == "discordant") - len(s.reads))
    kept: dict[Key, list[Supporter]] = defaultdict(list)
    for s in order:
        s.duplicate = any(_is_copy(s, o) for key in _asked(s) for o in kept.get(key, ()))
        if not s.duplicate:
            for key in _told(s):
                kept[key].append(s)


def _is_copy(a: Supporter, b: Supporter) -> bool:
    return _same_end(a.left, b.left) and _same_end(a.right, b.right) and _same_umi(a.umi, b.umi)


def _same_end(a: OuterEnd, b: OuterEnd) -> bool:
    if isinstance(a, bytes) and isinstance(b, bytes):
        n = min(len(a), len(b))
        return sum(x != y for x, y in zip(a[:n], b[:n], strict=True)) <= KEY_DIFFERENCES
    return a == b


def _same_umi(a: str, b: str) -> bool:
    """Equal but for one base: a sequencing error in a UMI does not make a molecule."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1


def _umi_keys(umi: str) -> tuple[Key, ...]:
    """Both halves of a UMI: one base differs, so one half is the same."""
    half = len(umi) // 2
    return ((len(umi), 0, umi[:half]), (len(umi), 1, umi[half:])) if half else ((len(umi),),)


def _end(end: OuterEnd) -> Key:
    """What two equal ends share, whatever errors do."""
    return ("bases",) if isinstance(end, bytes) else ("at", end)


def _pieces(s: Supporter) -> tuple[Key, ...] | None:
    """Pieces of the bases of an end; empty without such an end, ``None`` of a read too short."""
    bases = next((end for end in (s.left, s.right) if isinstance(end, bytes)), None)
    if bases is None:
        return ()
    if len(bases) < KEY_BASES:
        return None
    return tuple((i, bases[i * _PIECE : (i + 1) * _PIECE]) for i in range(_PIECES))


def _told(s: Supporter) -> Iterator[Key]:
    """Keys under which a fragment is found by its copies."""
    pieces = _pieces(s)
    for umi in _umi_keys(s.umi):
        place = (_end(s.left), _end(s.right), umi)
        if pieces:
            yield from ((*place, piece) for piece in pieces)
        if pieces is None:
            yield (*place, "short")
        yield (*place, "any")


def _asked(s: Supporter) -> Iterator[Key]:
    """Keys under which a fragment's copies are found; the shortest lists first."""
    pieces = _pieces(s)
    rows = product(_umi_keys(s.umi), (*pieces, "short") if pieces else ("any",))
    return ((_end(s.left), _end(s.right), umi, piece) for umi, piece in rows)
