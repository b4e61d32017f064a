"""Text to glyphs: every alphabet of the maps, with fonts of our own."""

import subprocess
import sys
from typing import get_args

import pytest

from geo.errors import BadScene
from geo.scene import Style
from geo.shaping import Fonts

STYLES = get_args(Style)
ALPHABETS = {
    "Azerbaijani": "AaBbCcÇçDdEeƏəFfGgĞğHhXxIıİiJjKkQqLlMmNnOoÖöPpRrSsŞşTtUuÜüVvYyZz",
    "Nordic": "ÅåÄäÆæÖöØøÐðÞþÁáÉéÍíÓóÚúÝý",
    "Sami": "ÁáČčĐđŊŋŠšŦŧŽžÂâǦǧǨǩǤǥƷʒǮǯÕõ",
    "Inupiaq and Greenlandic": "ĠġŁłÑñŊŋĸÂâÊêÎîÔôÛûÃãĨĩŨũ",
    "Turkish and Polish": "ĞğİıŞşÇçÖöÜüĄąĆćĘęŁłŃńÓóŚśŹźŻż",
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Kyrgyz": "ҢңӨөҮү",
    "Kazakh, Tajik and Uzbek": "ӘәҒғҚқҢңӨөҰұҮүҺһІіӢӣҲҳҶҷӮӯЎў",
    "Ukrainian and Abkhaz": "ҐґЄєІіЇїӘәҔҕҞҟҦҧҨҩҬҭҴҵҶҷҼҽҾҿӠӡ",
    "Sakha": "ҔҕҤҥӨөҺһҮү",
    "Armenian": "".join(map(chr, [*range(0x531, 0x557), *range(0x561, 0x588)])),
    "Georgian": "".join(map(chr, range(0x10D0, 0x10F1))),
    "figures and signs": "0123456789.,:;!?()[]–—-·…’‘“”«»°′″§−×±≈≤≥→№&/@%#*+='\"",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_letter_of_every_alphabet_has_a_glyph(
    fonts: Fonts, alphabet: str, style: Style
) -> None:
    letters = ALPHABETS[alphabet]
    lost = [letter for letter in letters if fonts.shape(letter, style, 12).missing]
    assert not lost
    assert fonts.shape(letters, style, 12).written()


def test_missing_counts_the_letters_that_no_font_has(fonts: Fonts) -> None:
    assert fonts.shape("Ош 北極", "sans", 12).missing == 2


def test_a_text_of_three_alphabets_is_drawn_by_three_faces(fonts: Fonts) -> None:
    run = fonts.shape("ə Երևան ქუთაისი", "sans", 12)
    assert [(face.family, piece) for face, piece in run.pieces] == [
        ("Noto Sans", "ə "),
        ("Noto Sans Armenian", "Երևան "),
        ("Noto Sans Georgian", "ქუთაისი"),
    ]
    assert run.missing == 0


def test_marks_stay_with_their_letter(fonts: Fonts) -> None:
    pieces = fonts.shape("а\u0301 Ե\u0301", "sans", 12).pieces
    assert "".join(piece for _, piece in pieces) == "а\u0301 Ե\u0301"
    assert pieces[-1][1].startswith("Ե\u0301") or pieces[-1][1].endswith("Ե\u0301")


def test_width_grows_with_size_and_with_spacing_between_the_letters(fonts: Fonts) -> None:
    plain = fonts.shape("Bering", "sans", 10)
    assert fonts.shape("Bering", "sans", 20).width == pytest.approx(2 * plain.width)
    assert fonts.shape("Bering", "sans", 10, 2).width == pytest.approx(plain.width + 5 * 2)
    assert plain.ascent > 7
    assert plain.descent > 1


def test_pairs_are_kerned(fonts: Fonts) -> None:
    apart = sum(fonts.shape(letter, "sans", 100).width for letter in "AVA")
    assert fonts.shape("AVA", "sans", 100).width < apart - 1


def test_a_text_without_letters_has_no_width(fonts: Fonts) -> None:
    for nothing in ("", " \n", "\0"):
        run = fonts.shape(nothing, "serif", 12, 3)
        assert (run.width, run.glyphs, run.missing, run.written()) == (0, (), 0, "")


def test_an_unknown_style_is_refused_by_name(fonts: Fonts) -> None:
    with pytest.raises(BadScene, match="fraktur"):
        fonts.shape("x", "fraktur", 12)  # type: ignore[arg-type]


def test_what_is_remembered_is_bounded(fonts: Fonts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.shaping._REMEMBERED", 30_000)
    for number in range(50):
        fonts.written(fonts.shape(f"label {number}", "sans", 12))
    assert len(fonts._runs) <= 11
    assert len(fonts._outlines) <= 11


SHAPE = """
import sys
from layers.fonts import load_fonts
run = load_fonts().shape("İstanbul Bakı Երևան fi", "sans", 11.5)
sys.stdout.write(repr((run.width, run.written())))
"""


@pytest.mark.slow
def test_the_language_of_the_machine_does_not_change_the_letters() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SHAPE],
            env={"LC_ALL": lang, "LANG": lang, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for lang in ("C", "tr_TR.UTF-8")
    }
    assert len(said) == 1
