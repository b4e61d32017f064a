"""Where the years stand below a slider whose steps are days of changes."""

from dataclasses import dataclass

from server.maps.changes import Stop

APART, FAR_APART = 7.0, 22.0  # percent of the slider: between years, and in a narrow window


@dataclass(frozen=True, slots=True)
class Tick:
    """A step at ``x`` percent of the slider. ``year`` is empty where none is written.

    ``narrow`` says that the year is written in a narrow window, too.
    """

    x: float
    year: str
    narrow: bool


def ticks_of(stops: list[Stop]) -> list[Tick]:
    """A tick for each stop; a year at the first one of it, as far as there is room."""
    made: list[Tick] = []
    written, far, last = -APART, -FAR_APART, None
    for number, stop in enumerate(stops):
        x = round(100 * number / max(1, len(stops) - 1), 2)
        fits = stop.day.year != last and x - written >= APART
        narrow = fits and x - far >= FAR_APART
        made.append(Tick(x, str(stop.day.year) if fits else "", narrow))
        written, far = (x if fits else written), (x if narrow else far)
        last = stop.day.year if fits else last
    return made
