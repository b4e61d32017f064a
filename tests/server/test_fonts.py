"""Which letters a page fetches: the ranges of the style sheet are what the files hold."""

import re
from io import BytesIO
from itertools import combinations, product

import pytest
from fontTools.ttLib import TTFont
from PIL import ImageFont

from server.assets import HOME

_SHEET = (HOME / "static" / "fonts.css").read_text(encoding="utf-8")
_FACE = re.compile(
    r'family: "([^"]+)";\s*font-weight: (\d+);.*?asset:([^"]+)".*?unicode-range: ([^;]+);', re.S
)
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
FACES = [one.groups() for one in _FACE.finditer(_SHEET)]
MEASURE = {*map(ord, "HEOxzoesc")}  # what FreeType fits the heights of all letters by
OURS = [one for one in FACES if re.search("-(core|near|signs)-|serif-cyrillic-", one[2])]


def letters(ranges: str) -> set[int]:
    ends = [(int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(ranges)]
    return {n for a, b in ends for n in range(a, b + 1)}


def test_no_two_files_of_a_face_have_a_letter_in_common() -> None:
    assert len(FACES) == _SHEET.count("@font-face")
    for one, other in combinations(FACES, 2):
        if one[:2] == other[:2] and {one, other} & {*OURS}:
            assert not letters(one[3]) & letters(other[3]), (one[2], other[2])


@pytest.mark.parametrize(("family", "weight", "file", "ranges"), OURS)
def test_a_small_file_holds_the_letters_of_its_range(
    family: str, weight: str, file: str, ranges: str
) -> None:
    font = TTFont(BytesIO((HOME / "_assets" / file).read_bytes()))
    held = set(font.getBestCmap())
    # A face without a sign leaves it to the next one; letters are all there.
    assert all(n in held for n in letters(ranges) if chr(n).isalnum())
    assert held - letters(ranges) <= (MEASURE if "-near-" in file else set())


def plain(file: str) -> bytes:
    """The file without its compression, which FreeType here does not read."""
    font = TTFont(BytesIO((HOME / "_assets" / file).read_bytes()))
    font.flavor = None
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def top(face: bytes, size: int, letter: str) -> float:
    """How far FreeType lets a letter rise on a screen with one pixel per px, negative."""
    fitted = ImageFont.truetype(BytesIO(face), size, layout_engine=ImageFont.Layout.BASIC)
    return fitted.getbbox(letter, anchor="ls")[1]


@pytest.mark.parametrize("file", [one[2] for one in OURS if "-near-" in one[2]])
def test_a_letter_with_a_mark_is_as_tall_as_the_letter_alone(file: str) -> None:
    alone, marked = plain(file.replace("near", "core")), plain(file)
    for size, (letter, other) in product(range(12, 41), zip("cCD", "çÇÐ", strict=True)):
        assert top(alone, size, letter) == top(marked, size, other), (size, letter, other)


def test_a_font_that_was_cut_does_not_bear_a_name_that_is_reserved() -> None:
    cut = [one[2] for one in OURS if "serif" in one[2]]
    assert cut
    for file in cut:
        names = TTFont(BytesIO((HOME / "_assets" / file).read_bytes()))["name"].names
        own = [one.toUnicode() for one in names if one.nameID in (1, 3, 4, 6, 16)]
        assert own
        assert not [one for one in own if "Source" in one]
