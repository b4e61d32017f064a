"""Text to positioned glyphs, with the fonts that are given and no others.

HarfBuzz shapes, so kerning and marks are right in every alphabet. No system font is ever asked:
the same text is the same outline on every machine.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import typst
import uharfbuzz as hb

from geo.errors import BadScene
from geo.face import SIXTEENTHS, Face, FontFile
from geo.outline import straight
from geo.paths import Offsets, Points
from geo.plaintext import plain_text
from geo.scene import Style, Type

_REMEMBERED = 12_000_000  # bytes of runs and outlines; then the memory starts again
_RUN, _GLYPH = 600, 170  # bytes that they take, about
_STENCILS = 500  # of some 10 kB each


class Glyph(NamedTuple):
    """A glyph of a face; ``x, y`` from the run's start in px, y down; ``advance`` in px."""

    face: Face
    id: int
    x: float
    y: float
    advance: float


class Run(NamedTuple):
    """A shaped line of text: what it is made of and how large it is, in px.

    ``missing`` counts the characters for which no font has a glyph. ``pieces`` are the parts of
    the text that one face draws.
    """

    text: str
    style: Style
    size: float
    spacing: float
    width: float
    ascent: float
    descent: float
    glyphs: tuple[Glyph, ...]
    pieces: tuple[tuple[Face, str], ...]
    missing: int

    def written(self, slack: float = 1.0) -> str:
        """SVG path data from the start of the baseline, in sixteenths of a px, y down.

        Curves are made of lines that leave them by at most ``slack`` sixteenths.
        """
        return "".join(
            f"M{glyph.x * SIXTEENTHS:.0f} {glyph.y * SIXTEENTHS:.0f}{drawn}"
            for glyph in self.glyphs
            if (drawn := glyph.face.written(glyph.id, self.size, slack))
        )

    def stencil(self, slack: float = 1.0) -> "Stencil":
        """The letters, each by itself, for a text that is bent; ``slack`` as in `written`."""
        form, numbers, letter = list[str](), list[float](), list[int]()
        for n, glyph in enumerate(self.glyphs):
            scale, half = self.size / glyph.face.units, glyph.advance / 2
            for command, (x, y) in straight(
                glyph.face.outline(glyph.id), scale, slack / SIXTEENTHS
            ):
                form.append("z" if command == "z" else command.upper() + "%d %d")
                if command != "z":
                    numbers += (x - half, -y)
                    letter.append(n)
        points = np.array(numbers, dtype=np.float64).reshape(-1, 2)
        return Stencil("".join(form), points, np.array(letter, dtype=np.int64))


class Stencil(NamedTuple):
    """The letters of a run: ``form`` is path data with a ``%d`` for each number, ``points`` (n, 2)
    are px from the middle of their letter, y down, and ``letter`` is the glyph that each is of.
    """

    form: str
    points: Points
    letter: Offsets


class Fonts:
    """The faces of every style, in the order in which they are asked for a letter.

    ``engine`` are the same fonts as typst holds them, for the live text of a PDF. An instance
    remembers what it has shaped and may be used by several threads.
    """

    def __init__(self, styles: Mapping[Style, Sequence[FontFile]], engine: typst.Fonts) -> None:
        faces: dict[int, Face] = {}
        self._styles: dict[Style, tuple[Face, ...]] = {
            style: tuple(faces.setdefault(id(file), Face(file)) for file in files)
            for style, files in styles.items()
        }
        self.engine = engine
        self.idle: list[typst.Compiler] = []  # typesetters at rest, see `geo.raster`
        self._runs: dict[tuple[str, Style, float, float], Run] = {}
        self._outlines: dict[tuple[str, Style, float, float, float], str] = {}
        self._stencils: dict[tuple[str, Style, float, float, float], Stencil] = {}
        self._weight = 0

    def faces(self, style: Style) -> tuple[Face, ...]:
        """The faces of a style. Raises `BadScene` for a style that has none."""
        if not (found := self._styles.get(style)):
            raise BadScene(f"style {style!r} has no font; known are {', '.join(self._styles)}")
        return found

    def shape(self, text: str, style: Style, size: float, spacing: float = 0.0) -> Run:
        """The text as one line (see `plain_text`); ``spacing`` px are put between the letters."""
        key = (text, style, size, spacing)
        if (known := self._runs.get(key)) is None:
            known = _run(self.faces(style), *key)
            self._weigh(_RUN + _GLYPH * len(known.glyphs))
            self._runs[key] = known
        return known

    def written(self, run: Run, slack: float = 1.0) -> str:
        """The outline of a run as SVG path data, see `Run.written`."""
        key = (run.text, run.style, run.size, run.spacing, slack)
        if (known := self._outlines.get(key)) is None:
            known = run.written(slack)
            self._weigh(len(known))
            self._outlines[key] = known
        return known

    def stencil(self, run: Run, slack: float = 1.0) -> Stencil:
        """The letters of a run, see `Run.stencil`."""
        key = (run.text, run.style, run.size, run.spacing, slack)
        if (known := self._stencils.get(key)) is None:
            if len(self._stencils) >= _STENCILS:
                self._stencils.clear()
            known = self._stencils[key] = run.stencil(slack)
        return known

    def _weigh(self, more: int) -> None:
        """Make room for something: lines of a paragraph weigh a hundred times what a name does."""
        if self._weight + more > _REMEMBERED:
            self._runs.clear()
            self._outlines.clear()
            self._weight = 0
        self._weight += more


def _run(faces: Sequence[Face], text: str, style: Style, size: float, spacing: float) -> Run:
    said = plain_text(text)
    pieces = tuple(_pieces(said, faces))
    glyphs: list[Glyph] = []
    at = 0.0
    for face, piece in pieces:
        more, at = _shape(face, piece, Type(style, size, spacing), at)
        glyphs += more
    return Run(
        text=said,
        style=style,
        size=size,
        spacing=spacing,
        width=max(0.0, at - spacing),
        ascent=faces[0].ascent * size,
        descent=faces[0].descent * size,
        glyphs=tuple(glyphs),
        pieces=pieces,
        missing=sum(glyph.id == 0 for glyph in glyphs),
    )


def _pieces(text: str, faces: Sequence[Face]) -> Iterable[tuple[Face, str]]:
    """The text cut where another face must draw: the first that has a letter and its marks."""
    if faces[0].letters.issuperset(map(ord, text)):
        return [(faces[0], text)] if text else []
    pieces: list[tuple[Face, str]] = []
    for cluster in _clusters(text):
        wanted = {ord(letter) for letter in cluster}
        fits = next((face for face in faces if wanted <= face.letters), None)
        face = fits or next((face for face in faces if ord(cluster[0]) in face.letters), faces[0])
        if pieces and (face is pieces[-1][0] or cluster == " "):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + cluster)
        else:
            pieces.append((face, cluster))
    return pieces


def _clusters(text: str) -> list[str]:
    """Letters, each with the combining marks that follow it."""
    clusters: list[str] = []
    for letter in text:
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _shape(face: Face, text: str, type: Type, at: float) -> tuple[list[Glyph], float]:
    """The glyphs of one piece that starts at ``at``, and where the next piece starts."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "und"  # the guess takes it from the machine's locale
    hb.shape(face.font, buffer, {"kern": True, "liga": type.spacing == 0})
    scale = type.size / face.units
    glyphs: list[Glyph] = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advance = place.x_advance * scale
        x, y = at + place.x_offset * scale, -place.y_offset * scale
        glyphs.append(Glyph(face, info.codepoint, x, y, advance))
        at += advance + type.spacing
    return glyphs, at
