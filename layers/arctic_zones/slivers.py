"""Narrow faces between an agreed line and a computed limit: each is within the other's accuracy."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.arrangement import Arrangement
from layers.arctic_zones.lines import Line
from layers.arctic_zones.origins import AGREED, origins
from layers.arctic_zones.rules import HIGH_SEAS, NOBODY

Labels = npt.NDArray[np.str_]

WIDTH_M = 600.0  # on the mean: twice the area by the length of the outline
AREA_KM2 = 60.0


def without_slivers(
    arrangement: Arrangement, labels: Labels, astray: npt.NDArray[np.bool_], lines: list[Line]
) -> Labels:
    """The owners with every doubtful narrow face given to a neighbour.

    Doubtful is what nobody has, what a special rule gives, and what lies ``astray``: on the other
    side of an agreed line without being within the other's 200 M. It goes to the neighbour along
    the longest edge that is not an agreed line, so that the agreed line becomes the boundary.
    """
    faces = np.array(arrangement.faces)
    widths = 2 * shapely.area(faces) / shapely.length(faces)
    narrow = (widths < WIDTH_M) & (shapely.area(faces) < AREA_KM2 * 1e6)
    doubtful = (labels == HIGH_SEAS) | (np.char.find(labels, ">") > 0) | astray
    small = narrow & (doubtful | (np.char.find(labels, "+") > 0)) & (labels != NOBODY)
    edges = arrangement.edges
    beside = np.flatnonzero(_of(small, edges.left) | _of(small, edges.right))
    kinds = [line.kind if line else "coast" for line in origins(edges.ends[beside], lines)]
    shared: dict[int, dict[str, float]] = {}
    for n, kind in zip(beside.tolist(), kinds, strict=True):
        length = float(edges.lengths[n]) * (1e-6 if kind in AGREED else 1.0)
        for face, other in ((edges.left[n], edges.right[n]), (edges.right[n], edges.left[n])):
            if face >= 0 and small[face] and other >= 0 and not small[other]:
                mine = shared.setdefault(int(face), {})
                mine[str(labels[other])] = mine.get(str(labels[other]), 0.0) + length
    made = labels.copy()
    for face, lengths in shared.items():
        lengths.pop(NOBODY, None)
        if lengths:
            made[face] = max(sorted(lengths), key=lambda label: lengths[label])
    return made


def _of(mask: npt.NDArray[np.bool_], faces: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    return np.asarray((faces >= 0) & mask[faces])
