"""Glyph outlines as relative SVG path data, their curves made of straight lines."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

Command = tuple[str, tuple[float, ...]]  # m, l, q, c or z, and coordinates in font units, y up
Spot = tuple[float, float]


def relative(outline: Iterable[Command], scale: float, slack: float) -> str:
    """The outline in ``scale`` whole units to the font unit, from the glyph's origin, y down.

    Curves are broken into lines that leave them by at most ``slack`` units: lines are stroked and
    filled faster than curves. Each coordinate is rounded before it is made relative to the one
    before, so that errors do not add up.
    """
    written: list[str] = []
    x = y = first_x = first_y = 0
    for command, (across, up) in _straight(outline, scale, slack):
        if command == "z":
            x, y = first_x, first_y
            written.append("z")
            continue
        here, down = round(across), round(-up)
        if command == "m":
            first_x, first_y = here, down
        elif (here, down) == (x, y):
            continue
        written.append(f"{command}{here - x} {down - y}")
        x, y = here, down
    return "".join(written)


def _straight(outline: Iterable[Command], scale: float, slack: float) -> Iterator[tuple[str, Spot]]:
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
