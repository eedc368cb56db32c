# SPDX-License-Identifier: GPL-3.0-or-later
"""The workloads on Python's asyncio, or with the word "uvloop" before the workload on uvloop."""
import asyncio
import json
import sys
import time

YIELD_TASKS, YIELDS = 1000, 1000
SPAWNS = 1_000_000
GATHERS, GATHER_WIDTH = 1000, 1000
TIMERS = 100_000
QUEUE_ITEMS, QUEUE_SIZE = 1_000_000, 64
LOCK_TASKS, LOCK_TURNS = 100, 10_000
CONNECTIONS, ROUND_TRIPS, MESSAGE_BYTES = 64, 1563, 64


class Measurement:
    def __init__(self, scale):
        self.scale = scale

    def scaled(self, full):
        return max(1, int(full * self.scale))

    def begin(self):
        self.wall = time.monotonic_ns()
        self.cpu = time.process_time_ns()

    def end(self, operations):
        self.wall = (time.monotonic_ns() - self.wall) / operations
        self.cpu = (time.process_time_ns() - self.cpu) / operations


def delays():
    state = 12345
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 33) / 2**31


async def give(value):
    return value


async def yield_workload(m):
    times = m.scaled(YIELDS)

    async def yielding():
        for _ in range(times):
            await asyncio.sleep(0)
        return times

    m.begin()
    tasks = [asyncio.create_task(yielding()) for _ in range(YIELD_TASKS)]
    switches = sum([await task for task in tasks])
    m.end(switches)
    assert switches == YIELD_TASKS * times


async def spawn_workload(m):
    count = m.scaled(SPAWNS)
    m.begin()
    total = 0
    for _ in range(count):
        task = asyncio.create_task(give(1))
        total += await task
    m.end(count)
    assert total == count


async def gather_workload(m):
    times = m.scaled(GATHERS)
    m.begin()
    total = 0
    for _ in range(times):
        total += (await asyncio.gather(*[give(child) for child in range(GATHER_WIDTH)]))[-1]
    m.end(times * GATHER_WIDTH)
    assert total == times * (GATHER_WIDTH - 1)


async def timers_workload(m):
    count = m.scaled(TIMERS)

    async def sleeper(delay):
        await asyncio.sleep(delay)
        return 1

    m.begin()
    tasks = [asyncio.create_task(sleeper(delay)) for _, delay in zip(range(count), delays())]
    ended = sum([await task for task in tasks])
    m.end(count)
    assert ended == count


async def queue_workload(m):
    count = m.scaled(QUEUE_ITEMS)
    queue = asyncio.Queue(QUEUE_SIZE)

    async def produce():
        for i in range(count):
            await queue.put(i)

    async def consume():
        total = 0
        for _ in range(count):
            total += await queue.get()
        return total

    m.begin()
    producer, consumer = asyncio.create_task(produce()), asyncio.create_task(consume())
    await producer
    total = await consumer
    m.end(count)
    assert total == count * (count - 1) // 2


async def lock_workload(m):
    times = m.scaled(LOCK_TURNS)
    lock = asyncio.Lock()
    inside = 0

    async def locking():
        nonlocal inside
        for _ in range(times):
            await lock.acquire()
            inside += 1
            await asyncio.sleep(0)
            lock.release()

    m.begin()
    tasks = [asyncio.create_task(locking()) for _ in range(LOCK_TASKS)]
    for task in tasks:
        await task
    m.end(LOCK_TASKS * times)
    assert inside == LOCK_TASKS * times


async def serve(reader, writer):
    try:
        while True:
            writer.write(await reader.readexactly(MESSAGE_BYTES))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


async def echo_workload(m):
    trips = m.scaled(ROUND_TRIPS)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    message = b"x" * MESSAGE_BYTES

    async def client():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(trips):
            writer.write(message)
            await writer.drain()
            assert await reader.readexactly(MESSAGE_BYTES) == message
        writer.close()

    m.begin()
    await asyncio.gather(*[client() for _ in range(CONNECTIONS)])
    m.end(CONNECTIONS * trips)
    server.close()


async def echo_server(m):
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print("PORT", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


WORKLOADS = {
    "yield": yield_workload,
    "spawn": spawn_workload,
    "gather": gather_workload,
    "timers": timers_workload,
    "queue": queue_workload,
    "lock": lock_workload,
    "echo": echo_workload,
    "echo_server": echo_server,
}


def main(arguments):
    factory = None
    if arguments[:1] == ["uvloop"]:
        import uvloop

        factory = uvloop.new_event_loop
        arguments = arguments[1:]
    if arguments == ["list"]:
        print(*WORKLOADS, sep="\n")
        return
    workload = WORKLOADS[arguments[0]]
    scale = float(arguments[1]) if len(arguments) > 1 else 1.0
    measurement = None
    for each in [scale] if arguments[0] == "echo_server" else [scale / 20, scale]:
        measurement = Measurement(each)
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(workload(measurement))
    print(json.dumps({"wall": measurement.wall, "cpu": measurement.cpu}))


main(sys.argv[1:])
