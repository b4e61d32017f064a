"""Pages for people: templates that escape every value."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """The templates of the server; whatever is put into one is escaped."""
    return Environment(loader=PackageLoader("server"), autoescape=True, undefined=StrictUndefined)


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The page that ``template`` makes of ``context``, as UTF-8."""
    return environment().get_template(template).render(context).encode()
