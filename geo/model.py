"""The one feature schema: what every feature of every layer says about itself.

`Properties` is the `properties` member of the GeoJSON feature; the feature's `id` stands
beside it. `Properties.model_json_schema()` is what the server publishes.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from geo.moment import Interval, PartialDate
from geo.vocabulary import Evidence, Status

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=600)]
Party = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Position = tuple[Lon, Lat]
LineType = Literal["geodesic", "rhumb", "meridian", "parallel", "arc", "end"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Name(_Frozen):
    """One name of the thing, in one language, and who calls it so where that matters."""

    text: Text
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    used_by: Text | None = None


class Source(_Frozen):
    """A citation. ``date`` is the publication date, ``read`` how much of the source was read."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")]
    title: Text
    publisher: Text
    url: Url | None = None
    date: PartialDate | None = None
    accessed: PartialDate | None = None
    read: Text | None = None


class Event(_Frozen):
    """A dated fact in the life of the feature. ``sources`` are ids of the feature's sources."""

    date: PartialDate
    text: Text
    sources: Annotated[list[str], Field(min_length=1)]


class Figure(_Frozen):
    """A number that somebody published, or that we computed, and what exactly it measures."""

    what: Text
    value: float
    unit: Literal["km", "m", "M", "km2", "Mt", "people", "year", "vessels", "count", "degree"]
    origin: Literal["published", "computed"]
    sources: list[str] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _published_has_a_source(self) -> Self:
        if self.origin == "published" and not self.sources:
            raise ValueError(f"the published figure {self.what!r} names no source")
        return self


class Stance(_Frozen):
    """What one party says about the matter, in neutral words; a disputed thing has several."""

    party: Party
    text: Text
    sources: Annotated[list[str], Field(min_length=1)]


class Code(_Frozen):
    """An identifier in somebody's register: ICAO, IATA, IMO, ISO."""

    system: Text
    code: Text
    when: Text | None = None
    sources: Annotated[list[str], Field(min_length=1)]


class Vertex(_Frozen):
    """A turning point as its source lists it, and how the line runs to the next one."""

    n: Text
    lon: Lon | None
    lat: Lat | None
    text: Text | None = None  # as printed, e.g. 65 30 00 N, 168 58 37 W
    line: LineType | None = None
    centre: Position | None = None  # of the arc to the next one
    radius_m: Annotated[float, Field(gt=0)] | None = None
    evidence: Evidence
    note: Text | None = None


class Properties(_Frozen):
    """Everything a feature says about itself; source, status and licence are not optional."""

    name: Text
    names: list[Name] = []
    kind: Slug
    status: Status
    parties: list[Party] = []  # ISO 3166-1 alpha-2; EU for the European Union
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    instrument: Text | None = None
    evidence: Evidence
    accuracy_m: Annotated[float, Field(ge=0)] | None = None
    note: Text | None = None
    missing: Text | None = None  # what is not known and therefore not shown
    events: list[Event] = []
    figures: list[Figure] = []
    codes: list[Code] = []
    positions: list[Stance] = []  # where parties differ: what each of them says
    vertices: list[Vertex] = []
    tags: dict[Slug, str | float | int | bool] = {}  # flat extras for filters and styles
    licence: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.+-]+$")]  # SPDX identifier
    attribution: Text | None = None  # only where it differs from the layer's
    sources: Annotated[list[Source], Field(min_length=1)]

    @property
    def interval(self) -> Interval:
        """The widest span of days in which the feature may have been valid."""
        return Interval.of(self.valid_from, self.valid_to)

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        span = self.interval
        if span.start and span.end and span.end < span.start:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        return self

    @model_validator(mode="after")
    def _citations_exist(self) -> Self:
        known = [source.id for source in self.sources]
        if len(known) != len(set(known)):
            raise ValueError("two sources of this feature have the same id")
        cited: list[list[str]] = [
            *(event.sources for event in self.events),
            *(figure.sources for figure in self.figures),
            *(code.sources for code in self.codes),
            *(stance.sources for stance in self.positions),
        ]
        used = {one for ids in cited for one in ids}
        if missing := sorted(used - set(known)):
            raise ValueError(f"cited but not listed under sources: {', '.join(missing)}")
        return self
