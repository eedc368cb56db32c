# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

SIZE = 16 * 1024 * 1024


async def serve(reader, writer, go, served):
    await go.wait()
    print("reader: begins to read")
    total = 0
    while data := await reader.read(1024 * 1024):
        total += len(data)
    print(f"reader: got {total // (1024 * 1024)} MiB")
    writer.close()
    served.set()


async def main():
    go, served = asyncio.Event(), asyncio.Event()
    server = await asyncio.start_server(
        lambda reader, writer: serve(reader, writer, go, served), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    _, writer = await asyncio.open_connection("127.0.0.1", port)

    writer.write(b"x" * SIZE)
    print("main: write() took 16 MiB and returned at once")
    waiting = writer.transport.get_write_buffer_size()
    print(f"main: more than 64 KiB wait to be sent: {'yes' if waiting > 65536 else 'no'}")
    drain = asyncio.create_task(writer.drain(), name="drain")
    await asyncio.sleep(0.2)
    print(f"main: has drain() returned? {'yes' if drain.done() else 'no'}")
    go.set()
    await drain
    print("main: drain() has returned")
    waiting = writer.transport.get_write_buffer_size()
    print(f"main: more than 16 KiB wait to be sent: {'yes' if waiting > 16384 else 'no'}")
    writer.close()
    await served.wait()
    server.close()


asyncio.run(main())
