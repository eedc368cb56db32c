# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import say, turns, twin

HOST = '127.0.0.1'


async def serve(handler, **options):
    """A server on a port of its own, and that port."""
    server = await asyncio.start_server(handler, HOST, 0, **options)
    return server, server.sockets[0].getsockname()[1]


def shown(data):
    return data.decode().replace('\n', '/')


async def close(writer):
    writer.close()
    await writer.wait_closed()


@twin(clock="real")
async def echo():
    served = 0

    async def handler(reader, writer):
        nonlocal served
        served += 1
        say('server: client', served, writer.get_extra_info('sockname')[0])
        while line := await reader.readline():
            say('server:', line.decode().strip())
            writer.write(line.upper())
            await writer.drain()
        say('server: end', reader.at_eof())
        await close(writer)

    server, port = await serve(handler)
    say(server.is_serving(), len(server.sockets))
    for n in range(2):
        reader, writer = await asyncio.open_connection(HOST, port)
        say('client: to', writer.get_extra_info('peername') == (HOST, port), writer.is_closing())
        for word in (b'one\n', b'two\nthr', b'ee\n'):
            writer.write(word)
            if word.endswith(b'\n'):
                say('client:', (await reader.readline()).decode().strip())
        say('client:', (await reader.readline()).decode().strip())
        writer.writelines([b'last', b' ', b'line\n'])
        writer.write_eof()
        say('client:', (await reader.read()).decode().strip(), reader.at_eof())
        await close(writer)
        say('client:', writer.is_closing(), len(await reader.read()))
    server.close()
    await server.wait_closed()
    say(served, server.is_serving(), len(server.sockets))


@twin(clock="real")
async def ends_too_early():
    async def handler(reader, writer):
        writer.write(b'abc\ndefghi')
        await close(writer)

    server, port = await serve(handler)

    async def attempt(name, read):
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            say(name, shown(await read(reader)))
        except asyncio.IncompleteReadError as e:
            say(name, e, '|', shown(e.partial), e.expected)
        except ValueError as e:
            say(name, e)
        rest = await reader.read()
        say(name, 'rest', shown(rest), reader.at_eof())
        await close(writer)

    async def two_lines(reader):
        return await reader.readline() + b'+' + await reader.readline() + b'+' + await reader.readline()

    await attempt('readexactly 4', lambda r: r.readexactly(4))
    await attempt('readexactly 40', lambda r: r.readexactly(40))
    await attempt('readexactly 0', lambda r: r.readexactly(0))
    await attempt('readexactly -1', lambda r: r.readexactly(-1))
    await attempt('readuntil ef', lambda r: r.readuntil(b'ef'))
    await attempt('readuntil x', lambda r: r.readuntil(b'x'))
    await attempt('readuntil nothing', lambda r: r.readuntil(b''))
    await attempt('lines', two_lines)
    await attempt('read 0', lambda r: r.read(0))
    await attempt('read all', lambda r: r.read())
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def limits():
    async def handler(reader, writer):
        writer.write(await reader.readuntil(b'!'))
        await close(writer)

    server, port = await serve(handler, limit=1000)

    async def attempt(name, data, read):
        reader, writer = await asyncio.open_connection(HOST, port, limit=8)
        writer.write(data + b'!')
        try:
            say(name, await read(reader))
        except asyncio.LimitOverrunError as e:
            say(name, e, e.consumed)
        except ValueError as e:
            say(name, e)
        say(name, 'rest', shown(await reader.read()))
        await close(writer)

    async def line(reader):
        return shown(await reader.readline())

    async def until(reader):
        return shown(await reader.readuntil(b'\n'))

    await attempt('short', b'1234567;', line)
    await attempt('line', b'12345678901234567890\nmore', line)
    await attempt('no line', b'12345678901234567890', line)
    await attempt('until', b'12345678901234567890\nmore', until)
    await attempt('no end', b'12345678901234567890', until)
    await attempt('at the limit', b'1234567\nmore', until)
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def half_closed():
    async def handler(reader, writer):
        got = await reader.read()
        say('server got', got.decode())
        writer.write(b'answer to ' + got)
        await writer.drain()
        say('server', writer.can_write_eof(), reader.at_eof(), writer.is_closing())
        writer.write_eof()
        writer.write_eof()
        try:
            writer.write(b'more')
        except RuntimeError as e:
            say('server', e)
        await close(writer)

    server, port = await serve(handler)
    reader, writer = await asyncio.open_connection(HOST, port)
    say(writer.can_write_eof())
    writer.write(b'the ')
    writer.write(b'')
    writer.write(b'question')
    writer.write_eof()
    say('client got', (await reader.read()).decode(), reader.at_eof())
    try:
        writer.write(b'more')
    except RuntimeError as e:
        say('client', e)
    await close(writer)
    await close(writer)
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def reading_together():
    go = asyncio.Event()

    async def handler(reader, writer):
        await go.wait()
        writer.write(b'first\nsecond\n')
        await writer.drain()
        await reader.read()
        await close(writer)

    server, port = await serve(handler)
    reader, writer = await asyncio.open_connection(HOST, port)
    waiting = asyncio.create_task(reader.readline())
    await turns(1)
    for name, read in (('read', reader.read), ('readline', reader.readline),
                       ('readexactly', lambda: reader.readexactly(1)), ('readuntil', reader.readuntil)):
        try:
            await read()
        except RuntimeError as e:
            say(name, e)
    waiting.cancel()
    say(await asyncio.gather(waiting, return_exceptions=True))
    try:
        await asyncio.wait_for(reader.read(3), 0.01)
    except TimeoutError as e:
        say(e)
    # A read that was given up takes nothing away.
    go.set()
    say((await reader.read(3)).decode(), (await reader.readline()).decode().strip())
    say((await reader.readexactly(6)).decode())
    await close(writer)
    try:
        await writer.drain()
    except ConnectionResetError as e:
        say(e)
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def back_pressure():
    size = 40_000_000
    received = asyncio.Event()

    async def handler(reader, writer):
        head = await reader.readexactly(5)
        say('server', head.decode())
        await received.wait()
        total = len(head)
        while chunk := await reader.read(100_000):
            total += len(chunk)
            if len(chunk) > 100_000:
                say('too much')
        writer.write(f'{total}\n'.encode())
        await close(writer)

    server, port = await serve(handler)
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(b'begin')
    await writer.drain()
    # More than kernel and reader can hold: drain() waits until the server reads.
    writer.write(b'x' * size)
    draining = asyncio.create_task(writer.drain())
    await asyncio.sleep(0.02)
    say('draining', draining.done())
    received.set()
    await draining
    writer.write_eof()
    say((await reader.readline()).decode().strip())
    await close(writer)
    server.close()
    await server.wait_closed()
