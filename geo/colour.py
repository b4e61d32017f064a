"""Colours as numbers: how light they are, how they stand out, and their mirror on a dark ground.

Colours are ``#rrggbb`` in sRGB (IEC 61966-2-1). Lightness, chroma and hue are those of OKLab in
polar form (Björn Ottosson, "A perceptual color space for image processing", 2020, matrices of
2021-01-25); contrast is that of WCAG 2.2, between 1 and 21. Everything here is a pure function of
numbers, so that a theme makes the same colours on every machine.
"""

import math

Rgb = tuple[float, float, float]  # linear light, 0 to 1
Lch = tuple[float, float, float]  # lightness 0 to 1, chroma, hue in radians

_STEPS = 30  # halvings: far below what eight bits can hold


def parse(colour: str) -> Rgb:
    """Linear light of ``#rrggbb``. Raises `ValueError` for anything else."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not a colour; write it as #rrggbb")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (_linear(red), _linear(green), _linear(blue))


def written(rgb: Rgb) -> str:
    """``#rrggbb`` of linear light; what lies outside of sRGB is cut off."""
    return "#" + "".join(f"{round(255 * _coded(min(1.0, max(0.0, one)))):02x}" for one in rgb)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2, 0 for black and 1 for white."""
    red, green, blue = parse(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, from 1 to 21, whichever is the lighter."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, opacity: float, ground: str) -> str:
    """What is seen where ``colour`` lies on ``ground``, mixed as pictures and browsers mix it.

    The mean is taken of the coded values (simple alpha compositing in sRGB), not of the light.
    """
    pairs = zip(_bytes(colour), _bytes(ground), strict=True)
    return "#" + "".join(f"{round(opacity * up + (1 - opacity) * low):02x}" for up, low in pairs)


def laid_on(seen: str, opacity: float, ground: str) -> tuple[str, float]:
    """The inverse of `over`: a colour and an opacity that look like ``seen`` on ``ground``.

    The opacity is the one given, or the least that reaches ``seen`` where that is more.
    """
    pairs = list(zip(_bytes(seen), _bytes(ground), strict=True))
    needed = [
        (up - low) / (255 - low) if up > low else (low - up) / (low or 1) for up, low in pairs
    ]
    much = min(1.0, max(opacity, *needed))
    mixed = [(up - (1 - much) * low) / much if much else low for up, low in pairs]
    return "#" + "".join(f"{round(min(255.0, max(0.0, one))):02x}" for one in mixed), much


def to_lch(colour: str) -> Lch:
    """Lightness, chroma and hue of a colour in OKLab."""
    red, green, blue = parse(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return (light, math.hypot(a, b), math.atan2(b, a))


def from_lch(lch: Lch) -> str:
    """The colour of that lightness and hue, with less chroma where sRGB does not reach so far."""
    light, chroma, hue = (min(1.0, max(0.0, lch[0])), lch[1], lch[2])
    low, high = 0.0, chroma
    if _within(_rgb((light, chroma, hue))):
        return written(_rgb((light, chroma, hue)))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(_rgb((light, middle, hue))) else (low, middle)
    return written(_rgb((light, low, hue)))


def standing_out(colour: str, grounds: tuple[str, ...], ratio: float) -> str:
    """The colour, made lighter until it has that contrast to all grounds, hue and chroma kept.

    For dark grounds. What stands out already is returned as it is; white where nothing does.
    """
    light, chroma, hue = to_lch(colour)
    if _stands(colour, grounds, ratio):
        return colour
    low, high = light, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        good = _stands(from_lch((middle, chroma, hue)), grounds, ratio)
        low, high = (low, middle) if good else (middle, high)
    return from_lch((high, chroma, hue))


def _stands(colour: str, grounds: tuple[str, ...], ratio: float) -> bool:
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def _rgb(lch: Lch) -> Rgb:
    light, chroma, hue = lch
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _within(rgb: Rgb) -> bool:
    return all(-1e-4 <= one <= 1 + 1e-4 for one in rgb)


def _bytes(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return (red, green, blue)


def _linear(coded: float) -> float:
    return coded / 12.92 if coded <= 0.04045 else ((coded + 0.055) / 1.055) ** 2.4


def _coded(linear: float) -> float:
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
