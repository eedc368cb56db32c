// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>
#include <string>

#include "ui/window/main_window.hpp"
#include "ui/window/theme.hpp"

namespace awaitscope::test {

/// A program at a moment when there is something to see in each panel: a baker waits for a shelf that is full, Ann and
/// Bob wait for each other, a server has two clients, timers are set, one task has blocked the loop and one has failed.
extern const char* const bakery;

/// A window on a trace that was read to its end, as on a user's first day.
struct Stage {
    explicit Stage(ui::ThemeSwitch::Choice theme, const std::string& text = bakery,
                   ui::SourceDescription description = {});

    ui::Workspace& workspace() { return *window->workspace(); }
    /// The cursor after the last event up to a time, and a task selected by its name.
    void at(Nanoseconds time, const std::string& selected = {});
    /// A panel by its key, alone.
    QImage panel(const QString& key, QSize size);

    std::unique_ptr<ui::MainWindow> window;
};

/// Calls with each theme that has pictures of its own, and what to add to a picture's name for it.
template <typename Paint>
void inEachTheme(Paint paint) {
    using Choice = ui::ThemeSwitch::Choice;
    for (const auto& [theme, name] : {std::pair(Choice::light, "-light"), std::pair(Choice::dark, "-dark")})
        paint(theme, QString::fromLatin1(name));
}

/// A widget of its own, laid out and painted.
QImage painted(QWidget& widget, QSize size);

}  // namespace awaitscope::test
