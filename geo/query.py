"""What a reader asks of a collection, and the page that comes back."""

from dataclasses import dataclass, field

from geo.bbox import BBox
from geo.moment import Interval

MAX_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """A filter on place, time and properties, and which part of the result to give."""

    bbox: BBox | None = None
    interval: Interval | None = None
    limit: int = 100
    offset: int = 0
    equals: tuple[tuple[str, str], ...] = field(default=())  # (property, wanted value)
