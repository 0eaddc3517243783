"""Coverage-guided fuzzing of everything that reads bytes from outside.

``python -m tests.fuzz`` runs every target of ``targets.py`` under Atheris (libFuzzer). A finding is
mended, and its bytes, made small, stay in ``corpus/TARGET/``: ``test_corpus.py`` runs them as an
ordinary test.
"""
