# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import socket


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        print("echo: connection_made")
        self.transport = transport

    def data_received(self, data):
        print(f"echo: data_received {data.decode()}")
        self.transport.write(data)

    def eof_received(self):
        print("echo: eof_received")

    def connection_lost(self, error):
        print(f"echo: connection_lost, {'in good order' if error is None else 'by an error'}")


class Client(asyncio.Protocol):
    def __init__(self, done):
        self.done = done

    def connection_made(self, transport):
        print("client: connection_made")
        self.transport = transport
        transport.write(b"hello")

    def data_received(self, data):
        print(f"client: data_received {data.decode()}")
        self.transport.write_eof()

    def eof_received(self):
        print("client: eof_received")

    def connection_lost(self, error):
        print(f"client: connection_lost, {'in good order' if error is None else 'by an error'}")
        self.done.set_result("the conversation is over")


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left, right = socket.socketpair()
    await loop.connect_accepted_socket(Echo, left)
    await loop.create_connection(lambda: Client(done), sock=right)
    print("main: both sides are connected")
    print(f"main: {await done}")


asyncio.run(main())
