# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import pathlib
import ssl
from twin import say, text, turns, twin

CERTIFICATES = pathlib.Path(__file__).parent / "certificates"


def server_context(name="localhost"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


def client_context():
    context = ssl.create_default_context()
    context.load_verify_locations(CERTIFICATES / "authority.pem")
    return context


def told(error):
    """Without the line of CPython's own source."""
    return text(error).split(" (_ssl.c")[0]


async def outcome(awaitable):
    try:
        await awaitable
        return "fine"
    except Exception as e:
        return told(e)


async def echo(reader, writer):
    while data := await reader.read(1000):
        writer.write(data)
        await writer.drain()
    writer.close()


def port_of(server):
    return server.sockets[0].getsockname()[1]


@twin(clock="real")
async def stream_of_lines():
    async def handler(reader, writer):
        lines = []
        while line := await reader.readline():
            lines.append(line.decode().strip())
            writer.write(line.upper())
            await writer.drain()
        lines.append("end" if reader.at_eof() else "more")
        writer.close()
        await writer.wait_closed()
        seen.set_result(lines)

    seen = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=server_context())
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_context())
    say(writer.can_write_eof(), writer.is_closing(), reader.at_eof())
    for line in ("one\n", "two\n", "three\n"):
        writer.write(line.encode())
        say((await reader.readline()).decode().strip())
    writer.writelines([b"a\n", b"b\n"])
    await writer.drain()
    say((await reader.readexactly(4)).decode().split())
    try:
        writer.write_eof()
    except NotImplementedError as e:
        say(e)
    writer.close()
    say(writer.is_closing())
    await writer.wait_closed()
    say(await seen)
    say((await reader.read()).decode(), reader.at_eof())
    try:
        await writer.drain()
    except ConnectionResetError as e:
        say(e)
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def extra_info():
    server_side = server_context()
    server_side.set_alpn_protocols(["b", "a"])
    server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=server_side)
    client_side = client_context()
    client_side.set_alpn_protocols(["a", "b"])
    for maximum, protocols in (("TLSv1_3", ["a", "b"]), ("TLSv1_2", ["z"])):
        client_side.maximum_version = ssl.TLSVersion[maximum]
        client_side.set_alpn_protocols(protocols)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_side,
                                                       server_hostname="localhost")
        agreed = writer.get_extra_info("ssl_object")
        say(agreed.version(), agreed.selected_alpn_protocol(), agreed.server_hostname)
        certificate = writer.get_extra_info("peercert")
        say(certificate["subject"][0][0], certificate["issuer"][0][0], certificate["notAfter"])
        say([name for name in certificate["subjectAltName"]])
        say(writer.get_extra_info("cipher")[1], writer.get_extra_info("compression") is None,
            writer.get_extra_info("sslcontext") is client_side, writer.get_extra_info("nonsense") is None)
        say(writer.get_extra_info("peername")[0], writer.get_extra_info("peername")[1] == port_of(server))
        writer.close()
        await writer.wait_closed()
        say(writer.get_extra_info("peername") is None, writer.get_extra_info("ssl_object") is None)
    server.close()
    await server.wait_closed()


@twin(clock="real", before="3.14", because="an empty name is an error since")
async def verification():
    async def attempt(name, context, **options):
        server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=server_context(name))
        say(await outcome(asyncio.open_connection("127.0.0.1", port_of(server), ssl=context, **options)))
        server.close()

    for name in ("localhost", "elsewhere", "expired"):
        for host in ("localhost", "127.0.0.1", "elsewhere.test"):
            say(name, "for", host)
            await attempt(name, client_context(), server_hostname=host)
    say("without an authority")
    await attempt("localhost", ssl.create_default_context())
    say("without a name")
    await attempt("localhost", client_context(), server_hostname="")
    context = client_context()
    context.check_hostname = False
    await attempt("elsewhere", context)
    await attempt("expired", context)
    context.verify_mode = ssl.CERT_NONE
    await attempt("expired", context, server_hostname="")


@twin(clock="real", before="3.15", because="an error names the file since")
async def contexts():
    context = ssl.create_default_context()
    say(context.verify_mode == ssl.CERT_REQUIRED, context.check_hostname)
    try:
        context.verify_mode = ssl.CERT_NONE
    except ValueError as e:
        say(e)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.check_hostname = True
    say(context.verify_mode == ssl.CERT_REQUIRED, context.check_hostname)
    for attempt in (lambda: context.load_cert_chain("/nowhere/at/all.pem"),
                    lambda: context.load_cert_chain(str(CERTIFICATES / "authority.pem")),
                    lambda: context.load_verify_locations("/nowhere/at/all.pem"),
                    lambda: context.load_verify_locations(str(CERTIFICATES / "client.pem"))):
        try:
            attempt()
            say("fine")
        except Exception as e:
            say(told(e))
    server = server_context()
    say(server.verify_mode == ssl.CERT_NONE, server.check_hostname)


