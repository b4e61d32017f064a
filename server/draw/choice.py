"""What is to be drawn of a map, and how: the part of a picture that a reader chooses."""

from dataclasses import dataclass

from geo.moment import Interval


@dataclass(frozen=True, slots=True)
class Choice:
    """``at`` keeps what was valid then; ``view`` is the party from whose side claims are seen.

    ``hidden`` are collections that are left out, ``shown`` such that are drawn although the map
    has them switched off. ``graticule`` is the net of the base; a picture with a net of its own,
    with degrees beside it, leaves it out. ``mark`` is a feature to draw attention to: its
    collection and its number there.
    """

    base: bool = True
    overlays: bool = True
    labels: bool = True
    theme: str = "light"
    lang: str = "en"
    at: Interval | None = None
    view: str | None = None
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    graticule: bool = True
    mark: tuple[str, int] | None = None
