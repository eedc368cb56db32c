# SPDX-License-Identifier: MIT
"""Makes this process's asyncio visible to Awaitscope.

Nothing need be called where the program is started by `awaitscope run`, or with AWAITSCOPE=1 in its environment by an
interpreter that knows this package (`awaitscope python install`, or PYTHONPATH). From inside:

    import awaitscope
    awaitscope.enable("my service")

What is shared costs about a microsecond a task switch; what is not shared costs nothing. An error in here ends the
sharing, with one line on stderr, and never the program.
"""
from . import _children, _hooks
from ._core import enabled

__all__ = ["enable", "disable", "enabled", "mark", "output"]


def enable(name="", children=True):
    """Shares this process's events from now on, under `name` (the program's, when empty).

    False, after one line on stderr, where no shared memory can be had. A second call changes nothing; after disable()
    it goes on in the same session. Of loops that run already it is told what their tasks do and wait for, and of queues
    that are in use how full they are.

    What this process starts from now on is visible, too: AWAITSCOPE=1, and the adapter in front of PYTHONPATH, are put
    into os.environ. Not with children=False, and not where the environment says something of AWAITSCOPE already:
    AWAITSCOPE=0 in it keeps the children unseen.
    """
    _hooks.install()
    begins = not enabled()
    shared = _hooks.core.enable(str(name))
    if shared and begins:
        _hooks.meet_loops()
    if shared and children:
        _children.share()
    return shared


def disable():
    """Shares nothing from now on, nor do processes that are started then."""
    _children.stop()
    _hooks.core.disable()


def mark(text):
    """Leaves a mark on the timeline, at this moment, in the running task."""
    _hooks.core.mark(str(text))


def output(text):
    """A line of output as the viewer shows it. What print() writes to the standard output is told by itself."""
    _hooks.core.output(str(text))
