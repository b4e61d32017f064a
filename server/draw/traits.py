"""What is the same in every picture of a collection, worked out once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.plane import PLANES, WORLD
from geo.vocabulary import Status
from layers.collection import Collection
from layers.legend import rule_of
from server.draw.frame import Frame

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Traits:
    """Which forms a collection has, and of each of its features: whether it is contested as a
    whole, from which zoom it is drawn, how thick the rule of the layer wants it.
    """

    areas: bool
    lines: bool
    points: bool
    contested: Flags
    from_zoom: Numbers
    weight: Numbers


def traits_of(collection: Collection) -> Traits:
    """The traits of a collection."""
    kinds = set(_kinds(collection))
    told = [one.properties for one in collection.features]
    zooms = [one.tags.get("min_zoom", 0) for one in told]
    rules = collection.spec.style.rules
    numbers = [rule_of(collection, feature) for feature in collection.features]
    return Traits(
        areas=shapely.GeometryType.POLYGON in kinds,
        lines=shapely.GeometryType.LINESTRING in kinds,
        points=shapely.GeometryType.POINT in kinds,
        contested=contested(collection),
        from_zoom=np.array([one if isinstance(one, int | float) else 0 for one in zooms], float),
        weight=np.array([(rules[n].paint.weight or 1) if n is not None else 1 for n in numbers]),
    )


def contested(collection: Collection) -> Flags:
    """Which of the features are contested as a whole."""
    told = (one.properties for one in collection.features)
    return np.array([one.status is Status.DISPUTED for one in told], dtype=bool)


class Boxes:
    """The boxes of some features in one plane: whether a frame can show any of them."""

    def __init__(self, collection: Collection, which: Flags, plane: str) -> None:
        shapes = [
            one.geometry
            for one, held in zip(collection.features, which, strict=True)
            if held and one.box is not None
        ]
        flat = shapely.transform(np.array(shapes, dtype=object), PLANES[plane].forward)
        self._boxes = shapely.bounds(shapely.get_parts(flat)).reshape(-1, 4)
        self._turns = (0.0,) if PLANES[plane].polar else (-WORLD, 0.0, WORLD)

    def meet(self, frame: Frame) -> bool:
        """Whether the frame reaches into one of the boxes."""
        left, bottom, right, top = frame.window
        grow = 2 * frame.resolution  # simplified shapes may stand out a little
        box = self._boxes + np.array([-grow, -grow, grow, grow])
        level = (box[:, 1] <= top) & (box[:, 3] >= bottom)
        return any(
            bool((level & (box[:, 0] <= right - turn) & (box[:, 2] >= left - turn)).any())
            for turn in self._turns
        )


def _kinds(collection: Collection) -> list[int]:
    shapes = np.array([one.geometry for one in collection.features if one.geometry], dtype=object)
    while len(shapes) and (shapely.get_type_id(shapes) > shapely.GeometryType.POLYGON).any():
        shapes = shapely.get_parts(shapes)
    return shapely.get_type_id(shapes).tolist() if len(shapes) else []