@twin(clock="real")
async def client_certificates():
    who = []

    async def handler(reader, writer):
        certificate = writer.get_extra_info("peercert")
        who.append(certificate["subject"][0][0][1] if certificate else "nobody")
        writer.write(b"welcome")
        writer.close()

    for mode in (ssl.CERT_NONE, ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED):
        context = server_context()
        context.load_verify_locations(CERTIFICATES / "authority.pem")
        context.verify_mode = mode
        server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=context)
        for certificate in ("client", "expired", None):
            client = client_context()
            client.maximum_version = ssl.TLSVersion.TLSv1_2
            if certificate:
                client.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server), ssl=client)
                say(certificate or "none", (await reader.read()).decode(), who.pop())
                writer.close()
            except Exception as e:
                say(certificate or "none", told(e), who)
        server.close()


class Told(asyncio.Protocol):
    """Keeps what it is told."""
    def __init__(self):
        self.log = []
        self.lost = asyncio.get_running_loop().create_future()
        self.heard = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.log.append("made")
        self.transport = transport

    def data_received(self, data):
        self.log.append(data.decode())
        if not self.heard.done():
            self.heard.set_result(None)

    def eof_received(self):
        self.log.append("eof")

    def connection_lost(self, error):
        self.log.append("lost " + told(error))
        self.lost.set_result(None)


@twin(clock="real")
async def protocols():
    served = []

    def factory():
        served.append(Told())
        return served[-1]

    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=server_context())
    for ending in ("client closes", "server closes", "client aborts", "server aborts"):
        transport, client = await loop.create_connection(Told, "127.0.0.1", port_of(server), ssl=client_context())
        say(ending, transport is client.transport, transport.get_protocol() is client, transport.is_closing())
        transport.write(b"ping")
        transport.write(b"")
        peer = served.pop()
        await peer.heard
        peer.transport.write(b"pong")
        await client.heard
        ends, what = ending.split()
        end = transport if ends == "client" else peer.transport
        end.close() if what == "closes" else end.abort()
        say(end.is_closing())
        end.write(b"too late")
        end.close()
        await client.lost
        await peer.lost
        say(client.log)
        say(peer.log)
        say(transport.is_closing(), peer.transport.is_closing())
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def upgrades():
    async def handler(reader, writer):
        command = await reader.readline()
        writer.write(b"ready\n")
        await writer.start_tls(server_context())
        agreed = writer.get_extra_info("ssl_object")
        line = await reader.readline()
        writer.write(line[::-1])
        writer.close()
        seen.set_result((command.decode().strip(), agreed.server_side, line.decode().strip()))

    seen = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    say(writer.get_extra_info("sslcontext") is None, writer.can_write_eof())
    writer.write(b"STARTTLS\n")
    say((await reader.readline()).decode())
    say(await outcome(writer.start_tls(client_context(), server_hostname="localhost")))
    say(writer.get_extra_info("sslcontext") is None, writer.can_write_eof())
    writer.write(b"abc\n")
    say((await reader.read()).decode().strip())
    say(await seen)
    writer.close()
    await writer.wait_closed()
    server.close()
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    say(await outcome(writer.start_tls(client_context(), server_hostname="localhost")))
    try:
        await writer.wait_closed()
    except Exception as e:
        say(told(e))
    server.close()


@twin(clock="real")
async def bad_peers():
    async def mute(reader, writer):
        await reader.read()

    async def leaves(reader, writer):
        await reader.read(10000)
        writer.close()

    async def babbles(reader, writer):
        writer.write(b"220 hello\r\n")

    for handler in (babbles, leaves):
        server = await asyncio.start_server(handler, "127.0.0.1", 0)
        say(await outcome(asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_context())))
        server.close()
    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    for timeout in (0.01, 0.0, -2.5):
        say(await outcome(asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_context(),
                                                  ssl_handshake_timeout=timeout)))
    say(await outcome(asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_context(),
                                              ssl_shutdown_timeout=0.0)))
    server.close()
    handled = []
    server = await asyncio.start_server(lambda reader, writer: handled.append(1), "127.0.0.1", 0, ssl=server_context())
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    say((await reader.read()).decode(), handled)
    writer.close()
    server.close()
    await server.wait_closed()


@twin(clock="real")
async def much_at_once():
    received = []

    async def handler(reader, writer):
        received.append(len(await reader.readexactly(3_000_000)))
        writer.write(b"y" * 2_000_000)
        writer.close()

    server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=server_context())
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server), ssl=client_context())
    transport = writer.transport
    say(transport.get_write_buffer_limits())
    transport.set_write_buffer_limits(high=1000)
    say(transport.get_write_buffer_limits())
    try:
        transport.set_write_buffer_limits(high=1, low=2)
    except ValueError as e:
        say(e)
    transport.set_write_buffer_limits()
    writer.write(b"x" * 3_000_000)
    await writer.drain()
    data = await reader.read()
    say(len(data), data.count(b"y"), received)
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    await turns(1)
