// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* program = R"(
0.000 loop_started name=shop
0.000 task_created 1 name=main coro=main_ file=shop.cpp line=40
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 task_created 2 name=Ann coro=order parent=1 file=shop.cpp line=10
0.002 sync_created 1 object=90 kind=queue name=jobs
0.002 queue_put 1 object=90 size=1 maxsize=4
0.002 task_suspended 1 on=task object=2 file=shop.cpp line=43
0.002 task_running 2
0.003 queue_get 2 object=90 size=0 maxsize=4
0.004 io_write 2 fd=7 bytes=2048
0.004 task_suspended 2 on=sleep file=shop.cpp line=12
1.000 iteration n=2 ready=1 timers=0
1.000 task_ready 2
1.000 task_running 2
1.250 task_ready 1 by=2
1.250 task_done 2 state=finished
1.250 task_running 1
1.251 task_done 1 state=finished
1.251 loop_stopped
)";

struct Reported {
    explicit Reported(std::string_view events) : text(events) {
        analyzer.gather_figures();
        analyzer.advance(text.trace);
        findings = analyzer.findings(text.trace);
    }
    ReportInput input() const { return {"shop", text.trace, analyzer.figures(), findings}; }

    TextTrace text;
    Analyzer analyzer;
    std::vector<Finding> findings;
};

}  // namespace

TEST_CASE("a report tells what is wrong, then where the time goes") {
    const Reported reported(program);
    CHECK(report_text(reported.input()) == R"(shop: 20 events over 1.251 s, 2 tasks, 0 alive at the end

FINDINGS: 1 error, 0 warnings, 0 hints

  error: Blocked loop, shop.cpp:12
    Ann kept the loop for 250 ms without an await.
    From 1 s until 1.25 s; look at event 14.
    While it ran nothing else could: every other task, timer and connection of this loop stood
    still.
    -> Await instead of blocking, hand the call to a thread with to_thread(), or split the
    computation with sleep(0) between its parts.

LOOP
  2 turns, 4 steps, 0 timers set, 0 jobs given to threads
  tasks ran for 254 ms of 1.251 s (20 %)
  lag, from ready to running: p50 0 ns, p90 1.00 ms, p99 1.00 ms, p99.9 1.00 ms, at worst 1.00 ms
  I/O on 1 descriptor: 0 bytes read, 2.0 KiB written

LONGEST STEPS
     took  task  after        at, s  event
   250 ms  Ann   shop.cpp:12      1     14
  2.00 ms  Ann   shop.cpp:10  0.002      8
  1.00 ms  main  shop.cpp:40  0.001      3
  1.00 ms  main  shop.cpp:43   1.25     17

COROUTINES, by steps
  coroutine  at           tasks  alive  failed  steps  ran for  step p50      p90      p99    p99.9  lag p99
  main_      shop.cpp:40      1      0       0      2  2.00 ms   1.00 ms  1.00 ms  1.00 ms  1.00 ms  1.00 ms
  order      shop.cpp:10      1      0       0      2   252 ms   2.02 ms   250 ms   250 ms   250 ms     0 ns

WAITS, by time
  at           in  for    waits   in all      p50      p90      p99    p99.9
  shop.cpp:43  ?   task       1  1.248 s  1.248 s  1.248 s  1.248 s  1.248 s
  shop.cpp:12  ?   sleep      1   996 ms   996 ms   996 ms   996 ms   996 ms

QUEUES
  queue       bound  puts  gets  now  most
  queue jobs      4     1     1    0     1
)");
}

TEST_CASE("a report of nothing says so") {
    CHECK(report_text(Reported("").input()) ==
          "shop: 0 events over 0 ns, 0 tasks, 0 alive at the end\n\nFINDINGS: none\n");
}

TEST_CASE("losses are told, and make what lies across them uncertain") {
    const Reported reported(
        "0 lost count=12\n1 warning kind=wrong_thread text=call\n2 lost count=1\n"
        "3 warning kind=wrong_thread text=call\n");
    const std::string text = report_text(reported.input());
    CHECK_THAT(text, Catch::Contains("; 13 events lost") && Catch::Contains("Uncertain: events were lost meanwhile."));
}

