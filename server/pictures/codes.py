"""The words and EPSG codes that name a projection in an address."""

from collections.abc import Mapping
from types import MappingProxyType

from layers.maps import Crs
from server.errors import BadParameter

WORDS: tuple[Crs, ...] = ("mercator", "stereographic", "equal_area", "globe", "conic")
# EPSG codes and the meridian that runs down from the pole. Those of one family differ in scale
# only, which a picture does not show.
CODES: Mapping[int, tuple[Crs, float]] = MappingProxyType(
    {
        3857: ("mercator", 0),
        3995: ("stereographic", 0),
        3996: ("stereographic", 0),
        3413: ("stereographic", -45),
        5041: ("stereographic", 0),
        32661: ("stereographic", 0),
        5936: ("stereographic", -150),
        5937: ("stereographic", -100),
        5938: ("stereographic", -33),
        5939: ("stereographic", 18),
        5940: ("stereographic", 105),
        3571: ("equal_area", 180),
        3572: ("equal_area", -150),
        3573: ("equal_area", -100),
        3574: ("equal_area", -40),
        3575: ("equal_area", 10),
        3576: ("equal_area", 90),
    }
)


def crs_named(text: str) -> tuple[Crs, int | None]:
    """The word that ``text`` is or that its EPSG code stands for, and the code.

    Raises `BadParameter`, which lists what there is.
    """
    name = text.strip().lower()
    code = name.removeprefix("epsg:")
    if code.isascii() and code.isdigit() and len(code) < 6 and int(code) in CODES:
        return CODES[int(code)][0], int(code)
    for word in WORDS:
        if name.replace("-", "_") == word:
            return word, None
    codes = ", ".join(f"EPSG:{one}" for one in CODES)
    raise BadParameter(f"crs is {text[:40]!r}; it is one of: {', '.join(WORDS)}, {codes}")
