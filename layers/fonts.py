"""The fonts that pictures are lettered with, from npm packages in the wheel (OFL-1.1)."""

import typst

from geo.face import FontFile
from geo.scene import Style
from geo.shaping import Fonts
from layers.assets import ASSETS, asset

_NAMES = {400: "Regular", 500: "Medium", 600: "SemiBold"}
# The faces that we have, as a style sheet asks for them: family, weight, italic
_FACES: dict[str, tuple[tuple[int, bool], ...]] = {
    "Noto Sans": ((400, False), (400, True), (500, False), (600, False)),
    "Noto Sans Armenian": ((400, False), (500, False), (600, False)),
    "Noto Sans Georgian": ((400, False), (500, False), (600, False)),
    "Noto Sans Arabic": ((400, False),),
    "Noto Sans Canadian Aboriginal": ((400, False),),
    "Source Serif 4": ((400, False), (400, True), (600, False)),
}
_OF_ANY_WEIGHT = ("Noto Sans Armenian", "Noto Sans Georgian")
_OF_ONE_WEIGHT = ("Noto Sans Arabic", "Noto Sans Canadian Aboriginal")
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
    files = {face: _file(*face) for face in faces_held()}
    styles = {style: [files[face] for face in _order(faces)] for style, faces in _STYLES.items()}
    return Fonts(styles, _engine())


def faces_held() -> list[tuple[str, int, bool]]:
    """Family, weight and slant of each face that we have."""
    return [(family, *each) for family, faces in _FACES.items() for each in faces]


def path_of(family: str, weight: int, italic: bool) -> str:
    """The file of a face, as its npm package calls it."""
    folder, stem = family.lower().replace(" ", "-"), family.replace(" ", "")
    return f"{folder}/{stem}_{weight}{_NAMES[weight]}{'_Italic' if italic else ''}.ttf"


def _file(family: str, weight: int, italic: bool) -> FontFile:
    generic = "serif" if "Serif" in family else "sans-serif"
    return FontFile(asset(path_of(family, weight, italic)), family, weight, italic, generic)


def _order(faces: tuple[tuple[str, int, bool], ...]) -> list[tuple[str, int, bool]]:
    """The style's own faces, with those of other alphabets before the last resort.

    Armenian and Georgian come in the weight of the style; Arabic and Inuktitut, of which maps
    hold few names, in one.
    """
    first, last = faces
    caucasus = [(family, first[1], False) for family in _OF_ANY_WEIGHT]
    return [first, *caucasus, *((family, 400, False) for family in _OF_ONE_WEIGHT), last]


def _engine() -> typst.Fonts:
    folders = sorted({path_of(*face).split("/")[0] for face in faces_held()})
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[ASSETS / folder for folder in folders],
    )
