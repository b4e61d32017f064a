"""A layer's `truth.py` run: its findings, whatever the module does."""

from collections.abc import Callable, Iterator

from geo.finding import Finding
from layers.build import load_module
from layers.collection import Collection
from layers.errors import NotBuilt
from layers.folder import Folder
from layers.ruletable import finding
from layers.truthrules import unchecked
from layers.world import World

Truth = Callable[[Collection, World], Iterator[Finding]]


def truth_findings(folder: Folder, collection: Collection, world: World) -> Iterator[Finding]:
    """What the folder's `truth.py` yields, none without one. Runs its code: only on request.

    A module that fails ends with one finding that says so, after those that it gave before.
    """
    path = folder.path / "truth.py"
    if not path.is_file():
        return
    try:
        truth: Truth = load_module(path, f"layers.{folder.id}.truth").truth
        yield from truth(collection, world)
    except NotBuilt as error:
        yield unchecked("truth.py", error)
    except (Exception, SystemExit) as error:  # whatever a layer's code may raise
        yield finding("truth-failed", f"truth.py ended with {type(error).__name__}: {error}")
