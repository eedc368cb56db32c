# SPDX-License-Identifier: MIT
"""What sitecustomize.py and awaitscope.pth call: nothing in here may keep a program from starting."""
import sys


def guarded(function):
    try:
        function()
    except Exception as error:
        sys.stderr.write(
            "awaitscope: the adapter for Python cannot work here, so the program stays unseen: %s: %s\n"
            % (type(error).__name__, error)
        )


def begin():
    def install():
        from . import _hooks

        _hooks.install_with_asyncio()

    guarded(install)
