# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipes as transports: callbacks in order, flow control, broken ends, what is refused."""
import asyncio
import os
import tempfile

from twin import caught, say, turns, twin


class Notes(asyncio.Protocol):
    def __init__(self, name, first=None):
        self.name = name
        self.first = first
        self.received = 0
        self.got = asyncio.get_running_loop().create_future()
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        say(self.name, "made")
        if self.first:
            self.first(transport)

    def data_received(self, data):
        self.received += len(data)
        if len(data) < 100:
            say(self.name, "data", data.decode())
        if not self.got.done():
            self.got.set_result(None)

    def eof_received(self):
        say(self.name, "eof")
        return True

    def pause_writing(self):
        say(self.name, "pause")

    def resume_writing(self):
        say(self.name, "resume")

    def connection_lost(self, exception):
        say(self.name, "lost", exception)
        self.closed.set_result(None)


def ends():
    reader, writer = os.pipe()
    return open(reader, "rb", 0), open(writer, "wb", 0)


@twin(clock="real", since="3.11.7", because="a reading pipe of 3.11.2 does not say whether it is paused")
async def reading():
    loop = asyncio.get_running_loop()
    reader, writer = ends()
    loop.call_soon(say, "soon")
    transport, protocol = await loop.connect_read_pipe(lambda: Notes("reader"), reader)
    say("connected", transport.is_reading(), transport.is_closing())
    writer.write(b"hello")
    await protocol.got
    transport.pause_reading()
    transport.pause_reading()
    writer.write(b"held back")
    await turns(5)
    say("paused", transport.is_reading(), protocol.received)
    protocol.got = loop.create_future()
    transport.resume_reading()
    await protocol.got
    writer.close()
    await protocol.closed
    say("closed", transport.is_reading(), transport.is_closing())
    transport.close()
    transport.pause_reading()

    reader, writer = ends()
    transport, protocol = await loop.connect_read_pipe(lambda: Notes("closed"), reader)
    transport.close()
    transport.close()
    await protocol.closed
    writer.close()


@twin(clock="real")
async def flow_control():
    loop = asyncio.get_running_loop()
    reader, writer = ends()
    transport, written = await loop.connect_write_pipe(lambda: Notes("writer"), writer)
    say("limits", transport.get_write_buffer_limits(), transport.can_write_eof())
    for high, low in ((100, 200), (None, 1000), (1000, None), (0, 0), (None, None)):
        try:
            transport.set_write_buffer_limits(high, low)
            say(transport.get_write_buffer_limits())
        except ValueError:
            say(caught())
    transport.write(b"")
    transport.write(b"x" * 65536)
    say("fits", transport.get_write_buffer_size())
    transport.write(b"y" * 65536)
    say("buffered", transport.get_write_buffer_size())
    transport.write(b"z")
    say("over the mark", transport.get_write_buffer_size())
    transport.writelines([b"a", b"b"])
    other, read = await loop.connect_read_pipe(lambda: Notes("reader"), reader)
    while transport.get_write_buffer_size():
        await asyncio.sleep(0)
    transport.write(b"q" * 200_000)
    transport.write_eof()
    transport.write(b"too late")
    say("closing", transport.is_closing())
    await written.closed
    await read.closed
    say("received", read.received)


@twin(clock="real")
async def broken():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say("reported", context["message"]))

    async def attempt(name, before, after):
        reader, writer = ends()
        transport, protocol = await loop.connect_write_pipe(lambda: Notes(name), writer)
        before(transport)
        reader.close()
        after(transport)
        await protocol.closed
        say(transport.is_closing(), transport.get_write_buffer_size())

    def nothing(_):
        pass

    await attempt("idle", nothing, nothing)
    await attempt("full", lambda t: t.write(b"x" * 100_000), nothing)
    await attempt("written after", nothing, lambda t: (t.write(b"x"), t.write(b"y")))
    await attempt("closed before", lambda t: t.close(), nothing)
    await attempt("closed, with something left", lambda t: (t.write(b"x" * 100_000), t.close()), nothing)
    await attempt("aborted", lambda t: (t.write(b"x" * 100_000), t.abort()), nothing)


@twin(clock="real")
async def refused():
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryFile() as file:
        for connect in (loop.connect_read_pipe, loop.connect_write_pipe):
            try:
                await connect(lambda: Notes("file"), file)
            except ValueError:
                say(caught())
    with open("/dev/null", "wb", 0) as device:
        transport, protocol = await loop.connect_write_pipe(lambda: Notes("device"), device)
        transport.write(b"away")
        transport.close()
        await protocol.closed

    reader, writer = ends()
    say("closed in connection_made")
    _, read = await loop.connect_read_pipe(lambda: Notes("reader", lambda t: t.close()), reader)
    await read.closed
    writer.close()
    say("cancelled")
    reader, writer = ends()
    connecting = asyncio.create_task(loop.connect_read_pipe(lambda: Notes("reader"), reader))
    await turns(1)
    connecting.cancel()
    try:
        await connecting
    except asyncio.CancelledError:
        say(caught())
    await turns(3)
    say("is closed", reader.closed)
    writer.close()
