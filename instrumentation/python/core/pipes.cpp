// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/pipes.hpp"

#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// The descriptor of the pipe transport whose method runs in this thread, or -1.
thread_local constinit int used_pipe = -1;

int descriptor_of(PyObject* transport) {
    const Ref number = need(PyObject_GetAttrString(transport, "_fileno"));
    return PyLong_Check(number.get()) ? static_cast<int>(PyLong_AsLong(number.get())) : -1;
}

bool is_of_used_pipe(const Arguments& args) {
    PyObject* const fd = args.at(0, "fd");
    return PyLong_Check(fd) && PyLong_AsLong(fd) == used_pipe;
}

}  // namespace

PyObject* pipe_made_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result)
        quietly([&] { awaitscope_connection_made(emitter(), loop_number(), me(), descriptor_of(args[0]), "pipe"); });
    return result;
}

PyObject* pipe_lost_hook(PyObject* original, const Arguments& args) {
    quietly([&] { awaitscope_connection_lost(emitter(), loop_number(), me(), descriptor_of(args[0])); });
    return args.call(original);
}

PyObject* pipe_used_hook(PyObject* original, const Arguments& args) {
    const int before = used_pipe;
    quietly([&] { used_pipe = descriptor_of(args[0]); });
    PyObject* const result = args.call(original);
    used_pipe = before;
    return result;
}

PyObject* pipe_read_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result && used_pipe >= 0)
        quietly([&] {
            if (!is_of_used_pipe(args) || !PyBytes_Check(result)) return;
            const auto bytes = static_cast<std::uint64_t>(PyBytes_Size(result));
            awaitscope_io_read(emitter(), loop_number(), me(), used_pipe, bytes);
        });
    return result;
}

PyObject* pipe_write_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result && used_pipe >= 0)
        quietly([&] {
            if (!is_of_used_pipe(args) || !PyLong_Check(result)) return;
            const auto bytes = static_cast<std::uint64_t>(PyLong_AsSsize_t(result));
            awaitscope_io_write(emitter(), loop_number(), me(), used_pipe, bytes);
        });
    return result;
}

}  // namespace awaitscope::python
