"""Review: what a biologist says of a dossier, signed, beside the automatic statement.

A dossier is never changed. Each review is a file of its own that names the dossier and the review
before it by digest, with an Ed25519 signature over its bytes. ``write.sign_review`` writes one,
``check.check_folder`` says whether a dossier and its reviews are what was signed. Nothing is
imported here: ``assess`` asks for the names of reviews alone, and needs no cryptography for that.
"""
