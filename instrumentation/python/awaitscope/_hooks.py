# SPDX-License-Identifier: MIT
"""Which of asyncio's names are hooked, for every CPython from 3.8 on. What a hook does stands in core/."""
import atexit
import gc
import os
import sys

from . import _core as core

# awaitscope.h's numbers.
SLEEP, LOCK, EVENT, CONDITION, SEMAPHORE, BARRIER, QUEUE_GET, QUEUE_PUT, IO = 1, 5, 6, 7, 8, 9, 10, 11, 12
PROCESS, TIMEOUT, GROUP = 14, 15, 16
SYNC_LOCK, SYNC_EVENT, SYNC_CONDITION, SYNC_SEMAPHORE, SYNC_BARRIER, SYNC_QUEUE = 0, 1, 2, 3, 5, 6

installed = False


def find(owner, path):
    """The attribute at a dotted path, or None where this version has none."""
    for name in path.split("."):
        owner = getattr(owner, name, None)
    return owner


def hook(owner, name, kind):
    """Puts a hook in place of owner.name, where there is such a name."""
    fields = vars(owner)
    original = fields.get(name)
    if original is None or isinstance(original, core.Hook):
        return
    replacement = core.Hook(original, kind)
    try:
        setattr(owner, name, replacement)
    except TypeError:
        # A type of the C half: its dictionary is behind a proxy, and takes a new method all the same.
        dictionary = gc.get_referents(fields)[0]
        dictionary[name] = replacement
        core.type_modified(owner)


def hook_loops(base_events, selector_events, events, unix_events):
    loop = base_events.BaseEventLoop
    hook(loop, "__init__", "loop_init")
    hook(loop, "run_forever", "run_forever")
    hook(loop, "_call_soon", "queue_callback")
    hook(loop, "_check_thread", "check_thread")
    hook(loop, "call_at", "call_at")
    hook(loop, "create_task", "create_task")
    hook(loop, "create_future", "create_future")
    hook(loop, "run_in_executor", "run_in_executor")
    hook(loop, "call_exception_handler", "exception_handler")
    hook(events.Handle, "_run", "handle_run")
    hook(events.Handle, "cancel", "handle_cancel")
    selector_loop = selector_events.BaseSelectorEventLoop
    hook(selector_loop, "_process_events", "process_events")
    hook(selector_loop, "_add_reader", "add_reader")
    hook(selector_loop, "_add_writer", "add_writer")
    hook(selector_loop, "_remove_reader", "remove_reader")
    hook(selector_loop, "_remove_writer", "remove_writer")
    transport = selector_events._SelectorTransport
    hook(transport, "__init__", "connection_made")
    hook(transport, "_call_connection_lost", "connection_lost")
    if unix_events:
        hook(unix_events._UnixSelectorEventLoop, "_handle_signal", "signal")
        hook(unix_events._UnixSubprocessTransport, "_start", "process_started")
        hook_pipes(unix_events._UnixReadPipeTransport, ("_read_ready",))
        hook_pipes(unix_events._UnixWritePipeTransport, ("write", "_write_ready"))
        hook(os, "read", "pipe_read")
        hook(os, "write", "pipe_write")


def hook_pipes(transport, uses):
    hook(transport, "__init__", "pipe_made")
    hook(transport, "_call_connection_lost", "pipe_lost")
    for name in uses:
        hook(transport, name, "pipe_used")


