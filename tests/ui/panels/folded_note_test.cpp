// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/folded_note.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/source/symbol_mover.hpp"
#include "tests/support/trace_text.hpp"
#include "tests/ui/panels/read_session.hpp"
#include "ui/model/format.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// A trace that began where one stood in which two of three tasks had ended.
struct FoldedTrace {
    test::TextTrace before{R"(
1 task_created 1 name=A coro=serve
2 task_running 1
3 task_suspended 1 on=sleep object=9
3 task_created 2 name=B coro=handle
4 task_running 2
6 task_done 2 state=finished
6 task_created 3 name=C coro=handle
6 task_running 3
7 task_done 3 state=finished
)"};
    Trace trace{before.symbols};
    FoldedTrace() {
        SymbolMover mover(*before.symbols, *before.symbols);
        trace.begin_after(before.trace, mover);
    }
};

}  // namespace

TEST_CASE("what is folded is told with its sums: events, and the tasks that ended") {
    const FoldedTrace it;
    CHECK(FoldedNote::eventsText(it.trace).startsWith("9 events before 7"));
    const QString tasks = FoldedNote::tasksText(it.trace);
    CHECK(tasks.startsWith("2 tasks that ended before 7"));
    constexpr Nanoseconds s = 1'000'000'000;
    CHECK(tasks.contains("2 steps, " + formatDuration(3 * s) + " running"));
    CHECK(FoldedNote::sumsText(it.trace) == QString("handle(): 2 ended, 2 steps, %1 running, %2 ready, %3 waiting")
                                                .arg(formatDuration(3 * s), formatDuration(1 * s), formatDuration(0)));
}

TEST_CASE("where nothing is folded nothing is said of it") {
    test::ReadSession it;
    const FoldedNote note(it.session, FoldedNote::Of::events, nullptr);
    CHECK(note.text().isEmpty());
    CHECK(note.isHidden());
}
