// SPDX-License-Identifier: MIT
// libuv by the few names that are needed, as the library that uvloop has loaded knows them: no headers are, and no
// other version can be. All of its interface that is used here is the same for all of libuv 1.
#include "instrumentation/python/core/libuv.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "instrumentation/python/core/alive.hpp"
#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

// uv_handle_type's numbers.
constexpr int check_type = 2, prepare_type = 9, timer_type = 13;

/// While events are shared, an idle loop looks this often whether a viewer wants to know its tasks.
constexpr std::uint64_t look_every_ms = 100;

using Callback = void (*)(void* handle);

struct Libuv {
    unsigned (*version)() = nullptr;
    std::size_t (*handle_size)(int type) = nullptr;
    int (*backend_timeout)(const void* loop) = nullptr;
    int (*prepare_init)(void* loop, void* handle) = nullptr;
    int (*prepare_start)(void* handle, Callback callback) = nullptr;
    int (*check_init)(void* loop, void* handle) = nullptr;
    int (*check_start)(void* handle, Callback callback) = nullptr;
    int (*timer_init)(void* loop, void* handle) = nullptr;
    int (*timer_start)(void* handle, Callback callback, std::uint64_t timeout, std::uint64_t repeat) = nullptr;
    void (*unref)(void* handle) = nullptr;
    void (*close)(void* handle, Callback closed) = nullptr;
    void (*set_data)(void* handle, void* data) = nullptr;
    void* (*get_data)(const void* handle) = nullptr;
};

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

/// The libuv that is loaded already; nullptr when there is none, or it lacks something.
const Libuv* find_libuv() {
    static Libuv uv;
    void* const library = dlopen("libuv.so.1", RTLD_NOLOAD | RTLD_NOW);
    const bool whole =
        library && find(library, "uv_version", uv.version) && find(library, "uv_handle_size", uv.handle_size) &&
        find(library, "uv_backend_timeout", uv.backend_timeout) && find(library, "uv_prepare_init", uv.prepare_init) &&
        find(library, "uv_prepare_start", uv.prepare_start) && find(library, "uv_check_init", uv.check_init) &&
        find(library, "uv_check_start", uv.check_start) && find(library, "uv_timer_init", uv.timer_init) &&
        find(library, "uv_timer_start", uv.timer_start) && find(library, "uv_unref", uv.unref) &&
        find(library, "uv_close", uv.close) && find(library, "uv_handle_set_data", uv.set_data) &&
        find(library, "uv_handle_get_data", uv.get_data);
    return whole ? &uv : nullptr;
}

const Libuv* libuv() {
    static const Libuv* const found = find_libuv();
    return found;
}

/// uvloop's own word for it: a uv_loop_t that this libuv has made; nullptr for any other loop.
void* uv_loop_of(PyObject* loop) {
    const Ref module_name = need(PyUnicode_FromString("uvloop.loop"));
    const Ref module(PyImport_GetModule(module_name.get()));
    const Ref type(module ? PyObject_GetAttrString(module.get(), "Loop") : nullptr);
    if (!type || PyObject_IsInstance(loop, type.get()) != 1 || !libuv()) return nullptr;
    const Ref version = need(PyObject_CallMethod(module.get(), "libuv_get_version", nullptr));
    if (PyLong_AsUnsignedLong(version.get()) != libuv()->version()) return nullptr;
    const Ref capsule = need(PyObject_CallMethod(module.get(), "libuv_get_loop_t_ptr", "O", loop));
    return PyCapsule_GetPointer(capsule.get(), nullptr);
}

}  // namespace

void LibuvWatch::begin(Loop& loop, PyObject* object) {
    void* const uv_loop = uv_loop_of(object);
    if (PyErr_Occurred()) return PyErr_Clear();  // one that has no such words
    if (!uv_loop || loop.libuv) return;
    auto made = std::make_unique<LibuvWatch>(loop);
    made->uv_loop_ = uv_loop;
    void* const prepare = made->make_handle(prepare_type);
    void* const check = made->make_handle(check_type);
    void* const timer = made->make_handle(timer_type);
    LibuvWatch& self = *(loop.libuv = made.release());
    const Libuv& uv = *libuv();
    uv.prepare_init(uv_loop, prepare);
    uv.check_init(uv_loop, check);
    uv.timer_init(uv_loop, timer);
    for (void* const handle : self.handles_) {
        uv.set_data(handle, &self);
        uv.unref(handle);
    }
    uv.prepare_start(prepare, before_poll);
    uv.check_start(check, after_poll);
    uv.timer_start(timer, look, look_every_ms, look_every_ms);  // the turn that it causes looks
}

void* LibuvWatch::make_handle(int type) {
    void* const made = std::calloc(1, libuv()->handle_size(type));
    if (!made) throw std::bad_alloc();
    handles_[open_handles_++] = made;
    return made;
}

/// The loop runs again, or is closed: either way libuv lets go of the handles then. Until then the watch lives.
void LibuvWatch::end(Loop& loop) {
    LibuvWatch* const self = std::exchange(loop.libuv, nullptr);
    if (!self) return;
    self->poll_ended();
    for (void* const handle : self->handles_) libuv()->close(handle, closed);
}

void LibuvWatch::closed(void* handle) {
    auto* const self = static_cast<LibuvWatch*>(libuv()->get_data(handle));
    std::free(handle);
    if (--self->open_handles_ == 0) delete self;
}

// Called by libuv, without the GIL: what they touch is this thread's.

void LibuvWatch::before_poll(void* handle) {
    LibuvWatch& self = *static_cast<LibuvWatch*>(libuv()->get_data(handle));
    self.poll_began_ = now_ns();
    self.poll_timeout_ms_ = libuv()->backend_timeout(self.uv_loop_);
    self.is_in_poll_ = true;
}

void LibuvWatch::after_poll(void* handle) {
    LibuvWatch& self = *static_cast<LibuvWatch*>(libuv()->get_data(handle));
    self.poll_ended();
    if (!awaitscope_snapshot_wanted(emitter())) return;
    const PyGILState_STATE state = PyGILState_Ensure();
    quietly([&] {
        if (std::exchange(self.loop_.answered_for, false)) return;
        const Ref object = Ref::share(PyWeakref_GetObject(self.loop_.weak));
        if (object.get() != Py_None) answer_viewer(self.loop_, object.get());
    });
    PyGILState_Release(state);
}

void LibuvWatch::poll_ended() {
    if (!std::exchange(is_in_poll_, false)) return;
    awaitscope_emitter* const e = emitter();
    const std::int64_t took = poll_timeout_ms_ == 0 ? 0 : now_ns() - poll_began_;
    const std::int64_t timeout_us = poll_timeout_ms_ < 0 ? -1 : std::int64_t{poll_timeout_ms_} * 1000;
    awaitscope_poll(e, loop_.number, timeout_us, static_cast<std::uint64_t>(took), 0);
    awaitscope_iteration(e, loop_.number, ++loop_.turns, 0, 0, loop_.tasks_alive);
}

}  // namespace awaitscope::python
