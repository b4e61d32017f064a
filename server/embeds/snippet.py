"""The lines of HTML that put a map into somebody's page."""

from layers.maps import MapSpec
from server import pages
from server.speech import ENGLISH

HEIGHT_PX = 480


def snippet(map: MapSpec, target: str, lang: str = ENGLISH) -> str:
    """An iframe of the address ``target``, all escaped; it works in a sandbox as given.

    Its title is in the language of the page around it, as the embed has to be.
    """
    context = {"map": map, "target": target, "height": HEIGHT_PX}
    return pages.render("snippet.html", context, lang).decode().strip()
