// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSignalSpy>
#include <QTest>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/trace_text.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::test {

/// A session that has read all of a text, and a view state beside it, not following.
struct LoadedSession {
    explicit LoadedSession(std::string_view text) : session(text_source(text)) {
        QSignalSpy ended(&session, qOverload<QString>(&ui::TraceSession::ended));
        if (!session.ended()) ended.wait(20'000);
        view.setFollowing(false);
    }
    ui::TraceSession session;
    ui::ViewState view;
};

/// A source that gives what it is handed, when it is handed it. Thread-safe: a test pushes, a session reads.
class PushedSource : public EventSource {
  public:
    struct Pipe {
        std::mutex mutex;
        std::vector<Event> waiting;
        std::vector<std::string> names;
        bool end = false;
        /// What stands in a task_renamed's `b` for this name.
        std::uint32_t string(std::string name) {
            const std::lock_guard lock(mutex);
            names.push_back(std::move(name));
            return static_cast<std::uint32_t>(names.size() - 1);
        }
        void push(std::vector<Event> events) {
            const std::lock_guard lock(mutex);
            waiting.insert(waiting.end(), events.begin(), events.end());
        }
        void finish() {
            const std::lock_guard lock(mutex);
            end = true;
        }
    };
    explicit PushedSource(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {
        info_.name = "pushed";
        info_.live = true;
    }
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t) override {
        const std::lock_guard lock(pipe_->mutex);
        for (Event& event : pipe_->waiting)
            if (event.kind() == EventKind::task_renamed) event.b = symbols.add_string(pipe_->names.at(event.b));
        out.insert(out.end(), pipe_->waiting.begin(), pipe_->waiting.end());
        pipe_->waiting.clear();
        return pipe_->end ? SourceState::ended : SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    std::shared_ptr<Pipe> pipe_;
    SourceInfo info_;
};

/// Lets Qt's loop turn until something is so. False: it never was.
template <class Condition>
bool eventually(Condition condition) {
    return QTest::qWaitFor(condition, 20'000);
}

}  // namespace awaitscope::test
