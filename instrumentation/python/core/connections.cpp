// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/connections.hpp"

#include <unordered_map>

#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// What a foreign transport, or its protocol, is at an end of: by address, from connection_made() to connection_lost().
struct Connection {
    int fd = -1;
    PyObject* other = nullptr;  ///< the transport's protocol, or the protocol's transport
};
std::unordered_map<PyObject*, Connection>& connections = *new std::unordered_map<PyObject*, Connection>;

/// The transports of children that run, by their protocols.
std::unordered_map<PyObject*, Ref>& processes = *new std::unordered_map<PyObject*, Ref>;

/// The object one of whose methods runs in this thread: what that calls of its own or of its base's is the same bytes.
thread_local constinit PyObject* used = nullptr;

/// "127.0.0.1:80", "[::1]:80", or a Unix socket's path.
std::string address_text(PyObject* address) {
    if (PyUnicode_Check(address)) return text_of(address);
    if (!PyTuple_Check(address) || PyTuple_Size(address) < 2) return {};
    const std::string host = text_of(need(PyObject_Str(PyTuple_GetItem(address, 0))).get());
    const std::string port = text_of(need(PyObject_Str(PyTuple_GetItem(address, 1))).get());
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
}

Ref extra_info(PyObject* transport, const char* what) {
    return need(PyObject_CallMethod(transport, "get_extra_info", "s", what));
}

long number_attribute(PyObject* object, const char* name) {
    const Ref value = need(PyObject_GetAttrString(object, name));
    const long number = PyLong_AsLong(value.get());
    if (number == -1 && PyErr_Occurred()) throw PythonError{};
    return number;
}

/// What a method without arguments gives, where there is such a method, as a number; else -1.
int number_by(PyObject* object, const char* method) {
    const Ref number(PyObject_CallMethod(object, method, nullptr));
    const long value = number && PyLong_Check(number.get()) ? PyLong_AsLong(number.get()) : -1;
    PyErr_Clear();
    return static_cast<int>(value);
}

/// Of the socket or the pipe that a transport says it has; -1 where it says none.
int descriptor_of(PyObject* transport, const char* what) {
    const Ref file = extra_info(transport, what);
    return file.get() == Py_None ? -1 : number_by(file.get(), "fileno");
}

void meet_process(PyObject* protocol, PyObject* transport, int pid) {
    processes[protocol] = Ref::share(transport);
    awaitscope_process_started(emitter(), loop_number(), me(), pid);
}

void meet_connection(PyObject* protocol, PyObject* transport) {
    if (const auto known = connections.find(protocol); known != connections.end()) {
        if (known->second.other != transport) known->second.fd = -1;  // whose bytes it gets cannot be said any more
        return;                                                       // or the method of a base was called by ours
    }
    const int socket = descriptor_of(transport, "socket");
    const int fd = socket >= 0 ? socket : descriptor_of(transport, "pipe");
    if (fd < 0) return;
    connections[protocol] = {fd, transport};
    connections[transport] = {fd, protocol};
    need(PyObject_CallFunctionObjArgs(asyncio.watch_transport, Py_TYPE(transport), nullptr));
    const std::string peer = socket >= 0 ? address_text(extra_info(transport, "peername").get()) : "pipe";
    awaitscope_connection_made(emitter(), loop_number(), me(), fd, peer.c_str());
}

void meet_transport(PyObject* protocol, PyObject* transport) {
    if (module_is_asyncios(reinterpret_cast<PyObject*>(Py_TYPE(transport)))) return;
    const int pid = number_by(transport, "get_pid");
    pid >= 0 ? meet_process(protocol, transport, pid) : meet_connection(protocol, transport);
}

void part_with(PyObject* protocol) {
    const auto known = connections.find(protocol);
    if (known == connections.end()) return;
    const auto [fd, transport] = known->second;
    connections.erase(known);
    connections.erase(transport);
    if (fd >= 0)
        awaitscope_connection_lost(emitter(), loop_number(), me(), fd);  // else it is of several, and of which?
}

/// Of anything that holds bytes; what does not is the program's error, and is told by whom it is given to.
Py_ssize_t size_of(PyObject* bytes) {
    if (PyBytes_Check(bytes)) return PyBytes_Size(bytes);
    const Ref view(PyMemoryView_FromObject(bytes));
    if (!view) {
        PyErr_Clear();
        throw MissingArgument{};
    }
    return number_attribute(view.get(), "nbytes");
}

