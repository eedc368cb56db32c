// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/ring/string_table.hpp"

#include <catch2/catch.hpp>
#include <source_location>
#include <string>

#include "instrumentation/ring/segment.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope::ring;
using awaitscope::test::FreshFolder;

namespace {

struct Session {
    std::string error;
    std::unique_ptr<Segment> segment = Segment::create({.ring_records = 256}, error);
    std::unique_ptr<SegmentFile> file = SegmentFile::open(segment->path(), error);
    ~Session() { segment->end(); }

    SegmentFile::PlaceText place(std::uint32_t id) {
        REQUIRE(file->refresh());
        REQUIRE(id < file->facts().place_count);
        return file->read_place(id);
    }
};

struct Widget {
    template <class T>
    const char* member(T) const {
        return std::source_location::current().function_name();
    }
    const char* operator[](int) const { return std::source_location::current().function_name(); }
};

template <class T>
const char* free_template(T) {
    return std::source_location::current().function_name();
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "compilers' signatures are cleaned to the bare name") {
    // GCC
    CHECK(bare_function_name("int main(int, char**)") == "main");
    CHECK(bare_function_name("asyncio::Coroutine<int> app::{anonymous}::fetch(int) [with T = int]") == "fetch");
    CHECK(bare_function_name("static std::string A<T>::name(B<int>) [with T = std::pair<int, char>]") == "name");
    CHECK(bare_function_name("void f(void (*)(int))") == "f");
    CHECK(bare_function_name("asyncio::Coroutine<T> make(T) [with T = f(int)::<lambda(int)>]") == "make");
    CHECK(bare_function_name("main()::<lambda(int)>") == "<lambda>");
    CHECK(bare_function_name("app::run(int)::<lambda()> [with auto:1 = int]") == "<lambda>");
    // Clang
    CHECK(bare_function_name("asyncio::Coroutine<int> (anonymous namespace)::fetch(int) [T = int]") == "fetch");
    CHECK(bare_function_name("auto main()::(anonymous class)::operator()(int) const") == "<lambda>");
    CHECK(bare_function_name("auto (anonymous namespace)::go()::(lambda at a.cpp:3:5)::operator()() const") ==
          "<lambda>");
    CHECK(bare_function_name("void make<int>(int)") == "make");
    CHECK(bare_function_name("A::~A()") == "~A");
    CHECK(bare_function_name("int A::operator[](int) const") == "operator[]");
    // __builtin_FUNCTION()
    CHECK(bare_function_name("fetch") == "fetch");
    CHECK(bare_function_name("operator()") == "<lambda>");
    CHECK(bare_function_name("") == "");
    CHECK(bare_function_name("???") == "???");
}

TEST_CASE_METHOD(FreshFolder, "what this compiler calls functions is understood") {
    CHECK(bare_function_name(std::source_location::current().function_name()) != "");
    CHECK(bare_function_name(Widget{}.member(std::string{})) == "member");
    CHECK(bare_function_name(free_template(std::pair{1, 'x'})) == "free_template");
    CHECK(bare_function_name(free_template([](int) {})) == "free_template");
    CHECK(bare_function_name(Widget{}[1]) == "operator[]");
    const auto lambda = [](int) { return std::source_location::current().function_name(); };
    INFO(lambda(1));
    CHECK(bare_function_name(lambda(1)) == "<lambda>");
}

TEST_CASE_METHOD(FreshFolder, "a place is kept once, and reads back") {
    Session session;
    auto& table = session.segment->strings();
    const auto one = table.add("src/a.cpp", 12, "Coroutine<> worker(int)");
    const auto other = table.add("src/a.cpp", 13, "Coroutine<> worker(int)");
    CHECK(one == 1);
    CHECK(other == 2);
    CHECK(table.add("src/a.cpp", 12, "worker") == one);
    const auto text = session.place(one);
    CHECK(text.file == "src/a.cpp");
    CHECK(text.function == "worker");
    CHECK(text.line == 12);
    CHECK(session.place(other).line == 13);
    CHECK(session.place(0).file.empty());
}

TEST_CASE_METHOD(FreshFolder, "a place without names reads back as one") {
    Session session;
    const auto id = session.segment->strings().add("", 7, "");
    CHECK(id != 0);
    CHECK(session.place(id).file.empty());
    CHECK(session.place(id).function.empty());
    CHECK(session.place(id).line == 7);
}

TEST_CASE_METHOD(FreshFolder, "an endless name is cut, and still kept once") {
    Session session;
    auto& table = session.segment->strings();
    const std::string endless(100'000, 'f');
    const auto id = table.add(endless, 1, endless);
    CHECK(id != 0);
    CHECK(table.add(endless, 1, endless) == id);
    CHECK(endless.starts_with(session.place(id).file));
    CHECK(session.place(id).file.size() >= 1000);
}

TEST_CASE_METHOD(FreshFolder, "a full table of places says 0, and the old ones stay") {
    Session session;
    auto& table = session.segment->strings();
    for (std::uint32_t line = 1; line < place_entries_max; ++line) REQUIRE(table.add("a", line, "f") == line);
    CHECK(table.add("a", place_entries_max, "f") == 0);
    CHECK(table.add("a", 5, "f") == 5);
    CHECK(session.place(place_entries_max - 1).line == place_entries_max - 1);
}

TEST_CASE_METHOD(FreshFolder, "full string bytes say 0, and the old ones stay") {
    Session session;
    auto& table = session.segment->strings();
    std::uint32_t added = 0;
    while (table.add(std::string(4000, 'x') + std::to_string(added), 1, "f") != 0) ++added;
    CHECK(added == string_bytes_max / 4005);
    CHECK(session.place(1).file == std::string(4000, 'x') + "0");
    CHECK(table.add("fresh", 2, "f") != 0);
}
