"""A collection: a layer's description and its features, frozen, with the digest of its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from mmap import mmap

import numpy as np
import numpy.typing as npt
import shapely

from geo.bbox import BBox
from geo.extent import extent_of
from geo.feature import Feature
from geo.moment import Interval, last_day
from layers.coverage import is_heavy_coverage
from layers.spec import LayerSpec
from layers.unread import Unread

Text = bytes | mmap


@dataclass(frozen=True)
class Collection:
    """What is served under one id. ``digest`` is the SHA-256 of the GeoJSON file, in hex.

    ``written`` is that file where we wrote it ourselves: its lines are answers as they stand.
    """

    id: str
    spec: LayerSpec
    features: Sequence[Feature]
    digest: str
    written: Text | None = field(default=None, repr=False, compare=False)

    @cached_property
    def extent(self) -> BBox | None:
        """The smallest box around every feature, across 180° if that is smaller; None if empty."""
        return extent_of(feature.geometry for feature in self.features)

    @cached_property
    def interval(self) -> Interval:
        """From the first to the last day that any feature names; open where one is open."""
        spans = [f.properties.interval for f in self.features if f.properties.valid_from]
        starts = [span.start for span in spans if span.start]
        ends = [span.end for span in spans]
        last = None if not ends or None in ends else max(end for end in ends if end)
        return Interval(min(starts, default=None), last)

    @cached_property
    def as_of(self) -> date | None:
        """The last day on which a source was read: how fresh the data is, whoever built it."""
        days = (source.accessed for one in self.features for source in one.properties.sources)
        return max((last_day(day) for day in days if day), default=None)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The names of the tags that features carry, sorted."""
        return tuple(sorted({tag for one in self.features for tag in one.properties.tags}))

    @cached_property
    def heavy_coverage(self) -> bool:
        """Whether these are areas that share their edges and are too heavy for a page."""
        return is_heavy_coverage(self.features)

    @cached_property
    def boxes(self) -> npt.NDArray[np.float64]:
        """West, south, east and north of each feature, shape (n, 4), as `Feature.box`; NaN for
        nothing.
        """
        held = [None if isinstance(one, Unread) else one.geometry for one in self.features]
        made = shapely.bounds(np.array(held, dtype=object)).reshape(-1, 4)
        for number, one in enumerate(self.features):
            if isinstance(one, Unread) and one.box:
                made[number] = one.box
        return made

    @cached_property
    def by_id(self) -> dict[str, Feature]:
        """Each feature under its id."""
        return {feature.id: feature for feature in self.features}
