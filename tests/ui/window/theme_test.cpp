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

TEST_CASE("Every theme has its words readable on each of its grounds") {
    const QString key = GENERATE("dark", "light", "contrast");
    const Theme& theme = Theme::builtin(key);
    for (const char* ground : {"window", "sunken", "raised", "selection", "current_line"}) {
        INFO(key.toStdString() << " on " << ground);
        CHECK(contrast(theme.color("text"), theme.color(ground)) >= 7);
        CHECK(contrast(theme.color("text_soft"), theme.color(ground)) >= 4.5);
    }
    CHECK(contrast(theme.color("text_faint"), theme.color("window")) >= 3);
    CHECK(contrast(theme.color("on_accent"), theme.color("accent")) >= 4.5);
    CHECK(contrast(theme.color("bad"), theme.color("bad_back")) >= 4);
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
