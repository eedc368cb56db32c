# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import os
import socket
import tempfile
from twin import say, text, turns, twin


async def outcome(awaitable):
    try:
        await awaitable
        return "fine"
    except Exception as e:
        return text(e)


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def greet(reader, writer):
    writer.write(b"hi")
    writer.close()


async def greeting_of(host, port, **options):
    reader, writer = await asyncio.open_connection(host, port, **options)
    data = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return data


@twin(clock="real")
async def refused_options():
    loop = asyncio.get_running_loop()
    protocol = asyncio.Protocol
    given = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    for connecting in (loop.create_connection(protocol, "127.0.0.1", 1, server_hostname="x"),
                       loop.create_connection(protocol, "127.0.0.1", 1, ssl_handshake_timeout=1.0),
                       loop.create_connection(protocol, "127.0.0.1", 1, ssl_shutdown_timeout=1.0),
                       loop.create_connection(protocol, "", 1, ssl=True),
                       loop.create_connection(protocol, "127.0.0.1", 1, sock=given),
                       loop.create_connection(protocol),
                       loop.create_connection(protocol, ssl=True, sock=given),
                       loop.create_unix_connection(protocol, "/nowhere", ssl=True),
                       loop.create_unix_connection(protocol, "/nowhere", server_hostname="x"),
                       loop.create_unix_connection(protocol, "/nowhere", ssl_handshake_timeout=1.0),
                       loop.create_unix_connection(protocol, "/nowhere", sock=given),
                       loop.create_unix_connection(protocol),
                       loop.create_unix_connection(protocol, "/nowhere/at/all"),
                       loop.create_server(protocol),
                       loop.create_server(protocol, "127.0.0.1", 0, sock=given),
                       loop.create_server(protocol, "127.0.0.1", 0, ssl=True),
                       loop.create_server(protocol, "127.0.0.1", 0, ssl_handshake_timeout=1.0),
                       loop.create_server(protocol, "127.0.0.1", 0, ssl_shutdown_timeout=1.0),
                       loop.create_unix_server(protocol),
                       loop.create_unix_server(protocol, "/nowhere", sock=given),
                       loop.create_unix_server(protocol, "/nowhere/at/all")):
        say(await outcome(connecting))
    given.close()


@twin(clock="real")
async def life():
    server = await asyncio.start_server(greet, "127.0.0.1", 0, start_serving=False)
    port = port_of(server)
    say(server.is_serving(), len(server.sockets))
    say((await outcome(asyncio.open_connection("127.0.0.1", port))).replace(str(port), "PORT"))
    await server.start_serving()
    await server.start_serving()
    say(server.is_serving(), await greeting_of("127.0.0.1", port))
    waiting = asyncio.create_task(server.wait_closed())
    await turns(3)
    say(waiting.done())
    server.close()
    say(server.is_serving(), len(server.sockets), waiting.done())
    await turns(1)
    server.close()
    say(await waiting)
    say(await server.wait_closed())
    say(await outcome(server.serve_forever()))
    say((await outcome(asyncio.open_connection("127.0.0.1", port))).replace(str(port), "PORT"))


@twin(clock="real")
async def forever():
    server = await asyncio.start_server(greet, "127.0.0.1", 0, start_serving=False)
    port = port_of(server)

    async def serve():
        try:
            await server.serve_forever()
        except asyncio.CancelledError as e:
            say("cancelled", e, server.is_serving())
            raise

    serving = asyncio.create_task(serve())
    await turns(1)
    say(server.is_serving(), await greeting_of("127.0.0.1", port))
    try:
        await server.serve_forever()
    except RuntimeError as e:
        say(str(e).endswith("> is already being awaited on serve_forever()"))
    serving.cancel("enough")
    await turns(1)
    say(serving.done(), server.is_serving())
    await asyncio.wait([serving])
    say(serving.cancelled(), server.is_serving())
    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    serving = asyncio.create_task(server.serve_forever())
    await turns(1)
    server.close()
    say((await asyncio.gather(serving, return_exceptions=True))[0])
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        say(server.is_serving())
    say(server.is_serving())


