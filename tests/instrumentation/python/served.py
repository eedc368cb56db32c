# SPDX-License-Identifier: GPL-3.0-or-later
# A program that is not ours: aiohttp's server and client, with some load, in one process. With `forever` as an argument
# the load goes on until the process is ended.
import asyncio
import sys

import aiohttp
from aiohttp import web

CLIENTS, REQUESTS = 10, 20


async def answer(request):
    await asyncio.sleep(0)
    return web.json_response({"number": int(request.query["number"])})


async def client(session, url, first):
    total = 0
    for number in range(first, first + REQUESTS):
        async with session.get(url, params={"number": str(number)}) as response:
            total += (await response.json())["number"]
    return total


async def main():
    application = web.Application()
    application.router.add_get("/", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        url = "http://127.0.0.1:%d/" % port
        clients = [asyncio.create_task(client(session, url, i * REQUESTS), name="client %d" % i) for i in range(CLIENTS)]
        print(sum(await asyncio.gather(*clients)), flush=True)
        while "forever" in sys.argv:
            await asyncio.gather(*(asyncio.create_task(client(session, url, 0), name="more") for _ in range(CLIENTS)))
    await runner.cleanup()


if "uvloop" in sys.argv:
    import uvloop

    uvloop.install()
asyncio.run(main())
