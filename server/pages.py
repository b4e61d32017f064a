"""Pages for people: templates that escape every value."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from server.assets import address
from server.links import Links
from server.words import (
    date_text,
    figure_text,
    latitude_text,
    longitude_text,
    meaning,
    number_text,
    plain,
    position_text,
    span_text,
)


@cache
def environment() -> Environment:
    """The templates of the server; whatever is put into one is escaped.

    ``paths`` makes addresses (a `Links`) and may be replaced by a context; ``address`` finds a
    file for the browser.
    """
    made = Environment(
        loader=PackageLoader("server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"paths": Links(), "address": address}
    made.filters |= {
        "date": date_text,
        "figure": figure_text,
        "latitude": latitude_text,
        "longitude": longitude_text,
        "number": number_text,
        "plain": plain,
        "position": position_text,
        "span": span_text,
        "meaning": meaning,
    }
    return made


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The page that ``template`` makes of ``context``, as UTF-8."""
    return environment().get_template(template).render(context).encode()
