"""Drawings of the page with their style inside, for the printed dossier."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from nutfusion.dossier.pdf_blocks import drawable

_XMLNS: Final = 'xmlns="http://www.w3.org/2000/svg"'
_FONTS: Final = {"sans": '"Libertinus Serif"', "mono": '"DejaVu Sans Mono"'}
"""Fonts of the printed dossier by the names that the style sheet gives them."""
_VARIABLE: Final = re.compile(r"^ {2}--([a-z-]+): ([^;]+);$", re.MULTILINE)
_RULE: Final = re.compile(r"^(\.(?:fig|limit)[^{\n]*)\{([^}\n]*)\}$", re.MULTILINE)
_USED: Final = re.compile(r"var\(--([a-z-]+)\)")
_HALO: Final = re.compile(r"stroke: #fff; stroke-width: \d+px; paint-order: stroke;[^}]*")
"""White around letters, which the printed drawing does not put behind them."""
_SIZE: Final = re.compile(r"(font-size: |font: 400 )([\d.]+)px")
_LARGER: Final = 1.2
"""The drawing is smaller on paper than on a screen; its letters are not to be."""
_COORDINATE: Final = "fig-coord"
"""Words beside the top of the joint's line, which have no more room than they take."""
_SYMBOL: Final = re.compile(r'<symbol id="shape-([a-z]+)" viewBox="([^"]+)">(.*?)</symbol>')
_SIGN_STYLE: Final = (
    ".solid{fill:#1c2126}.open{fill:#fff;stroke:#1c2126;stroke-width:2}"
    ".dashes{stroke-dasharray:4 3}"
    ".stroke{fill:none;stroke:#1c2126;stroke-width:2.2;stroke-linecap:round}"
    ".cut{fill:none;stroke:#fff;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}"
)


def standalone(svg: str) -> str:
    """A drawing of the page that needs no style sheet, in characters that the fonts have."""
    tag, end, rest = drawable(svg).partition(">")
    return f"{tag.replace('<svg', f'<svg {_XMLNS}', 1)}{end}<style>{_style()}</style>{rest}"


@cache
def sign(shape: str) -> str:
    """One of the shapes that stand beside words.

    Raises:
        KeyError: There is no such shape; a bug.
    """
    found = _SYMBOL.findall(_asset("shapes.svg.jinja"))
    view, body = {name: (view, body) for name, view, body in found}[shape]
    return f'<svg {_XMLNS} viewBox="{view}"><style>{_SIGN_STYLE}</style>{body}</svg>'


@cache
def _style() -> str:
    """The rules of the drawings, with the values of the variables."""
    sheet = _asset("page.css")
    values = {**dict(_VARIABLE.findall(sheet)), **_FONTS}
    rules = "".join(
        f"{selector}{{{body if _COORDINATE in selector else _larger(body)}}}"
        for selector, body in _RULE.findall(sheet)
    )
    return _USED.sub(lambda name: values[name[1]], _HALO.sub("", rules))


def _larger(rule: str) -> str:
    return _SIZE.sub(lambda size: f"{size[1]}{float(size[2]) * _LARGER:.1f}px", rule)


@cache
def _asset(name: str) -> str:
    return files("nutfusion.dossier").joinpath("templates", name).read_text(encoding="utf-8")
