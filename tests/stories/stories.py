"""Every molecular state, and every reason of ``indeterminate``, as a patient might bring it."""

from __future__ import annotations

from typing import Final

from tests.stories.telling import PANEL, SMALL, Story, bound

E11, E10 = 15254152, 15255297
"""Last bases of BRD4 exons 11 and 10, GRCh38."""
N3 = 34347969
"""First base of NUTM1 exon 3."""

CANONICAL = bound("BRD4", E11, "NUTM1", N3)
TARGETS = "  targets: all\n"
STATED = "source: {kind: stated, reference: the laboratory, date: 2026-11-26}"
BRD4_SIDE_ONLY = f"""  targets:
    - gene: NUTM1
      interrogated: false
      {STATED}
    - gene: BRD4
      interrogated: true
      transcript: NM_058243.3
      exons: [10, 11]
      side: three_prime
      {STATED}
  other_genes: false
"""
NOBODY_KNOWS = f"""  targets:
    - gene: NUTM1
      interrogated: null
      {STATED}
"""
CONTROL = "  min_partner_wild_type:\n    value: 100\n"
LIMIT = "  max_detection_limit:\n    value: 0.5\n"
ARRIBA_ROW = (
    "#gene1\tgene2\tstrand1(gene/fusion)\tstrand2(gene/fusion)\tbreakpoint1\tbreakpoint2\t"
    "site1\tsite2\ttype\tsplit_reads1\tsplit_reads2\tdiscordant_mates\tcoverage1\tcoverage2\t"
    "confidence\treading_frame\ttags\tretained_protein_domains\tclosest_genomic_breakpoint1\t"
    "closest_genomic_breakpoint2\tgene_id1\tgene_id2\ttranscript_id1\ttranscript_id2\t"
    "direction1\tdirection2\tfilters\tfusion_transcript\tpeptide_sequence\tread_identifiers\n"
    "BRD4\tNUTM1\t-/-\t+/+\tsomewhere\tchr15:34347969\tCDS/splice-site\tCDS/splice-site\t"
    "translocation\t9\t3\t2\t90\t80\thigh\tin-frame\t.\t.\t.\t.\t.\t.\t.\t.\tupstream\t"
    "downstream\t.\t.\t.\t.\n"
)
REPORT_WITHOUT_NUTM1 = (
    "TruSight Oncology 500 - Combined Variant Output\n[Analysis Details]\n"
    "RNA Sample ID\tpanel_without_nutm1\n\n[Fusions]\n"
    "Gene Pair\tBreakpoint 1\tBreakpoint 2\tFusion Supporting Reads\nNA\n\n"
    "[Small Variants]\nNA\n"
)
NUT_IHC = {"ihc": "positive", "ihc_clone": "C52B1", "ihc_nuclei": "80"}

