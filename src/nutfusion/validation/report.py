"""The validation report: one HTML page with both languages, and the same on paper."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import Language
from nutfusion.validation.design import CLOSE_IDENTITY, DESIGNS, IDENTITIES
from nutfusion.validation.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

    from nutfusion.validation.document import (
        CriterionOutcome,
        Failure,
        LimitRow,
        Row,
        Table,
        Validation,
    )

SHOWN_FAILURES: Final = 200
"""Failures on the page; ``validation.json`` has all."""


def report_id(validation: Validation) -> str:
    """What the report is called by: the start of the digest of its record."""
    return hashlib.sha256(validation.model_dump_json().encode()).hexdigest()[:12]


def report_html(
    validation: Validation, *, languages: tuple[Language, ...] = tuple(Language)
) -> str:
    """Render the report.

    Args:
        validation: Everything that it says.
        languages: French and English with a choice between them, or one of them for paper.

    Returns:
        One document without external parts.
    """
    script = _asset("report.js")
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            v=validation,
            id=report_id(validation),
            views=[View(validation, Words(language)) for language in languages],
            style=_asset("report.css"),
            script=script if len(languages) > 1 else "",
            script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


@dataclass(frozen=True)
class View:
    """The report in one language.

    Attributes:
        v: What it says.
        words: The language.
    """

    v: Validation
    words: Words

    @property
    def lang(self) -> str:
        """Code of the language."""
        return self.words.language.value

    @property
    def command(self) -> str:
        """How the same validation is made again; paths are the reader's."""
        parts = ["nutfusion validate", f"--samples {self.v.size}", f"--seed {self.v.seed}"]
        parts.append(f"--assay {self.v.assay.partition('@')[0]}")
        if self.v.panel != "starter":
            parts.append("--panel DIR")
        if self.v.background_digest is not None:
            parts.append("--background FASTA")
        return " ".join([*parts, "--outdir DIR"])

    @property
    def verdict(self) -> str:
        """Whether all criteria are met, and for how many joints of the catalogue."""
        if not self.v.passed:
            return self.words.text("failed")
        if not self.v.missing:
            return self.words.text("passed")
        made = len(self.v.catalogued)
        return self.words.text("passed_some", made=made, all=made + len(self.v.missing))

    @property
    def not_simulated(self) -> tuple[str, ...]:
        """What no sample could be made of."""
        found = [
            self.words.text(f"missing_{one.why}", gene=one.gene, exon=one.exon)
            for one in self.v.missing
        ]
        found += [
            self.words.text(
                "short_stratum" if one.made else "no_stratum",
                stratum=self.words.coded("stratum", one.stratum),
                made=one.made,
                asked=one.asked,
            )
            for one in self.v.short
        ]
        if any(one.stratum == "neighbour" for one in self.v.short):
            found.append(self.words.text("no_neighbour"))
        return tuple(found)

    @property
    def bounds(self) -> tuple[str, ...]:
        """What the validation does not say."""
        said = [self.words.text(f"bound_{name}") for name in ("simulated", "small", "hopping")]
        return (*said, *filter(None, (self.bound_interval,)))

    @property
    def background(self) -> str:
        """What the background is."""
        if self.v.background_digest is None:
            return self.words.text("background_invented", n=self.v.background_transcripts)
        return self.words.text(
            "background_file",
            name=self.v.background,
            n=self.v.background_transcripts,
            left=self.v.background_left_out,
        )

    @property
    def negatives(self) -> str:
        """How negatives are made."""
        return self.words.text(
            "materials_negatives",
            identities=", ".join(self.words.percent(share, 0) for share in IDENTITIES),
            close=self.words.percent(CLOSE_IDENTITY, 0),
            rate=self.words.percent(self.v.hopping_rate),
        )

    def required(self, outcome: CriterionOutcome) -> str:
        """What a criterion asks for."""
        criterion = outcome.criterion
        if criterion.most is not None:
            return self.words.text("at_most", n=criterion.most)
        return self.words.text("at_least", share=self.words.percent(criterion.least))

    def observed(self, outcome: CriterionOutcome) -> str:
        """What was found, and of which joint."""
        found = self.words.share(outcome.observed)
        return (
            f"{outcome.label}::NUTM1{self.words.phrases.colon}{found}" if outcome.label else found
        )

    def column(self, code: str) -> str:
        """Head of a column: a code of the words, or a name."""
        return code if code.endswith(" nt") else self.words.text(code)

    def row(self, table: Table, row: Row) -> str:
        """Head of a row."""
        if table.id == "by_joint":
            return f"{row.label}::{self.v.acceptor}"
        if table.id == "by_fragments":
            number, asked = row.label.split()
            return self.words.text(f"row_{asked}", n=int(number))
        if table.id == "by_condition":
            name, _, value = row.label.partition(" ")
            if name == "errors":
                value = self.words.percent(float(value.partition(" ")[0]) / 100)
            return self.words.text(f"cond_{name}", value=self.words.coded("value", value))
        if table.id == "by_truth":
            return self.words.text(f"truth_{row.label}")
        return self.words.coded("stratum", row.label)

    def limit_name(self, row: LimitRow) -> str:
        """What a detection limit is of."""
        joint = f"{self.v.catalogued[0]}::{self.v.acceptor}" if self.v.catalogued else ""
        depth = DESIGNS["small" if self.v.size == "small" else "standard"].fraction_wild_type
        return self.words.text(f"limit_{row.id}", joint=joint, depth=depth)

    def limit(self, row: LimitRow) -> str:
        """The limit with its interval, or why there is none."""
        of_fraction = row.id == "fraction"

        def amount(value: float | None) -> str:
            return self.words.amount(value, of_fraction=of_fraction)

        if row.value is not None:
            highest = max(level for level, _, _ in row.levels)
            if row.value > highest:
                return self.words.text(
                    "limit_beyond", value=amount(row.value), highest=amount(highest)
                )
            return self.words.text(
                "limit_interval",
                value=amount(row.value),
                low=amount(row.low),
                high=amount(row.high),
            )
        why = self.words.coded("why", row.why or "")
        if row.bracket_high is None:
            return self.words.text("limit_above", low=amount(row.bracket_low), why=why)
        if row.bracket_low == 0.0:
            return self.words.text("limit_below", high=amount(row.bracket_high), why=why)
        return self.words.text(
            "limit_bracket", low=amount(row.bracket_low), high=amount(row.bracket_high), why=why
        )

    def levels(self, row: LimitRow) -> str:
        """Found and made at every level."""
        return self.words.phrases.join(
            f"{self.words.amount(level, of_fraction=row.id == 'fraction')}"
            f"{self.words.phrases.colon}{found}/{made}"
            for level, found, made in row.levels
        )

    def fit(self, row: LimitRow) -> str:
        """How well the line fits."""
        if row.chi2 is None:
            return "–"
        return f"χ² {self.words.phrases.number(row.chi2, 1)}, ddl {row.freedom}".replace(
            "ddl", "ddl" if self.lang == "fr" else "df"
        )

    def kinds(self, failure: Failure) -> str:
        """What is wrong with a sample."""
        words = [self.words.coded("kind", kind) for kind in failure.kinds]
        if failure.counts_for:
            words.append(self.words.text("counts"))
        return self.words.phrases.join(words)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Those that count for a criterion first; as many as the page shows."""
        ordered = sorted(self.v.failures, key=lambda one: not one.counts_for)
        return tuple(ordered[:SHOWN_FAILURES])

    @property
    def bound_interval(self) -> str | None:
        """What no false positive says, and what it does not."""
        for outcome in self.v.criteria:
            shown = outcome.observed
            if outcome.criterion.figure == "bet_false_positives" and shown.high is not None:
                if shown.found:
                    return None
                return self.words.text(
                    "bound_interval", n=shown.made, high=self.words.percent(shown.high, 2)
                )
        return None


@cache
def _environment() -> Environment:
    """The template engine; every value is escaped, a missing one is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    """A file of the template folder."""
    found = files("nutfusion.validation").joinpath("templates", name)
    return found.read_text(encoding="utf-8")
