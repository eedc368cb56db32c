// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/trace_session.hpp"

#include <QSignalSpy>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/trace_text.hpp"
#include "ui/model/follow_live.hpp"
#include "ui/model/rate_meter.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::text_source;

namespace {

constexpr int patience_ms = 20'000;

/// Gives `total` events, a task each, and then is idle for ever; or throws; or ends.
class ManySource : public EventSource {
  public:
    enum class Then { idle, end, fail };
    ManySource(std::uint64_t total, Then then) : total_(total), then_(then) {
        info_.name = "many";
        info_.live = then == Then::idle;
    }
    SourceState read(Symbols&, std::vector<Event>& out, std::size_t limit) override {
        for (std::size_t i = 0; i < limit && given_ < total_; ++i) {
            ++given_;
            out.push_back({Event::pack(EventKind::task_created, 1, given_), given_, 0, 0, 0});
        }
        if (given_ < total_) return SourceState::more;
        if (then_ == Then::fail) throw std::runtime_error("the file cannot be read");
        return then_ == Then::end ? SourceState::ended : SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }
    std::string note() const override { return then_ == Then::end ? "that was all" : ""; }
    std::uint64_t unknown_events() const override { return 3; }

  private:
    SourceInfo info_;
    std::uint64_t total_;
    std::uint64_t given_ = 0;
    Then then_;
};

template <class Condition>
bool wait_for(TraceSession& session, Condition condition) {
    QSignalSpy grown(&session, &TraceSession::grown);
    QSignalSpy ended(&session, qOverload<QString>(&TraceSession::ended));
    while (!condition())
        if (!grown.wait(patience_ms) && ended.isEmpty()) return false;
    return true;
}

}  // namespace

TEST_CASE("a session reads a source to its end and says how it ended") {
    TraceSession session(std::make_unique<ManySource>(100'000, ManySource::Then::end));
    QSignalSpy ended(&session, qOverload<QString>(&TraceSession::ended));
    QSignalSpy grown(&session, &TraceSession::grown);
    REQUIRE(ended.wait(patience_ms));
    CHECK(ended.front().front().toString() == "that was all");
    CHECK(session.ended());
    CHECK(session.note() == "that was all");
    CHECK(session.unknownEvents() == 3);
    CHECK(session.info().name == "many");
    CHECK(grown.count() >= 1);
    CHECK(session.trace()->event_count() == 100'000);
    CHECK(session.trace()->tasks().size() == 100'000);
}

TEST_CASE("a session of a source that never ends is destroyed at once") {
    TraceSession session(std::make_unique<ManySource>(5'000, ManySource::Then::idle));
    CHECK(wait_for(session, [&] { return session.trace()->event_count() == 5'000; }));
    CHECK_FALSE(session.ended());
}

TEST_CASE("a session is destroyed while its source still has much to give") {
    std::uint64_t seen = 0;
    {
        TraceSession session(std::make_unique<ManySource>(~std::uint64_t{0}, ManySource::Then::idle));
        CHECK(wait_for(session, [&] { return session.trace()->event_count() > 0; }));
        seen = session.trace()->event_count();
    }
    CHECK(seen > 0);
}

TEST_CASE("a source that throws ends the session with its message, and what was good stays") {
    TraceSession session(std::make_unique<ManySource>(10, ManySource::Then::fail));
    QSignalSpy ended(&session, qOverload<QString>(&TraceSession::ended));
    REQUIRE(ended.wait(patience_ms));
    CHECK(session.note() == "Reading stopped: the file cannot be read");
    CHECK(session.trace()->event_count() == 10);
}

TEST_CASE("readers see whole batches while the trace grows") {
    TraceSession session(std::make_unique<ManySource>(300'000, ManySource::Then::end));
    std::atomic<bool> stop{false};
    std::atomic<bool> consistent{true};
    std::thread reader([&] {
        while (!stop) {
            const auto trace = session.trace();
            if (trace->event_count() != trace->tasks().size()) consistent = false;
            if (trace->event_count() > 0 && trace->tasks().back().id != trace->event_count()) consistent = false;
        }
    });
    QSignalSpy ended(&session, qOverload<QString>(&TraceSession::ended));
    CHECK(ended.wait(patience_ms));
    stop = true;
    reader.join();
    CHECK(consistent);
}

TEST_CASE("a text's events come through a session, and a view state follows them") {
    TraceSession session(text_source(R"(
        0.5 task_created 1 name=main
        1.0 task_running 1
        2.0 task_done 1 state=finished
    )"));
    ViewState view;
    FollowLive follow(session, view);
    QSignalSpy ended(&session, qOverload<QString>(&TraceSession::ended));
    REQUIRE(ended.wait(patience_ms));
    CHECK(view.cursor() == 2);
    CHECK(view.range() == TimeRange{500'000'000, 2'000'000'000});
    view.setCursor(0);
    view.setFollowing(true);
    CHECK(view.cursor() == 2);
}

TEST_CASE("the rate is what came in the last second") {
    RateMeter meter;
    CHECK(meter.perSecond(0) == 0);
    meter.add(10, 0);
    meter.add(5, 40);
    meter.add(7, 500);
    CHECK(meter.perSecond(500) == 22);
    CHECK(meter.perSecond(999) == 22);
    CHECK(meter.perSecond(1000) == 7);
    CHECK(meter.perSecond(1500) == 0);
    meter.add(1, 2'000);
    CHECK(meter.perSecond(2'000) == 1);
}
