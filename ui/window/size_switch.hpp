// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <span>

class QScreen;

namespace awaitscope::ui {

/// How large everything is drawn, words, panels and canvases alike, beside what the desktop asks for. One for the
/// application, which every window takes on at once; remembered between starts. GUI thread only.
class SizeSwitch : public QObject {
    Q_OBJECT
  public:
    /// The application's. Changes nothing until apply() is called.
    static SizeSwitch& instance();
    /// What can be chosen, in percent, ascending.
    static std::span<const int> percents();

    int percent() const { return percent_; }
    /// Draws all windows at this size, and remembers it. One that cannot be chosen counts as the nearest that can.
    void choose(int percent);
    /// The next larger one, or with -1 the next smaller one; nothing at the end.
    void chooseNext(int direction);
    /// As choose(), without remembering it.
    void apply(int percent);
    /// The size remembered, or 100.
    static int remembered();

  signals:
    void changed();

  private:
    SizeSwitch();
    void scale(QScreen* screen);

    int percent_ = 100;
    QHash<QString, double> desktop_;  ///< by a screen's name: the factor the desktop asks for
};

}  // namespace awaitscope::ui
