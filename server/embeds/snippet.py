"""The lines of HTML that put a map into somebody's page."""

from layers.maps import MapSpec
from server import pages
from server.links import Links

HEIGHT_PX = 480


def snippet(map: MapSpec, links: Links) -> str:
    """An iframe with an absolute address, its title escaped; it works in a sandbox as given."""
    context = {"map": map, "target": links.embed(map.id), "height": HEIGHT_PX}
    return pages.render("snippet.html", context).decode().strip()
