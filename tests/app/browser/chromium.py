# SPDX-License-Identifier: GPL-3.0-or-later
"""The Chromium that is installed, without a window, driven through its DevTools protocol over two pipes."""
import fcntl
import json
import os
import shutil
import subprocess

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def find():
    """Its path, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def high_pipe():
    """A pipe whose ends have no number that the browser expects other ends at."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high


class Browser:
    """A browser with a profile of its own in `folder`; a context manager."""

    def __init__(self, path, folder):
        its_input, self._to = high_pipe()
        self._from, its_output = high_pipe()

        def place_pipes():
            os.dup2(its_input, 3)
            os.dup2(its_output, 4)

        self._process = subprocess.Popen(
            [path, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={folder}"], preexec_fn=place_pipes,
            pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)})
        os.close(its_input)
        os.close(its_output)
        self._unread = b""
        self._calls = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._to)  # then it ends
        os.close(self._from)
        self._process.wait()

    def open(self, address):
        """A page, once it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        page.call("Page.enable")
        page.call("Page.navigate", url=address)
        page.evaluate("""new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))""")
        return page

    def call(self, method, session=None, **parameters):
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        message = json.dumps(message).encode() + b"\0"
        while message:
            message = message[os.write(self._to, message):]
        while (answer := self._next_message()).get("id") != self._calls:
            continue
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _next_message(self):
        while b"\0" not in self._unread:
            more = os.read(self._from, 1 << 16)
            assert more, "the browser has ended"
            self._unread += more
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)


class Page:
    def __init__(self, browser, session):
        self._browser = browser
        self._session = session

    def call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def evaluate(self, expression):
        """Its value; of a promise, what it comes to."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")