def hook_tasks(asyncio):
    tasks, futures = asyncio.tasks, asyncio.futures
    for future in {futures.Future, futures._PyFuture}:
        hook(future, "set_result", "future_result")
        hook(future, "set_exception", "future_exception")
        hook(future, "cancel", "future_cancel")
    for task in {tasks.Task, tasks._PyTask}:
        hook(task, "cancel", "task_cancel")
        hook(task, "set_name", "set_name")
    hook(tasks._GatheringFuture, "__init__", "gathering")
    # Up to 3.12 some name a task when it is made.
    hook(tasks, "create_task", "create_task")
    asyncio.create_task = tasks.create_task
    if hasattr(asyncio, "TaskGroup"):  # 3.11
        hook(asyncio.TaskGroup, "create_task", "create_task")
    make_factory = getattr(tasks, "create_eager_task_factory", None)
    if make_factory:  # 3.12

        def create_eager_task_factory(custom_task_constructor):
            return make_factory(core.Hook(custom_task_constructor, "eager_task"))

        create_eager_task_factory.__doc__ = make_factory.__doc__
        create_eager_task_factory.__module__ = make_factory.__module__
        for module in (tasks, asyncio):
            module.create_eager_task_factory = create_eager_task_factory
            module.eager_task_factory = create_eager_task_factory(tasks.Task)


def hook_primitives(asyncio):
    locks, queues = asyncio.locks, asyncio.queues
    locks.Lock._locked = core.Watched("_locked", SYNC_LOCK)
    locks.Event._value = core.Watched("_value", SYNC_EVENT)
    locks.Semaphore._value = core.Watched("_value", SYNC_SEMAPHORE)
    hook(locks.Semaphore, "_wake_up_next", "hand_over")
    hook(locks.Condition, "notify", "condition_notify")
    hook(queues.Queue, "put_nowait", "queue_put")
    hook(queues.Queue, "get_nowait", "queue_get")


def hook_outside(asyncio):
    import builtins
    import logging
    import socket
    import warnings

    for name in ("recv", "recv_into"):
        if name not in vars(socket.socket):
            setattr(socket.socket, name, getattr(socket.socket, name))
        hook(socket.socket, name, "socket_read")
    setattr(socket.socket, "recvfrom", getattr(socket.socket, "recvfrom"))
    hook(socket.socket, "recvfrom", "socket_read_from")
    for name in ("send", "sendto", "sendmsg"):
        setattr(socket.socket, name, getattr(socket.socket, name))
        hook(socket.socket, name, "socket_write")
    hook(asyncio.base_subprocess.BaseSubprocessTransport, "_process_exited", "process_exited")
    hook(warnings, "_warn_unawaited_coroutine", "never_awaited")
    hook(builtins, "print", "print")
    hook(os, "_exit", "leave")
    for name in ("execv", "execve"):  # all others call these
        hook(os, name, "replace")

    def listen(record):
        if record.levelno == logging.WARNING:
            try:
                core.log(record.getMessage())
            except Exception:
                pass  # the logger itself will say what is wrong with its record
        return True

    logging.getLogger("asyncio").addFilter(listen)


def know_waits(asyncio):
    """Tells the core in which functions of asyncio's a task waits for what."""
    waits = [
        ("tasks.sleep", SLEEP, -1),
        ("tasks._cancel_and_wait", TIMEOUT, -1),
        ("locks._ContextManagerMixin.__aenter__", LOCK, -1),  # in which acquire() says more
        ("locks.Lock.acquire", LOCK, SYNC_LOCK),
        ("locks.Event.wait", EVENT, SYNC_EVENT),
        ("locks.Condition.wait", CONDITION, SYNC_CONDITION),
        ("locks.Semaphore.acquire", SEMAPHORE, SYNC_SEMAPHORE),
        ("locks.Barrier.wait", BARRIER, SYNC_BARRIER),
        ("queues.Queue.get", QUEUE_GET, SYNC_QUEUE),
        ("queues.Queue.put", QUEUE_PUT, SYNC_QUEUE),
        ("queues.Queue.join", EVENT, SYNC_QUEUE),
        ("taskgroups.TaskGroup.__aexit__", GROUP, -1),
        ("taskgroups.TaskGroup._aexit", GROUP, -1),
        ("streams.StreamReader._wait_for_data", IO, -1),
        ("streams.StreamWriter.drain", IO, -1),
        ("streams.FlowControlMixin._drain_helper", IO, -1),
        ("base_subprocess.BaseSubprocessTransport._wait", PROCESS, -1),
    ]
    if sys.version_info < (3, 12):  # since then it waits by what it was given
        waits.append(("tasks.wait_for", TIMEOUT, -1))
    for owner in ("selector_events.BaseSelectorEventLoop", "base_events.BaseEventLoop"):
        for name in vars(find(asyncio, owner)):
            if name.startswith(("sock_", "_sock_")):
                waits.append((owner + "." + name, IO, -1))
    whole = ("locks.Barrier.wait", "queues.Queue.join")  # what they wait by is their own
    for path, on, sync in waits:
        function = find(asyncio, path)
        code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
        if code is not None:
            core.waiting_code(code, on, sync, path in whole)


