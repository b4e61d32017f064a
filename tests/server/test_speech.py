"""The catalogues: complete, in step with the texts of the program, and sound in each language."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from server.speech import HOME, LANGUAGES, catalogue, script_texts, speech

ROOT = Path(__file__).parents[2]
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s|</?\w+|&nbsp;")


@pytest.fixture(scope="module")
def template() -> Catalog:
    with (HOME / "marchland.pot").open("rb") as file:
        return read_po(file)


def messages(catalog: Catalog) -> dict[tuple[str | None, object], Message]:
    return {(one.context, one.id): one for one in catalog if one.id}


def said(message: Message) -> list[str]:
    """Every form of the translation."""
    text = message.string or ""
    return [text] if isinstance(text, str) else list(text)


def own(message: Message) -> list[str]:
    """The English text and its plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_catalogue_has_every_text_and_no_other(lang: str, template: Catalog) -> None:
    wanted, held = messages(template), messages(catalogue(lang))
    assert wanted.keys() == held.keys()
    assert not catalogue(lang).obsolete


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_is_translated_in_all_its_forms_and_none_is_a_guess(lang: str) -> None:
    held = catalogue(lang)
    for one in messages(held).values():
        assert not one.fuzzy, one.id
        forms = held.num_plurals if len(own(one)) > 1 else 1
        assert len(said(one)) == forms, one.id
        assert all(said(one)), one.id


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_takes_the_values_that_its_text_takes(lang: str) -> None:
    for one in messages(catalogue(lang)).values():
        wanted = sorted(set(PLACEHOLDER.findall(own(one)[-1])))
        for form in said(one):
            assert sorted(set(PLACEHOLDER.findall(form))) == wanted, one.id


def test_russian_has_three_plural_forms_and_french_counts_none_as_one() -> None:
    count = [speech("ru").ngettext("vessel", "vessels", n) for n in (1, 2, 5, 11, 21)]
    assert count == ["судно", "судна", "судов", "судов", "судно"]
    assert [speech("fr").ngettext("vessel", "vessels", n) for n in (0, 1, 2)] == [
        "navire", "navire", "navires",
    ]  # fmt: skip


def test_what_a_catalogue_does_not_have_stays_english() -> None:
    assert speech("ru").gettext("Somebody's own layer") == "Somebody's own layer"
    assert speech("kl").gettext("Maps") == speech("en").gettext("Maps") == "Maps"


def test_french_sets_its_signs_with_a_space_that_does_not_break() -> None:
    for one in messages(catalogue("fr")).values():
        for form in said(one):
            assert not re.search(r" [;:!?»]|« |'", re.sub(r"<[^>]*>", "", form)), form


def test_scripts_get_only_what_they_say() -> None:
    table = script_texts("ru")
    assert table["Play"] == "Пуск"
    assert table["{n} found."] == ["Найден {n}.", "Найдено {n}.", "Найдено {n}."]
    assert table["latitude\u0004N"] == "с.\u00a0ш."
    assert "Who claims what in the Arctic" not in table
    assert script_texts("en") == {}


def test_reading_the_texts_anew_changes_nothing(tmp_path: Path) -> None:
    """Who changes a text runs `bash .build/texts`, and translates what is new."""
    copy = tmp_path / "marchland"
    for part in ("server", "layers", ".build"):
        kept = shutil.ignore_patterns(
            "*.geojson", "*.csv", "_assets", "__pycache__", "node_modules"
        )
        shutil.copytree(ROOT / part, copy / part, ignore=kept)
    pybabel = Path(sys.executable).with_name("pybabel")
    subprocess.run(
        ["bash", ".build/texts"], cwd=copy, env={"PATH": "/usr/bin:/bin", "PYBABEL": str(pybabel)},
        check=True,
    )  # fmt: skip
    for path in sorted(HOME.glob("*.po*")):
        assert (copy / "server/locales" / path.name).read_text() == path.read_text(), path.name
