# SPDX-License-Identifier: GPL-3.0-or-later
"""What a StreamReader gives, its limits, and what a StreamWriter does when the connection ends."""
import asyncio

from twin import caught, say, turns, twin


async def stream(limit=2**16):
    """A client's reader and writer, and the writer of its server."""
    accepted = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(lambda r, w: accepted.set_result((r, w)), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=limit)
    peer_reader, peer = await accepted
    server.close()
    return reader, writer, peer_reader, peer


async def outcome(awaitable):
    try:
        return (await awaitable or b"").decode()
    except Exception:
        return caught()


@twin
async def pieces():
    reader, writer, _, peer = await stream()
    peer.write(b"one two three four\nrest")
    say(await outcome(reader.readexactly(4)))
    say(await outcome(reader.readexactly(0)), await outcome(reader.read(0)))
    say(await outcome(reader.readuntil(b" ")))
    say(await outcome(reader.read(3)))
    say(repr(await outcome(reader.readline())))
    say(reader.at_eof())
    peer.write_eof()
    error = await outcome(reader.readexactly(9))
    say(error, error.partial.decode(), error.expected)
    say(reader.at_eof(), repr(await outcome(reader.read())), repr(await outcome(reader.read(5))))
    error = await outcome(reader.readexactly(1))
    say(error, error.expected)
    error = await outcome(reader.readuntil(b"x"))
    say(error, error.expected)
    say(repr(await outcome(reader.readline())))
    say(await outcome(reader.readexactly(-1)))
    say(await outcome(reader.readuntil(b"")))
    writer.close()
    peer.close()


@twin
async def overrun():
    reader, writer, _, peer = await stream(limit=8)
    peer.write(b"0123456789##tail\n")
    await peer.drain()
    error = await outcome(reader.readuntil(b"##"))
    say(error, error.consumed)
    error = await outcome(reader.readuntil(b"@@@"))
    say(error, error.consumed)
    say(await outcome(reader.readexactly(12)))
    say(repr(await outcome(reader.readline())))
    peer.write(b"a line that is too long\nshort\n")
    say(await outcome(reader.readline()))
    say(repr(await outcome(reader.readline())))
    peer.write(b"a line without an end")
    say(await outcome(reader.readline()))
    peer.write(b"12345678\n")
    say(repr(await outcome(reader.readline())))
    writer.close()
    peer.close()


@twin(since="3.13", because="tuples of separators are new")
async def several_separators():
    reader, writer, _, peer = await stream()
    peer.write(b"one\r\ntwo\nthree;\r\nrest\r\n")
    separators = (b"\r\n", b"\n", b";")
    for _ in range(3):
        say(repr(await outcome(reader.readuntil(separators))))
    say(repr(await outcome(reader.readuntil((b"\r\nrest", b"\r\n")))))
    say(repr(await outcome(reader.readuntil((b"st\r\n", b"nowhere")))))
    say(await outcome(reader.readuntil(())))
    writer.close()
    peer.close()


@twin
async def one_reader_at_a_time():
    reader, writer, _, peer = await stream()

    async def read(name):
        say(name, "got", await outcome(reader.read(100)))

    first = asyncio.create_task(read("first"))
    await turns(1)
    say(await outcome(reader.read(1)))
    say(await outcome(reader.readexactly(1)))
    say(await outcome(reader.readline()))
    say(await outcome(reader.readuntil(b"x")))
    say(await outcome(reader.read()))
    first.cancel()
    await turns(1)
    second = asyncio.create_task(read("second"))
    await turns(1)
    peer.write(b"hello")
    await second
    say(first.cancelled())
    writer.close()
    peer.close()


@twin
async def lines():
    reader, writer, _, peer = await stream()

    async def send():
        for line in "a\n", "b", "\n", "c":
            peer.write(line.encode())
            await turns(3)
        peer.close()

    task = asyncio.create_task(send())
    async for line in reader:
        say(repr(line.decode()))
    await task
    say("end", reader.at_eof())
    writer.close()


@twin
async def holding_back():
    reader, writer, _, peer = await stream(limit=100)
    peer.write(b"x" * 150)
    say(len(await outcome(reader.readexactly(10))), writer.transport.is_reading())
    peer.write(b"y" * 100)
    while writer.transport.is_reading():
        await turns(1)
    say("paused")
    say(len(await outcome(reader.readexactly(139))), writer.transport.is_reading())
    say(len(await outcome(reader.readexactly(1))), writer.transport.is_reading())
    peer.write(b"z" * 500)
    peer.close()
    say(len(await outcome(reader.read())), reader.at_eof())
    writer.close()
    await writer.wait_closed()
    say("closed")


@twin(since="3.12", because="before, writelines() was write()")
async def writing_after_the_end():
    reader, writer, peer_reader, peer = await stream()
    writer.write_eof()
    try:
        writer.write(b"x")
    except RuntimeError as error:
        say(error)
    try:
        writer.writelines([b"x"])
    except RuntimeError as error:
        say(error)
    say(repr(await outcome(peer_reader.read())))
    peer.write(b"still")
    say(await outcome(reader.readexactly(5)))
    peer.close()
    say(peer.is_closing())
    say(await outcome(peer.drain()))
    say(await outcome(peer.drain()))
    say(repr(await outcome(peer.wait_closed())))
    say(repr(await outcome(reader.read())), writer.is_closing())
    writer.transport.abort()
    say(repr(await outcome(writer.wait_closed())))
    say(await outcome(writer.drain()))


@twin
async def draining():
    reader, writer, peer_reader, peer = await stream()
    peer.transport.set_write_buffer_limits(high=1000)
    peer.write(b"x" * 20_000_000)

    async def drain(name):
        say(name, "waits")
        say(name, "drained:", await outcome(peer.drain()) or "well")

    tasks = [asyncio.create_task(drain(name)) for name in ("one", "two")]
    await turns(5)
    say([task.done() for task in tasks])
    count = 0
    while count < 20_000_000:
        count += len(await reader.read(2**20))
    await asyncio.gather(*tasks)
    peer.write(b"x" * 20_000_000)
    three = asyncio.create_task(drain("three"))
    await turns(1)
    peer.transport.abort()
    await three
    say(await outcome(peer.drain()))
    writer.close()
