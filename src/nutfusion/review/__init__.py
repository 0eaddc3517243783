"""Review: what a biologist says of a dossier, signed, beside the automatic statement.

A dossier is never changed. Each review is a file of its own that names the dossier and the review
before it by digest, with an Ed25519 signature over its bytes. ``sign_review`` writes one,
``check_folder`` says whether a dossier and its reviews are what was signed.
"""

from nutfusion.review.check import FolderCheck, check_folder
from nutfusion.review.keys import TrustedKeys
from nutfusion.review.write import sign_review

__all__ = ["FolderCheck", "TrustedKeys", "check_folder", "sign_review"]
