# SPDX-License-Identifier: GPL-3.0-or-later
"""Transports and protocols: who is told what, and when."""
import asyncio

from twin import caught, say, turns, twin


class Telling(asyncio.Protocol):
    def __init__(self, name, keeps_open=False, fails_in=""):
        self.name, self.keeps_open, self.fails_in = name, keeps_open, fails_in
        self.lost = asyncio.get_running_loop().create_future()

    def tell(self, callback, *details):
        say(self.name, callback, *details)
        if callback == self.fails_in:
            raise ValueError("in " + callback)

    def connection_made(self, transport):
        self.transport = transport
        self.tell("made")

    def data_received(self, data):
        self.tell("data", data.decode())

    def eof_received(self):
        self.tell("eof")
        return self.keeps_open

    def pause_writing(self):
        self.tell("pause")

    def resume_writing(self):
        self.tell("resume")

    def connection_lost(self, error):
        self.lost.set_result(None)
        self.tell("lost", error)


async def connect(client, server):
    """A connection between two protocols: the client's transport, and the server."""
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: server, "127.0.0.1", 0)
    transport, _ = await loop.create_connection(lambda: client, *listening.sockets[0].getsockname())
    while not hasattr(server, "transport"):
        await turns(1)
    await turns(2)
    listening.close()
    return transport


def handle_reports():
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: say("handler:", context["message"].split(" in callback")[0], context["exception"]))


@twin
async def a_conversation():
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    say("connected", transport is client.transport, transport.get_protocol() is client)
    transport.write(b"hello")
    transport.write(b"")
    await turns(3)
    server.transport.writelines([b"one ", b"two"])
    await turns(3)
    say(transport.is_closing(), transport.is_reading())
    transport.close()
    say(transport.is_closing(), transport.is_reading())
    transport.close()
    say("closing")
    await server.lost
    await client.lost
    say("end")


@twin
async def half_closed():
    server = Telling("server", keeps_open=True)
    client = Telling("client")
    transport = await connect(client, server)
    say(transport.can_write_eof())
    transport.write(b"last words")
    transport.write_eof()
    transport.write_eof()
    await turns(5)
    say("server is closing:", server.transport.is_closing())
    server.transport.write(b"an answer")
    await turns(5)
    server.transport.close()
    await client.lost
    await server.lost


@twin
async def failures():
    handle_reports()
    for callback in "made", "data", "eof", "lost":
        server = Telling("server", fails_in=callback)
        client = Telling("client")
        transport = await connect(client, server)
        transport.write(b"x")
        await turns(5)
        transport.close()
        await client.lost
        await server.lost
        await turns(2)


@twin
async def flow_control():
    handle_reports()
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    server.transport.pause_reading()
    server.transport.pause_reading()
    say(server.transport.is_reading(), transport.get_write_buffer_limits())
    transport.set_write_buffer_limits(high=1000)
    say(transport.get_write_buffer_limits())
    transport.set_write_buffer_limits(low=100)
    say(transport.get_write_buffer_limits())
    try:
        transport.set_write_buffer_limits(high=1, low=2)
    except ValueError:
        say(caught())
    transport.write(b"x" * 20_000_000)
    transport.write(b"y")
    say("full:", transport.get_write_buffer_size() > 100)
    client.fails_in = "resume"
    server.data_received = lambda data: None
    server.transport.resume_reading()
    while transport.get_write_buffer_size():
        await turns(1)
    say("empty, and open still:", not transport.is_closing())
    transport.set_write_buffer_limits(high=0)
    client.fails_in = "pause"
    server.transport.pause_reading()
    transport.write(b"x" * 20_000_000)
    transport.abort()
    say("aborted", transport.get_write_buffer_size())
    await client.lost
    server.transport.abort()
    await server.lost


@twin
async def closing_with_a_full_buffer():
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    received = []
    server.data_received = lambda data: received.append(len(data))
    transport.write(b"x" * 10_000_000)
    transport.close()
    transport.write(b"more")
    say("lost already:", client.lost.done())
    await client.lost
    await server.lost
    say(sum(received))


@twin(reports=True)
async def writing_in_vain():
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    transport.abort()
    for _ in range(7):
        transport.write(b"x")
    await client.lost
    await server.lost


class Buffered(asyncio.BufferedProtocol):
    def __init__(self, room):
        self.memory, self.room = bytearray(100), room
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        say("buffered made")

    def get_buffer(self, sizehint):
        return memoryview(self.memory)[:self.room]

    def buffer_updated(self, count):
        say("buffered", count, self.memory[:count].decode())
        if self.memory[:count] == b"fail":
            raise ValueError("in buffer_updated")

    def eof_received(self):
        say("buffered eof")

    def connection_lost(self, error):
        say("buffered lost", error)
        self.lost.set_result(None)


@twin
async def into_own_memory():
    handle_reports()
    for room, words in (4, "some text"), (10, "fail"), (0, "x"):
        server = Buffered(room)
        client = Telling("client")
        transport = await connect(client, server)
        transport.write(words.encode())
        await turns(6)
        transport.close()
        await client.lost
        await server.lost


@twin
async def changing_protocols():
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    transport.write(b"to the first")
    await turns(3)
    buffered = Buffered(8)
    server.transport.set_protocol(buffered)
    say(server.transport.get_protocol() is buffered)
    transport.write(b"second")
    await turns(3)
    third = Telling("third")
    server.transport.set_protocol(third)
    transport.write(b"to the third")
    await turns(3)
    transport.close()
    await third.lost
    await client.lost
    say("the first was lost:", server.lost.done())


@twin
async def watching_a_transport():
    loop = asyncio.get_running_loop()
    server = Telling("server")
    client = Telling("client")
    transport = await connect(client, server)
    descriptor = transport.get_extra_info("socket").fileno()
    for operation in loop.add_reader, loop.add_writer:
        try:
            operation(descriptor, say, "never")
        except RuntimeError as error:
            say(str(error).split(" transport ")[0].replace(str(descriptor), "N"))
    for operation in loop.remove_reader, loop.remove_writer:
        try:
            operation(descriptor)
        except RuntimeError as error:
            say(str(error).split(" transport ")[0].replace(str(descriptor), "N"))
    transport.close()
    say(loop.remove_reader(descriptor))
    await client.lost
    await server.lost
