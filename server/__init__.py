"""FastAPI: the API, tiles, maps and embeds; and the `marchland` command."""
