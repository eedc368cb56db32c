# SPDX-License-Identifier: GPL-3.0-or-later
# Each primitive with somebody who waits for it, and each way in and out of the process with bytes in it; on uvloop's loop
# with `uvloop` as an argument.
import asyncio
import socket
import sys


async def holds(primitive):
    async with primitive:
        await asyncio.sleep(0)


async def waits(condition):
    async with condition:
        await condition.wait()


async def primitives():
    await asyncio.gather(holds(LOCK), holds(LOCK))
    await asyncio.gather(holds(SEMAPHORE), holds(SEMAPHORE))
    waiting = asyncio.gather(waits(CONDITION), waits(CONDITION))
    await asyncio.sleep(0)
    async with CONDITION:
        CONDITION.notify_all()
    await waiting
    event = asyncio.Event()
    told = asyncio.gather(event.wait(), event.wait())
    await asyncio.sleep(0)
    event.set()
    await told
    queue = asyncio.Queue(1)
    taken = asyncio.gather(queue.get(), queue.get())
    await asyncio.sleep(0)
    await queue.put(1)
    await queue.put(2)
    await taken
    if sys.version_info >= (3, 11):
        barrier = asyncio.Barrier(2)
        await asyncio.gather(barrier.wait(), barrier.wait())


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.came = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, address):
        self.came.set_result(data)


async def udp(loop):
    receiver, datagrams = await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", 0))
    sender, _ = await loop.create_datagram_endpoint(Datagrams, remote_addr=receiver.get_extra_info("sockname"))
    sender.sendto(b"12345")
    assert await datagrams.came == b"12345"
    sender.close()
    receiver.close()


async def echo(reader, writer):
    writer.write(await reader.readexactly(11))
    await writer.drain()
    writer.close()


async def tcp():
    server = await asyncio.start_server(echo, "127.0.0.1", 0, family=socket.AF_INET)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"12345678901")
    assert await reader.readexactly(11) == b"12345678901"
    writer.close()
    await writer.wait_closed()
    server.close()
    await asyncio.sleep(0)


async def pipes():
    child = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    said, _ = await child.communicate(b"1234567890123")
    assert said == b"1234567890123"


async def main():
    global LOCK, SEMAPHORE, CONDITION
    LOCK, SEMAPHORE, CONDITION = asyncio.Lock(), asyncio.Semaphore(1), asyncio.Condition()
    asyncio.current_task().set_name("renamed")
    await primitives()
    loop = asyncio.get_running_loop()
    await udp(loop)
    await tcp()
    await pipes()


if "uvloop" in sys.argv:
    import uvloop

    uvloop.install()
asyncio.run(main())
