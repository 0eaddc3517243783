"""The pages on which a biologist reviews and signs, and what their forms do.

Nothing here knows of sockets: a request is a path and a form, an answer a page or another path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language
from nutfusion.errors import ReviewError
from nutfusion.review.check import Finding, FolderCheck, FolderStatus, check_folder
from nutfusion.review.folder import DOSSIER
from nutfusion.review.forms import PATTERNS, Form, choices
from nutfusion.review.make import make_review
from nutfusion.review.model import Reviewer, ReviewField, ReviewVerdict
from nutfusion.review.section import fusion_rows, reviewed_html
from nutfusion.review.web import desk_style, digest_of, rendered, script
from nutfusion.review.words import board_phrases
from nutfusion.review.write import sign_review

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from nutfusion.model.panel import Panel
    from nutfusion.review.facts import DossierFacts
    from nutfusion.review.keys import TrustedKeys
    from nutfusion.review.model import Review

_ROUTE: Final = re.compile(r"/(fr|en)/(?:d/(\d{1,4})/(page|sign)?)?", re.ASCII)

COMMON: Final = "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""Content-Security-Policy of every answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back.

    Attributes:
        status: HTTP status.
        body: A page; empty for a redirection.
        policy: Its Content-Security-Policy.
        location: Where a redirection leads; ``None`` for a page.
    """

    status: int
    body: str
    policy: str
    location: str | None = None


class Desk:
    """The dossiers of one biologist.

    Args:
        folders: Of dossiers; their place in the list is their address.
        key: Private key.
        reviewer: Who signs; with the public key.
        trusted: Keys whose owners somebody vouches for.
        panel: For the drawings.
        today: Proposes the day of the signature; the biologist sees and may change it.

    Attributes:
        base: What stands before every address of a page, without a slash at the end; whoever serves
            the desk says it.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        key: Ed25519PrivateKey,
        reviewer: Reviewer,
        trusted: TrustedKeys,
        panel: Panel,
        today: Callable[[], str],
    ) -> None:
        self.folders = tuple(folders)
        self.key = key
        self.reviewer = reviewer
        self.trusted = trusted
        self.panel = panel
        self.today = today
        self.base = ""

    def look(self, path: str, token: str) -> Answer:
        """A page.

        Args:
            path: Without base and query.
            token: What forms of this session have to send back.
        """
        route = _ROUTE.fullmatch(path)
        if path == "/":
            return Answer(303, "", COMMON, f"{self.base}/fr/")
        if route is None or route[3] == "sign":
            return self.refuse(404)
        language = Language(route[1])
        if route[2] is None:
            return self._list(language)
        number = int(route[2])
        if number >= len(self.folders):
            return self.refuse(404)
        found = self._check(self.folders[number])
        if route[3] == "page":
            return self._whole_page(found)
        return self._form(found, number, language, token, Form({}), None)

    def sign(self, path: str, form: Form, token: str) -> Answer:
        """Show what will be signed, or sign it."""
        route = _ROUTE.fullmatch(path)
        if route is None or route[3] != "sign" or int(route[2]) >= len(self.folders):
            return self.refuse(404)
        language, number = Language(route[1]), int(route[2])
        folder = self.folders[number]
        found = self._check(folder)
        try:
            review = self._review(found, form)
            if form.get("step") != "sign":
                return self._look_again(found, number, language, token, form, review)
            facts = _facts(found)
            sign_review(
                folder,
                form.said(facts),
                self.key,
                reviewer=self.reviewer.id,
                centre=self.reviewer.centre,
                signed_at=form.get("date"),
                state=form.state(),
                comment=form.comment(),
                seen_sha256=form.get("seen"),
            )
        except ReviewError as error:
            return self._form(found, number, language, token, form, error)
        return Answer(303, "", COMMON, f"{self.base}/{language.value}/d/{number}/")

    def refuse(self, status: int) -> Answer:
        """A page that says no and nothing else."""
        words = [board_phrases(language) for language in Language]
        return self._page("desk_refused.html.jinja", Language.FR, status, said=words)

    def _check(self, folder: Path) -> FolderCheck:
        """A folder as it is now; one that is gone is a dossier that cannot be read, like others."""
        try:
            return check_folder(folder, self.trusted)
        except ReviewError as error:
            gone = Finding("dossier_unreadable", DOSSIER, "a dossier", error.message)
            return FolderCheck(folder, None, None, (), (gone,))

    def _review(self, found: FolderCheck, form: Form) -> Review:
        """The review that would be signed.

        Raises:
            ReviewError: See ``make_review``; or the dossier is not the one that was shown.
        """
        facts = _facts(found)
        if found.status is FolderStatus.TOUCHED:
            raise ReviewError("was touched since it was signed", code="touched")
        last = found.reviews[-1] if found.reviews else None
        if form.get("seen") != facts.sha256 or form.get("number") != str(len(found.reviews) + 1):
            raise ReviewError("the dossier is not the one that was shown", code="changed")
        previous = (last.review, last.sha256) if last and last.review and last.sha256 else None
        return make_review(
            facts,
            form.said(facts),
            reviewer=self.reviewer,
            signed_at=form.get("date"),
            state=form.state(),
            comment=form.comment(),
            previous=previous,
        )

    def _list(self, language: Language) -> Answer:
        checks = [self._check(folder) for folder in self.folders]
        return self._page("desk_list.html.jinja", language, 200, checks=checks)

    def _whole_page(self, found: FolderCheck) -> Answer:
        if found.facts is None:
            return self.refuse(404)
        policy = f"{COMMON}; style-src 'unsafe-inline'; script-src 'sha256-{digest_of(script())}'"
        return Answer(200, reviewed_html(found, self.panel), f"{policy}; form-action 'none'")

    def _form(
        self,
        found: FolderCheck,
        number: int,
        language: Language,
        token: str,
        form: Form,
        error: ReviewError | None,
    ) -> Answer:
        words = board_phrases(language)
        review = found.last.review if found.last else None
        return self._page(
            "desk_form.html.jinja",
            language,
            200 if error is None else 422,
            found=found,
            facts=found.facts,
            number=number,
            token=token,
            form=form,
            error=error,
            day=form.get("date") or self.today(),
            verdicts=tuple(ReviewVerdict),
            fields=tuple(ReviewField),
            choices=choices,
            patterns=PATTERNS,
            states=choices(ReviewField.STATE),
            review=review,
            rows=fusion_rows(found.facts, review, words),
            reviewer=self.reviewer,
        )

    def _look_again(
        self,
        found: FolderCheck,
        number: int,
        language: Language,
        token: str,
        form: Form,
        review: Review,
    ) -> Answer:
        return self._page(
            "desk_look.html.jinja",
            language,
            200,
            found=found,
            facts=found.facts,
            number=number,
            token=token,
            kept={name: value for name, value in form.values.items() if name not in _OURS},
            review=review,
            rows=fusion_rows(found.facts, review, board_phrases(language)),
        )

    def _page(self, template: str, language: Language, status: int, **values: Any) -> Answer:
        style = desk_style()
        body = rendered(
            template,
            t=board_phrases(language),
            lang=language.value,
            other="en" if language is Language.FR else "fr",
            style=style,
            base=self.base,
            **values,
        )
        policy = f"{COMMON}; style-src 'sha256-{digest_of(style)}'; form-action 'self'"
        return Answer(status, body, policy)


_OURS: Final = frozenset({"step", "token"})
"""Fields that are written anew."""


def _facts(found: FolderCheck) -> DossierFacts:
    if found.facts is None:
        raise ReviewError("expected a dossier that can be read", code="touched")
    return found.facts
