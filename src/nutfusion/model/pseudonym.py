"""What a sample may be called."""

from __future__ import annotations

import re
from typing import Final

SAMPLE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A pseudonym becomes a folder name, so it holds nothing that a path or a shell reads."""
