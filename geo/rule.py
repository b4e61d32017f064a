"""What a rule of validation says of itself."""

from dataclasses import dataclass

from geo.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``sentence`` is what holds in a good file, ``advice`` what to do when not."""

    id: str
    severity: Severity
    sentence: str
    advice: str


def table(severity: Severity, *rows: tuple[str, str, str]) -> dict[str, Rule]:
    """Rules of one severity by id, from (id, sentence, advice)."""
    return {row[0]: Rule(row[0], severity, *row[1:]) for row in rows}
