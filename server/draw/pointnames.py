"""The names of the points of overlays, beside their marks."""

from collections.abc import Iterator

import shapely

from geo.labels import Candidate
from geo.plane import PLANES
from geo.vocabulary import Status
from layers.collection import Collection
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.overlays import MARK_WEIGHT, radius_of
from server.draw.placenames import everywhere, sized
from server.draw.wording import LONGEST, name_on, short

OWN, CONTEXT = 0.0, 0.5  # priorities: before all names of the base
CONTEXT_SIZE = 0.9


def point_names(
    drawing: Drawing, collection: Collection, frame: Frame, choice: Choice
) -> Iterator[Candidate]:
    """A name for each mark, which no other name may cover; without a text where that is long."""
    looks = drawing.looks(collection.id, choice.at, choice.view)
    theme = drawing.themes[choice.theme]
    shown = [
        (feature, look)
        for number, feature in enumerate(collection.features)
        if feature.form == "point"  # asked first, since an area would be read from its file
        and isinstance(feature.geometry, shapely.Point)
        and (look := looks.of(number))
    ]
    lonlat = shapely.get_coordinates([feature.geometry for feature, _ in shown])
    at = everywhere(frame, PLANES[frame.plane].forward(lonlat)) if shown else lonlat
    for (feature, look), (x, y) in zip(shown, at.tolist(), strict=True):
        name = short(name_on(drawing.fonts, feature, choice.lang))
        context = feature.properties.status is Status.CONTEXT
        letters = theme.letters_of("other" if context else "own")
        letters = sized(letters, CONTEXT_SIZE if context else 1.0)
        weight = MARK_WEIGHT if look.paint.weight is None else look.paint.weight
        yield Candidate(
            CONTEXT if context else OWN, name if len(name) <= LONGEST else "", letters.type,
            letters.color, x, y, letters.halo, "point",
            dot=radius_of(look.paint) + weight / 2, fixed=True, id=f"own:{feature.id}",
        )  # fmt: skip
