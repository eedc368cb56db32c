// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latencies.hpp"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QTableView>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/charts/latency_chart.hpp"
#include "ui/charts/latency_view.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// Two tasks of one coroutine and one of another. Ready for 1 s, 2 s and 3 s at first; steps of 1 s each but one of 5.
const char* const three = R"(
0 task_created 1 name=a coro=worker file=w.cpp line=3
0 task_created 2 name=b coro=worker file=w.cpp line=3
0 task_created 3 name=c coro=reader file=r.cpp line=9
1 task_running 1
2 task_suspended 1 on=sleep object=9
2 task_running 2
3 task_suspended 2 on=sleep object=8
3 task_running 3
8 task_done 3 state=finished
9 task_ready 1
9 task_running 1
10 task_done 1 state=finished
)";

std::vector<CoroutineLatency> of(const Trace& trace, LatencyKind kind, EventIndex first = 0,
                                 EventIndex last = ~EventIndex{0} - 1) {
    return latencies(trace, first, std::min(last, trace.event_count()), kind, [] { return false; });
}

std::string told(const Trace& trace, const std::vector<CoroutineLatency>& all) {
    std::string text;
    for (const CoroutineLatency& one : all)
        text += std::string(trace.symbols().string(trace.symbols().place(one.definition).function)) + " " +
                std::to_string(one.lengths.count()) + ": " + std::to_string(one.lengths.sum() / 1'000'000'000) + " s\n";
    return text;
}

LatencyRow row(const char* name, PlaceId definition, std::initializer_list<Nanoseconds> lengths) {
    LatencyRow made{name, "x.cpp:1", definition, {}};
    for (const Nanoseconds length : lengths) made.lengths.add(length);
    return made;
}

}  // namespace

TEST_CASE("latencies are gathered by coroutine, of the kind asked for") {
    const test::TextTrace t(three);
    CHECK(told(t.trace, of(t.trace, LatencyKind::ready)) == "worker 3: 3 s\nreader 1: 3 s\n");
    CHECK(told(t.trace, of(t.trace, LatencyKind::steps)) == "worker 3: 3 s\nreader 1: 5 s\n");
    CHECK(told(t.trace, of(t.trace, LatencyKind::waits)) == "worker 1: 7 s\n");
    CHECK(told(t.trace, of(t.trace, LatencyKind::lives)) == "worker 1: 10 s\nreader 1: 8 s\n");
}

TEST_CASE("what ended in the stretch counts, whole, wherever it began") {
    const test::TextTrace t(three);
    CHECK(told(t.trace, of(t.trace, LatencyKind::waits, 9, 10)) == "worker 1: 7 s\n");
    CHECK(of(t.trace, LatencyKind::waits, 5, 9).empty());
    CHECK(told(t.trace, of(t.trace, LatencyKind::steps, 4, 7)) == "worker 2: 2 s\n");
    CHECK(told(t.trace, of(t.trace, LatencyKind::lives, 9)) == "worker 1: 10 s\n");
    CHECK(of(t.trace, LatencyKind::ready, 5, 5).empty());
}

TEST_CASE("the stretches side by side have what the whole has") {
    const test::TextTrace t(test::many_tasks(30, 20));
    for (const LatencyKind kind : {LatencyKind::ready, LatencyKind::steps, LatencyKind::waits, LatencyKind::lives}) {
        const auto whole = of(t.trace, kind);
        std::uint64_t count = 0, wanted = 0;
        Nanoseconds sum = 0, wanted_sum = 0;
        for (EventIndex at = 0; at < t->event_count(); at += 113)
            for (const CoroutineLatency& one : of(t.trace, kind, at, at + 113))
                count += one.lengths.count(), sum += one.lengths.sum();
        for (const CoroutineLatency& one : whole) wanted += one.lengths.count(), wanted_sum += one.lengths.sum();
        CHECK(wanted > 0);
        CHECK(count == wanted);
        CHECK(sum == wanted_sum);
    }
}

TEST_CASE("it ends early when it is enough") {
    const test::TextTrace t(three);
    CHECK(latencies(t.trace, 0, t->event_count(), LatencyKind::ready, [] { return true; }).empty());
}

