"""How a layer is cited, in files and on pages."""

from layers.collection import Collection


def citation(collection: Collection, address: str) -> str:
    """Title, state of the data, who to name, under which licence, and where it is."""
    spec = collection.spec
    state = f", data of {collection.as_of.isoformat()}" if collection.as_of else ""
    version = f", version {collection.digest[:12]}"
    return f"marchland: {spec.title}{state}{version}. {spec.attribution}. {spec.licence}. {address}"
