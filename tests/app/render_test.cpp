// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures without a display.
#include <catch2/catch.hpp>
#include <set>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

const std::string& recording() {
    static const std::string file = [] {
        const std::string path = private_file("picture.awaitscope");
        REQUIRE(run_awaitscope({"scenario", "gather-factorial", "-o", path}).exit_code == 0);
        return path;
    }();
    return file;
}

/// Renders into a file and gives its bytes.
std::string render(const std::string& picture, Child::Arguments arguments) {
    const std::string path = private_file(picture);
    arguments.insert(arguments.begin(), {"render", recording(), "-o", path});
    const Finished rendered = run_awaitscope(arguments, {"DISPLAY=", "WAYLAND_DISPLAY=", "QT_QPA_PLATFORM="});
    INFO(rendered.err);
    REQUIRE(rendered.exit_code == 0);
    CHECK(rendered.out.empty());
    CHECK(rendered.err.empty());
    return read_file(path);
}

/// Width and height, as the PNG's header tells them.
std::pair<unsigned, unsigned> size_of_png(const std::string& png) {
    REQUIRE(png.size() > 24);
    REQUIRE(png.compare(1, 3, "PNG") == 0);
    const auto number = [&](std::size_t at) {
        unsigned value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(png[i]);
        return value;
    };
    return {number(16), number(20)};
}

}  // namespace

TEST_CASE("render paints the timeline as PNG in the size asked for") {
    CHECK(size_of_png(render("plain.png", {})) == std::pair(1920u, 1080u));
    CHECK(size_of_png(render("small.png", {"--size", "640x360"})) == std::pair(640u, 360u));
}

TEST_CASE("render paints the whole window") {
    CHECK(size_of_png(render("window.png", {"--view", "window", "--size", "1600x1000"})) == std::pair(1600u, 1000u));
}

TEST_CASE("a recording that comes through a pipe, in pieces, is painted whole") {
    const std::string path = private_file("piped.png");
    // The pause gives a reader that does not wait for the end its chance to show that; who waits needs none.
    const std::string pipe = "(head -c 700 '" + recording() + "'; sleep 0.2; tail -c +701 '" + recording() + "') | '" +
                             std::string(awaitscope_binary) + "' render - -o '" + path + "'";
    CHECK(run({"sh", "-c", pipe}).exit_code == 0);
    CHECK((read_file(path) == render("at-once.png", {})));
}

TEST_CASE("themes, times and the cursor change the picture, and the same request gives the same one") {
    const std::string light = render("light.png", {});
    CHECK((render("again.png", {}) == light));
    CHECK((render("dark.png", {"--theme", "dark"}) != light));
    CHECK((render("part.png", {"--from", "1s", "--to", "2s"}) != light));
    CHECK((render("cursor.png", {"--at", "1s"}) != light));
}

TEST_CASE("render paints an SVG with the tasks' names as text") {
    const std::string svg = render("picture.svg", {"--size", "800x600"});
    CHECK_THAT(svg, Catch::Contains("<svg") && Catch::Contains("</svg>") && Catch::Contains("Task-1"));
}

TEST_CASE("render paints each panel by itself, in the size asked for, and no two alike") {
    std::set<std::string> pictures;
    const auto views = {"charts", "events",     "findings",  "graph",  "loop",  "marks",
                        "output", "primitives", "selection", "source", "story", "tasks"};
    for (const std::string view : views) {
        INFO(view);
        const std::string picture = render(view + ".png", {"--view", view, "--size", "500x300", "--at", "1.5s"});
        CHECK(size_of_png(picture) == std::pair(500u, 300u));
        pictures.insert(picture);
    }
    CHECK(pictures.size() == views.size());
}

TEST_CASE("a panel becomes an SVG with its words as text") {
    const std::string svg = render("tasks.svg", {"--view", "tasks", "--size", "900x400", "--at", "9s"});
    CHECK_THAT(svg, Catch::Contains("</svg>") && Catch::Contains(">waits for<") && Catch::Contains(">finished<"));
}

TEST_CASE("a panel of one moment shows where tasks were last alive, when all have ended and no moment is asked for") {
    const std::string svg = render("graph.svg", {"--view", "graph", "--size", "900x400"});
    CHECK_THAT(svg, Catch::Contains(">gather of 3<") && Catch::Contains(">Task-1<"));
    CHECK_THAT(render("end.svg", {"--view", "graph", "--size", "900x400", "--at", "9s"}),
               Catch::Contains("No task is alive"));
}

TEST_CASE("render says so when the picture cannot be written") {
    const Finished rendered = run_awaitscope({"render", recording(), "-o", "/no/such/folder/x.png"});
    CHECK(rendered.exit_code == 1);
    CHECK_THAT(rendered.err, Catch::Contains("/no/such/folder/x.png"));
}

TEST_CASE("two recordings compared, the manual and the welcome page can be painted, too") {
    CHECK(size_of_png(render("compare.png", {"--view", "compare", "--with", recording(), "--size", "800x600"})) ==
          std::pair(800u, 600u));
    std::set<std::string> pictures;
    for (const std::string view : {"help", "welcome"})
        for (const std::string theme : {"light", "contrast"}) {
            const std::string path = private_file(view + "-" + theme + ".png");
            const Finished rendered =
                run_awaitscope({"render", "-o", path, "--view", view, "--theme", theme, "--size", "900x600"},
                               {"DISPLAY=", "WAYLAND_DISPLAY=", "QT_QPA_PLATFORM="});
            INFO(rendered.err);
            REQUIRE(rendered.exit_code == 0);
            CHECK(rendered.err.empty());
            CHECK(size_of_png(read_file(path)) == std::pair(900u, 600u));
            pictures.insert(read_file(path));
        }
    CHECK(pictures.size() == 4);
}
