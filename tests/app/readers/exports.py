#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports a scenario's run and has each format read by somebody else's program.

    exports.py AWAITSCOPE FORMAT

Exit code 77, with a word: that program is not installed here.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import chrome_readers
import trace_processor
from recorded import HERE, Run, run, skip


def check_chrome(recorded):
    trace = json.loads(recorded.export("chrome").read_text())["traceEvents"]
    tracks = {}
    for event in trace:
        if event["ph"] in "BE":
            tracks.setdefault(event["tid"], []).append(event)
    named = {event["tid"] for event in trace if event["name"] == "thread_name"}
    assert set(tracks) <= named, "every track has a name"
    for edges in tracks.values():
        assert edges[0]["ph"] == "B" and edges[-1]["ph"] == "E"
        for one, after in zip(edges, edges[1:]):
            if one["ph"] == "B":
                assert after == one | {"ph": "E", "ts": after["ts"]} and one["ts"] < after["ts"], (one, after)
            else:
                assert after["ph"] == "B" and one["ts"] == after["ts"], (one, after)
    assert sum(event["name"] == "running" for event in trace if event["ph"] == "B") == recorded.count("task_running")
    begun = {event["id"] for event in trace if event["ph"] == "s"}
    ended = {event["id"] for event in trace if event["ph"] == "f"}
    assert begun and begun == ended, "flows begin and end"
    assert {event["args"]["value"] for event in trace if event["ph"] == "C"}, "counters have values"


def check_csv(recorded):
    with recorded.export("csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["state"] == "running" for row in rows) == recorded.count("task_running")
    assert all(float(row["begin"]) <= float(row["end"]) for row in rows)
    assert len({row["task"] for row in rows}) == recorded.count("task_created")


def check_perfetto(recorded):
    if not shutil.which("protoc"):
        skip("protoc is not installed (Debian's protobuf-compiler)")
    with recorded.export("perfetto").open("rb") as trace:
        text = subprocess.run(
            ["protoc", f"--proto_path={HERE}", "--decode=perfetto.protos.Trace", "perfetto.proto"],
            stdin=trace, check=True, capture_output=True, timeout=60).stdout.decode()
    unknown = re.findall(r"^\s*\d+[:{ ].*", text, re.M)
    assert not unknown, f"fields that Perfetto does not know: {unknown[:3]}"
    assert text.count('name: "running"') == recorded.count("task_running")
    assert text.count("TYPE_SLICE_BEGIN") >= text.count("TYPE_SLICE_END") > 0
    assert text.count("terminating_flow_ids") == len(re.findall(r"\bflow_ids", text)) > 0


def check_otlp(recorded):
    spans = otlp_spans(recorded.export("otlp").read_text().splitlines())
    check_spans(recorded, spans)
    if not shutil.which("node"):
        skip("node is not installed")
    read = subprocess.run(["node", "read_otlp.js", recorded.export("otlp")], cwd=HERE, capture_output=True, text=True,
                          timeout=60)
    if read.returncode == 77:
        print(read.stdout)
        sys.exit(77)
    assert read.returncode == 0, read.stderr
    assert int(read.stdout) == len(spans)


def otlp_spans(requests):
    return [span for line in requests for resource in json.loads(line)["resourceSpans"]
            for scope in resource["scopeSpans"] for span in scope["spans"]]


def check_ids(spans):
    """As the specification has them: so many hexadecimal digits, not all of them zero."""
    for span in spans:
        for name, digits in (("traceId", 32), ("spanId", 16), ("parentSpanId", 16)):
            if name in span or name != "parentSpanId":
                assert re.fullmatch(f"[0-9a-f]{{{digits}}}", span[name]) and int(span[name], 16), (name, span)


def check_spans(recorded, spans):
    check_ids(spans)
    ids = {span["spanId"] for span in spans}
    assert len(ids) == len(spans) == recorded.count("task_created") + recorded.count("task_running")
    assert all(span["parentSpanId"] in ids for span in spans if "parentSpanId" in span)
    roots = sum(event["event"] == "task_created" and "parent" not in event for event in recorded.events)
    assert len({span["traceId"] for span in spans}) == roots, "a trace for each task without a parent"
    assert all(int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"]) for span in spans)


class Collector(BaseHTTPRequestHandler):
    """Takes what comes at the second try, as one that is overloaded does."""
    busy = True
    bodies = []
    came = threading.Event()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.headers["Content-Type"] == "application/json" and self.path == "/v1/traces"
        status = 503 if Collector.busy else 200
        Collector.busy = False
        if status == 200:
            Collector.bodies.append(body)
            Collector.came.set()
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


def check_collector(recorded):
    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    run(recorded.awaitscope, "export", recorded.recording, "--format", "otlp", "--collector",
        f"http://127.0.0.1:{server.server_port}/v1/traces")
    assert not Collector.busy
    check_spans(recorded, otlp_spans(Collector.bodies))
    server.shutdown()
    server.server_close()


def check_live_collector(recorded):
    """The spans of a server come while it runs."""
    collector = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    server = subprocess.Popen([pathlib.Path(recorded.awaitscope).parent / "examples/echo_server", "--port", "0"],
                              stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline().rsplit(":", 1)[1])
        with subprocess.Popen([recorded.awaitscope, "export", str(server.pid), "--format", "otlp", "--collector",
                               f"http://127.0.0.1:{collector.server_port}/v1/traces"],
                              stderr=subprocess.PIPE, text=True) as exporter:
            assert exporter.stderr.readline().startswith(f"sending the spans of {server.pid} (echo_server) to ")
            while not Collector.came.is_set():  # the first may be older than its look at the server
                with socket.create_connection(("127.0.0.1", port)) as client:
                    client.sendall(b"hello\n")
                    assert client.makefile().readline() == "hello\n"
                Collector.came.wait(0.1)
            assert server.poll() is None
            server.terminate()
            exporter.wait(timeout=60)
            assert exporter.returncode == 0, exporter.stderr.read()
    finally:
        server.kill()
        server.wait()
    spans = otlp_spans(Collector.bodies)
    check_ids(spans)
    assert len({span["spanId"] for span in spans}) == len(spans)
    assert {"Task-1", "Task-2", "step"} <= {span["name"] for span in spans}
    collector.shutdown()
    collector.server_close()


def check_no_collector(recorded):
    """Nobody listens: it ends, in words."""
    ended = subprocess.run([recorded.awaitscope, "export", recorded.recording, "--format", "otlp", "--collector",
                            "http://127.0.0.1:1/v1/traces"], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1, ended
    assert re.search(r"^awaitscope: \d+ spans did not reach http://127.0.0.1:1/v1/traces: ", ended.stderr, re.M), ended


check_devtools = chrome_readers.check_devtools
check_speedscope = chrome_readers.check_speedscope
check_trace_processor = trace_processor.check_scenarios
check_trace_processor_python = trace_processor.check_python
check_trace_processor_processes = trace_processor.check_processes

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AWAITSCOPE_DIR"] = folder
        globals()["check_" + sys.argv[2]](Run(sys.argv[1], folder))
