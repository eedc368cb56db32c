// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/chain.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

/// Since 3.12; nullptr before. Beyond the limited API, but a function like any other: it spares the making of f_locals.
extern "C" [[gnu::weak]] PyObject* PyFrame_GetVar(PyObject* frame, PyObject* name);

namespace awaitscope::python {
namespace {

/// What is known of a code object, asked once.
struct Code {
    Ref kept;  ///< so that its address stays its own
    std::string file;
    std::string name;
    unsigned first_line = 0;
    awaitscope_place definition = 0;
    bool library = false;    ///< the standard library's own
    bool runs_loop = false;  ///< a function of asyncio's that stands between a program and its callbacks
    awaitscope_wait on = AWAITSCOPE_WAIT_NONE;
    int sync = -1;
    bool whole = false;
    std::vector<std::pair<int, awaitscope_place>> lines;  ///< by the frame's last instruction
};

/// Programs that make code without end (templates, exec) make us forget what we know now and then.
constexpr std::size_t codes_max = 50'000;
std::unordered_map<PyObject*, Code>& codes = *new std::unordered_map<PyObject*, Code>;

awaitscope_place place(const Code& code, unsigned line) {
    return awaitscope_intern_place(emitter(), code.file.c_str(), line, code.name.c_str());
}

Code& facts_of(PyObject* object) {
    if (const auto found = codes.find(object); found != codes.end()) return found->second;
    if (codes.size() >= codes_max)
        std::erase_if(codes, [](const auto& entry) { return entry.second.on == AWAITSCOPE_WAIT_NONE; });
    Code code;
    code.kept = Ref::share(object);
    code.file = text_of(attribute(object, names::co_filename).get());
    code.name = text_of(attribute(object, names::co_name).get());
    code.library = (code.file.starts_with(asyncio.standard) && code.file.find("-packages/") == std::string::npos) ||
                   code.file.starts_with("<frozen ");
    const auto is_name = [&](const char* name) { return code.name == name; };
    code.runs_loop =
        code.file.starts_with(asyncio.folder) &&
        std::ranges::any_of(std::array{"_run", "_run_once", "run_forever", "run_until_complete", "run"}, is_name);
    code.first_line = static_cast<unsigned>(PyLong_AsLong(attribute(object, names::co_firstlineno).get()));
    return codes.emplace(object, std::move(code)).first->second;
}

awaitscope_place definition(Code& code) {
    if (code.definition == 0) code.definition = place(code, code.first_line);
    return code.definition;
}

/// The names by which a coroutine, or a generator that stands for one, tells of itself.
struct Words {
    PyObject* code;
    PyObject* frame;
    PyObject* awaits;
};
std::optional<Words> words_of(PyObject* object) {
    PyTypeObject* const type = Py_TYPE(object);
    if (type == types.coroutine) return Words{names::cr_code, names::cr_frame, names::cr_await};
    if (type == types.generator) return Words{names::gi_code, names::gi_frame, names::gi_yieldfrom};
    if (type == types.async_generator) return Words{names::ag_code, names::ag_frame, names::ag_await};
    return std::nullopt;
}

/// What stands between an `async for` and its generator, or around a coroutine, shows it to the garbage collector only.
bool is_wrapper(PyObject* object) {
    static std::vector<std::pair<PyTypeObject*, bool>> known;
    PyTypeObject* const type = Py_TYPE(object);
    for (const auto& [one, wraps] : known)
        if (one == type) return wraps;
    const std::string name = text_of(attribute(reinterpret_cast<PyObject*>(type), names::__name__).get());
    const bool wraps = name == "async_generator_asend" || name == "async_generator_athrow" ||
                       name == "anext_awaitable" || name == "coroutine_wrapper";
    constexpr std::size_t types_max = 64;
    if (known.size() < types_max) known.emplace_back(type, wraps);
    return wraps;
}

/// The coroutine or generator inside a wrapper; or the object itself.
Ref unwrapped(Ref object) {
    while (!words_of(object.get()) && is_wrapper(object.get())) {
        const Ref held = need(PyObject_CallFunctionObjArgs(asyncio.get_referents, object.get(), nullptr));
        Ref inner;
        for (Py_ssize_t i = 0; !inner && i < PyList_Size(held.get()); ++i) {
            PyObject* const one = PyList_GetItem(held.get(), i);
            if (words_of(one) || is_wrapper(one)) inner = Ref::share(one);
        }
        if (!inner) break;
        object = std::move(inner);
    }
    return object;
}

awaitscope_place line_of(Code& code, PyObject* frame) {
    const auto at = static_cast<int>(PyLong_AsLong(attribute(frame, names::f_lasti).get()));
    for (const auto& [instruction, known] : code.lines)
        if (instruction == at) return known;
    const Ref number = attribute(frame, names::f_lineno);
    const long line = number.get() == Py_None ? 0 : PyLong_AsLong(number.get());
    const awaitscope_place found = place(code, static_cast<unsigned>(line));
    code.lines.emplace_back(at, found);
    return found;
}

/// The `self` of a method's frame.
Ref self_of(PyObject* frame) {
    if (PyFrame_GetVar) {
        PyObject* const self = PyFrame_GetVar(frame, names::self);
        if (!self) PyErr_Clear();
        return Ref(self);
    }
    const Ref locals = attribute(frame, names::f_locals);
    PyObject* const self = PyObject_GetItem(locals.get(), names::self);
    if (!self) PyErr_Clear();
    return Ref(self);
}

struct Frame {
    Ref object;  ///< the coroutine
    Words words;
    Code* code;
};

/// A chain longer than this is told as far as it goes from the outside.
constexpr std::size_t depth_max = 1000;

/// From the outermost to the innermost. The array is kept, so that a switch allocates nothing.
class Frames {
  public:
    explicit Frames(Task& task) : frames_(kept()) {
        frames_.clear();
        Ref at = Ref::share(task.coroutine);
        while (at.get() != Py_None && frames_.size() < depth_max) {
            const auto words = words_of(at.get());
            if (!words) break;
            const bool outermost = frames_.empty();
            const Ref code = outermost && task.code ? Ref::share(task.code) : attribute(at.get(), words->code);
            if (outermost) task.code = code.get();
            Ref next = attribute(at.get(), words->awaits);
            frames_.push_back({std::move(at), *words, &facts_of(code.get())});
            at = unwrapped(std::move(next));
        }
    }
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;
    ~Frames() { frames_.clear(); }
    const std::vector<Frame>& list() const { return frames_; }

