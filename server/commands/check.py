"""`marchland check`: findings about our layers, a layer folder, or anybody's GeoJSON file."""

from server.commands.codes import OK

NAME = "check"
HELP = """Check layers or a GeoJSON file."""


def command() -> int:
    """Nothing yet."""
    return OK
