"""How often Python looks through all objects for rings of them, while millions are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects before a look at the newest, looks before one at the older, and again before one at all.
RARELY = (50_000, 20, 50)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Within it, garbage is collected a seventieth as often; as a decorator, within a function.

    What a load reads and plans is held to its end, so that looking through it again and again frees nothing and takes
    a fifth of the time. A caller that collects never, or more rarely still, keeps its way.
    """
    before = gc.get_threshold()
    if 0 < before[0] < RARELY[0]:
        gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
