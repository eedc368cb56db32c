# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import os
import stat
import tempfile


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def client(path, words):
    reader, writer = await asyncio.open_unix_connection(path)
    answers = []
    for word in words:
        writer.write(f"{word}\n".encode())
        answer = await reader.readline()
        answers.append(answer.decode().strip())
    writer.close()
    await writer.wait_closed()
    return answers


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "echo.sock")
        server = await asyncio.start_unix_server(serve, path)
        is_socket = stat.S_ISSOCK(os.stat(path).st_mode)
        print(f"main: its address is a socket in a folder: {'yes' if is_socket else 'no'}")
        clients = [asyncio.create_task(client(path, ["hello", "world"]), name="Ann"),
                   asyncio.create_task(client(path, ["one", "two", "three"]), name="Bob")]
        for answers in await asyncio.gather(*clients):
            print(f"main: {' '.join(answers)}")
        server.close()
        await server.wait_closed()
        try:
            await asyncio.open_unix_connection(path)
        except (ConnectionRefusedError, FileNotFoundError):
            print("main: nobody listens any more")


asyncio.run(main())
