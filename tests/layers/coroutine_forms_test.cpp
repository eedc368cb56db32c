// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/coroutine_forms.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

namespace {

std::size_t count(const char* source) {
    return bad_coroutine_forms(source).size();
}

}  // namespace

TEST_CASE("no source file uses co_await in a form that GCC 12 miscompiles") {
    std::string wrong;
    for (const auto& file : source_files()) {
        if (!file.is_code() || file.path.starts_with("tests/layers/")) continue;
        for (const auto& form : bad_coroutine_forms(file.text))
            wrong += file.path + ":" + std::to_string(form.line) + ": " + form.rule + "\n";
    }
    INFO("HACKING.md, 'Coroutines on GCC 12':\n" << wrong);
    CHECK(wrong.empty());
}

TEST_CASE("co_await in a condition is found, on its line, in each kind of statement") {
    const auto found = bad_coroutine_forms("f();\nif (a &&\n    co_await b()) {}\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 2);
    CHECK(count("while (co_await b()) {}") == 1);
    CHECK(count("do {} while (!co_await b());") == 1);
    CHECK(count("switch (co_await b()) {}") == 1);
    CHECK(count("for (int i = 0; co_await b(i); ++i) {}") == 1);
}

TEST_CASE("a condition that declares what it awaits is fine") {
    CHECK(count("if (auto r = co_await b()) {}") == 0);
    CHECK(count("while (auto x = co_await g.next()) use(*x);") == 0);
    CHECK(count("if (const std::optional<int> r = co_await b()) {}") == 0);
    CHECK(count("bool ok = co_await b(); if (ok) co_await c();") == 0);
    CHECK(count("for (auto f : fs) { co_await f; }") == 0);
    CHECK(count("if (check([&] { co_return co_await b(); })) {}") == 0);
    CHECK(count("if (a == co_await b()) {}") == 1);
}

TEST_CASE("a lambda with captures by value inside a co_await expression is found") {
    CHECK(count("co_await to_thread([text] { use(text); });") == 1);
    CHECK(count("co_await to_thread([=] { use(text); });") == 1);
    CHECK(count("co_await f(1, [a, &b] { use(a); });") == 1);
    CHECK(count("co_await f(1, [copy = text] { use(copy); });") == 1);
    CHECK(count("co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> { co_await g(cm); });") == 0);
    CHECK(count("co_await to_thread([&text] { use(text); });") == 0);
    CHECK(count("co_await f(values[i]);") == 0);
    CHECK(count("co_await f(1, []() { });") == 0);
}

TEST_CASE("the other forms that GCC 12 destroys twice, or dies of, are found") {
    CHECK(count("auto x = c ? co_await f() : y;") == 1);
    CHECK(count("auto x = c ? y : co_await f();") == 1);
    CHECK(count("throw ValueError(co_await f());") == 1);
    CHECK(count("auto* p = new T(co_await f());") == 1);
    CHECK(count("auto x = ({ auto r = co_await f(); r; });") == 1);
}

TEST_CASE("comments and literals are passed over") {
    CHECK(count("// if (co_await x)\n/* while (co_await y) */ co_await z;") == 0);
    CHECK(count("co_await f(\"if (co_await x)\", R\"(while (co_await y))\", '\"');") == 0);
}
