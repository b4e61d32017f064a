"""How the features of a collection look: which of them are drawn, and with what paint."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.feature import Feature
from geo.moment import Interval
from geo.vocabulary import Evidence, Status
from layers.collection import Collection
from layers.legend import paints, rule_of
from layers.perspective import remark
from layers.spec import Paint

LOOSE = (Evidence.INDICATIVE, Evidence.INTERPOLATED, Evidence.SECONDARY)
HIDDEN = -1  # the number of a look that is not drawn
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Look:
    """One way to be drawn.

    ``loose`` is for geometry that shows where and not exactly where; ``accuracy_m`` says how far
    off it can be. ``strength`` is below 1 for a claim that the party of the view does not accept.
    """

    paint: Paint
    disputed: bool = False
    loose: bool = False
    accuracy_m: float = 0.0
    strength: float = 1.0


@dataclass(frozen=True, eq=False)
class Looks:
    """The looks of a collection; ``number[i]`` is that of feature ``i``, or `HIDDEN`.

    ``is_area`` says which features are areas, ``latitude`` where about each of them lies, ``rules``
    which rule of the style paints it.
    """

    looks: tuple[Look, ...]
    number: Numbers
    is_area: npt.NDArray[np.bool_]
    latitude: npt.NDArray[np.float64]
    rules: tuple[int | None, ...]

    def of(self, feature: int) -> Look | None:
        """The look of one feature; None where it is not drawn."""
        number = int(self.number[feature])
        return None if number == HIDDEN else self.looks[number]

    def groups(self, features: Numbers) -> Iterator[tuple[Look, npt.NDArray[np.bool_]]]:
        """Each look that is among ``features``, in the order of the looks, and where."""
        found = self.number[features]
        for one in np.unique(found[found != HIDDEN]).tolist():
            yield self.looks[one], found == one


def looks_of(collection: Collection, at: Interval | None, view: str | None) -> Looks:
    """The looks of what was valid ``at`` some time (None: ever), seen by the party ``view``."""
    painted = paints(collection)
    rules = tuple(rule_of(collection, feature) for feature in collection.features)
    looks: dict[Look, int] = {}
    number = [
        looks.setdefault(_look(feature, painted[rule], view), len(looks))
        if rule is not None and _then(feature, at)
        else HIDDEN
        for feature, rule in zip(collection.features, rules, strict=True)
    ]
    forms = [feature.form == "area" for feature in collection.features]
    middle = np.nan_to_num((collection.boxes[:, 1] + collection.boxes[:, 3]) / 2)
    numbers, areas = np.array(number, dtype=np.int64), np.array(forms, bool)
    return Looks(tuple(looks), numbers, areas, middle, rules)


def is_loose(feature: Feature) -> bool:
    """Whether the geometry shows where a thing is, and not exactly where."""
    told = feature.properties
    return told.evidence in LOOSE or told.status is Status.PLANNED


def _look(feature: Feature, paint: Paint, view: str | None) -> Look:
    told = feature.properties
    seen = remark(feature, view) if view else None
    refused = seen is not None and seen.presented_as == "not_recognised"
    return Look(
        paint=paint,
        disputed=told.status is Status.DISPUTED,
        loose=is_loose(feature),
        accuracy_m=told.accuracy_m or 0.0,
        strength=REFUSED if refused else 1.0,
    )


def _then(feature: Feature, at: Interval | None) -> bool:
    return at is None or feature.properties.interval.meets(at)


REFUSED = 0.4  # the strength of a claim that the party of the view does not accept
