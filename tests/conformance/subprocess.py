# SPDX-License-Identifier: GPL-3.0-or-later
"""Child processes: output, errors, streams, signals, protocols, cancellation."""
import asyncio
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT

from twin import caught, say, turns, twin


def decoded(pair):
    return tuple((part or b"").decode().replace("\n", ";") for part in pair)


@twin(clock="real")
async def outputs():
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "echo hi; echo no >&2; exit 3", stdout=PIPE, stderr=PIPE)
    say("running", process.stdin is None, process.stdout is None)
    say(decoded(await process.communicate()), process.returncode)
    say("wait again", await process.wait())
    process = await asyncio.create_subprocess_exec("echo", "a b", "", "c", stdout=PIPE)
    say(decoded(await process.communicate()), process.returncode)
    process = await asyncio.create_subprocess_shell("echo $0; exit 300", stdout=PIPE, stderr=STDOUT)
    say(decoded(await process.communicate()), process.returncode)
    process = await asyncio.create_subprocess_shell("cat; echo lost; echo lost >&2; exit 4", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    say("silent", await process.wait())
    process = await asyncio.create_subprocess_shell("echo out; echo err >&2", stdout=PIPE, stderr=STDOUT)
    say("both", decoded(await process.communicate()), process.stderr is None)


@twin(clock="real")
async def input_and_output():
    process = await asyncio.create_subprocess_exec("tr", "a-z", "A-Z", stdin=PIPE, stdout=PIPE)
    say(decoded(await process.communicate(b"hello")))
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    data = b"0123456789" * 100_000
    out, _ = await process.communicate(data)
    say("a million back", len(out), out == data, process.returncode)
    process = await asyncio.create_subprocess_shell("exec <&-; echo done", stdin=PIPE, stdout=PIPE)
    say("unread input", decoded(await process.communicate(data)), process.returncode)
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    say("empty", decoded(await process.communicate(b"")))
    process = await asyncio.create_subprocess_exec("true")
    say("no pipe", decoded(await process.communicate()))


@twin(clock="real")
async def streams():
    process = await asyncio.create_subprocess_shell("while read line; do echo \"got $line\"; done; printf end", stdin=PIPE, stdout=PIPE)
    for word in ("one", "two"):
        process.stdin.write(word.encode() + b"\n")
        await process.stdin.drain()
        say((await process.stdout.readline()).decode().strip(), process.stdout.at_eof())
    process.stdin.writelines([b"th", b"ree\n"])
    process.stdin.write_eof()
    say("closing", process.stdin.is_closing())
    say((await process.stdout.readuntil(b"e")).decode(), (await process.stdout.readexactly(2)).decode().strip())
    try:
        await process.stdout.readexactly(10)
    except asyncio.IncompleteReadError:
        say(caught())
    say("at the end", process.stdout.at_eof(), len(await process.stdout.read()))
    await process.stdin.wait_closed()
    say(await process.wait())


@twin(clock="real")
async def broken_stdin():
    process = await asyncio.create_subprocess_exec("sleep", "1000", stdin=PIPE)
    process.stdin.write(b"x" * 2_000_000)
    draining = [asyncio.create_task(process.stdin.drain()) for _ in range(2)]
    await turns(1)
    process.kill()
    for each in draining:
        try:
            await each
        except Exception:
            say(caught())
    say("closing", process.stdin.is_closing())
    for step in (process.stdin.drain, process.stdin.wait_closed, process.stdin.drain):
        try:
            await step()
            say("no error")
        except Exception:
            say(caught())
    say(await process.wait())


@twin(clock="real")
async def not_started():
    async def attempt(*arguments, **options):
        try:
            await asyncio.create_subprocess_exec(*arguments, stdout=PIPE, **options)
            say("started")
        except Exception:
            say(caught())

    await attempt("no-such-program")
    await attempt("/no/such/program")
    await attempt("")
    await attempt("/etc/passwd")
    await attempt("it's not there")
    await attempt("true", cwd="/no/such/folder")
    await attempt("true", env={"PATH": "/no/such/folder"})
    await attempt("tr\0ue")
    await attempt("true", "a\0b")
    await attempt("true", stdin=12345)
    await attempt("true", stdin=STDOUT)
    process = await asyncio.create_subprocess_shell("no-such-command", stderr=DEVNULL)
    say("a shell says", await process.wait())


@twin(clock="real")
async def folder_and_environment():
    process = await asyncio.create_subprocess_exec("sh", "-c", "pwd; echo $ONE$TWO", stdout=PIPE, cwd="/usr", env={"ONE": "1", "PATH": "/usr/bin:/bin"})
    say(decoded(await process.communicate()))
    process = await asyncio.create_subprocess_exec("./sh", "-c", "pwd", stdout=PIPE, cwd="/usr/bin")
    say(decoded(await process.communicate()))
    process = await asyncio.create_subprocess_exec("sh", "-c", "echo found", stdout=PIPE, env={})
    say(decoded(await process.communicate()))
    process = await asyncio.create_subprocess_exec("sh", "-c", "test $(ps -o sid= $$) = $$; echo $?", stdout=PIPE, start_new_session=True)
    say("leads a session", decoded(await process.communicate()))


@twin(clock="real")
async def signals():
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGHUP):
        process = await asyncio.create_subprocess_exec("sleep", "1000")
        process.send_signal(number)
        say("ended by", await process.wait(), process.returncode)
    process = await asyncio.create_subprocess_exec("sleep", "1000")
    try:
        process.send_signal(1000)
    except OSError:
        say(caught())
    process.terminate()
    process.kill()
    say("one of them", await process.wait() in (-signal.SIGTERM, -signal.SIGKILL))
    for name in ("terminate", "kill"):
        try:
            getattr(process, name)()
            say("no error")
        except ProcessLookupError:
            say(name, caught())
    process = await asyncio.create_subprocess_shell("trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.01; done", stdout=PIPE)
    say((await process.stdout.readline()).decode().strip())
    process.terminate()
    say(decoded(await process.communicate()), process.returncode)


