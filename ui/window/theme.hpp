// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include "ui/panels/panel_style.hpp"

class QPalette;

namespace awaitscope::ui {

/// One set of named colours, read from resources/themes/NAME.json.
class Theme {
  public:
    /// Reads a theme. Throws std::runtime_error which names the file and what is wrong in it.
    static Theme load(const QString& path);
    /// One of those that come with the program: "dark", "light" or "contrast".
    static const Theme& builtin(const QString& key);

    QString name() const { return name_; }
    bool isDark() const { return dark_; }
    /// A colour by its name in the file. Precondition: load() has checked that it is there.
    QColor color(const QString& name) const;
    /// The names every theme must have.
    static QStringList requiredColors();

    QPalette palette() const;
    /// The application's one stylesheet, with `@name` replaced by colours.
    QString styleSheet() const;
    PanelStyle panelStyle() const;

    /// Inter where installed, else the system's; 10 pt like the rest of the desktop.
    static QFont textFont();
    /// JetBrains Mono where installed, else the system's fixed font.
    static QFont monoFont();

  private:
    QString name_;
    bool dark_ = false;
    QHash<QString, QColor> colors_;
};

/// Which theme the application wears, and the switch between them. Remembered between starts.
class ThemeSwitch : public QObject {
    Q_OBJECT
  public:
    enum class Choice { system, light, dark, contrast };

    /// The application's. Puts nothing on until apply() is called. GUI thread only.
    static ThemeSwitch& instance();

    Choice choice() const { return choice_; }
    /// Sets palette, style, font and stylesheet of the application, and remembers the choice.
    void choose(Choice choice);
    /// As choose(), without remembering it: a picture asked for in one theme.
    void apply(Choice choice);
    /// The choice remembered, or `system`.
    static Choice remembered();
    const Theme& theme() const { return *theme_; }

    static QString toString(Choice choice);
    static Choice fromString(const QString& text);

  signals:
    void changed();

  private:
    ThemeSwitch();
    Choice choice_ = Choice::system;
    const Theme* theme_;
    bool system_is_dark_;
};

}  // namespace awaitscope::ui
