"""Collections in planes, as they lie in the cache: made where they are missing, and read.

What they are made of stands in `layers.strata`, which is loaded only when one has to be made.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from layers.errors import LayersError
from layers.job import Job
from layers.prepare import Watcher, writing
from layers.shelved import Arrays, unshelved
from layers.workshop import Workshop


def opened(job: Job, cache: Path) -> dict[float, Arrays]:
    """The levels of a job by resolution, the coarsest first, from the cache or made now."""
    path = job.path(cache)
    make_all([job], cache)
    try:
        head, arrays = unshelved(path)
    except (LayersError, FileNotFoundError):
        # somebody cut it off or wrote into it, or a start with other data took it for an older one:
        # nothing depends on its being there
        with writing(cache):
            path.unlink(missing_ok=True)
        make_all([job], cache)
        head, arrays = unshelved(path)
    held: list[dict[str, npt.NDArray[np.generic]]] = [{} for _ in head["resolutions"]]
    for name, array in arrays.items():
        number, _, field = name.partition(".")
        held[int(number)][field] = array
    return dict(zip(head["resolutions"], held, strict=True))


def make_all(jobs: Sequence[Job], cache: Path, progress: Watcher | None = None) -> list[str]:
    """Do what is not done yet; the ids of the collections, in order."""
    with Workshop(cache, progress) as workshop:
        workshop.lay(jobs)
    return workshop.made
