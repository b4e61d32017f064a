"""Pages to read: the article on the four regions, and how the maps are made."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.story import Section, load_story, told
from server.ask import Ask, page_ask
from server.errors import NoSuchPage
from server.framework import Router
from server.maps.spoken import spoken
from server.prepared import Prepared
from server.writer import Document, answered, as_page

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/story")
async def story(request: Request) -> Response:
    """The article, with the maps in it."""
    return await answered(page_ask(request), _story)


@router.get("/about")
async def about(request: Request) -> Response:
    """What is shown, how it is made, where it ends."""
    return await answered(page_ask(request), partial(_about))


def _story(ask: Ask) -> Prepared:
    whole = load_story()
    sections, sources = told(whole, ask.site.catalogue)
    if not sections:
        raise NoSuchPage("the story is about layers that this server does not hold; see /maps")
    context = {
        "story": whole,
        "sections": [_section(ask, one) for one in sections],
        "sources": [
            source.model_dump(mode="json", exclude_none=True) for source in sources.values()
        ],
        "numbers": {ref: number for number, ref in enumerate(sources, 1)},
    }
    return as_page(ask, context, "story.html")


def _section(ask: Ask, section: Section) -> Document:
    """The section with its map, where the server has it."""
    shown = ask.site.maps.get(section.map or "")
    return {"map": spoken(shown, ask.lang) if shown else None, "said": section}


def _about(ask: Ask) -> Prepared:
    every = ask.site.catalogue.collections.values()
    features = [feature for one in every if one.spec.role == "overlay" for feature in one.features]
    context = {
        "collections": [one for one in every if one.spec.role == "overlay"],
        "features": len(features),
        "sources": len({source.id for one in features for source in one.properties.sources}),
        "maps": list(ask.site.maps.values()),
    }
    return as_page(ask, context, "about.html")
