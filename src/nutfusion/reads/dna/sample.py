"""All DNA files of a sample together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nutfusion.errors import AlignmentFileError
from nutfusion.reads.alignment_records import molecule, molecule_tag
from nutfusion.reads.dna.find import find_breaks
from nutfusion.reads.umi import PATTERNS, cut, matching

if TYPE_CHECKING:
    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.evidence import Molecule
    from nutfusion.model.terms import Assembly
    from nutfusion.reads.dna.across import FoundBreak
    from nutfusion.reads.dna.look import DnaLook
    from nutfusion.reads.dna.records import DnaFragment, Place


@dataclass(frozen=True, slots=True)
class DnaBreaks:
    """Breaks of a sample.

    Attributes:
        assembly: Of their positions; ``None`` without breaks looked for.
        found: Most split fragments first.
        too_few: Distinct fragments of breaks that too few fragments show.
        clipped: Names of fragments at NUTM1 with a clip, a piece or a mate elsewhere.
    """

    assembly: Assembly | None = None
    found: tuple[FoundBreak, ...] = ()
    too_few: int = 0
    clipped: frozenset[str] = frozenset()


@dataclass(slots=True)
class DnaFragments:
    """Fragments of a sample's files that may show a break.

    Attributes:
        molecule: What the files are of; ``None`` when nothing tells.
        place: The locus of NUTM1; ``None`` without a file of DNA.
        assembly: Of the files of DNA.
        fragments: By name.
    """

    molecule: Molecule | None = None
    place: Place | None = None
    assembly: Assembly | None = None
    fragments: dict[str, DnaFragment] = field(default_factory=dict)

    def take(self, look: DnaLook, file: AlignmentFile) -> None:
        """Add what was found in one file.

        Raises:
            AlignmentFileError: It is of another molecule, or on another assembly, than the files
                before.
        """
        for before, now in ((self.molecule, look.molecule), (self.place, look.place)):
            if before is not None and now is not None and before != now:
                raise AlignmentFileError(
                    "expected all alignment files of a sample to be of one molecule, on one"
                    f" genome, found {_words(look)} after {_words(self)}; assess them as two"
                    " samples, or give a DNA caller's file beside the RNA",
                    path=file.path,
                )
        self.molecule = self.molecule or look.molecule
        self.place = self.place or look.place
        self.assembly = self.assembly or look.assembly
        for name, fragment in look.fragments.items():
            if name in self.fragments:
                self.fragments[name].take(fragment)
            else:
                self.fragments[name] = fragment

    def breaks(self) -> DnaBreaks:
        """The breaks that the fragments show."""
        if self.place is None:
            return DnaBreaks()
        found, few = find_breaks(self.fragments, self._umis(), self.place)
        return DnaBreaks(self.assembly, found, few, frozenset(self.fragments))

    def _umis(self) -> dict[str, str]:
        """The UMI of each fragment, if all have one: of a tag, else of the read's name."""
        names = sorted(self.fragments)
        tags = [self.fragments[name].tags for name in names]
        tag = molecule_tag(tags)
        if tag is not None:
            return {name: molecule(some, tag) for name, some in zip(names, tags, strict=True)}
        patterns = matching(PATTERNS, names)
        return dict(zip(names, cut(patterns[0], names), strict=True)) if patterns else {}


def _words(one: DnaLook | DnaFragments) -> str:
    """What files are of, for messages."""
    molecule_ = "an unknown molecule" if one.molecule is None else one.molecule.upper()
    return molecule_ if one.assembly is None else f"{molecule_} on {one.assembly.value}"
