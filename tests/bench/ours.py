"""Serves what `marchland serve` serves, with the same code, plus the made-up layers.

``--cold`` keeps no made tile, so that each request makes one.
"""

import argparse

from synthetic import lines, points

from layers.catalogue import Catalogue
from layers.maps import maps_of
from server.app import create_app
from server.listen import bind, listen, log_plainly
from server.settings import Settings
from server.start import open_catalogue


def main() -> None:
    """Until it is stopped."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--cold", action="store_true")
    words.add_argument("--synthetic", action="store_true")
    said = words.parse_args()
    settings = Settings.read().model_copy(update={"port": said.port})
    log_plainly()
    catalogue = open_catalogue(settings)
    if said.synthetic:
        made = {one.id: one for one in (points(), lines())}
        catalogue = Catalogue({**catalogue.collections, **made}, catalogue.broken)
    app = create_app(settings, catalogue, maps_of(catalogue))
    if said.cold:
        app.state.site.tiles.budget = 0
        app.state.site.answers.budget = 0
    with bind("127.0.0.1", said.port) as bound:
        bound.listen(2048)
        listen(settings, app, bound)


if __name__ == "__main__":
    main()