TEST_CASE("log bins hold all there is, each ten times as long as the one before if there is one a decade") {
    Histogram lengths;
    for (const Nanoseconds length : {1, 5, 30, 30, 500, 9'999}) lengths.add(length);
    CHECK(logBins(lengths, 1, 10'000, 4) == std::vector<double>{2, 2, 1, 1});
    CHECK(logBins(lengths, 1, 10'000, 1) == std::vector<double>{6});
    CHECK(logBins(lengths, 100, 100, 3) == std::vector<double>{4, 0, 2});
}

TEST_CASE("the table sorts by any column, the slowest first to begin with") {
    LatencyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows({row("quick()", 1, {1000, 2000}), row("slow()", 2, {5'000'000}), row("even()", 3, {10, 10, 10})});
    const auto names = [&] {
        QStringList all;
        for (int i = 0; i < model.rowCount(); ++i) all << model.index(i, 0).data().toString();
        return all.join(' ').toStdString();
    };
    CHECK(names() == "slow() quick() even()");
    model.sort(LatencyModel::Count, Qt::DescendingOrder);
    CHECK(names() == "even() quick() slow()");
    model.sort(LatencyModel::Name, Qt::AscendingOrder);
    CHECK(names() == "even() quick() slow()");
    model.sort(LatencyModel::P50, Qt::AscendingOrder);
    CHECK(names() == "even() quick() slow()");
    CHECK(model.index(2, LatencyModel::Longest).data().toString() == "5.00 ms");
    CHECK(model.index(0, LatencyModel::Count).data().toString() == "3");
    const auto bins = model.index(0, LatencyModel::Spread).data(LatencyModel::BinsRole).value<QList<double>>();
    CHECK(bins.first() == 3);
    CHECK(model.table().startsWith("coroutine\tcount\tp50, s"));
    CHECK(model.table().contains("slow()\t1\t0.005000000"));
}

TEST_CASE("the chosen coroutine stays chosen, and its chart tells its percentiles") {
    LatencyView view;
    view.resize(900, 300);
    view.show();
    view.setRows({row("quick()", 1, {1000, 2000}), row("slow()", 2, {5'000'000})});
    const auto* chart = view.findChild<LatencyChart*>();
    CHECK(chart->description().endsWith("measured: p50 5.00 ms, p90 5.00 ms, p99 5.00 ms, p99.9 5.00 ms."));
    view.table()->setCurrentIndex(view.model().index(1, 0));
    CHECK(chart->description().startsWith("quick(), "));
    view.setRows({row("quick()", 1, {1000}), row("slow()", 2, {5'000'000}), row("slower()", 4, {9'000'000})});
    CHECK(chart->description().contains(" measured: p50 1.0"));
    view.setRows({});
    CHECK(chart->description() == "Nothing is measured.");
    view.setRows({row("quick()", 1, {1000})});
    QTest::keyClick(view.table(), Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->mimeData()->text() == view.model().table());
}

TEST_CASE("however long a single task is, others have their turn meanwhile") {
    auto trace = Trace(std::make_shared<Symbols>());
    std::vector<Event> events{{Event::pack(EventKind::task_created, 1, 1), 0, 0, 0, 0}};
    for (std::uint64_t i = 1; i <= 50'000; ++i)
        events.push_back({Event::pack(i % 2 ? EventKind::task_running : EventKind::task_suspended, 1, 1), i, 0, 0,
                          i % 2 ? 0 : static_cast<std::uint32_t>(WaitKind::sleep)});
    trace.append(events);
    int asked = 0;
    const auto all = latencies(trace, 0, trace.event_count(), LatencyKind::steps, [&] { return ++asked, false; });
    REQUIRE(all.size() == 1);
    CHECK(all[0].lengths.count() == 25'000);
    CHECK(asked > 10);
    asked = 0;
    const auto part = latencies(trace, 0, trace.event_count(), LatencyKind::steps, [&] { return ++asked == 3; });
    REQUIRE(part.size() == 1);
    CHECK(part[0].lengths.count() < 25'000);
}