/// What can be gone through once only would be used up: that is not told.
Py_ssize_t size_of_all(PyObject* lines) {
    if (!PyList_Check(lines) && !PyTuple_Check(lines)) throw MissingArgument{};
    Py_ssize_t size = 0;
    for (Py_ssize_t i = 0; i < PySequence_Size(lines); ++i) size += size_of(need(PySequence_GetItem(lines, i)).get());
    return size;
}

Py_ssize_t number_of(PyObject* count) {
    return PyLong_Check(count) ? PyLong_AsSsize_t(count) : 0;
}

/// Calls a method of a protocol or of a transport, with which bytes come in or go out.
PyObject* call_with_bytes(PyObject* original, const Arguments& args, bool in, Py_ssize_t (*count)(PyObject*)) {
    if (!sharing || connections.empty()) return args.call(original);
    PyObject* const before = used;
    int fd = -1;
    std::uint64_t bytes = 0;
    quietly([&] {
        const auto known = connections.find(args[0]);
        if (args[0] == used || known == connections.end()) return;
        used = args[0];
        bytes = static_cast<std::uint64_t>(count(args[1]));
        fd = known->second.fd;
        if (in && fd >= 0) awaitscope_io_read(emitter(), loop_number(), me(), fd, bytes);
    });
    PyObject* const result = args.call(original);
    used = before;
    if (!in && fd >= 0 && result) quietly([&] { awaitscope_io_write(emitter(), loop_number(), me(), fd, bytes); });
    return result;
}

}  // namespace

PyObject* connection_made_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (!result) return nullptr;
    quietly([&] {
        const Ref peer = extra_info(args[0], "peername");
        awaitscope_connection_made(emitter(), loop_number(), me(),
                                   static_cast<int>(number_attribute(args[0], "_sock_fd")),
                                   address_text(peer.get()).c_str());
    });
    return result;
}

PyObject* connection_lost_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        const long fd = number_attribute(args[0], "_sock_fd");
        awaitscope_connection_lost(emitter(), loop_number(), me(), static_cast<int>(fd));
    });
    return args.call(original);
}

PyObject* protocol_factory_hook(PyObject* original, const Arguments& args) {
    Ref watched;
    const bool named = args.keyword("protocol_factory") != nullptr;
    quietly([&] {
        PyObject* const factory = args.at(1, "protocol_factory");
        if (PyCallable_Check(factory)) watched = make_protocol_factory(factory);
    });
    if (!watched) return args.call(original);
    return named ? args.call_with(original, "protocol_factory", watched.get())
                 : args.call_with(original, 1, watched.get());
}

PyObject* protocol_made_hook(PyObject* original, const Arguments& args) {
    quietly([&] { meet_transport(args[0], args.at(1, "transport")); });
    return args.call(original);
}

PyObject* protocol_lost_hook(PyObject* original, const Arguments& args) {
    if (!connections.empty()) quietly([&] { part_with(args[0]); });
    return args.call(original);
}

PyObject* protocol_exited_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        auto process = processes.extract(args[0]);
        if (!process) return;
        PyObject* const transport = process.mapped().get();
        awaitscope_process_exited(emitter(), loop_number(), number_by(transport, "get_pid"),
                                  number_by(transport, "get_returncode"));
    });
    return args.call(original);
}

PyObject* protocol_data_hook(PyObject* original, const Arguments& args) {
    return call_with_bytes(original, args, true, size_of);
}

PyObject* protocol_buffer_hook(PyObject* original, const Arguments& args) {
    return call_with_bytes(original, args, true, number_of);
}

PyObject* transport_write_hook(PyObject* original, const Arguments& args) {
    return call_with_bytes(original, args, false, size_of);
}

PyObject* transport_writelines_hook(PyObject* original, const Arguments& args) {
    return call_with_bytes(original, args, false, size_of_all);
}

void forget_connections() {
    connections.clear();
    for (auto& [protocol, transport] : processes) static_cast<void>(transport.release());
    processes.clear();
}

}  // namespace awaitscope::python