  private:
    struct Kept {
        std::vector<Frame> frames;
        /// Not empty: the interpreter ended this thread in the midst of a walk (see ended_threads.cpp).
        ~Kept() {
            for (Frame& frame : frames) static_cast<void>(frame.object.release());
        }
    };
    static std::vector<Frame>& kept() {
        static thread_local Kept kept;
        return kept.frames;
    }
    std::vector<Frame>& frames_;
};

/// What the frames from `own` on wait for: the innermost that is known says it; but who waits in a barrier does so by
/// a condition, and who joins a queue by an event, of which nobody knows.
const Frame* waiting_frame(const std::vector<Frame>& frames, std::size_t own) {
    const Frame* found = nullptr;
    for (std::size_t i = frames.size(); i-- > own;) {
        const Frame& frame = frames[i];
        if (frame.code->whole) return &frame;
        if (!found && frame.code->on != AWAITSCOPE_WAIT_NONE) found = &frame;
    }
    return found;
}

void tell_left(Task& task, std::size_t down_to) {
    while (task.chain.size() > down_to) {
        const auto depth = static_cast<std::uint32_t>(task.chain.size());
        awaitscope_coroutine_left(emitter(), task.loop->number, task.id, depth);
        task.chain.pop_back();
    }
}

/// Waits of asyncio's own (Lock.acquire ...) are what the task waits for, and no coroutines of the program.
void tell_changes(Task& task, const std::vector<Frame>& frames) {
    std::size_t same = 0;
    bool differs = false;
    for (std::size_t i = 1; i < frames.size(); ++i) {
        const Frame& frame = frames[i];
        if (frame.code->on != AWAITSCOPE_WAIT_NONE || frame.words.code == names::gi_code) continue;
        const ChainLink link{frame.object.get(), frame.code->kept.get()};
        if (!differs && same < task.chain.size() && task.chain[same] == link) {
            ++same;
            continue;
        }
        if (!differs) tell_left(task, same);
        differs = true;
        task.chain.push_back(link);
        const Frame& caller = frames[i - 1];
        const Ref frame_of_caller = attribute(caller.object.get(), caller.words.frame);
        if (!caller.code->library && frame_of_caller.get() != Py_None)
            awaitscope_task_at(emitter(), task.loop->number, task.id, line_of(*caller.code, frame_of_caller.get()));
        awaitscope_coroutine_entered(emitter(), task.loop->number, task.id, definition(*frame.code),
                                     static_cast<std::uint32_t>(task.chain.size()));
    }
    if (!differs) tell_left(task, same);
}

/// The objects whose `__aexit__` a suspended frame keeps for later, in the order in which they were entered.
std::vector<Ref> kept_exits(PyObject* coroutine, PyObject* frame) {
    std::vector<Ref> found;
    const Ref held = need(PyObject_CallFunctionObjArgs(asyncio.get_referents, coroutine, frame, nullptr));
    const Py_ssize_t count = PyList_Size(held.get());
    for (Py_ssize_t i = 0; i < count; ++i) {
        PyObject* const one = PyList_GetItem(held.get(), i);
        const Ref name = attribute_or_none(one, names::__name__);
        if (!name || !PyUnicode_Check(name.get()) || PyUnicode_Compare(name.get(), names::__aexit__) != 0) continue;
        Ref self = attribute_or_none(one, names::__self__);
        // Since 3.14 the method and its object stand beside each other.
        if (!self && i + 1 < count) self = Ref::share(PyList_GetItem(held.get(), i + 1));
        if (self) found.push_back(std::move(self));
    }
    return found;
}

}  // namespace

std::vector<Ref> entered_by(PyObject* coroutine) {
    std::vector<Ref> entered;
    Ref at = Ref::share(coroutine);
    for (std::size_t depth = 0; at.get() != Py_None && depth < depth_max; ++depth) {
        const auto words = words_of(at.get());
        if (!words) break;
        const Ref frame = attribute(at.get(), words->frame);
        if (frame.get() == Py_None) break;
        const std::string& function = facts_of(attribute(at.get(), words->code).get()).name;
        if (function == "__aenter__" || function == "wait") {
            // It is being entered; or it is a condition, whose lock is given back until it was notified.
            const Ref self = self_of(frame.get());
            const auto same = [&](const Ref& each) { return each.get() == self.get(); };
            const auto last = std::ranges::find_if(entered.rbegin(), entered.rend(), same);
            if (self && last != entered.rend()) entered.erase(std::next(last).base());
        }
        if (function == "__aexit__")  // a task group that waits for its tasks
            if (Ref self = self_of(frame.get())) entered.push_back(std::move(self));
        for (Ref& one : kept_exits(at.get(), frame.get())) entered.push_back(std::move(one));
        at = unwrapped(attribute(at.get(), words->awaits));
    }
    return entered;
}

void know_waiting_code(PyObject* code, awaitscope_wait on, int sync, bool whole) {
    Code& facts = facts_of(code);
    facts.whole = whole;
    facts.on = on;
    facts.sync = sync;
}

Stand stand_of(Task& task) {
    const Frames walked(task);
    const std::vector<Frame>& frames = walked.list();
    Stand stand;
    if (frames.empty()) return stand;
    tell_changes(task, frames);
    std::size_t own = frames.size();
    while (own > 0 && frames[own - 1].code->library) --own;  // the program's frames are those before
    const Frame& program = own > 0 ? frames[own - 1] : frames.back();
    const Ref frame = attribute(program.object.get(), program.words.frame);
    if (frame.get() != Py_None) stand.where = line_of(*program.code, frame.get());
    if (const Frame* const waiting = waiting_frame(frames, own)) {
        stand.on = waiting->code->on;
        if (waiting->code->sync >= 0) {
            stand.sync = static_cast<awaitscope_sync>(waiting->code->sync);
            const Ref inner = attribute(waiting->object.get(), waiting->words.frame);
            if (inner.get() != Py_None) stand.primitive = self_of(inner.get());
        }
    }
    return stand;
}

awaitscope_place line_here() {
    Ref frame = Ref::share(reinterpret_cast<PyObject*>(PyEval_GetFrame()));
    while (frame && frame.get() != Py_None) {
        Code& code = facts_of(attribute(frame.get(), names::f_code).get());
        if (code.runs_loop) break;
        if (!code.library) return line_of(code, frame.get());
        frame = attribute(frame.get(), names::f_back);
    }
    return 0;
}

std::optional<awaitscope_place> place_of_frame(PyObject* frame) {
    Code& code = facts_of(attribute(frame, names::f_code).get());
    if (code.runs_loop) return std::nullopt;
    return line_of(code, frame);
}

void forget_places() {
    for (auto& [object, code] : codes) {
        code.definition = 0;
        code.lines.clear();
    }
}

void leave_chain(Task& task) {
    tell_left(task, 0);
}

awaitscope_place definition_of(PyObject* coroutine) {
    if (const auto words = words_of(coroutine)) return definition(facts_of(attribute(coroutine, words->code).get()));
    const Ref name = attribute_or_none(coroutine, names::__name__);
    const std::string text = name && PyUnicode_Check(name.get()) ? text_of(name.get()) : std::string("?");
    return awaitscope_intern_place(emitter(), "", 0, text.c_str());
}

}  // namespace awaitscope::python
