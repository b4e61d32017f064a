"""The letters that nearly every page shows, cut out of the fonts into small files of their own.

A browser reads the ranges in ``server/static/fonts.css`` and fetches the files whose characters a
page shows: `CORE` always, `NEAR` with a name from Norway, Azerbaijan or France, the whole faces of
the packages for everything else. No two ranges of one face overlap, or it would fetch both files.
What is cut out of a font with a reserved name bears another one.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# РУ is how the head of every page offers Russian.
CORE = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0§©«°±·»ü–‘’“”…′″РУ"
_UPPER = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÅØÁÍÓÚÝÐÞƏĞŞ"
NEAR = "".join(sorted({*_UPPER, *_UPPER.lower(), *"İıß²×—„−№•←→↑↓≤≥≈\u2009\u202f"} - {*CORE}))
SETS = {"core": CORE, "near": NEAR}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
FACES = {  # file of the packages → file of ours, and the family that it calls itself
    "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf": (
        "noto-sans/noto-sans-{}-400.woff2", "Noto Sans"
    ),
    "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf": (
        "noto-sans/noto-sans-{}-600.woff2", "Noto Sans"
    ),
    "@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf": (
        "source-serif-4/marchland-serif-{}-600.woff2", "Marchland Serif"
    ),
}  # fmt: skip
_FAMILY_IDS = (1, 4, 16)  # records of the table of names: family, full name, typographic family
_KEPT_IDS = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def cut(modules: Path, home: Path) -> None:
    """Write the files below ``home``; the same bytes for the same fonts."""
    for source, (pattern, family) in FACES.items():
        for name, letters in SETS.items():
            target = home / pattern.format(name)
            target.write_bytes(_cut(modules / source, letters, family))


def _cut(source: Path, letters: str, family: str) -> bytes:
    wanted = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=_KEPT_IDS
    )
    font = subset.load_font(source, wanted)
    cutter = subset.Subsetter(wanted)
    cutter.populate(text=letters)
    cutter.subset(font)
    _name(font, family)
    made = BytesIO()
    subset.save_font(font, made, wanted)
    return made.getvalue()


def _name(font: TTFont, family: str) -> None:
    """Its own names; copyright and licence stay."""
    for record in font["name"].names:
        if record.nameID in _FAMILY_IDS:
            record.string = family
        elif record.nameID in (3, 6):
            record.string = family.replace(" ", "")
