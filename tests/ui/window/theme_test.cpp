// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/theme.hpp"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <catch2/catch.hpp>
#include <cmath>

using namespace awaitscope::ui;

namespace {

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG's ratio, from 1 to 21.
double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::string errorOf(const QByteArray& text) {
    const QTemporaryDir folder;
    QFile file(folder.filePath("x.json"));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    try {
        Theme::load(file.fileName());
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("Words have the contrast that WCAG asks for on every ground they stand on, in each theme") {
    const std::vector<const char*> grounds = {"window", "sunken", "raised", "selection"};
    const std::vector<const char*> bars = {"window", "raised", "chip", "good_back", "bad_back", "warn_back"};
    const std::vector<const char*> code = {"sunken", "selection", "current_line"};
    const auto [words, on] = GENERATE_REF(table<const char*, std::vector<const char*>>({
        {"text", grounds},
        {"text", bars},
        {"text", code},
        {"text", {"chip_hover"}},
        {"text_soft", grounds},
        {"text_soft", bars},
        {"text_soft", {"chip_hover", "current_line"}},
        {"text_faint", grounds},  // empty panels, what is not asked for yet, numbers of lines
        {"text_faint", {"chip"}},
        {"accent", {"window", "raised", "selection", "chip"}},  // links, what is chosen
        {"accent_hover", {"window"}},
        {"on_accent", {"accent", "accent_hover"}},
        {"bad", {"window", "raised", "selection"}},
        {"failed", {"window", "raised", "selection"}},
        {"good", {"window", "raised", "selection"}},
        {"finished", {"window", "selection"}},
        {"cursor", {"current_line"}},  // who stands in a line of code
        {"code_keyword", code},
        {"code_string", code},
        {"code_number", code},
        {"code_comment", code},
        {"code_function", code},
        {"code_type", code},
    }));
    const QString key = GENERATE("light", "dark", "contrast");
    const Theme& theme = Theme::builtin(key);
    const double wanted = key == "contrast" ? 7 : 4.5;  // AAA, and AA
    for (const char* ground : on) {
        INFO(key.toStdString() << ": " << words << " on " << ground);
        CHECK(contrast(theme.color(words), theme.color(ground)) >= wanted);
    }
}

TEST_CASE("What is drawn has the contrast that WCAG asks for of signs, in each theme") {
    const QString key = GENERATE("light", "dark", "contrast");
    const Theme& theme = Theme::builtin(key);
    for (const char* sign : {"running", "failed", "finished", "cancelled", "cursor", "accent", "lock", "queue", "io"}) {
        INFO(key.toStdString() << ": " << sign);
        CHECK(contrast(theme.color(sign), theme.color("window")) >= 3);
    }
}

TEST_CASE("A stylesheet names no colour that its theme lacks") {
    const QString key = GENERATE("dark", "light", "contrast");
    const QString sheet = Theme::builtin(key).styleSheet();
    CHECK(sheet.size() > 1000);
    const auto left = sheet.indexOf(QRegularExpression("@(?!names)"));
    CHECK(left == -1);
}

TEST_CASE("A theme that cannot be used says which file and what is wrong") {
    CHECK(errorOf("nothing").find("not a theme") != std::string::npos);
    CHECK(errorOf(R"({"colors": {"window": "blurple"}})").find("\"window\" is not a colour") != std::string::npos);
    CHECK(errorOf(R"({"colors": {"window": "#ffffff"}})").find("is missing") != std::string::npos);
    CHECK_THROWS_WITH(Theme::load("/nowhere/x.json"), Catch::Matchers::StartsWith("/nowhere/x.json: "));
}

TEST_CASE("Switching the theme changes the application's colours and is remembered when chosen") {
    QSettings().clear();
    ThemeSwitch& themes = ThemeSwitch::instance();
    themes.apply(ThemeSwitch::Choice::light);
    const QSignalSpy changed(&themes, &ThemeSwitch::changed);
    themes.choose(ThemeSwitch::Choice::dark);
    CHECK(changed.count() == 1);
    CHECK(QApplication::palette().color(QPalette::Window) == Theme::builtin("dark").color("window"));
    CHECK(ThemeSwitch::remembered() == ThemeSwitch::Choice::dark);
    themes.apply(ThemeSwitch::Choice::light);
    CHECK(QApplication::palette().color(QPalette::Window) == Theme::builtin("light").color("window"));
    CHECK(ThemeSwitch::remembered() == ThemeSwitch::Choice::dark);
}

TEST_CASE("A choice of theme that nobody knows is the system's") {
    CHECK(ThemeSwitch::fromString("sepia") == ThemeSwitch::Choice::system);
    CHECK(ThemeSwitch::fromString("contrast") == ThemeSwitch::Choice::contrast);
}
