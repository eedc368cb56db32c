// SPDX-License-Identifier: GPL-3.0-or-later
// A window whose trace has taken its memory: the oldest detail is folded, and the user stays where he was.
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <atomic>

#include "tests/support/generated_events.hpp"
#include "tests/ui/window/open_window.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/window/panel_dock.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// Gives events as fast as they are taken, or as often as it is allowed to, until it is told to end.
class Endless final : public EventSource {
  public:
    explicit Endless(std::shared_ptr<std::atomic<bool>> stop, std::shared_ptr<std::atomic<int>> allowed = {})
        : stop_(std::move(stop)), allowed_(std::move(allowed)) {
        info_.live = true;
    }
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override {
        if (*stop_) return SourceState::ended;
        if (allowed_ && allowed_->exchange(0) == 0) return SourceState::idle;
        return events_.read(symbols, out, limit);
    }
    const SourceInfo& info() const override { return info_; }

  private:
    test::GeneratedEvents events_{{.shape = test::TraceShape::few_tasks, .events = ~std::uint64_t{0}}};
    std::shared_ptr<std::atomic<bool>> stop_;
    std::shared_ptr<std::atomic<int>> allowed_;
    SourceInfo info_;
};

}  // namespace

TEST_CASE("when a trace has taken its memory its oldest detail is folded, and what the user has set stays") {
    QSettings().clear();
    MainWindow window{WindowServices{}};
    window.resize(1280, 720);
    window.show();
    window.setTraceMemory(4 << 20);
    const auto stop = std::make_shared<std::atomic<bool>>(false);
    window.open(std::make_unique<Endless>(stop), {});
    const auto session = [&]() -> TraceSession& { return window.workspace()->session(); };
    REQUIRE(QTest::qWaitFor([&] { return session().trace()->event_count() > 10'000; }));
    const Id chosen = session().trace()->tasks()[7].id;
    window.workspace()->view().setFollowing(false);
    window.workspace()->view().setSelectedTask(7);
    window.workspace()->view().setRange({1'000'000, 2'000'000});
    window.workspace()->tasks()->filterField()->setText("worker");
    window.workspace()->tasks()->table()->sortByColumn(TaskTableModel::Running, Qt::DescendingOrder);
    window.workspace()->events()->showGroups({"I/O"});
    window.workspace()->timeline()->setAxis(AxisKind::steps);
    window.workspace()->view().setFolded(7, true);

    REQUIRE(QTest::qWaitFor([&] { return session().trace()->folded().events > 0; }, 20'000));
    *stop = true;
    REQUIRE(QTest::qWaitFor([&] { return session().ended(); }, 20'000));
    const ViewState& view = window.workspace()->view();
    CHECK(view.range() == TimeRange{1'000'000, 2'000'000});
    CHECK_FALSE(view.following());
    const Workspace& now = *window.workspace();
    CHECK(now.tasks()->filterField()->text() == "worker");
    CHECK(now.tasks()->table()->horizontalHeader()->sortIndicatorSection() == TaskTableModel::Running);
    CHECK(now.tasks()->table()->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder);
    CHECK(now.events()->chosenGroups() == QStringList{"I/O"});
    CHECK(now.timeline()->axis() == AxisKind::steps);
    for (const QWidget* panel : {static_cast<QWidget*>(now.tasks()), static_cast<QWidget*>(now.events()),
                                 static_cast<QWidget*>(now.dock("findings")->panel())}) {
        const auto* note = panel->findChild<QLabel*>("foldedNote");
        CHECK_FALSE(note->isHidden());
        CHECK(note->text().contains("folded"));
    }
    const auto trace = session().trace();
    REQUIRE(view.selectedTask() != no_task);
    CHECK(view.sight().folded_tasks.contains(view.selectedTask()));
    CHECK(trace->tasks()[view.selectedTask()].id == chosen);
    CHECK(trace->event(trace->whole_from()).a == trace->folded().events);
}

TEST_CASE("the rows in sight stay where they were when the oldest detail is folded") {
    QSettings().clear();
    MainWindow window{WindowServices{}};
    window.resize(1280, 720);
    window.show();
    window.setTraceMemory(4 << 20);
    const auto stop = std::make_shared<std::atomic<bool>>(false);
    // Piece by piece, so that no second fold comes before the first was seen.
    const auto allowed = std::make_shared<std::atomic<int>>(0);
    window.open(std::make_unique<Endless>(stop, allowed), {});
    const auto timeline = [&] { return window.workspace()->timeline(); };
    REQUIRE(QTest::qWaitFor([&] {
        *allowed = 1;
        return window.workspace()->session().trace()->event_count() > 10'000;
    }));
    window.workspace()->view().setFollowing(false);
    timeline()->grab();
    QTest::keyClick(timeline(), Qt::Key_PageDown);
    timeline()->grab();
    const auto idsInSight = [&] {
        std::vector<std::pair<Id, int>> ids;
        const auto trace = window.workspace()->session().trace();
        for (const auto& [task, y] : timeline()->tasksInSight()) ids.emplace_back(trace->tasks()[task].id, y);
        return ids;
    };
    const auto before = idsInSight();
    REQUIRE(before.size() > 5);
    const TimelineView* const old = timeline();
    const auto folded = [&] {
        const bool yes = timeline() != old;
        if (!yes) *allowed = 1;
        return yes;
    };
    REQUIRE(QTest::qWaitFor(folded, 20'000));
    *stop = true;
    REQUIRE(QTest::qWaitFor([&] { return window.workspace()->session().ended(); }, 20'000));
    timeline()->grab();
    CHECK(idsInSight().front() == before.front());
}
