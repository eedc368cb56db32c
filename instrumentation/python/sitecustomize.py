# SPDX-License-Identifier: MIT
# Runs in every Python that has this folder first on its path, of whatever age (keep it readable for Python 2), before
# the program: makes its asyncio visible where AWAITSCOPE asks for it, and then runs the sitecustomize that would have run.
import os
import sys


def begin():
    here = os.path.dirname(os.path.abspath(__file__))
    if os.environ.get("AWAITSCOPE", "0") not in ("", "0"):
        why = why_not()
        if why:
            sys.stderr.write("awaitscope: %s\n" % why)
        else:
            from awaitscope.site_support import begin as begin_adapter

            begin_adapter()
    return here


def why_not():
    """Why this interpreter cannot be shown, or None."""
    if sys.version_info < (3, 8) or sys.implementation.name != "cpython":
        return "asyncio of CPython 3.8 and later can be shown; this is %s" % sys.version.split()[0]
    import _imp

    if ".abi3.so" not in _imp.extension_suffixes():
        return "this CPython takes no extension of the stable ABI (free-threaded ones do not): it cannot be shown"
    return None


def chain(here):
    """Runs the next sitecustomize on the path in this one's place."""
    path = [folder for folder in sys.path if os.path.abspath(folder) != here]
    if sys.version_info < (3, 8):
        import imp

        try:
            found = imp.find_module("sitecustomize", path)
        except ImportError:
            return
        imp.load_module("sitecustomize", *found)
        return
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec("sitecustomize", path)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


chain(begin())
