"""The defects that the tests must notice."""

from __future__ import annotations

from typing import Final

from tests.mutation.planting import Defect

_READS: Final = "src/nutfusion/reads"
_SAMPLES: Final = "tests/workflow/test_packaged_samples.py"
_NAMES: Final = "tests/annotation/test_exon_names.py"

DEFECTS: Final = (
    Defect(
        name="junction_off_by_one",
        wrong="Every position of a junction is one base too high.",
        file=f"{_READS}/report.py",
        find="position=residue if placed else None,",
        replace="position=residue + 1 if placed else None,",
        tests=(f"{_SAMPLES}::test_junction_is_on_the_last_and_first_base_of_the_exons",),
    ),
    Defect(
        name="strand_flipped",
        wrong="A side of a junction has the other strand.",
        file=f"{_READS}/report.py",
        find="strand=t.strands[gene] if placed else None,",
        replace="strand=t.strands[gene] and type(t.strands[gene])('-+'[t.strands[gene] == '-']),",
        tests=(f"{_SAMPLES}::test_strands_are_those_of_the_transcripts",),
    ),
    Defect(
        name="partners_swapped",
        wrong="The 3' gene is printed first.",
        file=f"{_READS}/report.py",
        find="genes=(_gene(assigner, panel, joint.five_gene), "
        "_gene(assigner, panel, joint.three_gene)),",
        replace="genes=(_gene(assigner, panel, joint.three_gene), "
        "_gene(assigner, panel, joint.five_gene)),",
        tests=(f"{_SAMPLES}::test_five_prime_gene_comes_first",),
    ),
    Defect(
        name="duplicates_kept",
        wrong="PCR duplicates count as evidence.",
        file=f"{_READS}/assign.py",
        find="        s.duplicate = any(\n",
        replace="        s.duplicate = False and any(\n",
        tests=(f"{_SAMPLES}::test_a_duplicate_counts_once_and_stays_countable",),
    ),
    Defect(
        name="both_mates_counted",
        wrong="A fragment whose two mates cross the joint counts twice.",
        file=f"{_READS}/report.py",
        find="split_reads=sum(not s.duplicate for s in split),",
        replace="split_reads=sum(not s.duplicate for s in split for r in s.reads if r.five and"
        " r.three),",
        tests=(f"{_SAMPLES}::test_a_fragment_whose_mates_both_cross_counts_once",),
    ),
    Defect(
        name="paralogue_accepted",
        wrong="Reads of a gene that looks like NUTM1 make a fusion.",
        file=f"{_READS}/clipped.py",
        find="NUTM1_DIFFERENCES: Final = 0.06",
        replace="NUTM1_DIFFERENCES: Final = 1.0",
        tests=(f"{_SAMPLES}::test_samples_without_a_fusion_have_none[paralogue]",),
    ),
    Defect(
        name="exon_snap_off",
        wrong="Of equal alignments the leftmost wins, not the one on the exons' edges.",
        file=f"{_READS}/joints.py",
        find="(int(t.donor[five + s]) + int(t.acceptor[three + s]), -s)",
        replace="(0, -s)",
        tests=(
            "tests/reads/test_joints.py::test_the_canonical_joint_has_two_bases_of_homology",
            "tests/reads/test_joints.py::test_exon_boundary_wins_wherever_the_split_came_from",
        ),
    ),
    Defect(
        name="pairs_let_go",
        wrong="A pair with one mate on NUTM1 and one elsewhere is let go before anyone looks.",
        file=f"{_READS}/retain.py",
        find="((on[0] != on[1]) | (on[0] & on[1] & ~facing))",
        replace="(on[0] & on[1] & ~facing)",
        tests=("tests/reads/test_retain.py::test_what_can_matter_is_kept_on_whole",),
    ),
    Defect(
        name="short_pieces_let_go",
        wrong="A read that ends with 8 to 11 bases of NUTM1 is let go before anyone looks.",
        file=f"{_READS}/kernels/matter.py",
        find="if n > 0:",
        replace="if n > 11:",
        tests=("tests/reads/test_retain.py::test_no_piece_that_the_search_takes_is_let_go",),
    ),
    Defect(
        name="strangers_forgotten",
        wrong="A read set aside for its short piece of NUTM1 is never asked for again.",
        file=f"{_READS}/beside.py",
        find="which | sought.shown_by(p)",
        replace="which",
        tests=(
            "tests/reads/test_strangers.py::test_it_counts_where_it_goes_on_like_a_longer_read",
        ),
    ),
    Defect(
        name="unplaced_end_counted",
        wrong="Bases at a read's end that fit nothing count as bases of NUTM1.",
        file=f"{_READS}/clipped.py",
        find="placed = max(0, piece.stop - piece.start)",
        replace="placed = length - split if upstream else split",
        tests=(
            "tests/reads/test_unknown.py::test_bases_beyond_a_shared_piece_are_none_of_nutm1_s",
        ),
    ),
    Defect(
        name="let_go_forgotten",
        wrong="Wild-type pairs that were let go no longer speak against stray mates.",
        file=f"{_READS}/unknown.py",
        find="STRAY_SHARE * (len(reach) + let_go)",
        replace="STRAY_SHARE * len(reach)",
        tests=(
            "tests/reads/test_retain.py::test_pairs_let_go_still_say_that_stray_mates_are_chance",
        ),
    ),
    Defect(
        name="frame_ignored",
        wrong="A fusion that loses the reading frame is called in frame.",
        file="src/nutfusion/annotation/frame.py",
        find="if (coded + len(linker) - acceptor.before) % 3:",
        replace="if (coded + len(linker) - acceptor.before) % 1:",
        tests=(f"{_SAMPLES}::test_the_frame_decides_between_confirmed_and_indeterminate",),
    ),
    Defect(
        name="null_as_zero",
        wrong="A gene that could not be counted has a count of zero.",
        file=f"{_READS}/quality.py",
        find="fragments=sieved.counts.get(symbol)",
        replace="fragments=sieved.counts.get(symbol) or 0",
        tests=(f"{_SAMPLES}::test_unknown_is_null_and_zero_is_zero",),
    ),
    Defect(
        name="unverified_shown_as_verified",
        wrong="Residue numbers from memory are printed as verified.",
        file="src/nutfusion/annotation/domains.py",
        find="verified=domain.verified,",
        replace="verified=True,",
        tests=(f"{_SAMPLES}::test_domains_keep_their_fate_and_their_doubt",),
    ),
    Defect(
        name="threshold_off_by_one",
        wrong="A sample with one fragment less than the profile asks for passes.",
        file="src/nutfusion/scoring/criterion.py",
        find="observed >= minimum",
        replace="observed >= minimum - 1",
        tests=(f"{_SAMPLES}::test_two_fragments_do_not_pass_the_profile",),
    ),
    Defect(
        name="nutm1_as_five_prime_counted",
        wrong="The reciprocal product is taken for the fusion.",
        file="src/nutfusion/scoring/fusion_state.py",
        find="if not fusion.nutm1_is_three_prime:",
        replace="if False:",
        tests=(f"{_SAMPLES}::test_a_reciprocal_product_is_set_aside_for_its_order",),
    ),
    Defect(
        name="failure_as_negative",
        wrong="A sample whose quality failed is said to have no fusion.",
        file="src/nutfusion/scoring/sample_state.py",
        find="return MolecularState.NOT_ASSESSABLE, silent + failures + uncovered",
        replace="return MolecularState.NOT_DETECTED, silent + failures + uncovered",
        tests=(f"{_SAMPLES}::test_state[failed]",),
    ),
    Defect(
        name="lift_without_offset",
        wrong="GRCh37 positions ignore where in the exon the junction lies.",
        file="src/nutfusion/annotation/lift.py",
        find="position = exon.start_grch37 + end.position - exon.start",
        replace="position = exon.start_grch37",
        tests=(f"{_SAMPLES}::test_both_assemblies_are_named",),
    ),
    Defect(
        name="transcript_version_ignored",
        wrong="Another version of a transcript decides an exon's number.",
        file="src/nutfusion/annotation/stated_exon.py",
        find="exon for exon in known if exon.label.accession == stated.accession",
        replace="exon for exon in known if _is_of(stated, exon.label)",
        tests=(f"{_NAMES}::test_a_transcript_that_does_not_decide_is_said_and_all_are_tried",),
    ),
    Defect(
        name="frame_decides_the_exon",
        wrong="A report's readings that are not in frame are left out.",
        file="src/nutfusion/annotation/exon_names.py",
        find="candidates = tuple(sorted(found, key=_order))",
        replace="candidates = tuple(sorted(found, key=_order))[:1]",
        tests=(f"{_NAMES}::test_out_of_frame_readings_are_kept_with_mane_before_the_others",),
    ),
    Defect(
        name="names_of_people_accepted",
        wrong="A sheet with a column for names is read.",
        file="src/nutfusion/sheet/table.py",
        find="if is_identifying(name):",
        replace="if False:",
        tests=("tests/sheet/test_sheet.py",),
    ),
    Defect(
        name="stage_file_of_another_stage_accepted",
        wrong="A stage takes whatever file it is given.",
        file="src/nutfusion/model/stagefile.py",
        find="if name != kind.__name__:",
        replace="if False:",
        tests=("tests/model/test_stagefile.py",),
    ),
    Defect(
        name="reverse_alignment_not_turned_back",
        wrong="Reads of the other strand keep the bases of their alignment.",
        file=f"{_READS}/alignment_records.py",
        find="return turned(bases) if record.flag & REVERSE else bases",
        replace="return bases",
        tests=("tests/reads/test_alignment_records.py",),
    ),
    Defect(
        name="marked_duplicates_hidden",
        wrong="What another program marked as a duplicate is not read.",
        file=f"{_READS}/alignment_records.py",
        find="NOT_PRIMARY: Final = 0x900",
        replace="NOT_PRIMARY: Final = 0xD00",
        tests=("tests/reads/test_alignment_records.py",),
    ),
    Defect(
        name="unplaced_reads_not_asked",
        wrong="An indexed look leaves out the reads that lie nowhere.",
        file=f"{_READS}/alignment_loci.py",
        find="        look.unplaced()\n",
        replace="",
        tests=("tests/reads/test_alignment_records.py",),
    ),
    Defect(
        name="grch37_read_at_grch38_places",
        wrong="The loci of a GRCh37 file are looked up on GRCh38.",
        file=f"{_READS}/alignment_contigs.py",
        find="if assembly is Assembly.GRCH38:",
        replace="if assembly:",
        tests=("tests/reads/test_alignment_records.py",),
    ),
    Defect(
        name="dna_passes_for_rna",
        wrong="Nothing seen in DNA is a negative.",
        file="src/nutfusion/scoring/quality.py",
        find="verdict_of(spliced / control >= LEAST_SPLICED)",
        replace="verdict_of(spliced / control >= 0)",
        tests=("tests/scoring/test_states.py",),
    ),
    Defect(
        name="long_read_ends_forgotten",
        wrong="Long reads of different molecules count as one.",
        file=f"{_READS}/assign.py",
        find="left, right = read.offset - before, read.offset + read.length + after",
        replace="left, right = read.offset, read.offset + read.length",
        tests=("tests/reads/test_long_reads.py",),
    ),
)
"""In the order of the flow."""