def install():
    """Hooks asyncio, once. It costs a pointer's test at each hook while nothing is shared."""
    global installed
    if installed:
        return
    import asyncio
    from asyncio import base_events, base_subprocess, events, locks, queues, selector_events, tasks

    unix_events = getattr(asyncio, "unix_events", None)
    wake_next = getattr(locks.Semaphore, "_wake_up_next", None)
    core.setup(
        task=tasks.Task,
        python_task=tasks._PyTask,
        timer_handle=events.TimerHandle,
        bounded_semaphore=locks.BoundedSemaphore,
        gathering=getattr(tasks, "_GatheringFuture", None),
        task_group=getattr(asyncio, "TaskGroup", None),  # 3.11
        all_tasks=tasks.all_tasks,
        current_task=tasks.current_task,
        running_loop=events._get_running_loop,
        watch_protocol=watch_protocol,
        watch_transport=watch_transport,
        semaphores_hand_over=wake_next is not None and "_value" in wake_next.__code__.co_names,
        folder=os.path.dirname(asyncio.__file__) + os.sep,
        name=os.path.basename(sys.argv[0]) if getattr(sys, "argv", None) else "",
    )
    know_waits(asyncio)
    installed = True
    hook_tasks(asyncio)
    hook_loops(base_events, selector_events, events, unix_events)
    hook_primitives(asyncio)
    hook_outside(asyncio)
    hook_other_loops(events)
    # A process that forks is to have the threads that it made itself, and no more.
    os.register_at_fork(before=core.stop_watch, after_in_child=begin_child)
    atexit.register(core.end_watch)


def meet_loops():
    """What there is by now: the queues that are in use, and the loops that run, told to the core with their tasks.
    Loops that wait are woken, for hooks are met with the next turn."""
    import threading
    from asyncio import events
    from asyncio.base_events import BaseEventLoop
    from asyncio.queues import Queue

    loops = []
    for one in gc.get_objects():
        # By its type alone: other libraries' proxies do as they like when asked for their class.
        bases = type(one).__mro__
        if events.AbstractEventLoop in bases:
            loops.append(one)
        elif Queue in bases:
            meet_queue(one)
    frames = sys._current_frames()
    for loop in loops:
        if not loop.is_running():
            continue
        mine = events._get_running_loop() is loop
        thread = threading.get_ident() if mine else getattr(loop, "_thread_id", None)
        if thread in frames:
            core.meet_loop(loop, thread, not polls(frames[thread], BaseEventLoop._run_once.__code__))
        try:
            loop.call_soon_threadsafe(loop.get_debug)
        except RuntimeError:
            pass  # closed by now


def meet_queue(queue):
    """One that holds something, or is waited for, is told; what an untouched one may hold, its first item says."""
    try:
        size, bound = queue.qsize(), queue.maxsize
        used = size or queue._getters or queue._unfinished_tasks
    except Exception:
        return  # it is only being made, or is none of asyncio's in more than its name
    if used and isinstance(size, int) and isinstance(bound, int):
        core.meet_queue(queue, size, bound)


def polls(frame, run_once):
    """Whether a thread's innermost frame, or what was put upon that, is in the selector's select()."""
    while frame.f_back and frame.f_back.f_code is not run_once:
        frame = frame.f_back
    return frame.f_code.co_name == "select"


