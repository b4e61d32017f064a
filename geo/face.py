"""One font file: which letters it has, and their outlines."""

from typing import Any, NamedTuple

from geo.outline import Command, relative

SIXTEENTHS = 16  # pictures are written in whole sixteenths of a pixel


class FontFile(NamedTuple):
    """What a face is made of: bytes of a TrueType file, and how a style sheet asks for it."""

    data: bytes
    family: str
    weight: int = 400
    italic: bool = False
    generic: str = "sans-serif"


class Face:
    """A font ready to shape with; outlines are remembered per glyph and size."""

    def __init__(self, file: FontFile) -> None:
        self.family, self.weight, self.italic = file.family, file.weight, file.italic
        self.generic = file.generic
        import uharfbuzz as hb  # noqa: PLC0415  # not before something is to be lettered

        face = hb.Face(file.data)
        self.font = hb.Font(face)
        self.units: int = face.upem
        self.letters = frozenset(face.unicodes)
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.units
        self.descent = -extents.descender / self.units
        self._draw = _pen()
        self._outlines: dict[int, list[Command]] = {}
        self._written: dict[tuple[int, float, float], str] = {}

    def outline(self, glyph: int) -> list[Command]:
        """Move, line, quadratic, cubic and close commands in font units, y up."""
        if glyph not in self._outlines:
            drawn: list[Command] = []
            self.font.draw_glyph(glyph, self._draw, drawn)
            self._outlines[glyph] = drawn
        return self._outlines[glyph]

    def written(self, glyph: int, size: float, slack: float) -> str:
        """The outline as in `relative`, in sixteenths of a px, for letters of ``size`` px."""
        key = (glyph, size, slack)
        if key not in self._written:
            scale = size * SIXTEENTHS / self.units
            self._written[key] = relative(self.outline(glyph), scale, slack)
        return self._written[key]


def _pen() -> Any:
    import uharfbuzz as hb  # noqa: PLC0415  # as above

    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, out: out.append(("m", (x, y))))
    pen.set_line_to_func(lambda x, y, out: out.append(("l", (x, y))))
    pen.set_quadratic_to_func(lambda *given: given[-1].append(("q", given[:-1])))
    pen.set_cubic_to_func(lambda *given: given[-1].append(("c", given[:-1])))
    pen.set_close_path_func(lambda out: out.append(("z", ())))
    return pen
