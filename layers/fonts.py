"""The fonts that pictures are lettered with, from npm packages in the wheel (OFL-1.1)."""

import typst

from geo.face import FontFile
from geo.scene import Style
from geo.shaping import Fonts
from layers.assets import ASSETS, asset

# file → the family, weight and slant by which a style sheet asks for it
_FILES = {
    "noto-sans/NotoSans_400Regular": ("Noto Sans", 400, False),
    "noto-sans/NotoSans_400Regular_Italic": ("Noto Sans", 400, True),
    "noto-sans/NotoSans_500Medium": ("Noto Sans", 500, False),
    "noto-sans/NotoSans_600SemiBold": ("Noto Sans", 600, False),
    "noto-sans-armenian/NotoSansArmenian_400Regular": ("Noto Sans Armenian", 400, False),
    "noto-sans-armenian/NotoSansArmenian_500Medium": ("Noto Sans Armenian", 500, False),
    "noto-sans-armenian/NotoSansArmenian_600SemiBold": ("Noto Sans Armenian", 600, False),
    "noto-sans-georgian/NotoSansGeorgian_400Regular": ("Noto Sans Georgian", 400, False),
    "noto-sans-georgian/NotoSansGeorgian_500Medium": ("Noto Sans Georgian", 500, False),
    "noto-sans-georgian/NotoSansGeorgian_600SemiBold": ("Noto Sans Georgian", 600, False),
    "source-serif-4/SourceSerif4_400Regular": ("Source Serif 4", 400, False),
    "source-serif-4/SourceSerif4_400Regular_Italic": ("Source Serif 4", 400, True),
    "source-serif-4/SourceSerif4_600SemiBold": ("Source Serif 4", 600, False),
}
# A style is asked in this order. Noto Sans has neither Armenian nor Georgian; it lacks ≈ ≤ ≥ →,
# which Source Serif has; Source Serif lacks some Sami and Sakha letters, which Noto Sans has.
_STYLES: dict[Style, tuple[tuple[str, int, bool], ...]] = {
    "sans": (("Noto Sans", 400, False), ("Source Serif 4", 400, False)),
    "sans_italic": (("Noto Sans", 400, True), ("Source Serif 4", 400, True)),
    "sans_medium": (("Noto Sans", 500, False), ("Source Serif 4", 400, False)),
    "sans_semibold": (("Noto Sans", 600, False), ("Source Serif 4", 600, False)),
    "serif": (("Source Serif 4", 400, False), ("Noto Sans", 400, False)),
    "serif_italic": (("Source Serif 4", 400, True), ("Noto Sans", 400, True)),
    "serif_semibold": (("Source Serif 4", 600, False), ("Noto Sans", 600, False)),
}


def load_fonts() -> Fonts:
    """Every style with its faces. Raises `LayersError` where the installation lacks a file."""
    files = {face: _file(name, *face) for name, face in _FILES.items()}
    styles = {style: [files[face] for face in _order(faces)] for style, faces in _STYLES.items()}
    return Fonts(styles, _engine())


def _file(name: str, family: str, weight: int, italic: bool) -> FontFile:
    generic = "serif" if "Serif" in family else "sans-serif"
    return FontFile(asset(f"{name}.ttf"), family, weight, italic, generic)


def _order(faces: tuple[tuple[str, int, bool], ...]) -> list[tuple[str, int, bool]]:
    """The style's own faces, with those of the Caucasus in its weight before the last resort."""
    first, last = faces
    weight = first[1]
    return [
        first,
        ("Noto Sans Armenian", weight, False),
        ("Noto Sans Georgian", weight, False),
        last,
    ]


def _engine() -> typst.Fonts:
    folders = sorted({name.split("/")[0] for name in _FILES})
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[ASSETS / folder for folder in folders],
    )
