# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def serve(reader, writer):
    for pieces in [["one li", "ne\n"], ["two lines\nat once\n"], ["abcd", "ef;"], ["short"]]:
        for piece in pieces:
            print(f"server: sends {piece!r}")
            writer.write(piece.encode())
            await asyncio.sleep(0.05)
        if pieces != ["short"]:
            await reader.readline()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print(f"readline: {(await reader.readline()).decode()!r}")
    writer.write(b"go on\n")
    for _ in range(2):
        print(f"readline: {(await reader.readline()).decode()!r}")
    writer.write(b"go on\n")
    print(f"readexactly(5): {(await reader.readexactly(5)).decode()!r}")
    print(f"readuntil(;): {(await reader.readuntil(b';')).decode()!r}")
    writer.write(b"go on\n")
    try:
        await reader.readexactly(10)
    except asyncio.IncompleteReadError as error:
        print(f"readexactly(10): the end after {len(error.partial)} bytes, {error.partial.decode()!r}")
    print(f"readline: {(await reader.readline()).decode()!r}")
    writer.close()
    server.close()


asyncio.run(main())
