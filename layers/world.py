"""Independent data that truth rules compare a layer with: countries, land, other collections."""

from functools import cached_property

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import NoSuchFeature, NotBuilt


class World:
    """What is known beside the layer under check. Everything is read once and then kept.

    Geometry is that of the catalogue: CRS84 (lon, lat) degrees, cut at 180°, closed over a
    pole along ±90°.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._countries: dict[str, BaseGeometry] = {}

    def collection(self, id: str) -> Collection | None:
        """The collection with this id, or None where it is not built or not good enough."""
        return self._catalogue.collections.get(id)

    def country(self, alpha2: str) -> BaseGeometry:
        """The (multi)polygon of a country, prepared. ``alpha2`` is the ISO 3166-1 code, any case.

        A slug of the name stands for what has no code, such as ``northern_cyprus``. Raises
        `NotBuilt` without the layer `countries`, `NoSuchFeature` for a code that is not in it.
        """
        code = alpha2.lower()
        if code not in self._countries:
            self._countries[code] = self._find(code)
        return self._countries[code]

    def _find(self, id: str) -> BaseGeometry:
        countries = self._need("countries").by_id
        found = countries[id].geometry if id in countries else None
        if found is None:
            known = ", ".join(sorted(countries))
            raise NoSuchFeature(f"no country {id!r} in the layer countries; there are: {known}")
        shapely.prepare(found)
        return found

    @cached_property
    def land(self) -> BaseGeometry:
        """All dry land as one multipolygon, prepared. Raises `NotBuilt` without the layer `land`.

        Good for predicates (intersects, contains); for overlays take `land_near`, which is faster.
        """
        whole = MultiPolygon([p for p in self._land_parts if isinstance(p, Polygon)])
        shapely.prepare(whole)
        return whole

    def land_near(self, geometry: BaseGeometry) -> list[BaseGeometry]:
        """The polygons of land whose boxes meet that of ``geometry``. Raises `NotBuilt`."""
        return [self._land_parts[n] for n in self._land_tree.query(geometry)]

    @cached_property
    def _land_parts(self) -> list[BaseGeometry]:
        shapes = [f.geometry for f in self._need("land").features if f.geometry is not None]
        return [p for p in shapely.get_parts(np.array(shapes, dtype=object)) if not p.is_empty]

    @cached_property
    def _land_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._land_parts)

    def _need(self, id: str) -> Collection:
        found = self.collection(id)
        if found is None:
            raise NotBuilt(f"layer {id} is not in the catalogue; run `marchland build {id}`")
        return found
