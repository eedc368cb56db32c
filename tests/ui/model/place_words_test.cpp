// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/place_words.hpp"

#include <QSignalSpy>

#include "tests/support/trace_text.hpp"
#include "ui/model/selection_summary.hpp"
#include "ui/model/task_rows.hpp"
#include "ui/model/view_state.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::TextTrace;

namespace {

const char* const cpp = R"(asyncio::Coroutine<> worker() {
    co_await asyncio::sleep(1s);
    log();
}

asyncio::Coroutine<> main_() {
    co_await worker();
}
)";
const char* const python = R"(async def worker():
    await asyncio.sleep(1)


async def main():
    await worker()
)";

PlaceWords twinWords() {
    return PlaceWords(std::make_shared<const TwinProgram>(TwinProgram{SourceTwin(cpp, python), "demo.cpp", "demo.py"}));
}

/// A task whose only wait is at this place; the place itself.
struct At {
    explicit At(const std::string& file, int line, const std::string& function)
        : text("0.0 task_created 1 name=one coro=" + function + " file=" + file + " line=" + std::to_string(line) +
               "\n0.1 task_running 1\n") {
        place = text->tasks()[0].definition;
    }
    TextTrace text;
    PlaceId place = 0;
};

}  // namespace

TEST_CASE("A line is told by the twin in front, and by the program where the twin has no like of it") {
    const PlaceWords own, twin = twinWords();
    const At await("/src/demo.cpp", 2, "worker");
    CHECK(own.text(await.text.trace, await.place) == "demo.cpp:2");
    CHECK(twin.text(await.text.trace, await.place) == "demo.py:2");
    const At begin("/src/demo.cpp", 6, "main_");
    CHECK(twin.text(begin.text.trace, begin.place) == "demo.py:5");
    CHECK(twin.function(begin.text.trace, begin.place) == "main");
    CHECK(own.function(begin.text.trace, begin.place) == "main_");
    const At nothing_like_it("/src/demo.cpp", 3, "worker");
    CHECK(twin.text(nothing_like_it.text.trace, nothing_like_it.place) == "demo.cpp:3");
    const At elsewhere("/src/queue.cpp", 2, "worker");
    CHECK(twin.text(elsewhere.text.trace, elsewhere.place) == "queue.cpp:2");
    CHECK(twin.text(elsewhere.text.trace, 0) == "");
}

TEST_CASE("A line is told at length for a tip, and shortly where a file's name has no room") {
    const PlaceWords own, twin = twinWords();
    const At begin("/src/demo.cpp", 6, "main_");
    CHECK(own.fullText(begin.text.trace, begin.place) == "main_() · /src/demo.cpp:6");
    CHECK(twin.fullText(begin.text.trace, begin.place) == "main() · demo.py:5");
    CHECK(own.shortText(begin.text.trace, begin.place) == "main_:6");
    CHECK(twin.shortText(begin.text.trace, begin.place) == "main:5");
    CHECK(own.shortText(begin.text.trace, 0) == "");
    CHECK(own.fullText(begin.text.trace, 0) == "");
}

TEST_CASE("What tells lines asks the view state how, and the view state tells when that changes") {
    ViewState view;
    const QSignalSpy changed(&view, &ViewState::placesChanged);
    const PlaceWords twin = twinWords();
    view.setPlaces(twin);
    view.setPlaces(twin);
    CHECK(changed.count() == 1);
    CHECK(view.places() == twin);
    const At begin("/src/demo.cpp", 6, "main_");
    CHECK(summarize(begin.text.trace, 0, 1, view.places()).subtitle == "main() · demo.py:5");
    CHECK(summarize(begin.text.trace, 0, 1).subtitle == "main_() · demo.cpp:6");
    CHECK(taskCell(begin.text.trace, 0, 1, TaskColumn::at, {}, view.places()) == "demo.py:5");
}
