"""Ask every read of an alignment file the question that the FASTQ sieve asks.

The file is passed over twice: once to ask, once to fetch the mates of what was found.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from nutfusion.reads.alignment_file import every_record
from nutfusion.reads.alignment_found import Asking, Found
from nutfusion.reads.alignment_records import (
    MATE_SUFFIXES,
    NOT_PRIMARY,
    UNMAPPED,
    Fragment,
    template_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import pysam

    from nutfusion.reads.alignment_file import Opened

SAMPLED: Final = 15
"""Reads whose name's CRC-32 has none of these bits set are measured for quality: one in 16, the
same ones in whatever order they come."""


def look_at_all(
    opened: Opened, found: Found, seen: Callable[[float, int], None] | None = None
) -> None:
    """Ask every read of a file.

    Args:
        opened: At its first record.
        found: Gets what is found.
        seen: Called now and then with the share of the file that was read and the fragments.

    Raises:
        AlignmentFileError: The file is cut short, damaged, or a CRAM without its reference.
    """

    def keep(name: str, record: pysam.AlignedSegment) -> None:
        found.fragments.setdefault(name, Fragment()).add(record)

    handle = opened.handle
    size = opened.file.path.stat().st_size
    start = handle.tell() if opened.kind == "bam" else None
    asking = Asking(found, keep)
    number = 0
    try:
        for record in every_record(handle):
            flag = record.flag
            if flag & NOT_PRIMARY or not record.query_length:
                continue
            number += 1
            found.note(record)
            found.unmapped += (flag & UNMAPPED) >> 2
            if not zlib.crc32((record.query_name or "").encode()) & SAMPLED:
                found.measure(record)
            asking.add(record)
            if seen and not number & 0xFFFF and start is not None:
                seen((handle.tell() >> 16) / size / 2, found.firsts + found.loose)
        asking.flush()
        found.records += number
        if all(fragment.is_complete for fragment in found.fragments.values()):
            return
        with opened.again() as handle:
            for record in every_record(handle):
                name = record.query_name or ""
                if name not in found.fragments and name[-2:] not in MATE_SUFFIXES:
                    continue
                fragment = found.fragments.get(template_of(record).name)
                whole = not record.flag & NOT_PRIMARY and record.query_length
                if fragment is not None and whole:
                    fragment.add(record)
    except (OSError, ValueError) as error:
        raise opened.errors(error) from error
