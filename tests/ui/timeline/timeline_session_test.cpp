// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/model/follow_live.hpp"
#include "ui/timeline/timeline_view.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr int patience_ms = 20'000;

/// A live source whose task runs once a second, as far as it is allowed to.
class SecondsSource : public EventSource {
  public:
    explicit SecondsSource(std::shared_ptr<std::atomic<std::uint64_t>> allowed) : allowed_(std::move(allowed)) {
        info_.live = true;
    }
    SourceState read(Symbols&, std::vector<Event>& out, std::size_t) override {
        while (given_ < *allowed_) {
            const EventKind kind = given_ == 0       ? EventKind::task_created
                                   : given_ % 3 == 1 ? EventKind::task_running
                                   : given_ % 3 == 2 ? EventKind::task_suspended
                                                     : EventKind::task_ready;
            out.push_back({Event::pack(kind, 1, 1), given_ * 1'000'000'000, 0, 0, 1});
            ++given_;
        }
        return SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    SourceInfo info_;
    std::shared_ptr<std::atomic<std::uint64_t>> allowed_;
    std::uint64_t given_ = 0;
};

bool waitForEvents(TraceSession& session, EventIndex count) {
    QSignalSpy grown(&session, &TraceSession::grown);
    while (session.trace()->event_count() < count)
        if (!grown.wait(patience_ms)) return false;
    QCoreApplication::processEvents();
    return true;
}

}  // namespace

TEST_CASE("while following, the range goes along with the newest event, until the user moves it") {
    auto allowed = std::make_shared<std::atomic<std::uint64_t>>(40);
    TraceSession session(std::make_unique<SecondsSource>(allowed));
    ViewState view;
    FollowLive follow(session, view);
    TimelineView timeline(view);
    timeline.resize(1000, 400);
    timeline.setSession(&session);
    timeline.show();
    REQUIRE(waitForEvents(session, 40));
    timeline.grab();
    const double live_edge = timeline.frame().live_edge_x;
    CHECK(timeline.frame().live);
    CHECK(live_edge > timeline.frame().zones.tracks.center().x());
    CHECK(live_edge <= timeline.frame().zones.tracks.right() + 1);

    *allowed = 80;
    REQUIRE(waitForEvents(session, 80));
    timeline.grab();
    CHECK(view.following());
    CHECK(timeline.frame().live_edge_x == Approx(live_edge).margin(2));
    CHECK(timeline.frame().scale.extent().begin > 40'000'000'000);

    QTest::keyClick(&timeline, Qt::Key_A);
    CHECK_FALSE(view.following());
    const TimeRange left_at = view.range();
    *allowed = 100;
    REQUIRE(waitForEvents(session, 100));
    timeline.grab();
    CHECK(view.range() == left_at);
}

TEST_CASE("following a recording shows all of it, with air at both ends") {
    TraceSession session(test::text_source(test::gather_factorial()));
    const EventIndex count = test::TextTrace(test::gather_factorial())->event_count();
    REQUIRE(waitForEvents(session, count));
    ViewState view;
    FollowLive follow(session, view);
    TimelineView timeline(view);
    timeline.resize(1000, 400);
    timeline.setSession(&session);
    timeline.grab();
    const TimelineFrame& frame = timeline.frame();
    CHECK(frame.scale.extent().begin < 0);
    CHECK(frame.live_edge_x < frame.zones.tracks.right() - 20);
    CHECK(frame.live_edge_x > frame.zones.tracks.right() - 60);
    CHECK(frame.end_marks.size() == 4);
}

TEST_CASE("another session begins anew") {
    TraceSession first(test::text_source(test::many_tasks(200, 3)));
    TraceSession second(test::text_source(test::gather_factorial()));
    const EventIndex first_count = static_cast<EventIndex>(test::TextTrace(test::many_tasks(200, 3))->event_count());
    const EventIndex second_count = static_cast<EventIndex>(test::TextTrace(test::gather_factorial())->event_count());
    REQUIRE(waitForEvents(first, first_count));
    REQUIRE(waitForEvents(second, second_count));
    ViewState view;
    view.setFollowing(false);
    TimelineView timeline(view);
    timeline.resize(1000, 400);
    timeline.setSession(&first);
    timeline.grab();
    CHECK(timeline.frame().rows.size() > 10);
    timeline.setSession(&second);
    timeline.grab();
    CHECK(timeline.frame().rows.size() == 4);
    timeline.setSession(nullptr);
    timeline.grab();
    CHECK(timeline.frame().rows.empty());
    CHECK_FALSE(timeline.frame().empty.isEmpty());
}

TEST_CASE("a session that goes away leaves an empty timeline") {
    ViewState view;
    TimelineView timeline(view);
    timeline.resize(600, 300);
    {
        TraceSession session(test::text_source(test::gather_factorial()));
        REQUIRE(waitForEvents(session, 10));
        timeline.setSession(&session);
        timeline.grab();
        CHECK_FALSE(timeline.frame().rows.empty());
    }
    timeline.grab();
    CHECK(timeline.frame().rows.empty());
}

namespace {

/// A live source in which a task begins each second, and ends a second later.
class VisitorsSource : public EventSource {
  public:
    explicit VisitorsSource(std::uint64_t count) : count_(count) { info_.live = true; }
    SourceState read(Symbols&, std::vector<Event>& out, std::size_t) override {
        for (; given_ < count_; ++given_) {
            const std::uint64_t now = given_ * 1'000'000'000;
            out.push_back({Event::pack(EventKind::task_created, 1, given_ + 1), now, 0, 0, 0});
            out.push_back({Event::pack(EventKind::task_running, 1, given_ + 1), now, 0, 0, 0});
            if (given_ > 0) out.push_back({Event::pack(EventKind::task_done, 1, given_), now, 0, 0, 0});
        }
        return SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    SourceInfo info_;
    std::uint64_t given_ = 0, count_;
};

}  // namespace

TEST_CASE(
    "while following, tasks that ended before what is seen give their rows to others, and have them again when one "
    "looks back") {
    TraceSession session(std::make_unique<VisitorsSource>(200));
    ViewState view;
    FollowLive follow(session, view);
    TimelineView timeline(view);
    timeline.resize(1000, 400);
    timeline.setSession(&session);
    timeline.show();
    REQUIRE(waitForEvents(session, 599));
    timeline.grab();
    const auto named = [&] {
        std::set<TaskIndex> tasks;
        for (const auto& item : timeline.frame().rows)
            if (item.row.kind == RowKind::task) tasks.insert(item.row.index);
        return tasks;
    };
    CHECK(timeline.frame().scale.extent().begin > 100'000'000'000);
    const TaskIndex top = *named().begin();
    CHECK(top > 100);
    view.setFollowing(false);
    timeline.grab();
    CHECK(named().contains(top));  // it stays where it is
    timeline.showTask(0);
    timeline.grab();
    CHECK(named().contains(0));
}
