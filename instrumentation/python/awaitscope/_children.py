# SPDX-License-Identifier: MIT
"""What the processes that this one starts find in their environment, so that they are visible as it is."""
import os

_before = None  # the variables that were changed, as they were


def share():
    """As `awaitscope run` does it. An environment that says something of AWAITSCOPE already is left as it is."""
    global _before
    if "AWAITSCOPE" in os.environ:
        return
    _before = {name: os.environ.get(name) for name in ("AWAITSCOPE", "PYTHONPATH")}
    os.environ["AWAITSCOPE"] = "1"
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if os.path.isfile(os.path.join(folder, "sitecustomize.py")):
        path = [folder, _before["PYTHONPATH"]]
        os.environ["PYTHONPATH"] = os.pathsep.join(one for one in path if one)


def stop():
    """Puts the environment back."""
    global _before
    for name, value in (_before or {}).items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    _before = None
