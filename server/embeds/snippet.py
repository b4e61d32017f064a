"""The lines of HTML that put a map into somebody's page."""

from layers.maps import MapSpec
from server import pages

HEIGHT_PX = 480


def snippet(map: MapSpec, target: str) -> str:
    """An iframe of the address ``target``, all escaped; it works in a sandbox as given."""
    context = {"map": map, "target": target, "height": HEIGHT_PX}
    return pages.render("snippet.html", context).decode().strip()
