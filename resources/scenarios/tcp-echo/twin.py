# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def serve(reader, writer, served):
    print("server: a client is here")
    writer.write(b"welcome\n")
    while line := await reader.readline():
        print(f"server: received {line.decode().strip()}")
        writer.write(line)
        await writer.drain()
    print("server: the client has closed")
    writer.close()
    await writer.wait_closed()
    served.set()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    line = await reader.readline()
    print(f"client: received {line.decode().strip()}")
    for word in ["hello", "world"]:
        print(f"client: sends {word}")
        writer.write(f"{word}\n".encode())
        await writer.drain()
        line = await reader.readline()
        print(f"client: received {line.decode().strip()}")
    print("client: closes")
    writer.close()
    await writer.wait_closed()


async def main():
    served = asyncio.Event()
    server = await asyncio.start_server(
        lambda reader, writer: serve(reader, writer, served), "127.0.0.1", 0)
    print("main: the server listens")
    port = server.sockets[0].getsockname()[1]
    await asyncio.create_task(client(port), name="client")
    await served.wait()
    server.close()
    await server.wait_closed()
    print("main: the server is closed")


asyncio.run(main())