@twin(clock="real")
async def cancelled():
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    waiting = [asyncio.create_task(process.wait()) for _ in range(3)]
    await turns(1)
    waiting[1].cancel()
    reading = asyncio.create_task(process.stdout.read())
    await turns(2)
    say([task.done() for task in waiting], waiting[1].cancelled(), reading.done())
    reading.cancel()
    try:
        await reading
    except asyncio.CancelledError:
        say("reading cancelled", process.returncode)
    process.stdin.close()
    say(await waiting[0], await waiting[2])

    process = await asyncio.create_subprocess_exec("sleep", "1000", stdin=PIPE, stdout=PIPE)
    try:
        await asyncio.wait_for(process.communicate(b"x"), 0.01)
    except TimeoutError:
        say("timeout", process.returncode)
    process.kill()
    say(decoded(await process.communicate()), await process.wait())

    starting = asyncio.create_task(asyncio.create_subprocess_exec("sleep", "1000"))
    await turns(1)
    starting.cancel()
    try:
        await starting
    except asyncio.CancelledError:
        say("starting cancelled")


class Notes(asyncio.SubprocessProtocol):
    def __init__(self):
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        say("made", [transport.get_pipe_transport(fd) is not None for fd in range(4)], transport.get_returncode())

    def pipe_data_received(self, fd, data):
        say("data", fd, data.decode().strip())

    def pipe_connection_lost(self, fd, exception):
        say("pipe lost", fd, exception)
        if fd == 1 and self.transport.get_pipe_transport(0) is not None:
            self.transport.get_pipe_transport(0).write(b"end\n")

    def process_exited(self):
        say("exited", self.transport.get_returncode())

    def connection_lost(self, exception):
        say("lost", exception)
        self.closed.set_result(None)


@twin(clock="real", before="3.14", because="the exit may come before the loss of a pipe since")
async def protocols():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(Notes, "sh", "-c", "echo hi; exec >&-; read line; exit 3", stderr=None)
    say("started", transport.get_returncode(), transport.is_closing(), transport.get_protocol() is protocol)
    await protocol.closed
    say("over", transport.get_returncode())
    try:
        transport.kill()
    except ProcessLookupError:
        say(caught())
    transport, protocol = await loop.subprocess_shell(Notes, "exec sleep 1000", stdin=None, stdout=None, stderr=None)
    transport.close()
    say("closed", transport.is_closing())
    await protocol.closed


@twin(clock="real")
async def many():
    async def one(number):
        process = await asyncio.create_subprocess_exec("sh", "-c", f"read x; echo {number}$x; exit {number}", stdin=PIPE, stdout=PIPE)
        out, _ = await process.communicate(b"!\n")
        return out.decode().strip(), process.returncode

    say(await asyncio.gather(*(one(number) for number in range(20))))
    say("names went on:", int(asyncio.create_task(turns(1)).get_name().split("-")[1]))
