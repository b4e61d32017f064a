"""The key of a picture: its legend, set in columns, and the scale bar below it."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property

from geo.paths import Paths
from geo.scene import Area, Fill, Item, Stroke
from geo.shaping import Fonts
from layers.themes import Letters, Theme
from server.pictures.legend import Chapter, Entry
from server.pictures.paragraph import Paragraph, sized
from server.pictures.room import Room
from server.pictures.ruler import HEIGHT as RULER
from server.pictures.ruler import Ruler
from server.pictures.swatch import WIDTH as SWATCH
from server.pictures.swatch import swatch
from server.pictures.words import word

GAP, LINE_GAP, CHAPTER_GAP, PADDING = 9.0, 3.5, 9.0, 12.0
INDENT = SWATCH + GAP
STEP = 4.0  # px by which columns become higher until everything is in them
Row = tuple[Paragraph, Entry | None]  # a text, and what is drawn before it


@dataclass(frozen=True)
class Key:
    """A legend within ``width`` px, padding counted, in one column or several.

    ``size`` is that of its letters, 1 for the usual one.
    """

    chapters: tuple[Chapter, ...]
    ruler: Ruler
    theme: Theme
    fonts: Fonts
    width: float
    columns: int = 1
    size: float = 1.0
    broken: dict[Hashable, Paragraph] = field(
        default_factory=dict, compare=False, repr=False
    )  # texts in lines, shared by all keys
    parted: int = 0  # 1: a chapter may go on in the next column, below its heading; 2: without it

    @property
    def height(self) -> float:
        """With padding, px."""
        text = max(self._heights, default=0.0)
        return 2 * PADDING + text + (CHAPTER_GAP if text else 0) + RULER

    def items(self, x: float, top: float) -> list[Item]:
        """The key with its corner at ``x, top``, without a ground."""
        made: list[Item] = []
        for number, column in enumerate(self._columns):
            left = x + PADDING + number * (self._column + 2 * GAP)
            made += self._column_items(column, left, top + PADDING)
        below = top + self.height - PADDING - RULER
        return [*made, *self.ruler.items(x + PADDING + 1, below)]

    def ground(self, x: float, top: float) -> Item:
        """The box that it stands on where it lies on a map."""
        panel = self.theme.panel
        box = Paths.box(x, top, x + self.width, top + self.height)
        edge = Stroke(panel.box_edge, 1.05, join="miter")
        return Area(box, Fill(panel.box, panel.box_opacity), edge)

    def room(self, x: float, top: float) -> Room:
        """What it covers there."""
        return Room(x, top, x + self.width, top + self.height)

    @property
    def _column(self) -> float:
        free = self.width - 2 * PADDING - 2 * GAP * (self.columns - 1)
        return free / self.columns

    def within(self, height: float) -> "Key":
        """The same; where it is higher, chapters go on in the next column, and if need be without
        their heading there; else the last entries are left out, and a line says so.
        """
        ways = [replace(self, parted=one) for one in range(3 if self.columns > 1 else 1)]
        whole = next((one for one in ways if one.height <= height), None)
        return whole or ways[len(ways) // 2]._cut(height)

    def _cut(self, height: float) -> "Key":
        kept, out = 0, sum(len(one.entries) for one in self.chapters)
        while out - kept > 1:
            middle = (kept + out) // 2
            if self._begun(middle).height <= height:
                kept = middle
            else:
                out = middle
        return self._begun(kept)

    def _begun(self, count: int) -> "Key":
        """The first entries alone, and where the others are."""
        begun: list[Chapter] = []
        for chapter in self.chapters:
            entries = chapter.entries[:count]
            begun += [replace(chapter, entries=entries)] if entries else []
            count -= len(entries)
        return replace(self, chapters=(*begun, Chapter(word("more", self.ruler.lang), ())))

    def _letters(self, name: str) -> Letters:
        letters = self.theme.letters_of(name)
        return sized(letters, round(letters.size * self.size, 1))

    @cached_property
    def _blocks(self) -> list[list[Row]]:
        """Each chapter as rows: its heading, then its entries."""
        heading, text = (self._letters(name) for name in ("heading", "legend"))
        return [
            [
                *self._headed(chapter.title, heading),
                *((self._lines("legend", one.label, text, INDENT), one) for one in chapter.entries),
            ]
            for chapter in self.chapters
        ]

    def _headed(self, title: str, letters: Letters) -> list[Row]:
        return [(self._lines("heading", title, letters), None)] if title else []

    def _lines(self, kind: str, text: str, letters: Letters, indent: float = 0.0) -> Paragraph:
        key = (kind, text, letters, self._column - indent)
        if (known := self.broken.get(key)) is None:
            made = Paragraph.of(self.fonts, text, letters, self._column - indent)
            known = self.broken[key] = made.set(1.25) if indent else made
        return known

    @cached_property
    def _columns(self) -> list[list[list[Row]]]:
        """The chapters in columns, in their order, the highest column as low as can be."""
        if self.parted:
            return parted(self._blocks, self.columns, again=self.parted == 1)
        heights = [_height(block) for block in self._blocks]
        sums = {
            sum(heights[a:b]) + CHAPTER_GAP * (b - a - 1)
            for a in range(len(heights))
            for b in range(a + 1, len(heights) + 1)
        }
        filled = (self._filled(heights, most) for most in sorted(sums))
        return next((columns for columns in filled if len(columns) <= self.columns), [[]])

    def _filled(self, heights: list[float], most: float) -> list[list[list[Row]]]:
        """Columns that are filled one after the other up to a height."""
        columns: list[list[list[Row]]] = []
        free = 0.0
        for block, height in zip(self._blocks, heights, strict=True):
            if not columns or height > free + 1e-6:
                columns.append([])
                free = most
            columns[-1].append(block)
            free -= height + CHAPTER_GAP
        return columns

    @property
    def _heights(self) -> list[float]:
        return [
            sum(_height(block) for block in column) + CHAPTER_GAP * (len(column) - 1)
            for column in self._columns
            if column
        ]

    def _column_items(self, column: list[list[Row]], x: float, top: float) -> list[Item]:
        items: list[Item] = []
        for block in column:
            for text, entry in block:
                items += text.items(x + (INDENT if entry else 0), top)
                if entry:
                    line = text.letters.size * text.leading
                    items += swatch(entry, x, top + line / 2, self.theme, line)
                top += text.height + LINE_GAP
            top += CHAPTER_GAP - LINE_GAP
        return items


def parted(blocks: list[list[Row]], count: int, *, again: bool) -> list[list[list[Row]]]:
    """Chapters in at most so many columns, about equally high; a chapter may go on in the next.

    A heading stays with its first entry, and comes ``again`` where its chapter goes on.
    """
    pieces = [(block, piece) for block in blocks for piece in _pieces(block)]
    most = sum(_height(block) for block in blocks) / count
    while len(columns := _poured(pieces, most, again)) > count:
        most += STEP
    return columns


def _poured(
    pieces: list[tuple[list[Row], list[Row]]], most: float, again: bool
) -> list[list[list[Row]]]:
    """Columns that are filled with pieces of chapters, one after the other, up to a height."""
    columns: list[list[list[Row]]] = []
    used, before = 0.0, list[Row]()
    for chapter, rows in pieces:
        goes_on = chapter is before
        more = _height(rows) + (LINE_GAP if goes_on else CHAPTER_GAP)
        if not columns or used + more > most:
            head = [row for row in chapter[:1] if goes_on and again and row[1] is None]
            columns.append([head + rows])
            used = _height(head + rows)
        elif goes_on:
            columns[-1][-1] = columns[-1][-1] + rows
            used += more
        else:
            columns[-1].append(rows)
            used += more
        before = chapter
    return columns


def _pieces(block: list[Row]) -> list[list[Row]]:
    """What of a chapter stays together: its heading and the first entry, and each other entry."""
    first = next((n for n, (_, entry) in enumerate(block) if entry), len(block)) + 1
    return [block[:first], *([row] for row in block[first:])]


def _height(block: list[Row]) -> float:
    return sum(text.height + LINE_GAP for text, _ in block) - LINE_GAP
