"""A scene as SVG: outlined letters for pixels, or live text for print and for readers.

Everything that came from data passes an XML escaper, and text passes `plain_text` first.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from geo import ink
from geo.element import Attributes, content, name_of, number, opened, said, sixteenths, written
from geo.face import SIXTEENTHS, Face
from geo.pathdata import along, path_data, symbol
from geo.scene import (
    Area,
    Clip,
    Fill,
    Group,
    Item,
    Join,
    Line,
    Mark,
    Paths,
    Scene,
    Stroke,
    Text,
    TextPath,
)
from geo.shaping import Fonts, Run

# device px; tiny-skia draws a stroke of 1 px or less by another rule, whose pixels hang on where
# the picture is cut, so that tiles would not meet
HAIRLINE = 1.05
_SLACK = 1.6  # sixteenths of a device px by which letters may leave their curves; none can be seen

# sixteenths of a px by which pixels are drawn aside: corners at whole sixteenths and hatches at 45°
# would run through the very points that tiny-skia samples, and tiles would differ by its rounding
_ASIDE = "-.41 -.13"


def svg(scene: Scene, fonts: Fonts, *, live_text: bool = False, scale: float = 1.0) -> str:
    """The scene as an SVG document of ``scale`` times its size.

    With ``live_text`` letters stay text, in the families of `Fonts`, and thin strokes keep their
    width; without, letters are outlines and strokes that would be thinner than `HAIRLINE` device
    pixels are drawn that wide and paler. Raises `BadScene` for a colour or number without meaning.
    """
    return "".join(_Writer(fonts, live_text, scale).document(scene))


class _Writer:
    """Writes items; counts the ids that it gives, which must differ within one document."""

    def __init__(self, fonts: Fonts, live_text: bool, scale: float) -> None:
        self._fonts, self._live, self._scale = fonts, live_text, scale
        self._least = 0.0 if live_text else HAIRLINE / scale
        self._slack = _SLACK / scale
        self._aside = "0 0" if live_text else _ASIDE
        self._ids = 0
        self._paints: dict[tuple[Fill | None, Stroke | None], str] = {}
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
        frame = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": number(scene.width * self._scale),
            "height": number(scene.height * self._scale),
            "viewBox": f"{self._aside} {sixteenths(scene.width)} {sixteenths(scene.height)}",
            "role": "img" if scene.title else None,
            "lang": scene.lang if self._live else None,
        }
        yield opened("svg", frame) + said("title", scene.title) + said("desc", scene.description)
        if scene.background:
            sheet = Paths.box(0, 0, scene.width, scene.height)
            yield from self._area(Area(sheet, Fill(scene.background)))
        yield from self._items(scene.items)
        yield "</svg>"

    def _items(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            yield from self._write[type(item)](item)

    def _new_id(self) -> str:
        self._ids += 1
        return f"m.{self._ids}"  # no id of a scene holds a full stop

    def _area(self, area: Area) -> Iterator[str]:
        if data := path_data(area.paths, closed=True):
            place = {"d": data, "fill-rule": "evenodd", "id": name_of(area.id)}
            yield opened("path", place, self._paint(area.fill, area.stroke))

    def _line(self, line: Line) -> Iterator[str]:
        if data := path_data(line.paths, closed=False):
            place = {"d": data, "id": name_of(line.id)}
            yield opened("path", place, self._paint(None, line.stroke))

    def _mark(self, mark: Mark) -> Iterator[str]:
        data = symbol(mark.shape, mark.x, mark.y, mark.radius)
        yield opened(
            "path", {"d": data, "id": name_of(mark.id)}, self._paint(mark.fill, mark.stroke)
        )

    def _paint(self, fill: Fill | None, stroke: Stroke | None) -> str:
        """The rest of a path's tag; few pens draw many paths, so it is written once for each."""
        key = (fill, stroke)
        if (known := self._paints.get(key)) is None:
            attributes = ink.fill(fill) | ink.stroke(stroke, self._least)
            known = self._paints[key] = written(attributes) + "/"
        return known

    def _text(self, text: Text) -> Iterator[str]:
        run = self._run(text)
        if data := self._fonts.written(run, self._slack):
            back = {"start": 0.0, "middle": run.width / 2, "end": run.width}[text.anchor]
            move = _place(text) + (f" translate({sixteenths(-back)} 0)" if back else "")
            place = {"transform": move, "d": data, "aria-label": run.text}
            yield opened("path", place | _inks(text, SIXTEENTHS, "bevel"), "/")

    def _along(self, text: TextPath) -> Iterator[str]:
        run = self._run(text)
        if data := along(run, text.points):
            place = {"d": data, "aria-label": run.text}
            yield opened("path", place | _inks(text, SIXTEENTHS, "bevel"), "/")

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
