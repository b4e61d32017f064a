"""Text broken into lines, measured with the fonts that it is drawn with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from geo.scene import Anchor, Item, Text
from geo.shaping import Fonts
from layers.themes import Letters

CUT = "…"
SHORT = 40  # letters: a last sentence that is no longer is a warning
_SHAPED = 64.0  # px: the size in which texts are measured
_RISE = 0.76  # of the size: how far capitals stand above the baseline, with a little air


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one kind of letters; ``width`` is that of the longest, px."""

    lines: tuple[str, ...]
    letters: Letters
    width: float
    leading: float = 1.35  # distance of the baselines, times the size

    @classmethod
    def of(cls, fonts: Fonts, text: str, letters: Letters, width: float, most: int = 99) -> Self:
        """The text in lines of at most ``width`` px; the last of ``most`` lines ends with `CUT`.

        A word that is wider than a line is broken where the line ends.
        """
        lines = list(_lines(fonts, text, letters, width))
        if len(lines) > most:
            lines[most - 1 :] = [_cut(fonts, lines[most - 1], letters, width)]
        widest = max((_width(fonts, line, letters) for line in lines), default=0.0)
        return cls(tuple(lines), letters, widest)

    @classmethod
    def balanced(cls, fonts: Fonts, text: str, letters: Letters, width: float) -> Self:
        """The text in as few lines as ``width`` allows, about equally long: for titles."""
        best = cls.of(fonts, text, letters, width)
        for part in (0.9, 0.8, 0.7, 0.6, 0.5):
            closer = cls.of(fonts, text, letters, width * part)
            if len(closer.lines) > len(best.lines):
                break
            best = closer
        return best

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, px."""
        return len(self.lines) * self.letters.size * self.leading

    def set(self, leading: float) -> Self:
        """The same with another distance of lines."""
        return replace(self, leading=leading)

    def items(self, x: float, top: float, anchor: Anchor = "start") -> list[Item]:
        """The texts, the first line below ``top``."""
        size = self.letters.size
        first = top + size * ((self.leading - 1) / 2 + _RISE + 0.1)
        return [
            Text(x, first + number * size * self.leading, line, self.letters.type,
                 self.letters.color, anchor, halo=self.letters.halo)
            for number, line in enumerate(self.lines)
        ]  # fmt: skip


def sized(letters: Letters, size: float) -> Letters:
    """The same letters in another size."""
    return Letters.model_validate({**letters.model_dump(), "size": size})


def sentences(fonts: Fonts, text: str, letters: Letters, width: float, most: int) -> Paragraph:
    """As many whole sentences from the start as ``most`` lines hold; the first is cut if need be.

    A short last one (“Not for navigation.”) is a warning and stays.
    """
    said = [part.strip() for part in text.replace("\n", " ").replace(". ", ".\0").split("\0")]
    warning = [said.pop()] if len(said) > 1 and len(said[-1]) <= SHORT else []
    for count in range(len(said), 0, -1):
        tried = Paragraph.of(fonts, " ".join(said[:count] + warning), letters, width)
        if len(tried.lines) <= most:
            return tried
    words = said[0].split()
    while len(words) > 1:
        words.pop()
        begun = " ".join(words).rstrip(" ,;:.–") + CUT
        tried = Paragraph.of(fonts, " ".join([begun, *warning]), letters, width)
        if len(tried.lines) <= most:
            return tried
    return Paragraph.of(fonts, said[0], letters, width, most)


def _lines(fonts: Fonts, text: str, letters: Letters, width: float) -> Iterator[str]:
    line = ""
    for word in (piece for one in text.split() for piece in _pieces(fonts, one, letters, width)):
        longer = f"{line} {word}" if line else word
        short = _short(longer, letters, width)
        if line and not short and _width(fonts, longer, letters) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _pieces(fonts: Fonts, word: str, letters: Letters, width: float) -> Iterator[str]:
    while not _short(word, letters, width) and _width(fonts, word, letters) > width:
        if len(word) < 2:
            break
        end = next(
            n for n in range(len(word) - 1, 0, -1)
            if n == 1 or _width(fonts, word[:n], letters) <= width
        )  # fmt: skip
        yield word[:end]
        word = word[end:]
    yield word


def _short(text: str, letters: Letters, width: float) -> bool:
    """Whether the text fits for sure: no letter of ASCII is wider than high in our fonts."""
    return text.isascii() and len(text) * (letters.size + letters.spacing) < width


def _cut(fonts: Fonts, line: str, letters: Letters, width: float) -> str:
    while line and _width(fonts, line + CUT, letters) > width:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return line.rstrip(" ,;:.–") + CUT


def _width(fonts: Fonts, text: str, letters: Letters) -> float:
    """In px. Widths grow with the size, so a text is shaped once for all sizes."""
    if letters.spacing:
        return fonts.shape(text, letters.style, letters.size, letters.spacing).width
    return fonts.shape(text, letters.style, _SHAPED).width * letters.size / _SHAPED
