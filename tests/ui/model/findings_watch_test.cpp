// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/findings_watch.hpp"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <chrono>
#include <deque>
#include <mutex>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using namespace awaitscope::test;

namespace {

constexpr const char* begin =
    "0 loop_started\n0 iteration n=1 ready=1 timers=0\n"
    "0 task_created 1 name=slow coro=slow file=a.cpp line=3\n0 task_running 1\n";

/// A source that lives, by the real clock, and whose events come when the test says so.
class LiveText : public EventSource {
  public:
    LiveText() {
        info_.live = true;
        info_.name = "live";
        info_.epoch_unix_ns =
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
    }
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        for (auto& text : texts_) text_source(text)->read(symbols, out, limit);
        texts_.clear();
        return SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }
    void add(std::string text) {
        const std::lock_guard lock(mutex_);
        texts_.push_back(std::move(text));
    }

  private:
    std::mutex mutex_;
    std::deque<std::string> texts_;
    SourceInfo info_;
};

}  // namespace

TEST_CASE("findings come as the trace grows, and a loop that is blocked is seen though it says nothing") {
    QSettings().clear();
    auto source = std::make_unique<LiveText>();
    LiveText& live = *source;
    TraceSession session(std::move(source));
    FindingsWatch watch(session);
    live.add(begin);
    // No event says so: the clock does.
    REQUIRE(QTest::qWaitFor([&] { return watch.findings().size() == 1; }, 30'000));
    CHECK(watch.findings()[0].what.contains("and still does"));
    CHECK(watch.findings()[0].place == "after a.cpp:3");
    live.add("0.5 task_suspended 1 on=sleep file=a.cpp line=5\n");
    REQUIRE(QTest::qWaitFor(
        [&] { return watch.findings().size() == 1 && watch.findings()[0].finding.end == 500'000'000; }, 30'000));
    CHECK(watch.progress() == 1);
}

TEST_CASE("a session may go while its findings are looked for") {
    QSettings().clear();
    std::string many(begin);
    for (int i = 1; i < 20'000; ++i) many += std::to_string(i) + " output 1 text=x\n";
    TraceSession session(text_source(many));
    CHECK_NOTHROW(FindingsWatch(session));
}
