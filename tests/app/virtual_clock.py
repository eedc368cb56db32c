# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs an asyncio program without waiting: virtual_clock.py PROGRAM

The loops' clock is virtual, as that of the scenarios is: when nothing is ready, time jumps to the next timer. Each look
at the clock takes a microsecond, so that, as in reality, no two deadlines are quite the same.
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
    JumpingSelector.now += 1e-6
    return JumpingSelector.now


selectors.DefaultSelector = JumpingSelector
asyncio.BaseEventLoop.time = time
runpy.run_path(sys.argv[1], run_name="__main__")
