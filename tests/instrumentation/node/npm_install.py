# SPDX-License-Identifier: GPL-3.0-or-later
# Runs npm, which is not ours, against a registry of packages that are made up here, and says what that registry has
# counted: connections, requests, bytes that came, bytes that went.
import base64
import hashlib
import http.server
import io
import json
import pathlib
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading

NPM = sys.argv[1]
COUNT = 20  # package-0 needs all others
counted = {"connections": 0, "requests": 0, "came": 0, "went": 0}
lock = threading.Lock()


def count(what, number=1):
    with lock:
        counted[what] += number


class CountedSocket(socket.SocketIO):
    def readinto(self, buffer):
        size = super().readinto(buffer)
        count("came", size or 0)
        return size

    def write(self, data):
        size = super().write(data)
        count("went", size)
        return size


def tarball(number):
    needs = {f"package-{other}": "1.0.0" for other in range(1, COUNT)} if number == 0 else {}
    files = {
        "package.json": json.dumps({"name": f"package-{number}", "version": "1.0.0", "dependencies": needs}),
        "index.js": f"module.exports = {number};\n" + "// nothing\n" * 1000 * number,
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo("package/" + name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue(), needs


tarballs = [tarball(number) for number in range(COUNT)]


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        count("connections")
        self.rfile = io.BufferedReader(CountedSocket(self.connection, "r"))
        self.wfile = io.BufferedWriter(CountedSocket(self.connection, "w"))

    def do_GET(self):
        count("requests")
        name = self.path.strip("/").removesuffix(".tgz")
        packed, needs = tarballs[int(name.removeprefix("package-"))]
        url = f"http://{self.headers['host']}/{name}.tgz"
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(packed).digest()).decode()
        version = {"name": name, "version": "1.0.0", "dependencies": needs,
                   "dist": {"tarball": url, "integrity": integrity}}
        about = {"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
        body = packed if self.path.endswith(".tgz") else json.dumps(about).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server, tempfile.TemporaryDirectory() as folder:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    project = pathlib.Path(folder, "project")
    project.mkdir()
    (project / "package.json").write_text('{"name": "project", "version": "1.0.0"}')
    arguments = ["install", "package-0", "--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts",
                 "--userconfig", folder + "/npmrc", "--cache", folder + "/cache",
                 f"--registry=http://127.0.0.1:{server.server_address[1]}/"]
    said = pathlib.Path(folder, "said")
    with said.open("w") as out:  # no pipe, whose bytes would be told as well
        npm = subprocess.run([NPM, *arguments], cwd=project, stdout=out, stderr=subprocess.STDOUT)
    words = said.read_text()
    installed = len(list((project / "node_modules").glob("package-*/index.js")))
    server.shutdown()
if npm.returncode != 0 or installed != COUNT:
    sys.exit(f"npm has installed {installed}: {words}")
print(*counted.values())