STORIES: Final = (
    # --- confirmed -----------------------------------------------------------------------------
    Story(
        # A poorly differentiated thoracic carcinoma: the joint that most patients have, read here,
        # stained by IHC.
        name="canonical_in_reads",
        reads="bet",
        assay=str(SMALL),
        tests=NUT_IHC | {"pretreated": "yes", "relapse": "yes", "disease": "carcinome NUT"},
        state="confirmed_bet",
        says=(
            "nutm1_joined_to_bet", "frame_kept", "profile_passed", "orthogonal_concordant",
            "gate_confirmed", "gate_declared_only", "run_level_not_assessed",
        ),
    ),
    Story(
        # A panel of another hospital reports it; its reads never came here.
        name="canonical_in_a_report",
        rows=(CANONICAL,),
        state="confirmed_bet",
        says=("nutm1_joined_to_bet", "no_reads"),
        next_test="look_at_reads",
    ),
    Story(
        # BRD4 breaks inside exon 11's intron neighbourhood where no exon is: no frame can be given.
        name="no_frame_to_give",
        rows=(bound("BRD4", 15250000, "NUTM1", N3),),
        state="confirmed_bet",
        says=("frame_not_given",),
        next_test="look_at_reads",
    ),
    Story(
        # Sanger of the referring laboratory names the very joint, by transcript.
        name="sanger_says_the_same_joint",
        rows=(CANONICAL,),
        tests={
            "sanger": "positive",
            "sanger_joint": "NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3",
        },
        state="confirmed_bet",
        says=("orthogonal_same_joint",),
        next_test="look_at_reads",
    ),
    Story(
        # RT-PCR of exon 11, reads of exon 10: both are in frame, and one of them is wrong.
        name="rt_pcr_says_another_joint",
        rows=(bound("BRD4", E10, "NUTM1", N3),),
        tests={"rt_pcr": "positive", "rt_pcr_joint": "BRD4 exon 11::NUTM1 exon 2"},
        state="confirmed_bet",
        says=("orthogonal_other_fusion",),
        next_test="look_at_reads",
    ),
    Story(
        # A cryptic insertion escapes the break-apart probes; RNA shows the fusion.
        name="cryptic_for_fish",
        rows=(CANONICAL,),
        tests={"fish": "negative", "fish_kind": "break_apart", "fish_split_cells": "3"},
        state="confirmed_bet",
        says=("orthogonal_discordant",),
        next_test="look_at_reads",
    ),
    Story(
        # A thoracic tumour of a teenager: NSD3 is no BET protein, it works through BRD4.
        name="nsd3",
        reads="bet_complex",
        assay=str(SMALL),
        panel=PANEL,
        state="confirmed_bet_complex",
        says=("nutm1_joined_to_bet_complex", "gate_complex_for_board"),
    ),
    Story(
        # The same in a report: the panel has no sequence of NSD3, so the split codon is not seen.
        name="nsd3_in_a_report",
        rows=(bound("NSD3", 38326730, "NUTM1", N3, reading_frame=""),),
        state="confirmed_bet_complex",
        says=("frame_weakened",),
        next_test="look_at_reads",
    ),
    Story(
        # A round-cell sarcoma: CIC::NUTM1 is another entity, also stained by the antibody.
        name="cic_sarcoma",
        rows=(bound("CIC", 42294735, "NUTM1", N3),),
        tests={"ihc": "positive"},
        state="confirmed_other_partner",
        says=("nutm1_joined_to_other_gene", "gate_partner_not_bet", "orthogonal_concordant"),
        next_test="look_at_reads",
    ),
    Story(
        # A gene in no list and without an HGNC id: its family is not established.
        name="gene_in_no_list",
        rows=(bound("NEWGENE7", 1_000_000, "NUTM1", N3),),
        state="confirmed_other_partner",
        says=("nutm1_joined_to_other_gene", "gate_partner_unresolved"),
        next_test="look_at_reads",
    ),
    # --- rearranged ----------------------------------------------------------------------------
    Story(
        # Fragments leave NUTM1 exon 3 into a sequence that the panel does not hold.
        name="unknown_partner",
        reads="unknown_partner",
        assay=str(SMALL),
        tests={"fish": "positive", "fish_kind": "break_apart", "fish_split_cells": "62"},
        state="rearranged_partner_unknown",
        says=(
            "nutm1_joined_to_unknown", "bet_partner_not_excluded", "gate_partner_not_identified",
        ),
        next_test="partner_sequence",
    ),
    Story(
        # FISH alone, on a biopsy too small for sequencing.
        name="fish_alone",
        rows=(),
        tests={"fish": "positive"},
        state="rearranged_partner_unknown",
        says=("fish_positive_alone", "orthogonal_test", "gate_partner_not_identified"),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # BRD4/NUTM1 dual-fusion probes: a candidate partner, never a confirmation.
        name="dual_fusion_fish",
        rows=(),
        tests={"fish_dual": "positive", "fish_dual_partner": "BRD4"},
        state="rearranged_partner_unknown",
        says=("fish_dual_positive_alone", "gate_partner_not_identified"),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # The same beside two reads of the same pair: too few to confirm, FISH says more.
        name="dual_fusion_beside_few_reads",
        rows=(bound("BRD4", E11, "NUTM1", N3, split_reads=1, discordant_pairs=0),),
        tests={"fish_dual": "positive", "fish_dual_partner": "BRD4"},
        state="rearranged_partner_unknown",
        says=("fish_dual_positive", "orthogonal_same_partner", "below_profile"),
        next_test="look_at_reads",
    ),
    Story(
        # Break-apart FISH beside the same few reads.
        name="fish_beside_few_reads",
        rows=(bound("BRD4", E11, "NUTM1", N3, split_reads=1, discordant_pairs=0),),
        tests={"fish": "positive"},
        state="rearranged_partner_unknown",
        says=("fish_positive",),
        next_test="look_at_reads",
    ),
    Story(
        # SLC12A6 lies 5 kb from NUTM1 on the other strand: an inversion, of unclear significance.
        name="neighbour",
        reads="neighbour",
        assay=str(SMALL),
        panel=PANEL,
        state="rearranged_neighbour",
        says=("nutm1_joined_to_neighbour", "gate_partner_not_bet"),
    ),
    Story(
        # EMC4 lies 110 kb before NUTM1 on its strand: RNA may run on without any rearrangement.
        name="read_through",
        rows=(
            bound(
                "EMC4", None, "NUTM1", N3, five_prime_contig="chr15", five_prime_strand="+",
                five_prime_position=34_229_990,
            ),
        ),
        state="rearranged_neighbour",
        says=("read_through_possible",),
        next_test="look_at_reads",
    ),
    # --- indeterminate -------------------------------------------------------------------------
    Story(
        # A necrotic block: two fragments of the canonical joint, below the profile. With one sample
        # nobody can say whether they are carried over.
        name="below_the_profile",
        reads="low_support",
        assay=str(SMALL),
        state="indeterminate",
        says=("below_profile", "carry_over_not_assessed", "gate_not_established"),
        next_test="compare_the_run",
    ),
    Story(
        # A report without read counts: unknown is not enough.
        name="counts_not_stated",
        rows=(bound("BRD4", E11, "NUTM1", N3, split_reads="", discordant_pairs=""),),
        state="indeterminate",
        says=("support_not_stated",),
        next_test="look_at_reads",
    ),
    Story(
        # Another program claims the canonical joint; good reads of the same tube show none.
        name="reads_contradict_a_caller",
        reads="negative",
        rows=(CANONICAL,),
        assay=str(SMALL),
        state="indeterminate",
        says=("sources_contradict",),
        next_test="rt_pcr_across_joint",
    ),
    Story(
        # The same, and the reads are 36 nt of bad quality: they could not have shown it.
        name="reads_too_poor",
        reads="failed",
        rows=(CANONICAL,),
        assay=str(SMALL),
        state="indeterminate",
        says=("reads_too_poor_to_show", "quality_failed"),
        next_test="new_material",
    ),
    Story(
        # BRD4 exon 12 ends in phase 0: NUTM1 is out of frame, no NUT protein.
        name="only_out_of_frame",
        reads="out_of_frame",
        assay=str(SMALL),
        state="indeterminate",
        says=("out_of_frame",),
        next_test="whole_transcriptome",
    ),
    Story(
        # Only the reciprocal product, NUTM1 first: reported, never counted.
        name="only_reciprocal",
        reads="reciprocal",
        assay=str(SMALL),
        state="indeterminate",
        says=("nutm1_not_three_prime",),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # NUTM1 as the 5' partner of a gene that is no BET gene (a NUTM1::CFTR of the open data).
        name="nutm1_as_five_prime_partner",
        rows=(bound("NUTM1", 34346035, "CFTR", 117_500_000),),
        state="indeterminate",
        says=("nutm1_not_three_prime",),
        next_test="look_at_reads",
    ),
    Story(
        # The joint is on BRD4's other strand: not a transcript of BRD4.
        name="antisense",
        rows=(bound("BRD4", E11, "NUTM1", N3, five_prime_strand="+"),),
        state="indeterminate",
        says=("antisense_part",),
        next_test="look_at_reads",
    ),
    Story(
        # A list that names two genes in no order: BRD4::NUTM1 or its reciprocal.
        name="no_order",
        rows=(bound("BRD4", None, "NUTM1", None, order="unknown"),),
        state="indeterminate",
        says=("order_not_known",),
        next_test="look_at_reads",
    ),
    Story(
        # Two genes without a place.
        name="genes_without_a_place",
        rows=(bound("BRD4", None, "NUTM1", None),),
        state="indeterminate",
        says=("joint_not_exact",),
        next_test="look_at_reads",
    ),
    Story(
        # A DNA panel finds the break; no transcript was seen.
        name="dna_alone",
        rows=(bound("BRD4", 15250000, "NUTM1", 34346500, molecule="dna"),),
        state="indeterminate",
        says=("inferred_from_dna",),
        next_test="look_at_reads",
    ),
    Story(
        # Inside BRD4's first exon, which holds no coding base, and nobody says what stands between.
        name="nothing_of_brd4",
        rows=(
            bound(
                "BRD4", None, "NUTM1", N3, five_prime_contig="chr19", five_prime_strand="-",
                five_prime_position=15332462,
            ),
        ),
        state="indeterminate",
        says=("part_not_translated",),
        next_test="look_at_reads",
    ),
    Story(
        # A NUT carcinoma by morphology and IHC; RNA shows nothing. Never a BET partner.
        name="ihc_alone",
        reads="negative",
        assay=str(SMALL),
        tests=NUT_IHC,
        state="indeterminate",
        says=("ihc_positive_alone", "gate_not_established"),
        next_test="fish_break_apart",
    ),
    Story(
        # IHC and RT-PCR positive elsewhere, nothing in the reads: two signs, still no fusion read.
        name="two_tests_without_a_fusion",
        reads="negative",
        assay=str(SMALL),
        tests={"ihc": "positive", "rt_pcr": "positive"},
        state="indeterminate",
        says=("positive_without_fusion",),
        next_test="fish_break_apart",
    ),
    Story(
        # An RT-PCR report without its sequence.
        name="rt_pcr_alone",
        reads="negative",
        assay=str(SMALL),
        tests={"rt_pcr": "positive", "rt_pcr_joint": "BRD4::NUTM1"},
        state="indeterminate",
        says=("sequence_test_positive_alone",),
        next_test="see_the_sequence",
    ),
    Story(
        # A row that names NUTM1 and cannot be read: somebody has to look at it.
        name="row_nobody_can_read",
        text=("row.fusions.tsv", ARRIBA_ROW),
        state="indeterminate",
        says=("unreadable_nutm1_row",),
        next_test="read_the_row",
    ),
    # --- nothing seen --------------------------------------------------------------------------
    Story(
        # 36 nt of bad quality from an old decalcified block.
        name="degraded",
        reads="failed",
        assay=str(SMALL),
        state="not_assessable",
        says=("quality_failed", "gate_silent"),
        next_test="new_material",
    ),
    Story(
        # A caller's empty table alone: nobody knows what the sample could have shown.
        name="silent_caller",
        rows=(),
        state="not_assessable",
        says=("no_reads", "callers_saw_nothing", "gate_silent"),
        next_test="look_at_reads",
    ),
    Story(
        # Nothing seen by a panel of which nobody says what it reads.
        name="panel_of_unknown_reach",
        reads="negative",
        changes=((TARGETS, NOBODY_KNOWS),),
        state="not_assessable",
        says=("coverage_unknown", "laboratory_to_state", "gate_silent"),
        next_test="complete_the_profile",
    ),
    Story(
        # Amplicons without a control gene: water gives as much.
        name="panel_without_control",
        reads="negative",
        changes=(
            (CONTROL, CONTROL.replace("100", "null")), (LIMIT, LIMIT.replace("0.5", "null")),
        ),
        state="not_assessable",
        says=("no_rna_control",),
        next_test="rna_control",
    ),
    Story(
        # Primers on BRD4 exons 10 and 11 alone: PER-624's exon 14 joint escapes them, and BRD3.
        name="brd4_side_panel",
        reads="negative",
        changes=((TARGETS, BRD4_SIDE_ONLY),),
        state="not_covered",
        says=("nutm1_not_interrogated", "joints_not_covered", "gate_silent"),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # The same panel, and IHC is positive: an assay from the NUTM1 side before anything else.
        name="brd4_side_panel_with_ihc",
        reads="negative",
        changes=((TARGETS, BRD4_SIDE_ONLY),),
        tests=NUT_IHC,
        state="indeterminate",
        says=("ihc_positive_alone",),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # A DNA-free panel list without NUTM1: its silence means nothing.
        name="panel_without_nutm1",
        text=("report.tsv", REPORT_WITHOUT_NUTM1),
        state="not_covered",
        says=("reports_without_nutm1", "gate_silent"),
        next_test="rna_from_nutm1_side",
    ),
    Story(
        # Whole transcriptome, RNA control read, nothing of NUTM1: a negative, with its limits.
        name="squamous_carcinoma",
        reads="negative",
        assay=str(SMALL),
        tests={"ihc": "negative", "disease": "carcinome épidermoïde"},
        state="not_detected",
        says=(
            "nothing_seen", "limit_at_exon", "partners_not_nameable", "gate_nothing_seen",
            "gate_disease_for_board", "no_sequence_in_panel",
        ),
    ),
)  # fmt: skip
"""In the order of the closed list."""