TEST_CASE("the JSON of a report has the members that its page names") {
    const Reported reported(program);
    const auto json = nlohmann::json::parse(report_json(reported.input()));
    CHECK(json.at("format") == 1);
    CHECK(json.at("name") == "shop");
    CHECK(json.at("events") == 20);
    CHECK(json.at("seconds") == 1.251);
    CHECK(json.at("tasks") == 2);
    CHECK(json.at("alive") == 0);
    REQUIRE(json.at("findings").size() == 1);
    const auto& finding = json.at("findings").at(0);
    CHECK(finding.at("kind") == "blocked-loop");
    CHECK(finding.at("severity") == "error");
    CHECK(finding.at("line") == 12);
    CHECK(finding.at("begin") == 1.0);
    CHECK(finding.at("end") == 1.25);
    CHECK(finding.at("tasks").at(0).at("name") == "Ann");
    CHECK(finding.at("uncertain") == false);
    CHECK(json.at("loop").at("turns") == 2);
    CHECK(json.at("loop").at("bytes_written") == 2048);
    CHECK(json.at("longest_steps").at(0).at("took") == 0.25);
    const auto& order = json.at("coroutines").at(1);
    CHECK(order.at("function") == "order");
    CHECK(order.at("steps").at("count") == 2);
    CHECK(order.at("steps").at("max") == 0.25);
    const auto& line = json.at("lines").at(1);
    CHECK(line.at("steps").at("count").is_number());
    CHECK(json.at("queues").at(0).at("name") == "jobs");
    CHECK(json.at("queues").at(0).at("most") == 1);
}

TEST_CASE("the page of a report holds findings, the timeline and the tables, and refers to nothing outside") {
    const Reported reported(program);
    const std::string page = report_html(reported.input(), "<svg>the timeline</svg>");
    CHECK_THAT(page, Catch::StartsWith("<!DOCTYPE html>") && Catch::EndsWith("</body>\n</html>\n"));
    CHECK_THAT(page, Catch::Contains("<title>shop</title>") && Catch::Contains("20 events over"));
    CHECK_THAT(page, Catch::Contains("error: Blocked loop, <code>shop.cpp:12</code>"));
    CHECK_THAT(page, Catch::Contains("<svg>the timeline</svg>"));
    CHECK_THAT(page, Catch::Contains("<td>order</td><td>shop.cpp:10</td>"));
    CHECK_THAT(page, Catch::Contains("<h2>Waits</h2>") && Catch::Contains("<h2>Longest steps</h2>"));
    for (const char* outside : {"http:", "https:", "src=", "href=", "@import", "<script"})
        CHECK_THAT(page, !Catch::Contains(outside));
}

TEST_CASE("what a program says of itself does not become part of the page") {
    const Reported reported(
        "0 task_created 1 name=<b>&Ann</b> coro=<script> file=a.cpp line=1\n0 task_running 1\n0.5 task_done 1 "
        "state=finished\n");
    const std::string page = report_html(reported.input(), "");
    CHECK_THAT(page, Catch::Contains("&lt;b&gt;&amp;Ann&lt;/b&gt;"));
    CHECK_THAT(page, !Catch::Contains("<b>&Ann") && !Catch::Contains("<script>"));
}

TEST_CASE("the page of an empty trace says that nothing was found") {
    const Reported reported("");
    CHECK_THAT(report_html(reported.input(), ""), Catch::Contains("<p class=\"soft\">None.</p>"));
}

TEST_CASE("percentiles are exact to 3 %, least, greatest, sum and count are exact") {
    Histogram histogram;
    for (Nanoseconds length = 1; length <= 100'000; ++length) histogram.add(length * 1000);
    CHECK(histogram.count() == 100'000);
    CHECK(histogram.least() == 1000);
    CHECK(histogram.greatest() == 100'000'000);
    CHECK(histogram.sum() == Nanoseconds{5'000'050'000} * 1000);
    for (const double share : {0.001, 0.5, 0.9, 0.99, 0.999}) {
        const double wanted = share * 1e8;
        CHECK(static_cast<double>(histogram.percentile(share)) == Approx(wanted).epsilon(0.03));
    }
    CHECK(histogram.percentile(1) == Approx(1e8).epsilon(0.03));
    CHECK(Histogram().percentile(0.5) == 0);
}

TEST_CASE("every length has its bucket: a single one is told to within 3 %") {
    for (Nanoseconds length = 1; length < open_end / 3; length = length * 3 + 1) {
        Histogram histogram;
        histogram.add(length);
        CHECK(histogram.percentile(0.5) == length);  // clamped to the least and the greatest
        histogram.add(0);
        histogram.add(open_end / 2);
        CHECK(static_cast<double>(histogram.at_rank(2)) == Approx(static_cast<double>(length)).epsilon(0.032));
    }
}

TEST_CASE("the range of a percentile narrows with the number of measurements, and knows when they are too few") {
    const auto range = [](int count) {
        Histogram histogram;
        for (int i = 1; i <= count; ++i) histogram.add(i * 1'000'000);
        return histogram.percentile_range(0.5);
    };
    CHECK(range(3).low == 0);
    CHECK(range(3).high == open_end);
    CHECK(range(100).low >= 38'000'000);
    CHECK(range(100).high <= 63'000'000);
    Histogram few;
    for (int i = 1; i <= 100; ++i) few.add(i);
    CHECK(few.percentile_range(0.99).high == open_end);
}
