# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs http-server, which is not ours, under a load: load.py NODE HTTP_SERVER

Eight clients ask at once for files that are there, and for some that are not, by plain sockets. Says what they have
counted: connections, requests, bytes that they sent, bytes that they got.
"""
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading

CLIENTS, REQUESTS = 8, 40
SIZES = [0, 1, 1000, 64 * 1024, 1024 * 1024]
counted = {"requests": 0, "sent": 0, "got": 0}
lock = threading.Lock()


def answer(connection):
    """Its head, and the number of all its bytes."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(65536)
        if not piece:
            sys.exit("the server closed the connection")
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    missing = int(re.search(rb"content-length: (\d+)", head.lower())[1]) - len(body)
    while missing > 0:
        piece = connection.recv(65536)
        missing -= len(piece)
        got += piece
    return head.decode(), len(got)


def client(port, number):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for turn in range(REQUESTS):
            size = SIZES[(number + turn) % len(SIZES)]
            there = turn % 10 != 0
            request = f"GET /{size if there else 'missing'} HTTP/1.1\r\nHost: here\r\nConnection: keep-alive\r\n\r\n"
            connection.sendall(request.encode())
            head, got = answer(connection)
            with lock:
                counted["requests"] += head.startswith("HTTP/1.1 200" if there else "HTTP/1.1 404")
                counted["sent"] += len(request)
                counted["got"] += got
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1):  # until the server has closed it as well
            pass


with tempfile.TemporaryDirectory() as folder:
    for size in SIZES:
        pathlib.Path(folder, str(size)).write_bytes(bytes(size))
    command = [*sys.argv[1:], folder, "-a", "127.0.0.1", "-p", "0", "-c-1"]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    printed = b""
    while not (address := re.search(rb"http://127\.0\.0\.1:(\D*)(\d+)", printed)):
        line = server.stdout.readline()
        if not line:
            sys.exit("the server has ended: " + printed.decode())
        printed += line
    threads = [threading.Thread(target=client, args=(int(address[2]), number)) for number in range(CLIENTS)]
    rest = []
    reader = threading.Thread(target=lambda: rest.append(server.stdout.read()))
    for thread in [reader, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    server.send_signal(signal.SIGINT)
    reader.join()
    printed += rest[0]  # until it is gone
    if server.wait() != 0:
        sys.exit(f"the server has ended with {server.returncode}: {printed.decode()}")
print(CLIENTS, counted["requests"], counted["sent"], counted["got"])