def hook_other_loops(events):
    """A loop of another make (uvloop's) makes handles of its own: there, callbacks are wrapped as they come in."""
    base = events.AbstractEventLoop
    standard = "_call_soon"  # who has BaseEventLoop's is hooked already

    def __init_subclass__(cls, **keywords):
        super(base, cls).__init_subclass__(**keywords)
        if not hasattr(cls, standard):
            hook_foreign(cls, base)

    base.__init_subclass__ = classmethod(__init_subclass__)
    for cls in base.__subclasses__():
        if not hasattr(cls, standard):
            hook_foreign(cls, base)


def hook_foreign(cls, base):
    for name, kind in (
        ("run_forever", "run_forever"),
        ("call_soon", "foreign_call_soon"),
        ("call_soon_threadsafe", "foreign_call_soon"),
        ("call_later", "foreign_call_later"),
        ("create_task", "create_task"),
        ("create_future", "create_future"),
        ("run_in_executor", "run_in_executor"),
        ("call_exception_handler", "exception_handler"),
        ("add_signal_handler", "foreign_signal"),
        ("add_reader", "add_reader"),
        ("add_writer", "add_writer"),
        ("remove_reader", "remove_reader"),
        ("remove_writer", "remove_writer"),
    ) + tuple((name, "protocol_factory") for name in MAKERS):
        original = getattr(cls, name, None)
        if original is None or original is getattr(base, name, None) or isinstance(original, core.Hook):
            continue
        setattr(cls, name, core.Hook(original, kind))
    watch_own_protocols(cls)


# A loop's methods whose first argument makes a protocol.
MAKERS = (
    "create_connection",
    "create_server",
    "create_unix_connection",
    "create_unix_server",
    "create_datagram_endpoint",
    "connect_accepted_socket",
    "connect_read_pipe",
    "connect_write_pipe",
    "subprocess_exec",
    "subprocess_shell",
)


def watch_own_protocols(cls):
    """Those by which a loop of another make reads and writes its children's pipes are made by itself."""
    from asyncio import protocols

    for name in {one.__module__ for one in cls.__mro__} - {"builtins", "asyncio.events"}:
        for one in list(getattr(sys.modules.get(name), "__dict__", {}).values()):
            if isinstance(one, type) and issubclass(one, protocols.BaseProtocol) and one.__module__ == name:
                watch_protocol(one)


def watch_protocol(cls):
    watch_methods(
        cls,
        ("connection_made", "protocol_made"),
        ("connection_lost", "protocol_lost"),
        ("process_exited", "protocol_exited"),
        ("data_received", "protocol_data"),
        ("datagram_received", "protocol_data"),
        ("buffer_updated", "protocol_buffer"),
    )


def watch_transport(cls):
    watch_methods(
        cls, ("write", "transport_write"), ("sendto", "transport_write"), ("writelines", "transport_writelines")
    )


METHOD_DESCRIPTOR = 1 << 17  # of a type's __flags__: what behaves like a function in a class


def watch_methods(cls, *methods):
    """Hooks methods where a type has them from; what is there in another way (a property, a mock) is left alone."""
    for name, kind in methods:
        owner = next((one for one in cls.__mro__ if name in vars(one)), None)
        original = vars(owner)[name] if owner else None
        if type(original).__flags__ & METHOD_DESCRIPTOR or type(original).__name__ == "cython_function_or_method":
            try:
                hook(owner, name, kind)
            except Exception:
                pass  # a metaclass that wants none


def wanted():
    return os.environ.get("AWAITSCOPE", "0") not in ("", "0")


def begin_child():
    core.after_fork()
    if wanted():
        core.arm()


def install_with_asyncio():
    """Hooks asyncio now or when it is imported; the events begin with the process's first loop."""
    core.arm()
    if "asyncio" in sys.modules:
        install()
    elif not any(isinstance(finder, AsyncioFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, AsyncioFinder())


class AsyncioFinder:
    """Lets the others find asyncio, and hooks it when it is there."""

    def find_spec(self, name, path=None, target=None):
        if name != "asyncio":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            del spec.loader.exec_module
            from .site_support import guarded

            guarded(install)

        spec.loader.exec_module = exec_module
        return spec
