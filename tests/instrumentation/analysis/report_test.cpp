// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/report.hpp"

#include <catch2/catch.hpp>
#include <map>
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

  error: Blocked loop, after shop.cpp:12
    Ann kept the loop for 250 ms without an await, after shop.cpp:12 and before it returned.
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
     took  task  in  after        at, s  event
   250 ms  Ann   -   shop.cpp:12      1     14
  2.00 ms  Ann   -   shop.cpp:10  0.002      8
  1.00 ms  main  -   shop.cpp:40  0.001      3
  1.00 ms  main  -   shop.cpp:43   1.25     17

COROUTINES, by steps
  coroutine  at           tasks  alive  failed  steps  ran for  step p50      p90      p99    p99.9  lag p99
  main_      shop.cpp:40      1      0       0      2  2.00 ms   1.00 ms  1.00 ms  1.00 ms  1.00 ms  1.00 ms
  order      shop.cpp:10      1      0       0      2   252 ms   2.00 ms   250 ms   250 ms   250 ms     0 ns

WAITS, by time
  at           in  for    waits   in all      p50      p90      p99    p99.9  waiting now
  shop.cpp:43  ?   task       1  1.248 s  1.248 s  1.248 s  1.248 s  1.248 s            0
  shop.cpp:12  ?   sleep      1   996 ms   996 ms   996 ms   996 ms   996 ms            0

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

TEST_CASE("a report tells how many wait at a line, also where nobody has gone on yet") {
    const Reported reported(R"(
0 task_created 1 name=A coro=ask file=a.cpp line=1
0 task_created 2 name=B coro=ask file=a.cpp line=1
0 task_running 1
0 task_suspended 1 on=future object=70 file=a.cpp line=5
0 task_running 2
0 task_suspended 2 on=future object=71 file=a.cpp line=5
1 task_ready 2
1 task_running 2
1 task_suspended 2 on=future object=72 file=a.cpp line=9
)");
    const auto json = nlohmann::json::parse(report_json(reported.input()));
    std::map<int, int> waiting;
    for (const auto& line : json.at("lines")) waiting[line.at("line")] = line.at("waiting");
    CHECK(waiting[5] == 1);
    CHECK(waiting[9] == 1);
    CHECK_THAT(report_text(reported.input()), Catch::Contains("a.cpp:9"));
}

TEST_CASE("the page of a report holds findings, the timeline and the tables, and refers to nothing outside") {
    const Reported reported(program);
    const std::string page = report_html(reported.input(), {"<svg>by day</svg>", "<svg>by night</svg>"});
    CHECK_THAT(page, Catch::StartsWith("<!DOCTYPE html>") && Catch::EndsWith("</body>\n</html>\n"));
    CHECK_THAT(page,
               Catch::Contains("<title>shop - Awaitscope report</title>") && Catch::Contains("20 events, 0 lost"));
    CHECK_THAT(page, Catch::Contains("</svg>error</span> Blocked loop <code>after shop.cpp:12</code>"));
    CHECK_THAT(page, Catch::Contains("<div class=\"light\"><svg>by day</svg></div>") &&
                         Catch::Contains("<div class=\"dark\"><svg>by night</svg></div>"));
    CHECK_THAT(page, Catch::Contains("<td>order</td><td>shop.cpp:10</td>"));
    CHECK_THAT(page, Catch::Contains("<td class=\"number\" data-v=\"250000000\">250 ms</td>"));
    for (const char* section : {"findings", "timeline", "steps", "coroutines", "waits", "queues"}) {
        CHECK_THAT(page, Catch::Contains(std::string("<a href=\"#") + section + "\">"));
        CHECK_THAT(page, Catch::Contains(std::string("<section id=\"") + section + "\""));
    }
    for (const char* outside : {"http:", "https:", "src=", "@import", "url("})
        CHECK_THAT(page, !Catch::Contains(outside));
    std::size_t links = 0;
    for (std::size_t at = page.find("href="); at != page.npos; at = page.find("href=", at + 1)) {
        CHECK(page.substr(at + 5, 2) == "\"#");
        ++links;
    }
    CHECK(links == 7);
}

TEST_CASE("what was so before the recording began is told so") {
    constexpr const char* alone = R"(
7 task_alive 1 name=Ann coro=twice file=d.py line=2
7 sync_created object=100 kind=lock
7 sync_wait 1 object=100 kind=lock
7 task_suspended 1 on=lock object=100 file=d.py line=4
9 output text=listened
)";
    const Reported reported(alone);
    CHECK_THAT(report_text(reported.input()),
               Catch::Contains("From before the recording began at 7 s and lasts; look at event 3."));
    CHECK_THAT(report_html(reported.input(), {}), Catch::Contains("From before the recording began at "));
    CHECK_THAT(report_json(reported.input()), Catch::Contains("\"begun_before\": true"));
    // What was lost may have held its begin.
    const Reported lossy(std::string("6 lost count=3") + alone);
    CHECK_THAT(report_text(lossy.input()), Catch::Contains("From 7 s and lasts; look at event 4."));
}

TEST_CASE("what a program says of itself does not become part of the page") {
    const Reported reported(
        "0 task_created 1 name=<b>&Ann</b> coro=<script> file=a.cpp line=1\n0 task_running 1\n0.5 task_done 1 "
        "state=finished\n");
    const std::string page = report_html(reported.input(), {});
    CHECK_THAT(page, Catch::Contains("&lt;b&gt;&amp;Ann&lt;/b&gt;"));
    CHECK_THAT(page, !Catch::Contains("<b>&Ann"));
    CHECK(page.find("<script>") == page.rfind("<script>"));  // the page's own
}

TEST_CASE("the page of an empty trace says that nothing was found") {
    const Reported reported("");
    const std::string page = report_html(reported.input(), {});
    CHECK_THAT(page, Catch::Contains("<p>None. Looked for: ") && !Catch::Contains("<section id=\"waits\""));
}
