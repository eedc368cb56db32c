# SPDX-License-Identifier: GPL-3.0-or-later
# Protocols and loops as odd as they come, on a loop of another make, whose protocols' and transports' types are hooked.
# What it prints is the same whether it is watched or not.
import asyncio
import os
import signal
import types

import uvloop


class Meta(type):
    def __setattr__(cls, name, value):
        raise RuntimeError("a class that nobody changes")


class Stubborn(asyncio.Protocol, metaclass=Meta):
    def connection_made(self, transport):
        self.transport = transport
        transport.write(b"hello")

    def data_received(self, data):
        self.transport.write(bytearray(data))
        self.transport.writelines([b"a", memoryview(b"bc")])
        self.transport.close()


class ByProperty(asyncio.Protocol):
    def __init__(self):
        self.got = b""
        self.done = asyncio.get_running_loop().create_future()

    @property
    def data_received(self):
        return self.receive

    def receive(self, data):
        self.got += data

    def connection_made(self, transport):
        transport.write(b"hello")
        for wrong in (3, "text"):
            try:
                transport.write(wrong)
            except TypeError:
                print("TypeError")

    def connection_lost(self, error):
        self.done.set_result(self.got)


class Base(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        transport.writelines([b"123", memoryview(b"45")])

    def data_received(self, data):
        self.done.set_result(data)


class Derived(Base):
    def connection_made(self, transport):
        super().connection_made(transport)

    def data_received(self, data):
        super().data_received(data)


class Shared(asyncio.Protocol):
    """One for all connections."""

    lost = 0

    def connection_lost(self, error):
        self.lost += 1


def port(server):
    return server.sockets[0].getsockname()[1]


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Stubborn, "127.0.0.1", 0)
    transport, protocol = await loop.create_connection(protocol_factory=ByProperty, host="127.0.0.1", port=port(server))
    print(await protocol.done, type(transport).write)
    server.close()

    server = await loop.create_server(Base, "127.0.0.1", 0)
    transport, protocol = await loop.create_connection(Derived, "127.0.0.1", port(server))
    print(await protocol.done, type(protocol).connection_made.__qualname__)
    transport.close()
    server.close()

    shared = Shared()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
    both = [(await loop.create_connection(lambda: shared, "127.0.0.1", port(server)))[0] for _ in range(2)]
    for transport in both:
        transport.close()
    while shared.lost < 2:
        await asyncio.sleep(0)
    server.close()

    try:
        await loop.create_datagram_endpoint(lambda: 1 // 0, local_addr=("127.0.0.1", 0))
    except ZeroDivisionError:
        print("ZeroDivisionError")

    arrived = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, arrived.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await arrived.wait()


class OfNoModule(uvloop.Loop):
    __module__ = "of no module"


uvloop.install()
asyncio.run(main())
