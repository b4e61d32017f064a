"""One result of validation: which rule, where, how bad, and what to do about it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """Only an ERROR keeps a layer from being built or served."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: in the text (line, column from 1), in the document, on the globe."""

    line: int | None = None
    column: int | None = None
    pointer: str | None = None  # RFC 6901, e.g. /features/3/geometry/coordinates/0/2
    lon: float | None = None
    lat: float | None = None

    def __str__(self) -> str:
        parts = []
        if self.line is not None:
            parts.append(f"line {self.line}, column {self.column}")
        if self.pointer:
            parts.append(self.pointer)
        if self.lon is not None and self.lat is not None:
            parts.append(f"lon {self.lon:.6f}, lat {self.lat:.6f}")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``advice`` says in one sentence what the author should do."""

    rule: str
    message: str
    advice: str
    severity: Severity = Severity.ERROR
    layer: str = ""
    feature: str = ""
    place: Place = field(default_factory=Place)

    def at(self, *, layer: str | None = None, feature: str | None = None) -> "Finding":
        """The same finding with the layer or feature filled in where it was empty."""
        return replace(self, layer=self.layer or layer or "", feature=self.feature or feature or "")
