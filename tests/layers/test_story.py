"""The article: every sentence of it has a source that is at hand."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from layers.catalogue import Catalogue
from layers.maps import load_maps
from layers.story import load_story, told


def test_every_section_is_told_where_our_own_layers_are(catalogue: Catalogue) -> None:
    story = load_story()
    sections, sources = told(story, catalogue)
    assert [one.id for one in sections] == [one.id for one in story.sections]
    assert {ref for one in sections for ref in one.references} == set(sources)


def test_every_source_of_the_article_itself_is_cited_and_says_when_it_was_read(
    catalogue: Catalogue,
) -> None:
    story = load_story()
    _, sources = told(story, catalogue)
    assert {f"story:{key}" for key in story.sources} <= set(sources)
    assert all(source.accessed and source.url for source in story.sources.values())


def test_a_section_whose_layer_is_not_there_is_not_told(catalogue: Catalogue) -> None:
    fewer = {key: one for key, one in catalogue.collections.items() if key != "airbases"}
    sections, sources = told(load_story(), Catalogue(fewer))
    assert "central_asia" not in [one.id for one in sections]
    assert not any(ref.startswith("airbases:") for ref in sources)


def test_the_maps_in_the_article_are_named_maps() -> None:
    assert {one.map for one in load_story().sections if one.map} <= set(load_maps())


def test_the_figures_of_the_corridor_are_those_of_the_layer(catalogue: Catalogue) -> None:
    route = catalogue["corridor"].by_id["syunik_rail_route"].properties
    figures = {round(one.value, 1) for one in route.figures}
    said = " ".join(one.fact for section in load_story().sections for one in section.corrections)
    for value in (40.2, 33.9, 39.0, 43.0):
        assert value in figures
        assert f"{value:g}" in said or value == 43.0


def test_a_paragraph_without_a_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    text = 'title = "T"\nstandfirst = "S"\nas_of = "2026"\n[[sections]]\nid = "a"\ntitle = "A"\n'
    path.write_text(text + '[[sections.paragraphs]]\ntext = "No source."\nsources = []\n', "utf-8")
    with pytest.raises(ValidationError, match="sources"):
        load_story(path)
