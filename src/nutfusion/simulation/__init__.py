"""Reads made from known transcripts, with the truth about every supporting fragment.

Used by ``nutfusion validate``, the tests and the benchmarks; no stage that leads to a verdict
imports it, and it imports no other room. Everything is seeded: the same specification gives the
same bytes. The modules, in the order of the work:

* ``templates``: sequences that fragments are cut from;
* ``fragments``: positions of fragments, background, template switches;
* ``fusions``: fragments of a fused transcript, with an exact number of supporting ones;
* ``qualities`` and ``reads``: what a sequencer makes of the fragments;
* ``fastq``: files;
* ``sample``: all of it for one sample.
"""
