// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/theme.hpp"

#include <fmt/format.h>

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QSettings>
#include <QStyleFactory>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace awaitscope::ui {
namespace {

const char* const color_names[] = {
    "window",       "sunken",      "raised",       "chip",         "chip_hover",    "line",      "line_strong",
    "text",         "text_soft",   "text_faint",   "accent",       "accent_hover",  "on_accent", "selection",
    "current_line", "cursor",      "good",         "good_back",    "bad",           "bad_back",  "warn",
    "warn_back",    "running",     "ready",        "sleep",        "gather",        "lock",      "queue",
    "io",           "other",       "future_shade", "row_line",     "finished",      "cancelled", "failed",
    "code_keyword", "code_string", "code_number",  "code_comment", "code_function", "code_type"};

QByteArray readFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error(fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    return file.readAll();
}

QString firstInstalled(const QStringList& families) {
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : families)
        if (installed.contains(family)) return family;
    return {};
}

}  // namespace

QStringList Theme::requiredColors() {
    QStringList names;
    for (const char* name : color_names) names << QString::fromLatin1(name);
    return names;
}

Theme Theme::load(const QString& path) {
    const QByteArray bytes = readFile(path);
    const std::string file = path.toStdString();
    const auto json = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object() || !json.contains("colors") || !json["colors"].is_object())
        throw std::runtime_error(file + ": not a theme: a JSON object with \"colors\" is wanted");
    Theme theme;
    theme.name_ = QString::fromStdString(json.value("name", std::string("Unnamed")));
    theme.dark_ = json.value("dark", false);
    for (const auto& [key, value] : json["colors"].items()) {
        const QColor color = value.is_string() ? QColor(QString::fromStdString(value.get<std::string>())) : QColor();
        if (!color.isValid()) throw std::runtime_error(fmt::format("{}: \"{}\" is not a colour", file, key));
        theme.colors_.insert(QString::fromStdString(key), color);
    }
    for (const QString& name : requiredColors())
        if (!theme.colors_.contains(name))
            throw std::runtime_error(fmt::format("{}: the colour \"{}\" is missing", file, name.toStdString()));
    return theme;
}

const Theme& Theme::builtin(const QString& key) {
    static std::map<QString, Theme> themes;
    auto found = themes.find(key);
    if (found == themes.end()) found = themes.emplace(key, load(":/themes/" + key + ".json")).first;
    return found->second;
}

QColor Theme::color(const QString& name) const {
    Q_ASSERT(colors_.contains(name));
    return colors_.value(name);
}

QPalette Theme::palette() const {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const char* name) { palette.setColor(role, color(name)); };
    set(QPalette::Window, "window");
    set(QPalette::WindowText, "text");
    set(QPalette::Base, "window");
    set(QPalette::AlternateBase, "raised");
    set(QPalette::Text, "text");
    set(QPalette::PlaceholderText, "text_faint");
    set(QPalette::Button, "window");
    set(QPalette::ButtonText, "text");
    set(QPalette::BrightText, "bad");
    set(QPalette::Highlight, "selection");
    set(QPalette::HighlightedText, "text");
    set(QPalette::Link, "accent");
    set(QPalette::LinkVisited, "accent");
    set(QPalette::ToolTipBase, "raised");
    set(QPalette::ToolTipText, "text");
    set(QPalette::Light, "line");
    set(QPalette::Midlight, "line");
    set(QPalette::Mid, "line");
    set(QPalette::Dark, "line_strong");
    set(QPalette::Shadow, "line");
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color("text_faint"));
    return palette;
}

QString Theme::styleSheet() const {
    QString sheet = QString::fromUtf8(readFile(":/style/window.qss"));
    // Longest first, so that @text does not eat the beginning of @text_soft.
    QStringList names = colors_.keys();
    std::ranges::sort(names, [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& name : names) sheet.replace('@' + name, colors_.value(name).name());
    return sheet;
}

PanelStyle Theme::panelStyle() const {
    PanelStyle style;
    style.text = color("text");
    style.textSoft = color("text_soft");
    style.textFaint = color("text_faint");
    style.accent = color("accent");
    style.line = color("line");
    style.chip = color("chip");
    style.window = color("window");
    style.sunken = color("sunken");
    style.selection = color("selection");
    style.currentLine = color("current_line");
    style.cursor = color("cursor");
    style.running = color("running");
    style.ready = color("ready");
    style.finished = color("finished");
    style.cancelled = color("cancelled");
    style.failed = color("failed");
    style.sleep = color("sleep");
    style.gather = color("gather");
    style.lock = color("lock");
    style.queue = color("queue");
    style.io = color("io");
    style.other = color("other");
    style.keyword = color("code_keyword");
    style.string = color("code_string");
    style.number = color("code_number");
    style.comment = color("code_comment");
    style.function = color("code_function");
    style.type = color("code_type");
    style.mono = monoFont();
    return style;
}

QFont Theme::textFont() {
    static const QString family = firstInstalled({"Inter", "Inter Display"});
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::GeneralFont) : QFont(family);
    font.setPixelSize(13);
    return font;
}

QFont Theme::monoFont() {
    static const QString family = firstInstalled({"JetBrains Mono"});
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont(family);
    font.setPixelSize(13);
    font.setStyleHint(QFont::Monospace);
    return font;
}

ThemeSwitch::ThemeSwitch()
    : theme_(&Theme::builtin("light")),
      system_is_dark_(QApplication::palette().color(QPalette::Window).lightness() < 128) {}

ThemeSwitch& ThemeSwitch::instance() {
    static ThemeSwitch only;
    return only;
}

void ThemeSwitch::choose(Choice choice) {
    QSettings().setValue("theme", toString(choice));
    apply(choice);
}

void ThemeSwitch::apply(Choice choice) {
    choice_ = choice;
    const bool dark = choice == Choice::dark || (choice == Choice::system && system_is_dark_);
    theme_ = &Theme::builtin(choice == Choice::contrast ? "contrast" : dark ? "dark" : "light");
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    QApplication::setFont(Theme::textFont());
    QApplication::setPalette(theme_->palette());
    qApp->setStyleSheet(theme_->styleSheet());
    emit changed();
}

ThemeSwitch::Choice ThemeSwitch::remembered() {
    return fromString(QSettings().value("theme").toString());
}

QString ThemeSwitch::toString(Choice choice) {
    switch (choice) {
        case Choice::light:
            return "light";
        case Choice::dark:
            return "dark";
        case Choice::contrast:
            return "contrast";
        case Choice::system:
            break;
    }
    return "system";
}

ThemeSwitch::Choice ThemeSwitch::fromString(const QString& text) {
    for (const Choice choice : {Choice::light, Choice::dark, Choice::contrast})
        if (text == toString(choice)) return choice;
    return Choice::system;
}

}  // namespace awaitscope::ui
