"""One result of validation: which rule, where, how bad, and what to do about it."""

from collections.abc import Iterable
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
    file: str | None = None  # as the user named it, or relative to the layer folder

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

    def at(
        self, *, layer: str | None = None, feature: str | None = None, file: str | None = None
    ) -> "Finding":
        """The same finding with the layer, feature or file filled in where it was empty."""
        place = self.place if self.place.file else replace(self.place, file=file)
        return replace(
            self,
            layer=self.layer or layer or "",
            feature=self.feature or feature or "",
            place=place,
        )

    @property
    def clean(self) -> "Finding":
        """The same finding with nothing in its texts that a terminal or UTF-8 cannot bear.

        Text of the document is quoted in findings, so control characters, escape sequences and
        lone surrogates would otherwise reach the reader's terminal.
        """
        pointer = self.place.pointer
        return replace(
            self,
            message=clean_text(self.message),
            feature=clean_text(self.feature),
            layer=clean_text(self.layer),
            place=replace(self.place, pointer=clean_text(pointer) if pointer else pointer),
        )


def clean_text(text: str) -> str:
    """``text`` with every character that does not print as a ``\\u`` escape, cut at 500."""
    if text.isprintable() and len(text) <= 500:
        return text
    short = text if len(text) <= 500 else text[:499] + "…"
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in short)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings; None when there are none."""
    there = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in there), None)
