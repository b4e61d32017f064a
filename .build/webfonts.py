"""The letters that nearly every page shows, cut out of the fonts into small files of their own.

A browser reads the ranges in ``server/static/fonts.css`` and fetches the files whose characters a
page shows: `CORE` (of headlines `TITLE`) always, `NEAR` with a name from Norway, Azerbaijan or
France, `RUSSIAN` with a heading in Russian, the whole faces of the packages for everything else. No
two ranges of one face overlap, or it would fetch both files.
What is cut out of a font with a reserved name bears another one.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# РУ is how the head of every page offers Russian.
CORE = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0§©«°±·»ü–‘’“”…′″øåíóРУ"
_UPPER = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÅØÁÍÓÚÝÐÞƏĞŞ"
NEAR = "".join(sorted({*_UPPER, *_UPPER.lower(), *"İıß²×—„−№•←→↑↓≤≥≈\u2009\u202f"} - {*CORE}))
# Headings in Russian; of the other faces the packages have a file of Cyrillic.
RUSSIAN = "".join(sorted({*map(chr, range(0x410, 0x450)), *"Ёё"}))
# What headlines are written with; the other signs of `CORE` have a file of their own there.
TITLE = (
    "".join(one for one in CORE if one.isascii() and one.isalnum()) + " \u00a0.,:;!?()/-&'–‘’“”°"
)
QUOTED = "".join(one for one in CORE if one in "«»" or "À" <= one <= "ÿ")
SIGNS = "".join(sorted({*CORE} - {*TITLE, *QUOTED, *RUSSIAN}))
# By the heights of these a browser fits all letters to the pixels, where no instructions are kept:
# without them a file has, in some sizes, an é that is taller than the e of another file beside it.
MEASURE = "HEOxzoesc"
TEXT = {"core": CORE, "near": NEAR + MEASURE}
HEADLINE = {"core": TITLE, "near": NEAR + QUOTED + MEASURE, "signs": SIGNS, "cyrillic": RUSSIAN}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
FACES = {  # file of the packages → file of ours, the family that it calls itself, its letters
    "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf": (
        "noto-sans/noto-sans-{}-400.woff2", "Noto Sans", TEXT
    ),
    "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf": (
        "noto-sans/noto-sans-{}-600.woff2", "Noto Sans", TEXT
    ),
    "@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf": (
        "source-serif-4/marchland-serif-{}-600.woff2", "Marchland Serif", HEADLINE
    ),
}  # fmt: skip
_FAMILY_IDS = (1, 4, 16)  # records of the table of names: family, full name, typographic family
_KEPT_IDS = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def cut(modules: Path, home: Path) -> None:
    """Write the files below ``home``; the same bytes for the same fonts."""
    for source, (pattern, family, sets) in FACES.items():
        for name, letters in sets.items():
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
