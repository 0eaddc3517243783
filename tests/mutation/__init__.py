"""The mutation gate: named defects, planted one at a time, that the tests must notice.

``python -m tests.mutation`` plants every defect of ``defects.py`` in a copy of the sources and runs
the tests named beside it; a defect that stays unnoticed, or that cannot be planted any more because
the line has changed, fails the gate. ``python -m tests.mutation NAME...`` runs some of them.
"""
