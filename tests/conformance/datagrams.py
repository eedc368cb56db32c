# SPDX-License-Identifier: GPL-3.0-or-later
"""Datagram endpoints."""
import asyncio
import socket

from twin import caught, say, turns, twin


class Telling(asyncio.DatagramProtocol):
    def __init__(self, name):
        self.name = name
        self.heard = asyncio.Event()

    def connection_made(self, transport):
        self.transport = transport
        say(self.name, "made")

    def datagram_received(self, data, sender):
        say(self.name, "received", repr(data.decode()), "from", sender[0] if sender else "nobody")
        self.heard.set()
        if data == b"echo":
            self.transport.sendto(b"echoed", sender)
        if data == b"throw":
            raise ValueError("thrown")

    def error_received(self, error):
        say(self.name, "error", error)
        self.heard.set()

    def pause_writing(self):
        say(self.name, "pauses")

    def resume_writing(self):
        say(self.name, "resumes")

    def connection_lost(self, error):
        say(self.name, "lost", error)
        self.heard.set()

    async def next(self):
        await self.heard.wait()
        self.heard.clear()


async def outcome(awaitable):
    try:
        return await awaitable
    except Exception:
        return caught()


def endpoint(name, **options):
    return asyncio.get_running_loop().create_datagram_endpoint(lambda: Telling(name), **options)


HERE = ("127.0.0.1", 0)


@twin(since="3.13", because="before, an empty datagram was not sent")
async def to_and_fro():
    server, serving = await endpoint("server", local_addr=HERE)
    say("server returned")
    address = server.get_extra_info("sockname")
    client, asking = await endpoint("client", remote_addr=address)
    say("client returned", client.get_extra_info("peername") == address, server.get_extra_info("peername"))
    client.sendto(b"echo")
    await asking.next()
    client.sendto(b"", address)
    await serving.next()
    await turns(1)
    client.close()
    say("closing", client.is_closing())
    client.close()
    await asking.next()
    server.abort()
    server.abort()
    await turns(1)
    say("end")


@twin
async def errors():
    loop = asyncio.get_running_loop()
    gone, protocol = await endpoint("gone", local_addr=HERE)
    address = gone.get_extra_info("sockname")
    gone.abort()
    await turns(2)
    client, asking = await endpoint("client", remote_addr=address)
    client.sendto(b"x")
    await asking.next()
    say("open still:", not client.is_closing())
    try:
        client.sendto(b"x", ("127.0.0.1", 9))
    except ValueError as error:
        say(str(error).split(":")[0])
    client.abort()
    await turns(2)
    loop.set_exception_handler(lambda loop, context: say("handler:", context["message"], context["exception"]))
    free, speaking = await endpoint("free", local_addr=HERE)
    free.sendto(b"x" * 70000, free.get_extra_info("sockname"))
    free.sendto(b"to nobody")
    say("that was fatal:", free.is_closing())
    await turns(2)


@twin(since="3.12", because="before, reading datagrams could not be paused everywhere")
async def throwing():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda loop, context: say("handler:", context["message"].split(" in callback")[0], context["exception"]))
    transport, protocol = await endpoint("one", local_addr=HERE)
    address = transport.get_extra_info("sockname")
    transport.sendto(b"throw", address)
    await protocol.next()
    transport.sendto(b"again", address)
    await protocol.next()
    transport.pause_reading()
    transport.sendto(b"later", address)
    await turns(30)
    say("paused")
    transport.resume_reading()
    await protocol.next()
    transport.abort()
    await turns(1)


@twin(since="3.13", because="before, the size of the buffer was that of the bytes alone")
async def back_pressure():
    name = "\0awaitscope-twin-back-pressure"
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(name)
    receiver.setblocking(False)
    transport, protocol = await endpoint("one", remote_addr=name, family=socket.AF_UNIX)
    transport.set_write_buffer_limits(high=3000, low=1000)
    say(transport.get_write_buffer_limits())
    while not transport.get_write_buffer_size():
        transport.sendto(b"x" * 1000)
    say("buffered", transport.get_write_buffer_size())
    transport.sendto(b"y" * 1000)
    transport.sendto(b"z" * 1000)
    say("buffered", transport.get_write_buffer_size())
    transport.close()
    say("closing")
    last = ""
    while not protocol.heard.is_set():
        try:
            last = receiver.recv(2000)[:1].decode()
        except BlockingIOError:
            await turns(1)
    try:
        while True:
            last = receiver.recv(2000)[:1].decode()
    except BlockingIOError:
        say("the last was", last)
    receiver.close()


@twin
async def refused():
    say(await outcome(endpoint("x")))
    say(await outcome(endpoint("x", local_addr=HERE, remote_addr=("::1", 9))))
    say(await outcome(endpoint("x", local_addr="/x", family=socket.AF_INET)))
    say(await outcome(endpoint("x", local_addr=HERE, family=socket.AF_UNIX)))
    say(await outcome(endpoint("x", remote_addr="/no/such/socket", family=socket.AF_UNIX)))
    one, _ = await endpoint("one", local_addr=HERE)
    say(await outcome(endpoint("x", local_addr=one.get_extra_info("sockname"))))
    first, _ = await endpoint("first", local_addr=HERE, reuse_port=True)
    second, _ = await endpoint("second", local_addr=first.get_extra_info("sockname"), reuse_port=True)
    for each in one, first, second:
        each.abort()
    await turns(1)
