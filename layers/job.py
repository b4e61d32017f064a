"""A collection to be laid in a plane, and the file of the cache that holds the result."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as kept
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import shapely

from geo.plane import Plane
from layers.collection import Collection
from layers.digest import code_of
from layers.order import Order

RECIPE = Path(__file__).with_name("strata.py")


@dataclass(frozen=True)
class Job:
    """A collection to be laid in a plane; ``every`` as in `Order`."""

    collection: Collection
    plane: Plane
    every: bool = False

    def path(self, cache: Path) -> Path:
        """Where the result lies: its name changes with the data, our code and the engines."""
        digest = hashlib.sha256(f"{self.collection.digest} {_code()}".encode()).hexdigest()
        return home(cache) / f"{self.name}-{digest[:16]}.shelf"

    def order(self, cache: Path) -> Order:
        """What another process has to know to do it."""
        shapes = [one.geometry for one in self.collection.features]
        return Order(shapes, self.plane.id, self.path(cache), self.every)

    def forget_older(self, cache: Path) -> None:
        """Remove what lies there of other data or other code."""
        here = self.path(cache)
        for path in home(cache).glob(f"{self.name}-*.shelf"):
            if path != here:
                with suppress(OSError):  # still open elsewhere, or gone already
                    path.unlink()

    @property
    def name(self) -> str:
        """Collection and plane."""
        return f"{self.collection.id}-{self.plane.id}"

    @cached_property
    def weight(self) -> int:
        """How much there is to do, in vertices."""
        return sum(one.vertices for one in self.collection.features)


def home(cache: Path) -> Path:
    """The folder of the cache for such files."""
    return cache / "planes"


@kept
def _code() -> str:
    """A digest of the code and of the engines that the levels are made by."""
    digest = hashlib.sha256(f"{shapely.geos_version} {version('pyproj')}".encode())
    for path in sorted({RECIPE, *code_of(RECIPE)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()
