"""Themes: the colours and pens of the base map, of texts and of panels, and of overlays on them.

Layers give their colours for the light theme; a theme says how these become visible on its own
ground, so that a layer needs no second set.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from geo.colour import from_lch, laid_on, over, standing_out, to_lch
from geo.scene import Halo, Stroke, Style, Type
from layers.spec import Colour, Hatch, Paint

HOME = Path(__file__).parent / "themes"
OTHER = "other"  # the letters of a class that a theme does not name
PLAIN = "#4a5568"  # what a paint without a colour means, as on the pages
FAINT = 0.15  # the opacity of an area whose layer gives none

Part = Annotated[float, Field(ge=0, le=1)]
Width = Annotated[float, Field(ge=0, le=20)]


class _Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy that knows nothing of what the original has worked out from its own members."""
        made = super().model_copy(update=update, deep=deep)
        for name in made.__dict__.keys() - type(self).model_fields.keys():
            del made.__dict__[name]
        return made


class Pen(_Frozen):
    """A line of the base: colour, width in px, opacity, dash in px."""

    color: Colour
    width: Width = 1.0
    opacity: Part = 1.0
    dash: tuple[Annotated[float, Field(gt=0)], ...] = ()

    @cached_property
    def stroke(self) -> Stroke:
        """The pen as a scene wants it."""
        return Stroke(self.color, self.width, self.opacity, self.dash)

    @cached_property
    def fine(self) -> Stroke:
        """The same for lines that have a corner every few px."""
        return replace(self.stroke, fine=True)


class Tint(_Frozen):
    """A flat colour laid over what is there."""

    color: Colour
    opacity: Part = 1.0


class Letters(_Frozen):
    """How texts of one class look; ``halo_width`` is that of the rim's stroke, 0 for none."""

    color: Colour
    style: Style = "sans"
    size: Annotated[float, Field(ge=6, le=60)] = 12.0
    spacing: Annotated[float, Field(ge=0, le=20)] = 0.0
    upper: bool = False
    halo_color: Colour
    halo_width: Width = 2.5
    halo_opacity: Part = 0.85

    @cached_property
    def type(self) -> Type:
        """Face, size and spacing as a scene wants them."""
        return Type(self.style, self.size, self.spacing)

    @cached_property
    def halo(self) -> Halo | None:
        """The rim behind the letters."""
        if not self.halo_width:
            return None
        return Halo(self.halo_color, self.halo_width, self.halo_opacity)


class Dot(_Frozen):
    """The mark of a place of the base map."""

    shape: Literal["circle", "square", "diamond", "triangle"] = "circle"
    radius: Annotated[float, Field(ge=1, le=20)] = 2.5
    fill: Colour
    color: Colour
    width: Width = 1.2


class Panel(_Frozen):
    """What stands beside or upon a map: title, legend, scale, sources."""

    paper: Colour  # the sheet around the map
    ink: Colour  # titles and names
    soft: Colour  # subtitles, sources
    rule: Colour  # thin lines between parts, and the frame
    accent: Colour  # the bar beside a title
    box: Colour  # the ground of a legend upon the map
    box_opacity: Part = 0.94
    box_edge: Colour


class Mirror(_Frozen):
    """Lightness L in OKLab becomes ``high`` - ``slope`` · L, chroma ``chroma`` times; hue stays."""

    high: Annotated[float, Field(ge=0, le=2)]
    slope: Annotated[float, Field(ge=0, le=2)] = 1.0
    chroma: Annotated[float, Field(ge=0, le=2)] = 1.0

    def of(self, colour: str) -> str:
        """The colour on the other side of the mirror, within sRGB."""
        light, chroma, hue = to_lch(colour)
        return from_lch((self.high - self.slope * light, self.chroma * chroma, hue))


class Overlays(_Frozen):
    """How the colours of layers, made for light ground, are shown on a dark one.

    A line or a mark is mirrored, then made lighter until it has the contrast ``least`` to sea and
    land. Of an area what is seen is mirrored: its tint as it lies on the sea ``ground`` of the
    theme that the layers are made for.
    """

    line: Mirror
    area: Mirror
    least: Annotated[float, Field(ge=1, le=21)] = 3.0
    ground: Colour


class Theme(_Frozen):
    """One look of everything that is drawn. Widths and sizes are CSS pixels."""

    id: str
    title: str
    dark: bool = False
    sea: Colour
    land: Colour
    ice: Colour
    lake: Colour
    coast: Pen
    lake_edge: Pen
    river: Pen
    border: Pen
    border_disputed: Pen
    contested: Tint  # over what is contested as a whole
    contested_hatch: Hatch
    highlight: Tint  # over the countries that a map is about
    graticule: Pen
    horizon: Pen  # the edge of a globe, and of a map's frame
    space: Colour  # around a globe
    capital: Dot
    town: Dot
    panel: Panel
    letters: dict[str, Letters]
    overlays: Overlays | None = None  # none: as the layers say

    def letters_of(self, label_class: str) -> Letters:
        """How texts of a class look; a class that the theme does not name looks like ``other``.

        Classes of `labels`: state, territory, capital, town, sea, strait, lake. Of overlays: area
        and area_open (names of areas, settled and not), own (names of points and lines). Of the
        map itself: graticule, title, subtitle, heading, legend, scale, sources.
        """
        return self.letters.get(label_class, self.letters[OTHER])

    def line(self, colour: str) -> str:
        """The colour of a line, an outline or a mark of an overlay, as this theme shows it."""
        if not self.overlays:
            return colour
        shown = self.overlays.line.of(colour)
        return standing_out(shown, (self.sea, self.land), self.overlays.least)

    def area(self, colour: str, opacity: float) -> tuple[str, float]:
        """The tint of an area of an overlay, and its opacity, as this theme shows them.

        The opacity grows where no colour would do with the one given.
        """
        if not self.overlays or not opacity:
            return colour, opacity
        seen = over(colour, opacity, self.overlays.ground)
        return laid_on(self.overlays.area.of(seen), opacity, self.sea)

    def paint(self, paint: Paint) -> Paint:
        """A layer's paint with the colours of this theme; sizes, dashes and angles stay."""
        if not self.overlays:
            return paint
        new: dict[str, object] = {"color": self.line(paint.color or PLAIN)}
        if paint.fill_color and paint.radius:
            new["fill_color"] = self.overlays.line.of(paint.fill_color)
        elif paint.fill_color:
            opacity = FAINT if paint.fill_opacity is None else paint.fill_opacity
            new["fill_color"], new["fill_opacity"] = self.area(paint.fill_color, opacity)
        if paint.hatch and paint.hatch.color:
            color = self.line(paint.hatch.color)
            new["hatch"] = paint.hatch.model_copy(update={"color": color})
        return paint.model_copy(update=new)


def load_themes(folder: Path = HOME) -> dict[str, Theme]:
    """The themes by id, light first. Raises pydantic's `ValidationError` for a bad file."""
    read = [_theme(path) for path in sorted(folder.glob("*.toml"))]
    return {one.id: one for one in sorted(read, key=lambda one: (one.dark, one.id))}


def _theme(path: Path) -> Theme:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return Theme.model_validate({"id": path.stem, **entries})
