"""The names of lines of overlays, along them."""

import math
from collections.abc import Iterator

import numpy as np

from geo.feature import Feature
from geo.labels import Candidate
from geo.paths import Paths, Points
from geo.shaping import Fonts
from geo.vocabulary import Status
from layers.collection import Collection
from layers.themes import PLAIN
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.overlays import WEIGHT
from server.draw.placenames import everywhere, sized, width_of
from server.draw.room import everything
from server.draw.wording import LONGEST, name_on, short

ALONG = 0.9  # priority: after the names of areas
EVERY_PX, MOST = 900.0, 24  # how often a long line says its name, and how many times
SIZE, LIFT = 0.9, 4.0  # of the letters; px that they stand above the line


def line_names(
    drawing: Drawing, collection: Collection, frame: Frame, choice: Choice
) -> Iterator[Candidate]:
    """The short names of lines that are long enough for them."""
    looks = drawing.looks(collection.id, choice.at, choice.view)
    theme = drawing.themes[choice.theme]
    store = drawing.store(collection.id, frame.plane)
    shapes, numbers, _ = store.level(frame.resolution).own_lines(everything(store.plane))
    lines = Paths.of_lines(shapes)
    drawn = Paths(everywhere(frame, lines.points), lines.offsets)
    letters = sized(theme.letters_of("other"), SIZE)
    for line, number in zip(drawn, numbers.tolist(), strict=True):
        feature, look = collection.features[number], looks.of(number)
        name = _said(drawing.fonts, feature, choice.lang)
        if look is None or len(name) > LONGEST:
            continue
        paint = theme.paint(look.paint)
        lift = LIFT + (WEIGHT if paint.weight is None else paint.weight) / 2
        for run in _runs(line, 1.4 * width_of(name, letters)):
            x, y = run[len(run) // 2].tolist()
            yield Candidate(
                ALONG, name, letters.type, paint.color or PLAIN, x, y, letters.halo, "line",
                line=run, lift=lift, id=f"line:{feature.id}",
            )  # fmt: skip


def _said(fonts: Fonts, feature: Feature, lang: str) -> str:
    """The short name; of a line that one party claims what stands behind the colon: whose it is."""
    name = name_on(fonts, feature, lang)
    if feature.properties.status is Status.CLAIMED and ": " in name:
        name = name.split(": ", 1)[1]
    return short(name)


def _runs(points: Points, least: float) -> Iterator[Points]:
    """Stretches of a line in px, each at least so long."""
    reached = np.append(0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))
    count = min(MOST, max(1, math.floor(reached[-1] / EVERY_PX)))
    for n in range(count):
        low, high = reached[-1] * n / count, reached[-1] * (n + 1) / count
        if high - low >= least:
            inside = (reached > low) & (reached < high)
            at = np.concatenate([[low], reached[inside], [high]])
            yield np.column_stack([np.interp(at, reached, points[:, axis]) for axis in (0, 1)])
