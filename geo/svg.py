"""A scene as SVG: outlined letters for pixels, or live text for print and for readers.

Everything that came from data passes an XML escaper, and text passes `plain_text` first.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from geo import ink
from geo.element import Attributes, content, name_of, number, opened, said, sixteenths, written
from geo.face import SIXTEENTHS, Face
from geo.pathdata import along, path_data, symbol
from geo.paths import Paths
from geo.scene import (
    Area,
    Clip,
    Fill,
    Group,
    Halo,
    Item,
    Join,
    Line,
    Mark,
    Scene,
    Stroke,
    Text,
    TextPath,
)
from geo.shaping import Fonts, Run

# device px; tiny-skia draws a stroke of 1 px or less by another rule, segment by segment: several
# times quicker than the outline of a stroke. But its pixels hang on where the picture is cut, in
# some px beside the cut, and all along a segment at 45° that is cut. So tiles have strokes that are
# wider, but for fine ones; for these they are drawn with a margin, which is cut off afterwards.
HAIRLINE = 1.05
_EDGE = 1.0  # px beyond the picture
_SLACK = 2.2  # sixteenths of a device px by which letters may leave their curves; none can be seen

# sixteenths of a px by which pixels are drawn aside: corners at whole sixteenths and hatches at 45°
# would run through the very points that tiny-skia samples, and tiles would differ by its rounding
_ASIDE = (-0.41, -0.13)


def svg(
    scene: Scene,
    fonts: Fonts,
    *,
    live_text: bool = False,
    scale: float = 1.0,
    margin: float = 0.0,
) -> str:
    """The scene as an SVG document of ``scale`` times its size, ``margin`` px larger on each side.

    With ``live_text`` letters stay text, in the families of `Fonts`, and thin strokes keep their
    width; without, letters are outlines and strokes that would be thinner than `HAIRLINE` device
    pixels are drawn that wide and paler: all of them, or without those that are `Stroke.fine` where
    there is a margin to be cut off, or none where the scene stands alone. Raises `BadScene` for a
    colour or number without meaning.
    """
    return "".join(_Writer(fonts, live_text, scale, margin).document(scene))


class _Writer:
    """Writes items; counts the ids that it gives, which must differ within one document."""

    def __init__(self, fonts: Fonts, live_text: bool, scale: float, margin: float) -> None:
        self._fonts, self._live, self._scale, self._margin = fonts, live_text, scale, margin
        self._least = 0.0 if live_text else HAIRLINE / scale
        self._slack = _SLACK / scale
        self._aside = (0.0, 0.0) if live_text else _ASIDE
        self._alone = False
        self._ids = 0
        self._sheet = Paths.each([])
        self._paints: dict[tuple[Fill | None, Stroke | None], str] = {}
        self._presses: dict[tuple[str, Halo | None, float], str] = {}
        self._write: dict[type, Callable[[Any], Iterable[str]]] = {
            Area: self._area,
            Line: self._line,
            Mark: self._mark,
            Text: self._live_text if live_text else self._text,
            TextPath: self._live_along if live_text else self._along,
            Clip: self._clip,
            Group: self._group,
        }

    def document(self, scene: Scene) -> Iterator[str]:
        edge = self._margin + _EDGE
        self._sheet = Paths.box(-edge, -edge, scene.width + edge, scene.height + edge)
        self._alone = scene.alone
        wide, high = scene.width + 2 * self._margin, scene.height + 2 * self._margin
        left, top = (number(one - self._margin * SIXTEENTHS) for one in self._aside)
        frame = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": number(wide * self._scale),
            "height": number(high * self._scale),
            "viewBox": f"{left} {top} {sixteenths(wide)} {sixteenths(high)}",
            "role": "img" if scene.title else None,
            "lang": scene.lang if self._live else None,
        }
        yield opened("svg", frame) + said("title", scene.title) + said("desc", scene.description)
        if scene.background:
            yield from self._area(Area(self._ground(scene), Fill(scene.background)))
        yield from self._items(scene.items)
        yield "</svg>"

    def _ground(self, scene: Scene) -> Paths:
        out = self._margin
        return Paths.box(-out, -out, scene.width + out, scene.height + out)

    def _items(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            yield from self._write[type(item)](item)

    def _new_id(self) -> str:
        self._ids += 1
        return f"m.{self._ids}"  # no id of a scene holds a full stop

    def _area(self, area: Area) -> Iterator[str]:
        if data := path_data(area.paths, closed=True):
            place = written({"fill-rule": "evenodd", "id": name_of(area.id)})
            yield f'<path d="{data}"{place}{self._paint(area.fill, area.stroke)}>'

    def _line(self, line: Line) -> Iterator[str]:
        if data := path_data(line.paths, closed=False):
            place = written({"id": name_of(line.id)})
            yield f'<path d="{data}"{place}{self._paint(None, line.stroke)}>'

    def _mark(self, mark: Mark) -> Iterator[str]:
        data = symbol(mark.shape, mark.x, mark.y, mark.radius)
        yield opened(
            "path", {"d": data, "id": name_of(mark.id)}, self._paint(mark.fill, mark.stroke)
        )

    def _paint(self, fill: Fill | None, stroke: Stroke | None) -> str:
        """The rest of a path's tag; few pens draw many paths, so it is written once for each."""
        key = (fill, stroke)
        if (known := self._paints.get(key)) is None:
            hair = stroke is not None and (self._alone or (stroke.fine and self._margin > 0))
            attributes = ink.fill(fill) | ink.stroke(stroke, self._least, hair=hair)
            known = self._paints[key] = written(attributes) + "/"
        return known

    def _text(self, text: Text) -> Iterator[str]:
        run = self._run(text)
        if data := self._fonts.written(run, self._slack):
            back = {"start": 0.0, "middle": run.width / 2, "end": run.width}[text.anchor]
            move = _place(text) + (f" translate({sixteenths(-back)} 0)" if back else "")
            place = written({"transform": move, "aria-label": run.text})
            yield f'<path d="{data}"{place}{self._letterpress(text)}/>'

    def _along(self, text: TextPath) -> Iterator[str]:
        run = self._run(text)
        if data := along(run, self._fonts.stencil(run, self._slack), text.points):
            place = written({"aria-label": run.text})
            yield f'<path d="{data}"{place}{self._letterpress(text)}/>'

    def _letterpress(self, text: Text | TextPath) -> str:
        """The rest of the tag of outlined letters."""
        key = (text.color, text.halo, text.opacity)
        if (known := self._presses.get(key)) is None:
            known = self._presses[key] = written(_inks(text, SIXTEENTHS, "bevel"))
        return known

    def _live_text(self, text: Text) -> Iterator[str]:
        # sizes of text are in px, not in sixteenths, because programs round what is very large
        place = {"transform": f"{_place(text)} scale({SIXTEENTHS})", "text-anchor": text.anchor}
        yield opened("text", place | self._letters(text, 1) | _inks(text, 1, "round"))
        yield self._spans(text) + "</text>"

    def _live_along(self, text: TextPath) -> Iterator[str]:
        name = self._new_id()
        data = path_data(Paths.each([text.points]), closed=False)
        inner = {"href": f"#{name}", "startOffset": "50%", "text-anchor": "middle"}
        yield "<defs>" + opened("path", {"id": name, "d": data}, "/") + "</defs>"
        yield opened("text", self._letters(text, SIXTEENTHS) | _inks(text, SIXTEENTHS, "round"))
        yield opened("textPath", inner) + self._spans(text) + "</textPath></text>"

    def _letters(self, text: Text | TextPath, unit: float) -> Attributes:
        kind = text.type
        size = {
            "font-size": number(kind.size * unit),
            "letter-spacing": number(kind.spacing * unit) if kind.spacing else None,
        }
        return size | _face(self._fonts.faces(kind.style)[0])

    def _spans(self, text: Text | TextPath) -> str:
        """The letters; those that another face draws say so, or they would not be found."""
        first = self._fonts.faces(text.type.style)[0]
        return "".join(
            content(piece)
            if face is first
            else opened("tspan", _face(face)) + content(piece) + "</tspan>"
            for face, piece in self._run(text).pieces
        )

    def _run(self, text: Text | TextPath) -> Run:
        kind = text.type
        return self._fonts.shape(text.text, kind.style, kind.size, kind.spacing)

    def _clip(self, clip: Clip) -> Iterator[str]:
        if clip.around and not self._live:
            yield from self._items(clip.items)
            outside = Paths.joined([self._sheet, clip.paths])
            yield from self._area(Area(outside, Fill(clip.around)))
            return
        name = self._new_id()
        data = path_data(clip.paths, closed=True)
        rule = opened("path", {"d": data or "M0 0z", "clip-rule": "evenodd"}, "/")
        yield opened("clipPath", {"id": name}) + rule + "</clipPath>"
        yield opened("g", {"clip-path": f"url(#{name})"})
        yield from self._items(clip.items)
        yield "</g>"

    def _group(self, group: Group) -> Iterator[str]:
        yield opened("g", {"id": name_of(group.id), "class": name_of(group.kind)})
        yield said("title", group.title or "")
        yield from self._items(group.items)
        yield "</g>"


def _inks(text: Text | TextPath, unit: float, join: Join) -> Attributes:
    own = {"fill": ink.color(text.color), "opacity": ink.opacity(text.opacity)}
    return own | ink.halo(text.halo, unit, join)


def _face(face: Face) -> Attributes:
    # quoted, because a name with a digit or a space is otherwise no name and the text vanishes
    name = face.family.replace("\\", "\\\\").replace("'", "\\'")
    return {
        "font-family": f"'{name}', {face.generic}",
        "font-weight": str(face.weight),
        "font-style": "italic" if face.italic else "normal",
    }


def _place(text: Text) -> str:
    place = f"translate({sixteenths(text.x)} {sixteenths(text.y)})"
    return place + (f" rotate({number(text.angle)})" if text.angle else "")
