# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import os
import socket
import tempfile
from twin import say, turns, twin

HOST = '127.0.0.1'


async def serve(handler, **options):
    """A server on a port of its own, and that port."""
    server = await asyncio.start_server(handler, HOST, 0, **options)
    return server, server.sockets[0].getsockname()[1]


async def close(writer):
    writer.close()
    await writer.wait_closed()


@twin(clock="real", reports=True)
async def connections_that_fail():
    server, port = await serve(lambda reader, writer: None)
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection(HOST, port)
    except ConnectionRefusedError as e:
        say(str(e).replace(str(port), 'PORT'), e.errno)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'socket')
        for _ in range(2):
            try:
                await asyncio.open_unix_connection(path)
            except OSError as e:
                say(e)
            # What a server leaves behind that was not closed well.
            with socket.socket(socket.AF_UNIX) as left:
                if not os.path.exists(path):
                    left.bind(path)
    server, busy = await serve(lambda reader, writer: None)
    try:
        await asyncio.start_server(lambda reader, writer: None, HOST, busy)
    except OSError as e:
        say(str(e).replace(str(busy), 'PORT').rsplit(': ', 1)[0])
    server.close()
    try:
        await asyncio.wait_for(asyncio.open_connection(HOST, busy), 0)
    except TimeoutError as e:
        say(e)


@twin(clock="real", since="3.13", because="before, a handler that ended cancelled was told to the exception handler")
async def failing_handlers():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say('handler:', context['message'], '|', context['exception']))

    async def fails(reader, writer):
        writer.write(await reader.readline())
        await writer.drain()
        raise ValueError('in a coroutine')

    async def cancels(reader, writer):
        writer.write(await reader.readline())
        await writer.drain()
        asyncio.current_task().cancel()
        await asyncio.sleep(1)

    for handler in (fails, cancels):
        server, port = await serve(handler)
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(b'hello\n')
        say((await reader.readline()).decode().strip())
        if handler is fails:
            say('closed by the server:', len(await reader.read()))
        await close(writer)
        server.close()
        say(server.is_serving())

    def plain(reader, writer):
        say('plain callback')
        writer.write(b'plain\n')
        writer.close()

    server, port = await serve(plain)
    reader, writer = await asyncio.open_connection(HOST, port)
    say((await reader.read()).decode().strip())
    await close(writer)
    server.close()


@twin(clock="real")
async def servers():
    async def handler(reader, writer):
        writer.write(b'served\n')
        await close(writer)

    server, port = await serve(handler, start_serving=False)
    say(server.is_serving())
    await server.start_serving()
    await server.start_serving()
    say(server.is_serving())
    forever = asyncio.create_task(server.serve_forever())
    await turns(2)
    try:
        await server.serve_forever()
    except RuntimeError as e:
        say(str(e).endswith('is already being awaited on serve_forever()'))
    reader, writer = await asyncio.open_connection(HOST, port)
    say((await reader.read()).decode().strip())
    await close(writer)
    forever.cancel()
    say(await asyncio.gather(forever, return_exceptions=True))
    say(server.is_serving(), len(server.sockets))
    server.close()
    await server.wait_closed()
    other, _ = await serve(handler)
    async with other:
        say(other.is_serving())
    say(other.is_serving())


@twin(clock="real")
async def unix_chat():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'socket')
        members = {}

        async def handler(reader, writer):
            name = (await reader.readline()).decode().strip()
            members[name] = writer
            writer.write(f'welcome {name}, you are {len(members)}\n'.encode())
            while line := await reader.readline():
                for other, to in members.items():
                    if other != name:
                        to.write(f'{name}: {line.decode()}'.encode())
            del members[name]
            for to in members.values():
                to.write(f'{name} left\n'.encode())
            await close(writer)

        server = await asyncio.start_unix_server(handler, path)
        clients = {}
        for name in ('ann', 'bob', 'cyd'):
            clients[name] = reader, writer = await asyncio.open_unix_connection(path)
            writer.write(f'{name}\n'.encode())
            say(name, (await reader.readline()).decode().strip())
            say(writer.get_extra_info('peername') == path)
        for name in ('bob', 'ann'):
            clients[name][1].write(f'hello of {name}\n'.encode())
            for other in clients:
                if other != name:
                    say(other, (await clients[other][0].readline()).decode().strip())
        await close(clients['bob'][1])
        for other in ('ann', 'cyd'):
            say(other, (await clients[other][0].readline()).decode().strip())
        clients['cyd'][1].write_eof()
        say('cyd', len(await clients['cyd'][0].read()))
        say('ann', (await clients['ann'][0].readline()).decode().strip())
        for name in ('ann', 'cyd'):
            await close(clients[name][1])
        server.close()
        await server.wait_closed()
        say(sorted(members), server.is_serving())
