// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/open_source.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/instrumentation/source/recording_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE_METHOD(FreshFolder, "a source is opened by what it is, not by its name") {
    const std::string path = ring::session_folder() + "/misleading.json";
    const SampleRecording sample{path, 10, 10};
    CHECK(open_source(path)->info().name == "sample");
    WrittenSession session;
    CHECK(open_source(session.path())->info().name == "written");
    CHECK(open_source(std::to_string(getpid()))->info().name == "written");
    put_file(path, R"({"traceEvents": [{"ph": "i", "pid": 1, "tid": 1, "name": "here", "ts": 1}]})");
    Symbols symbols;
    const auto trace = open_source(path);
    CHECK(read_to_end(*trace, symbols).size() == 3);
}

TEST_CASE_METHOD(FreshFolder, "what cannot be opened is told with what was expected") {
    const auto error = [](const std::string& name) { return error_of([&] { open_source(name); }); };
    CHECK(error("/nonesuch.awscope") ==
          "cannot open /nonesuch.awscope: No such file or directory; `awaitscope record` makes recordings, `awaitscope "
          "list` shows processes");
    CHECK(error("/tmp").find("is not a file") != std::string::npos);
    CHECK(error("/etc/passwd").find("is no recording of awaitscope, no session") != std::string::npos);
    CHECK(error("999999999").find("process 999999999 shares no events") == 0);
    CHECK(error("12x").find("cannot open 12x") == 0);
    CHECK(error("").find("cannot open") == 0);
    put_file(ring::session_folder() + "/empty", "");
    CHECK(error(ring::session_folder() + "/empty").find("is no recording") != std::string::npos);
}
