"""Figures of several rounds, and ratios between two programs that took turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the greatest of some figures."""

    least: float
    middle: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(min(values), median(values), max(values))

    def __str__(self) -> str:
        return f"{self.least:.3g} – {self.middle:.3g} – {self.greatest:.3g}"


@dataclass(frozen=True)
class Row:
    """One comparison: the cost of ours and of a peer in each round, and the ratio asked for.

    ``ratio`` is how many times as much the peer costs as we do, in the same round.
    """

    scenario: str
    peer: str
    unit: str
    ours: Spread
    theirs: Spread | None
    ratio: Spread | None
    target: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        reached = (
            self.ratio.middle >= self.target if self.ratio else self.ours.middle <= self.target
        )
        return "reached" if reached else "MISSED"

    def cells(self) -> list[str]:
        sign = "≥ " if self.ratio else "≤ "
        return [
            self.scenario,
            self.peer,
            f"{self.ours} {self.unit}",
            f"{self.theirs} {self.unit}" if self.theirs else "–",
            str(self.ratio) if self.ratio else "–",
            f"{sign}{self.target:g}" if self.target is not None else "–",
            " ".join(filter(None, (self.verdict, self.note))),
        ]


def compared(
    scenario: str,
    peer: str,
    unit: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    target: float | None,
    note: str = "",
) -> Row:
    """A row from the costs of both, round by round."""
    ratio = Spread.of([their / our for our, their in zip(ours, theirs, strict=True)])
    return Row(scenario, peer, unit, Spread.of(ours), Spread.of(theirs), ratio, target, note)


def alone(scenario: str, unit: str, ours: Sequence[float], target: float | None) -> Row:
    """A row without a peer: what ours costs, against the most that it may."""
    return Row(scenario, "–", unit, Spread.of(ours), None, None, target)


HEAD = ("scenario", "peer", "ours", "peer's", "peer ÷ ours", "target", "")


def table(rows: Sequence[Row]) -> str:
    """A Markdown table of the rows."""
    cells = [list(HEAD), ["---"] * len(HEAD), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(one) + " |" for one in cells)
