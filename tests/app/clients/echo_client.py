# SPDX-License-Identifier: GPL-3.0-or-later
"""A client for the echo server that shares no code with it.

echo_client.py PORT SIZES...    one connection for each argument; SIZES is "1,10,100": so many bytes are sent and
awaited back, one message after the other, the connections taking turns.
"""
import socket
import sys

port, plans = int(sys.argv[1]), [[int(n) for n in plan.split(",")] for plan in sys.argv[2:]]
connections = [socket.create_connection(("127.0.0.1", port)) for _ in plans]

for turn in range(max(map(len, plans))):
    for number, (connection, plan) in enumerate(zip(connections, plans)):
        if turn >= len(plan):
            continue
        message = bytes((number + turn + i) % 256 for i in range(plan[turn]))
        connection.sendall(message)
        echo = b""
        while len(echo) < len(message):
            piece = connection.recv(65536)
            if not piece:
                sys.exit("the server closed the connection")
            echo += piece
        if echo != message:
            sys.exit("the echo differs")

for connection in connections:
    connection.close()
print("all echoed")
