# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

# A page: how many tenths of a second its server takes, and what it links to.
PAGES = {
    "/": (1, ["/news", "/shop", "/help", "/about"]),
    "/news": (2, ["/news/today", "/"]),
    "/shop": (5, []),
    "/help": (4, ["/about"]),
    "/about": (4, []),
    "/news/today": (6, []),
}


async def serve(reader, writer):
    request = await reader.readline()
    path = request.decode().split()[1]
    tenths, links = PAGES[path]
    await asyncio.sleep(tenths / 10)
    writer.write("\n".join(links).encode())
    writer.close()


async def fetch(port, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.0\r\n".encode())
    body = await reader.read()
    writer.close()
    return body.decode().split()


class Crawler:
    def __init__(self, port):
        self.port = port
        self.places = asyncio.Semaphore(3)
        self.seen = set()
        self.at_once = self.most = 0

    async def visit(self, path):
        async with self.places:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            links = await fetch(self.port, path)
            self.at_once -= 1
        new = [link for link in links if link not in self.seen]
        print(f"{path}: {len(links)} links, {len(new)} of them new")
        self.crawl(new)

    def crawl(self, paths):
        for path in paths:
            self.seen.add(path)
            self.group.create_task(self.visit(path), name=path)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    crawler = Crawler(server.sockets[0].getsockname()[1])
    async with asyncio.TaskGroup() as crawler.group:
        crawler.crawl(["/"])
    print(f"main: {len(crawler.seen)} pages, {crawler.most} at a time at most")
    server.close()


asyncio.run(main())
