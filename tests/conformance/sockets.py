# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets of one's own: sock_recv and its like, getaddrinfo, sendfile."""
import asyncio
import socket
import tempfile

from twin import caught, say, turns, twin


def pair(kind=socket.SOCK_STREAM):
    ends = socket.socketpair(socket.AF_UNIX, kind)
    for end in ends:
        end.setblocking(False)
    return ends


async def outcome(awaitable):
    try:
        return await awaitable
    except Exception:
        return caught()


@twin
async def receiving():
    loop = asyncio.get_running_loop()
    a, b = pair()
    b.send(b"abc")
    loop.call_soon(say, "a turn")
    say("at once:", (await loop.sock_recv(a, 2)).decode(), (await loop.sock_recv(a, 10)).decode())

    async def receive(name):
        say(name, "waits")
        data = await loop.sock_recv(a, 100)
        say(name, "got", data.decode())

    task = asyncio.create_task(receive("one"))
    await turns(2)
    say("nothing yet:", task.done())
    b.send(b"later")
    await turns(1)
    say("received, not yet told:", task.done())
    await task
    say("its watcher is gone:", loop.remove_reader(a.fileno()))
    memory = bytearray(b"........")
    b.send(b"into")
    say(await loop.sock_recv_into(a, memory), memory.decode())
    b.close()
    say("at the end:", repr((await loop.sock_recv(a, 10)).decode()))
    a.close()


@twin
async def sending():
    loop = asyncio.get_running_loop()
    a, b = pair()
    data = b"0123456789" * 300_000
    task = asyncio.create_task(loop.sock_sendall(a, data))
    await turns(1)
    say("more than the kernel takes at once:", not task.done())
    received = b""
    while len(received) < len(data):
        received += await loop.sock_recv(b, 1 << 20)
    say("all there:", received == data)
    await task
    say("its watcher is gone:", loop.remove_writer(a.fileno()))
    loop.call_soon(say, "a turn")
    await loop.sock_sendall(a, b"")
    say("nothing takes no turn")
    b.close()
    say(await outcome(loop.sock_sendall(a, b"x")))
    a.close()


@twin
async def connecting():
    loop = asyncio.get_running_loop()
    listening = socket.socket()
    listening.setblocking(False)
    listening.bind(("127.0.0.1", 0))
    listening.listen(5)
    address = listening.getsockname()

    async def accept():
        say("accepting")
        connection, peer = await loop.sock_accept(listening)
        say("accepted from", peer[0])
        return connection

    task = asyncio.create_task(accept())
    client = socket.socket()
    client.setblocking(False)
    await loop.sock_connect(client, address)
    say("connected")
    server = await task
    await loop.sock_sendall(server, b"welcome")
    say((await loop.sock_recv(client, 100)).decode())
    for each in client, server, listening:
        each.close()
    refused = socket.socket()
    refused.setblocking(False)
    say(await outcome(loop.sock_connect(refused, ("127.0.0.1", 1))))
    refused.close()
    unix = socket.socket(socket.AF_UNIX)
    unix.setblocking(False)
    say(await outcome(loop.sock_connect(unix, "/no/such/socket")))
    unix.close()


@twin
async def cancelling():
    loop = asyncio.get_running_loop()
    a, b = pair()

    async def receive(name):
        try:
            say(name, "got", (await loop.sock_recv(a, 100)).decode())
        except asyncio.CancelledError:
            say(name, "is cancelled")
            raise

    one = asyncio.create_task(receive("one"))
    await turns(1)
    one.cancel()
    say("asked")
    await turns(1)
    say("watched still:", loop.remove_reader(a.fileno()))
    two = asyncio.create_task(receive("two"))
    await turns(1)
    three = asyncio.create_task(receive("three"))
    await turns(1)
    two.cancel()
    await turns(2)
    b.send(b"for three")
    await three
    # What has come in the turn of the cancellation is lost.
    four = asyncio.create_task(receive("four"))
    await turns(1)
    b.send(b"lost")
    await turns(1)
    four.cancel()
    await turns(2)
    say("four", four.cancelled())
    b.send(b"next")
    say((await loop.sock_recv(a, 100)).decode())
    a.close()
    b.close()


@twin
async def datagrams_by_socket():
    loop = asyncio.get_running_loop()
    a, b = (socket.socket(type=socket.SOCK_DGRAM) for _ in range(2))
    for each in a, b:
        each.setblocking(False)
        each.bind(("127.0.0.1", 0))
    task = asyncio.create_task(loop.sock_recvfrom(b, 100))
    await turns(1)
    say("sent", await loop.sock_sendto(a, b"one", b.getsockname()))
    data, sender = await task
    say(data.decode(), sender == a.getsockname())
    await loop.sock_sendto(b, b"abcdef", a.getsockname())
    memory = bytearray(b"........")
    count, sender = await loop.sock_recvfrom_into(a, memory, 4)
    say(count, memory.decode(), sender == b.getsockname())
    a.close()
    b.close()


@twin
async def blocking_sockets():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    loop.set_debug(True)
    say(await outcome(loop.sock_recv(a, 1)))
    say(await outcome(loop.sock_sendall(a, b"x")))
    say(await outcome(loop.sock_accept(a)))
    say(await outcome(loop.sock_connect(a, "/x")))
    loop.set_debug(False)
    a.close()
    b.close()


@twin
async def names():
    loop = asyncio.get_running_loop()
    for family, kind, protocol, canonical, address in await loop.getaddrinfo("127.0.0.1", 80):
        say(int(family), int(kind), protocol, repr(canonical), address[0], address[1])
    for info in await loop.getaddrinfo("::1", "http", type=socket.SOCK_STREAM):
        say(int(info[0]), int(info[1]), info[2], info[4][0], info[4][1])
    say(await outcome(loop.getaddrinfo("127.0.0.1", "no such service")))
    say(await outcome(loop.getaddrinfo("127.0.0.1", 1, family=socket.AF_INET6)))
    say(await loop.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
    say(await outcome(loop.getnameinfo(("localhost", 80))))


@twin
async def files():
    loop = asyncio.get_running_loop()
    a, b = pair()
    with tempfile.TemporaryFile() as file:
        file.write(b"0123456789")
        file.flush()
        say(await loop.sock_sendfile(a, file), b.recv(100).decode(), file.tell())
        say(await loop.sock_sendfile(a, file, 2, 3), b.recv(100).decode(), file.tell())
        say(await loop.sock_sendfile(a, file, 20))
        say(await outcome(loop.sock_sendfile(a, file, 0, 0)))
        say(await outcome(loop.sock_sendfile(a, file, -1)))
        datagrams = pair(socket.SOCK_DGRAM)
        say(await outcome(loop.sock_sendfile(datagrams[0], file)))
        for each in datagrams:
            each.close()
    a.close()
    b.close()
