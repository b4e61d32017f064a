"""Where a label may stand: beside its dot, about the middle of its area, or along its line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from geo.boxgrid import Box
from geo.candidate import Candidate
from geo.paths import Points
from geo.plaintext import plain_text
from geo.scene import Anchor
from geo.shaping import Fonts

# of the size of the letters, for all the faces alike, so that a place does not hang on the face
_CAPITAL, _BELOW, _LEADING = 0.72, 0.22, 1.2
_PAD = 2.0  # px around letters that no other label may enter
_GAP = 2.0  # px between a dot and that room

# how the text is anchored, and whether it stands above (-1) or below (1) the dot
_BESIDE: tuple[tuple[Anchor, int], ...] = (
    *(("start", 0), ("end", 0), ("middle", -1), ("middle", 1)),
    *(("start", -1), ("start", 1), ("end", -1), ("end", 1)),
)
# of the block's half width, and of its height
_AROUND = (
    *((0, 0), (0, -1), (0, 1), (-0.4, 0), (0.4, 0), (-0.4, -1), (0.4, -1), (-0.4, 1), (0.4, 1)),
    *((0, -2), (0, 2)),
)
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)  # of the line, the middle of the text
_BEND, _BENDS = np.radians(25.0), np.radians(110.0)  # from letter to letter, and in all


class Wording(NamedTuple):
    """The lines of a label, and how wide each is."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        return max(self.widths)

    def height(self, size: float) -> float:
        """From the top of the first capitals to the last baseline."""
        return size * (_CAPITAL + _LEADING * (len(self.lines) - 1))


@dataclass(frozen=True, eq=False, slots=True)
class Spot:
    """One possible place: baselines of lines, or a path, and the boxes that it takes."""

    boxes: tuple[Box, ...]
    anchor: Anchor = "middle"
    lines: tuple[tuple[float, float, str], ...] = ()
    path: Points | None = None

    def moved(self, east: float) -> "Spot":
        """The same place ``east`` px further right."""
        return replace(
            self,
            boxes=tuple((a + east, b, c + east, d) for a, b, c, d in self.boxes),
            lines=tuple((x + east, y, text) for x, y, text in self.lines),
            path=None if self.path is None else np.add(self.path, (east, 0.0)),
        )


def wording(candidate: Candidate, fonts: Fonts) -> Wording | None:
    """What the label says; None where it says nothing, or no font has one of its letters."""
    kind = candidate.type
    parts = [candidate.text] if candidate.kind == "line" else candidate.text.split("\n")
    lines = [line for part in parts if (line := plain_text(part))]
    runs = [fonts.shape(line, kind.style, kind.size, kind.spacing) for line in lines]
    if not runs or any(run.missing for run in runs):
        return None
    return Wording(tuple(lines), tuple(run.width for run in runs))


def spots(candidate: Candidate, words: Wording) -> Iterator[Spot]:
    """Possible places, the best first."""
    if candidate.kind == "line":
        return _along(candidate, words)
    return _beside(candidate, words) if candidate.kind == "point" else _around(candidate, words)


def dot_box(candidate: Candidate) -> Box:
    """The box of the dot alone."""
    x, y, dot = candidate.x, candidate.y, candidate.dot
    return x - dot, y - dot, x + dot, y + dot


def ink_box(candidate: Candidate, spot: Spot, words: Wording) -> Box:
    """A box around all that the label draws: letters with marks and overhang, halo, dot."""
    rim = (candidate.halo.width / 2 if candidate.halo else 0.0) + 1.0 + 0.35 * candidate.type.size
    boxes = [_grown(box, rim) for box in spot.boxes]
    if candidate.dot:
        boxes.append(_grown(dot_box(candidate), 2.0))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _beside(candidate: Candidate, words: Wording) -> Iterator[Spot]:
    gap = candidate.dot + _GAP + _PAD
    width, height = words.width, words.height(candidate.type.size)
    deep = height + _BELOW * candidate.type.size
    for anchor, south in _BESIDE:
        left = candidate.x + {"start": gap, "middle": -width / 2, "end": -gap - width}[anchor]
        if anchor != "middle":  # level with the dot, or a little above or below it
            top = candidate.y - height / 2 + south * deep * 0.6
        else:
            top = candidate.y + (gap if south > 0 else -gap - deep)
        yield _block(candidate, words, anchor, left, top)


def _around(candidate: Candidate, words: Wording) -> Iterator[Spot]:
    width, height = words.width, words.height(candidate.type.size)
    for east, south in _AROUND if candidate.roam > 0 else _AROUND[:1]:
        left = candidate.x - width / 2 + east * candidate.roam * width / 2
        top = candidate.y - height / 2 + south * candidate.roam * height * 1.6
        yield _block(candidate, words, "middle", left, top)


def _block(candidate: Candidate, words: Wording, anchor: Anchor, left: float, top: float) -> Spot:
    size, width = candidate.type.size, words.width
    x = left + {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    lines = tuple(
        (x, top + size * (_CAPITAL + _LEADING * row), line) for row, line in enumerate(words.lines)
    )
    bottom = top + words.height(size) + _BELOW * size
    box = (left - _PAD, top - _PAD, left + width + _PAD, bottom + _PAD)
    dotted = candidate.dot and not candidate.fixed
    return Spot((box, dot_box(candidate)) if dotted else (box,), anchor, lines)


def _along(candidate: Candidate, words: Wording) -> Iterator[Spot]:
    if candidate.line is None:
        return
    size, width = candidate.type.size, words.width
    line = np.asarray(candidate.line, dtype=np.float64)
    legs = np.hypot(*np.diff(line, axis=0).T)
    reached = np.append(0.0, np.cumsum(legs))
    half = width / 2 + size / 2
    for part in _ALONG:
        middle = part * reached[-1]
        if middle - half < 0 or middle + half > reached[-1]:
            continue
        at = np.linspace(middle - half, middle + half, max(3, int(2 * half / size) + 1))
        path = np.column_stack([np.interp(at, reached, line[:, axis]) for axis in (0, 1)])
        path = path if path[0, 0] <= path[-1, 0] else path[::-1]
        if _readable(path):
            yield _strip(_lifted(path, candidate.lift), size)


def _readable(path: Points) -> bool:
    steps = np.diff(path, axis=0)
    turns = np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))
    return bool(np.all(np.abs(turns) <= _BEND) and np.ptp(np.cumsum(turns)) <= _BENDS)


def _lifted(path: Points, lift: float) -> Points:
    steps = np.gradient(path, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    return path + lift * np.column_stack([steps[:, 1], -steps[:, 0]]) / lengths[:, None]


def _strip(path: Points, size: float) -> Spot:
    """A box for about every letter: one around a slanting line would take far too much."""
    reach = 0.75 * size + _PAD
    boxes = tuple((x - reach, y - reach, x + reach, y + reach) for x, y in path.tolist())
    return Spot(boxes, path=path)
