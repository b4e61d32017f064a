"""The fonts of pictures: where they come from, and that they suffice for what we draw."""

import json
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from geo.scene import Style
from layers import assets
from layers.errors import LayersError
from layers.fonts import faces_held, load_fonts, path_of

LAYERS = Path(assets.__file__).parent
# alphabets that no face of ours has: pictures have the English name, lists have this one
ELSEWHERE = ("CJK UNIFIED", "HANGUL", "HIRAGANA", "KATAKANA", "HEBREW")


def test_every_style_has_letters_of_the_caucasus_in_its_own_weight() -> None:
    fonts = load_fonts()
    for style in get_args(Style):
        faces = fonts.faces(style)
        assert [face.family for face in faces[1:3]] == ["Noto Sans Armenian", "Noto Sans Georgian"]
        assert {face.weight for face in faces[:3]} == {faces[0].weight}
        assert faces[0].italic == style.endswith("italic")


def test_no_font_of_the_machine_is_used() -> None:
    families = {family for family, _, _ in faces_held()}
    assert set(load_fonts().engine.families()) == families


def test_every_font_lies_beside_its_licence() -> None:
    for face in faces_held():
        folder = assets.ASSETS / path_of(*face).split("/")[0]
        assert "Open Font License" in (folder / "LICENSE_FONT").read_text(encoding="utf-8")


def test_a_font_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    with pytest.raises(LayersError, match=r"NotoSans_400Regular\.ttf"):
        load_fonts()


@pytest.mark.parametrize("style", get_args(Style))
def test_arabic_and_inuktitut_are_lettered_each_by_one_face(style: Style) -> None:
    for text, family in (
        ("ترکمنستان", "Noto Sans Arabic"),
        ("جمهوری اسلامی", "Noto Sans Arabic"),
        ("ᐃᓄᒃᑎᑐᑦ", "Noto Sans Canadian Aboriginal"),
    ):
        run = load_fonts().shape(text, style, 12)
        assert not run.missing
        assert {face.family for face, _ in run.pieces} == {family}


def test_the_names_of_our_layers_can_be_lettered() -> None:
    fonts = load_fonts()
    names = {
        name["text"]
        for path in sorted(LAYERS.glob("*/*.geojson"))
        for feature in json.loads(path.read_bytes())["features"]
        for name in feature["properties"].get("names", [])
    }
    assert len(names) > 100
    lost = {name for name in names if fonts.shape(name, "sans", 11).missing}
    for name in lost:
        scripts = {unicodedata.name(letter, "") for letter in name}
        assert any(script.startswith(ELSEWHERE) for script in scripts), name
