"""Base points and straight baselines that a law lists, as points at most 1 km apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from geo.geodesic import densify

Numbers = npt.NDArray[np.float64]

STEP_M = 1_000.0  # between points on a straight baseline: 0.3 m of sagitta at 200 M


@dataclass(frozen=True)
class Listed:
    """One list of one law: its state, the source, how it is known, and its points (lon, lat)."""

    state: str
    source: str
    evidence: str
    points: Numbers


def listed(rows: Iterable[dict[str, str]]) -> list[Listed]:
    """The lists in file order; ``line`` says how each point is joined to the next.

    ``geodesic`` is a straight baseline, ``close`` one back to the first point of the group,
    ``low_water`` a stretch of coast without points of its own, ``end`` a point that joins nothing.
    """
    made = []
    for (state, source), some in groupby(rows, key=lambda row: (row["state"], row["source"])):
        own = list(some)
        parts = [_run(list(group)) for _, group in groupby(own, key=lambda row: row["group"])]
        made.append(Listed(state, source, own[0]["evidence"], np.vstack(parts)))
    return made


def _run(rows: list[dict[str, str]]) -> Numbers:
    points = [(float(row["lon"]), float(row["lat"])) for row in rows]
    run: list[tuple[float, float]] = []
    for n, row in enumerate(rows):
        run.append(points[n])
        if row["line"] in ("geodesic", "close"):
            goal = points[0] if row["line"] == "close" else points[n + 1]
            run += densify(points[n], goal, "geodesic", STEP_M)[1:-1]
    return np.round(np.array(run), 8)
