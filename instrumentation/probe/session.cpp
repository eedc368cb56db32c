// SPDX-License-Identifier: MIT
#include "instrumentation/probe/session.hpp"

#include <pthread.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>

#include "instrumentation/probe/include/awaitscope/probe.hpp"

namespace awaitscope::probe {
namespace {

enum class Start { untried, on, failed };

// All under Session::mutex(), but for environment_asked, which spares the lock once the environment was asked.
constinit Session* the_session = nullptr;
constinit Start start_state = Start::untried;
constinit std::atomic<bool> environment_asked{false};
constinit bool hooks_registered = false;

void before_fork() {
    Session::mutex().lock();
}
void after_fork_in_parent() {
    Session::mutex().unlock();
}

void after_fork_in_child() {
    enabled_flag.store(false, std::memory_order_relaxed);
    // The Session itself stays, for emitters that are still held on the stack: they write into private memory now.
    if (the_session) the_session->leave_to_parent();
    the_session = nullptr;
    start_state = Start::untried;
    environment_asked.store(false, std::memory_order_relaxed);
    forget_this_thread();
    Session::mutex().unlock();
}

void register_hooks() {
    if (hooks_registered) return;
    hooks_registered = true;
    std::atexit(end_session);
    std::at_quick_exit(end_session);
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

bool variable_is_on(const char* variable) {
    const char* value = secure_getenv(variable);
    return value && *value && std::strcmp(value, "0") != 0;
}

ring::SegmentOptions options_from_environment(std::string_view name) {
    ring::SegmentOptions options;
    const char* given_name = secure_getenv("AWAITSCOPE_NAME");
    options.name = !name.empty() ? std::string{name} : given_name ? given_name : "";
    if (const char* launch = secure_getenv("AWAITSCOPE_LAUNCH"))
        std::from_chars(launch, launch + std::strlen(launch), options.launch);
    if (const char* records = secure_getenv("AWAITSCOPE_RING"); records && *records) {
        const char* end = records + std::strlen(records);
        const auto [parsed, failed] = std::from_chars(records, end, options.ring_records);
        if (failed != std::errc{} || parsed != end) options.ring_records = 0;  // create() says what is allowed
    }
    return options;
}

}  // namespace

constinit std::atomic<bool> enabled_flag{false};

std::mutex& Session::mutex() noexcept {
    static constinit std::mutex the_mutex;
    return the_mutex;
}

Session* Session::start(std::string_view name, bool wants_snapshot) {
    const std::lock_guard lock{mutex()};
    if (the_session && wants_snapshot && !enabled_flag.load(std::memory_order_relaxed)) {  // after disable()
        the_session->segment().header().snapshot_request.fetch_add(1, std::memory_order_relaxed);
        enabled_flag.store(true, std::memory_order_release);
    }
    if (start_state != Start::untried) return the_session;
    start_state = Start::failed;
    try {
        ring::SegmentOptions options = options_from_environment(name);
        options.wants_snapshot = wants_snapshot;
        std::string error;
        auto segment = ring::Segment::create(options, error);
        if (!segment) {
            complain(error + ". The program runs on, unseen.");
            return nullptr;
        }
        the_session = new Session{std::move(segment)};
    } catch (const std::exception& failure) {
        complain(std::string_view{failure.what()});
        return nullptr;
    }
    register_hooks();
    start_state = Start::on;
    enabled_flag.store(true, std::memory_order_release);
    return the_session;
}

void Session::leave_to_parent() noexcept {
    static constinit Session* left_sessions = nullptr;
    segment_->leave_to_parent();
    next_left_ = left_sessions;
    left_sessions = this;
}

Emitter* Session::take_emitter() {
    ring::RingWriter writer;
    std::string error;
    const int index = segment_->take_ring(writer, error);
    if (index < 0) {
        if (!told_no_ring_) complain(error);
        told_no_ring_ = true;
        return nullptr;
    }
    const auto& header = segment_->header();
    Emitter& emitter = emitters_[index];
    emitter = Emitter{};
    emitter.ring_ = writer;
    emitter.plain_counter_ = segment_->clock() == ring::ClockKind::counter;
    emitter.snapshot_request_ = &header.snapshot_request;
    emitter.header_ = &segment_->ring_header(static_cast<unsigned>(index));
    emitter.session_ = this;
    return &emitter;
}

void Session::give_back(Emitter& emitter) {
    segment_->give_back(static_cast<unsigned>(&emitter - emitters_));
}

std::uint32_t Session::add_place(const char* file, unsigned line, const char* function) {
    return segment_->strings().add(file ? file : "", line, function ? function : "");
}

void complain(std::string_view line) noexcept {
    try {
        const std::string whole = "awaitscope: " + std::string{line} + "\n";
        [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, whole.data(), whole.size());
    } catch (...) {  // no memory even for this line
    }
}

void enable_from_environment() noexcept {
    if (environment_asked.load(std::memory_order_acquire)) [[likely]]
        return;
    if (variable_is_on("AWAITSCOPE")) Session::start({}, false);
    environment_asked.store(true, std::memory_order_release);
}

void end_session() noexcept {
    if (Session* session = the_session) session->segment().end();
}

void before_exec() noexcept {
    if (Session* session = the_session) session->segment().becomes_another_program(true);
}

void exec_failed() noexcept {
    if (Session* session = the_session) session->segment().becomes_another_program(false);
}

}  // namespace awaitscope::probe

namespace awaitscope {

bool enable(std::string_view name) {
    return probe::Session::start(name, true) != nullptr;
}

void disable() noexcept {
    const std::lock_guard lock{probe::Session::mutex()};
    probe::enabled_flag.store(false, std::memory_order_relaxed);
}

bool enabled() noexcept {
    return probe::enabled_flag.load(std::memory_order_acquire);
}

namespace {

void say(EventKind kind, std::string_view text, const std::source_location& where) noexcept {
    auto* const emitter = probe::emitter();
    if (!emitter) return;
    const auto loop = emitter->current_loop();
    const Id task = emitter->current_task();
    if (task != 0 && where.line() != 0)
        emitter->emit_now(EventKind::task_at, loop, task, 0,
                          emitter->place(where.file_name(), where.line(), where.function_name()));
    emitter->emit_text(kind, loop, task, 0, 0, text);
}

}  // namespace

void mark(std::string_view text, std::source_location where) noexcept {
    say(EventKind::mark, text, where);
}

void output(std::string_view text, std::source_location where) noexcept {
    say(EventKind::output, text, where);
}

}  // namespace awaitscope
