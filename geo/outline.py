"""Glyph outlines as relative SVG path data, their curves made of straight lines."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import shapely

Command = tuple[str, tuple[float, ...]]  # m, l, q, c or z, and coordinates in font units, y up
Spot = tuple[float, float]
_FINE = 0.2  # of the slack: how far lines may leave a curve before corners are left out


def relative(outline: Iterable[Command], scale: float, slack: float) -> str:
    """The outline in ``scale`` whole units to the font unit, from the glyph's origin, y down.

    Curves become lines that leave them by at most ``slack`` units, as few as that takes: an engine
    reads, strokes and fills these faster than curves. Each coordinate is rounded before it is made
    relative to the one before, so that errors do not add up.
    """
    written: list[str] = []
    x = y = 0
    for contour in _contours(straight(outline, scale, slack * _FINE)):
        command, begin = "m", len(written)
        for across, up in _thinned(contour, slack * (1 - _FINE)):
            here, down = round(across), round(-up)
            if command == "m":
                first = (here, down)
            elif (here, down) == (x, y):
                continue
            written.append(f"{command}{here - x} {down - y}")
            command, x, y = "l", here, down
        if len(written) > begin:
            written.append("z")
            x, y = first
    return "".join(written)


def _contours(drawn: Iterable[tuple[str, Spot]]) -> Iterator[list[Spot]]:
    """The corners of each contour; all of them are closed."""
    contour: list[Spot] = []
    for command, spot in drawn:
        if command == "m":
            contour = []
        if command == "z":
            yield contour
        else:
            contour.append(spot)


def _thinned(ring: list[Spot], slack: float) -> list[Spot]:
    """Without the corners that lie within ``slack`` of a line between others."""
    line = shapely.LineString([*ring, ring[0]])
    thin = [(x, y) for x, y, *_ in shapely.simplify(line, slack, preserve_topology=False).coords]
    return thin[:-1] if len(thin) > 3 else ring


def straight(outline: Iterable[Command], scale: float, slack: float) -> Iterator[tuple[str, Spot]]:
    """Moves, lines and closes with where they lead, ``scale`` units to the font unit, y up."""
    here = (0.0, 0.0)
    for command, numbers in outline:
        if command == "z":
            yield "z", here
            continue
        ends = [(a * scale, b * scale) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        if command in "qc":
            yield from (("l", spot) for spot in _broken((here, *ends), slack))
        else:
            yield command, ends[0]
        here = ends[-1]


def _broken(controls: tuple[Spot, ...], slack: float) -> Iterator[Spot]:
    """Points along a Bézier curve after its start.

    So many that chords keep within ``slack``: degree n, second differences of the controls at
    most d, k pieces leave the curve by at most n (n - 1) d / (8 k²).
    """
    degree = len(controls) - 1
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
        for a, b, c in zip(controls, controls[1:], controls[2:], strict=False)
    )
    pieces = max(1, math.ceil(math.sqrt(degree * (degree - 1) * bend / (8 * slack))))
    for number in range(1, pieces):
        yield _at(controls, number / pieces)
    yield controls[-1]


def _at(controls: tuple[Spot, ...], part: float) -> Spot:
    """De Casteljau's construction."""
    while len(controls) > 1:
        controls = tuple(
            (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]))
            for a, b in pairwise(controls)
        )
    return controls[0]
