"""RCP: the signed dossiers of one week as one bundle, and what the board decided of them.

A bundle holds what came in, as it came, and pages, tables and a manifest that are made of it. The
same inputs give the same bytes.
"""

from nutfusion.rcp.bundle import Bundle, read_bundle
from nutfusion.rcp.collect import collect
from nutfusion.rcp.verify import verify_bundle

__all__ = ["Bundle", "collect", "read_bundle", "verify_bundle"]