@twin(clock="real", since="3.13", because="Server.close_clients() and abort_clients() are new in 3.13")
async def clients():
    for how in ("close", "abort"):
        ends = []

        async def handler(reader, writer):
            writer.write(b"hello")
            ends.append(await reader.read())

        server = await asyncio.start_server(handler, "127.0.0.1", 0)
        readers = []
        for _ in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
            say((await reader.readexactly(5)).decode())
            readers.append((reader, writer))
        waiting = asyncio.create_task(server.wait_closed())
        server.close()
        await turns(3)
        say(waiting.done(), len(ends))
        server.close_clients() if how == "close" else server.abort_clients()
        await waiting
        await turns(3)
        say(len(ends))
        for reader, writer in readers:
            say((await reader.read()).decode(), reader.at_eof())
            writer.close()


@twin(clock="real")
async def last_client_goes():
    release = asyncio.Event()

    async def handler(reader, writer):
        await release.wait()
        say("handler closes")
        writer.close()

    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))

    async def wait():
        await server.wait_closed()
        say("server is closed")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0.01)
    server.close()
    await turns(3)
    say(waiting.done())
    release.set()
    say((await reader.read()).decode(), reader.at_eof())
    await waiting
    writer.close()


@twin(clock="real", since="3.13", because="a Unix server removes its file since 3.13")
async def unix_files():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "socket")
        first = await asyncio.start_unix_server(greet, path)
        say(os.path.exists(path))
        second = await asyncio.start_unix_server(greet, path)
        first.close()
        say(os.path.exists(path))
        reader, writer = await asyncio.open_unix_connection(path)
        say((await reader.read()).decode(), writer.get_extra_info("peername") == path)
        writer.close()
        second.close()
        say(os.path.exists(path))
        kept = await asyncio.start_unix_server(greet, path, cleanup_socket=False)
        kept.close()
        say(os.path.exists(path))
        os.remove(path)
        open(path, "w").close()
        error = await outcome(asyncio.start_unix_server(greet, path))
        say(error.replace(path, "PATH"))


@twin(clock="real")
async def given_sockets():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(greet, sock=listener)
    say(await greeting_of("127.0.0.1", port_of(server)))
    server.close()
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours)
    transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, theirs)
    transport.write(b"over a pair")
    say((await reader.readexactly(11)).decode())
    transport.close()
    say((await reader.read()).decode(), reader.at_eof())
    writer.close()
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_unix_connection(sock=ours)
    theirs.send(b"raw")
    say((await reader.readexactly(3)).decode())
    theirs.close()
    say((await reader.read()).decode())
    writer.close()


@twin(clock="real")
async def own_addresses():
    async def handler(reader, writer):
        writer.write(writer.get_extra_info("peername")[0].encode())
        writer.close()

    server = await asyncio.start_server(handler, ["127.0.0.1", "127.0.0.2", "127.0.0.1"], 0)
    say(len(server.sockets))
    port = port_of(server)
    host = server.sockets[0].getsockname()[0]
    say(await greeting_of(host, port, local_addr=("127.0.0.3", 0)))
    say(await greeting_of(host, port, happy_eyeballs_delay=0.25) == "127.0.0.1" or "another")
    server.close()
    for delay in (None, 0.25):
        error = await outcome(asyncio.open_connection("127.0.0.1", port, happy_eyeballs_delay=delay))
        say(error.replace(str(port), "PORT"))


@twin(clock="real", since="3.13", because="before, the words of the inner error were shorter")
async def addresses_of_others():
    say(await outcome(asyncio.open_connection("127.0.0.1", 1, local_addr=("192.0.2.1", 0))))
    say(await outcome(asyncio.open_connection("127.0.0.1", 1, local_addr=("::1", 0))))
    say(await outcome(asyncio.start_server(greet, "192.0.2.1", 0)))
    server = await asyncio.start_server(greet, "127.0.0.1", 0, reuse_port=True)
    port = port_of(server)
    say((await outcome(asyncio.start_server(greet, "127.0.0.1", port))).replace(str(port), "PORT"))
    second = await asyncio.start_server(greet, "127.0.0.1", port, reuse_port=True)
    say(port_of(second) == port)
    server.close()
    second.close()


@twin(clock="real", since="3.11.7", because="3.11.2 keeps the connection of a handler that failed open")
async def handlers_that_fail():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: say(context["message"], context["exception"]))

    async def failing(reader, writer):
        await reader.readline()
        raise ValueError("bad request")

    server = await asyncio.start_server(failing, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    writer.write(b"x\n")
    say((await reader.read()).decode(), reader.at_eof())
    writer.close()
    server.close()
    await server.wait_closed()
