"""What review and meeting need of a dossier, of any minor version of its format.

A signed dossier is kept for years and read by newer versions. Only keys of format 1.0 are asked
for, and other keys are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nutfusion.errors import ReviewError
from nutfusion.model.pseudonym import SAMPLE_ID
from nutfusion.model.terms import (
    FusionDetection,
    GateVerdict,
    MolecularState,
    PartnerClass,
    ReadingFrame,
)
from nutfusion.review.bytes import compact_sha256, file_bytes, json_object, sha256
from nutfusion.review.model import PartDigest, ReviewField

if TYPE_CHECKING:
    from pathlib import Path

_TAG: Final = "nutfusion dossier"
_MAJOR: Final = 1


class _Facts(BaseModel):
    """A part of a dossier; keys that are not named are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Gene(_Facts):
    """A gene."""

    symbol: str


class End(_Facts):
    """One side of a joint, GRCh38, 1-based."""

    contig: str | None
    position: int | None
    position_range: tuple[int, int] | None

    @property
    def text(self) -> str | None:
        """``chr19:15254152`` or ``chr19:100-200``; ``None`` when not placed."""
        if self.contig is None:
            return None
        if self.position is not None:
            return f"{self.contig}:{self.position}"
        if self.position_range is None:
            return self.contig
        return f"{self.contig}:{self.position_range[0]}-{self.position_range[1]}"


class Joint(_Facts):
    """A joint."""

    exact: bool
    five_prime: End | None
    three_prime: End | None


class Exon(_Facts):
    """An exon of a transcript with its version."""

    transcript: str
    exon: int


class Exons(_Facts):
    """The exons at a joint."""

    five_prime: Exon | None
    three_prime: Exon | None


class Counts(_Facts):
    """Distinct fragments; ``None``: unknown."""

    split_reads: int | None
    discordant_pairs: int | None


class FusionFacts(_Facts):
    """One fusion of the automatic statement."""

    fusion_id: str
    name: str
    fusion_detection: FusionDetection
    state: MolecularState
    five_prime_gene: Gene | None
    three_prime_gene: Gene | None
    partner_class: PartnerClass
    junction: Joint
    exons: Exons
    reading_frame: ReadingFrame
    support: Counts

    def automatic(self, field: ReviewField) -> str | None:
        """What the dossier says of a field; ``None`` when it says nothing."""
        genes = {
            ReviewField.FIVE_PRIME_GENE: self.five_prime_gene,
            ReviewField.THREE_PRIME_GENE: self.three_prime_gene,
        }
        if field in genes:
            gene = genes[field]
            return None if gene is None else gene.symbol
        ends = {
            ReviewField.FIVE_PRIME_POSITION: self.junction.five_prime,
            ReviewField.THREE_PRIME_POSITION: self.junction.three_prime,
        }
        if field in ends:
            end = ends[field]
            return None if end is None else end.text
        return str(getattr(self, field.value))


class DeclaredFacts(_Facts):
    """What was declared; ``None``: not declared."""

    disease: str | None
    pretreated: bool | None
    relapse: bool | None


class SampleFacts(_Facts):
    """Whose dossier."""

    id: str = Field(pattern=f"^{SAMPLE_ID.pattern}$")
    run: str | None
    control: str | None = None
    declared: DeclaredFacts


class AssayFacts(_Facts):
    """The assay profile."""

    id: str
    version: str


class GateFacts(_Facts):
    """One gate."""

    id: str
    verdict: GateVerdict


class PolicyFacts(_Facts):
    """The policy's gates."""

    id: str
    version: str
    gates: tuple[GateFacts, ...]


class ProvenanceFacts(_Facts):
    """What made the dossier."""

    nutfusion: str
    panel: str
    assay: str


class DossierFacts(_Facts):
    """The automatic statement, as far as review and meeting need it.

    Attributes:
        sha256: Digest of the file.
        parts: Digest of each part.
    """

    sample: SampleFacts
    assay: AssayFacts
    molecular_state: MolecularState
    fusions: tuple[FusionFacts, ...]
    policy: PolicyFacts
    provenance: ProvenanceFacts
    sha256: str
    parts: tuple[PartDigest, ...]

    def fusion(self, fusion_id: str) -> FusionFacts:
        """The fusion of this identifier.

        Raises:
            KeyError: There is none.
        """
        return next(f for f in self.fusions if f.fusion_id == fusion_id)


def read_facts(path: Path) -> DossierFacts:
    """Read ``dossier.json``; see ``dossier_facts``."""
    return dossier_facts(file_bytes(path), path)


def dossier_facts(data: bytes, path: Path) -> DossierFacts:
    """What a dossier says, from its bytes.

    Raises:
        ReviewError: It is no dossier of major version 1, or two fusions have one identifier.
    """
    document = json_object(data, path)
    if document.get("tag") != _TAG:
        raise ReviewError(
            f'expected a dossier ("tag": "{_TAG}"), found {document.get("tag")!r}', path=path
        )
    match document.get("schema_version"):
        case [int(major), int()] if major == _MAJOR:
            pass
        case found:
            raise ReviewError(f"expected a dossier of format 1, found {found!r}", path=path)
    try:
        facts = DossierFacts.model_validate(
            {**document, "sha256": sha256(data), "parts": part_digests(document)}
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReviewError(
            f"the dossier breaks its format: {where}: {first['msg']}", path=path
        ) from error
    ids = [fusion.fusion_id for fusion in facts.fusions]
    if len(set(ids)) != len(ids):
        raise ReviewError("two fusions of the dossier have the same fusion_id", path=path)
    return facts


def part_digests(document: dict[str, Any]) -> tuple[PartDigest, ...]:
    """Digest of every top-level key, fusions one by one; order of the file."""
    parts: list[PartDigest] = []
    for key, value in document.items():
        if key == "fusions" and isinstance(value, list):
            parts.append(PartDigest(part="fusions", sha256=compact_sha256(len(value))))
            parts += [
                PartDigest(part=f"fusions/{_id_of(one, n)}", sha256=compact_sha256(one))
                for n, one in enumerate(value)
            ]
        else:
            parts.append(PartDigest(part=key, sha256=compact_sha256(value)))
    return tuple(parts)


def _id_of(fusion: object, number: int) -> str:
    """The fusion's identifier, else its place in the list."""
    found = fusion.get("fusion_id") if isinstance(fusion, dict) else None
    return found if isinstance(found, str) else str(number)
