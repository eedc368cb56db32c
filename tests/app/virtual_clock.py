# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs an asyncio program without waiting: virtual_clock.py [--still] PROGRAM

The loops' clock is virtual, as that of the scenarios is: when nothing is ready, time jumps to the next timer. Each look
at the clock takes a microsecond, so that, as in reality, no two deadlines are quite the same. With --still a look takes
next to nothing, and what is due within a millisecond is due in the same turn, as where the scenarios run.
"""
import asyncio
import runpy
import selectors
import sys


class JumpingSelector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout=None):
        events = super().select(0)
        if events:
            return events
        if timeout is None or len(self.get_map()) > 1:  # one is the loop's own wake-up pipe
            sys.exit("the program waits for something outside: its story must say \"outside: yes\"")
        JumpingSelector.now += max(timeout, 0)
        return events


def time(loop):
    JumpingSelector.now += LOOK
    return JumpingSelector.now


LOOK = 1e-6
if sys.argv[1] == "--still":
    LOOK = 1e-9
    del sys.argv[1]
    original_init = asyncio.BaseEventLoop.__init__

    def init(loop):
        original_init(loop)
        loop._clock_resolution = 1e-3

    asyncio.BaseEventLoop.__init__ = init

selectors.DefaultSelector = JumpingSelector
asyncio.BaseEventLoop.time = time
runpy.run_path(sys.argv[1], run_name="__main__")
