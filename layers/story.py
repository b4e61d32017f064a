"""The article on the four regions: paragraphs that name their sources, and what goes with them."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from geo.model import Slug, Source, Text
from geo.moment import PartialDate
from layers.catalogue import Catalogue

HOME = Path(__file__).parent
OWN = "story"  # the sources of the article itself; others are a layer's
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+:[A-Za-z0-9_]+$")]
References = Annotated[list[Reference], Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )


class Paragraph(_Frozen):
    """Some sentences and what they rest on."""

    text: Text
    sources: References


class Correction(_Frozen):
    """What is often said, and what is the case."""

    claim: Text
    fact: Text
    sources: References


class Beside(_Frozen):
    """A piece of context with the day of its state."""

    title: Text
    text: Text
    date: PartialDate
    sources: References


class Section(_Frozen):
    """One region: what happened, what is told wrongly, what stands beside; on which map."""

    id: Slug
    title: Text
    map: Slug | None = None
    paragraphs: list[Paragraph]
    corrections: list[Correction] = []
    beside: list[Beside] = []

    @property
    def references(self) -> Iterator[str]:
        """Every source that the section names, in reading order, more than once where it does."""
        every: list[Paragraph | Correction | Beside]
        every = [*self.paragraphs, *self.corrections, *self.beside]
        for one in every:
            yield from one.sources


class Story(_Frozen):
    """The whole article; ``sources`` by id."""

    title: Text
    standfirst: Text
    as_of: PartialDate
    sections: list[Section]
    sources: dict[str, Source]


def load_story(path: Path = HOME / "story.toml") -> Story:
    """The article. Raises pydantic's `ValidationError` for one that is not well formed."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = said.get("sources", {})
    return Story.model_validate(
        {**said, "sources": {k: {"id": k, **v} for k, v in sources.items()}}
    )


def told(story: Story, catalogue: Catalogue) -> tuple[list[Section], dict[str, Source]]:
    """The sections of which every source is at hand, and these sources in reading order.

    A catalogue without the layer that a section cites does not tell that section; without any
    region that has a map there is nothing to tell.
    """
    known = _known(story, catalogue)
    sections = [one for one in story.sections if all(ref in known for ref in one.references)]
    if not any(one.map for one in sections):
        return [], {}
    return sections, {ref: known[ref] for one in sections for ref in one.references}


def _known(story: Story, catalogue: Catalogue) -> Mapping[str, Source]:
    known = {f"{OWN}:{key}": source for key, source in story.sources.items()}
    for collection in catalogue.collections.values():
        for feature in collection.features:
            for source in feature.properties.sources:
                known.setdefault(f"{collection.id}:{source.id}", source)
    return known
