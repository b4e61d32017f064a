"""The edges of many sets of lines, in runs and groups with a ball around each.

All of it is plain arrays without a pointer in them, so that it can lie in a file, be mapped, and be
shared by every process that asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from geo.balls import Balls, balls_around, curve, firsts_of, ranges, space
from geo.edges import Edges, EdgeSet, edges_of, joined

RUN = 32  # edges in one run
GROUP = 16  # runs in one group

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of successive edges of one line. An edge goes from a vertex to the one behind it.

    ``vertices`` (lon, lat), shape (n, 2), stand run by run, and ``spots``, shape (n, 3), are the
    same in space. The members of a ball of ``runs`` are the vertices at which its edges begin,
    those of a ball of ``groups`` are runs. ``offsets`` counts the lines of the sets before each,
    and ``sets`` names the set of each line.
    """

    vertices: Numbers
    spots: Numbers
    offsets: Places
    sets: Places
    runs: Balls
    groups: Balls

    @classmethod
    def of(cls, given: Sequence[EdgeSet]) -> "Runs":
        """The edges of all sets, those of one line together and near ones mostly near."""
        sizes = [len(one.geometries) for one in given]
        offsets = np.cumsum([0, *sizes])
        sets = np.repeat(np.arange(len(given)), sizes)
        parts = [edges_of(one.geometries, one.edge) for one in given]
        edges = joined(parts, offsets.tolist())
        first = firsts_of(_unbroken(edges), RUN)
        last = np.append(first[1:], len(edges.chain)) if len(first) else first
        order = np.lexsort((curve(space(edges.start[first])), edges.owner[first]))
        first, last = first[order], last[order]
        vertices, begins = _vertices(edges, first, last)
        runs = _around(edges, ranges(first, last), last - first, sets)
        runs = replace(runs, first=begins, last=begins + (last - first))
        groups = balls_around(
            *((runs.middle, runs.middle), runs.radius, firsts_of(runs.owner, GROUP)),
            *(runs.owner, sets),
        )
        return cls(vertices, space(vertices), offsets, sets, runs, groups)

    def arrays(self) -> Arrays:
        """Everything by name, as `from_arrays` takes it."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        balls = {
            f"{name}.{part.name}": getattr(getattr(self, name), part.name)
            for name in _BALLS
            for part in fields(Balls)
        }
        return plain | balls

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Runs":
        """What `arrays` gave, wherever it lies."""
        balls = [
            Balls(*(arrays[f"{name}.{part.name}"] for part in fields(Balls)))  # type: ignore[arg-type]
            for name in _BALLS
        ]
        return cls(*(arrays[name] for name in _PLAIN), *balls)  # type: ignore[arg-type]


_PLAIN = ("vertices", "spots", "offsets", "sets")
_BALLS = ("runs", "groups")


def _unbroken(edges: Edges) -> Places:
    """For each edge a number that it shares with the edges before it that it continues."""
    if not len(edges.chain):
        return edges.chain
    apart = (edges.start[1:] != edges.end[:-1]).any(axis=1)
    return np.cumsum(np.append(0, apart | (edges.chain[1:] != edges.chain[:-1])))


def _vertices(edges: Edges, first: Places, last: Places) -> tuple[Numbers, Places]:
    """The vertices of each run, one more than it has edges, and where those of each begin."""
    if not len(first):
        return np.zeros((0, 2)), first
    ends = np.cumsum(last - first + 1)
    found = np.empty((int(ends[-1]), 2))
    found[ends - 1] = edges.end[last - 1]
    inner = np.ones(len(found), dtype=bool)
    inner[ends - 1] = False
    found[inner] = edges.start[ranges(first, last)]
    return found, ends - (last - first + 1)


def _around(edges: Edges, order: Places, widths: Places, sets: Places) -> Balls:
    """A ball around each run of the edges in that order."""
    ends = (space(edges.start[order]), space(edges.end[order]))
    return balls_around(ends, 0.0, np.cumsum(widths) - widths, edges.owner[order], sets)
