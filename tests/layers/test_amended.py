"""A level in which some features are those of another one: as if all had been laid together."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.plane import EQUAL_AREA, WORLD
from geo.strings import Strings
from layers.amended import Amended
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.level import Level
from layers.planes import Planes

Make = Callable[..., Collection]
Ask = Callable[[Level], tuple[np.ndarray, ...]]
EVERYWHERE = (-WORLD, -WORLD, WORLD, WORLD)
A, B, C = box(0, 50, 10, 60), box(10, 50, 20, 60), box(20, 50, 30, 60)
A2 = Polygon([(0, 50), (10, 50), (12, 55), (10, 60), (0, 60)])
B2 = Polygon([(10, 50), (20, 50), (20, 60), (10, 60), (12, 55)])
OTHERS = {"p": Point(5, 70), "l": LineString([(0, 75), (9, 75)])}


def level(made: Make, cache: Path, name: str, **shapes: BaseGeometry | None) -> Level:
    catalogue = Catalogue({name: made(name, {**shapes, **OTHERS})})
    return Planes(catalogue, cache / name).store(name, EQUAL_AREA.id).levels[-1]


def told(level: Level, ask: Ask, owner: int) -> list[tuple[object, ...]]:
    """What comes back as sorted pairs of owner and text."""
    found = ask(level)
    return sorted(
        (str(whose), str(what)) for what, whose in zip(found[0], found[owner], strict=True)
    )


@pytest.fixture
def both(made_collection: Make, tmp_path: Path) -> tuple[Level, Level]:
    """The level put together of two, and the same laid in one go."""
    data = level(made_collection, tmp_path, "data", a=A, b=B, c=C)
    part = level(made_collection, tmp_path, "part", a=A2, b=B2, c=C)
    whole = level(made_collection, tmp_path, "whole", a=A2, b=B2, c=C)
    return Amended(data, part, frozenset({0, 1})), whole


def _apart(found: Strings) -> tuple[np.ndarray, ...]:
    return found.shapes, found.numbers


ASKED: dict[str, tuple[Ask, int]] = {
    "areas": (lambda one: one.areas(EVERYWHERE), 1),
    "lines": (lambda one: one.lines(EVERYWHERE), 1),
    "borders": (lambda one: _apart(one.borders(EVERYWHERE)), 1),
    "points": (lambda one: one.points(EVERYWHERE), 1),
    "whole": (lambda one: one.whole(EVERYWHERE), 1),
}


@pytest.mark.parametrize("name", ASKED)
def test_it_answers_as_if_all_had_been_laid_together(both: tuple[Level, Level], name: str) -> None:
    amended, whole = both
    assert told(amended, *ASKED[name]) == told(whole, *ASKED[name])
    assert len(told(whole, *ASKED[name])) >= 1


def test_rings_and_strings_come_with_their_owners(both: tuple[Level, Level]) -> None:
    amended, whole = (_rings(*one.fills(EVERYWHERE)) for one in both)
    assert amended == whole
    assert [owner for owner, _ in whole] == [0, 1, 2]
    (points, which, owner), (others, _, _) = (one.strings(EVERYWHERE) for one in both)
    assert points.tolist() == others.tolist()
    assert owner[which].tolist() == [4] * len(points)


def _rings(points: np.ndarray, starts: np.ndarray, owner: np.ndarray) -> list[tuple[int, object]]:
    rings = np.split(points, starts[1:-1])
    return sorted((int(n), ring.tolist()) for n, ring in zip(owner, rings, strict=True))
