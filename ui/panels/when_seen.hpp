// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

class QWidget;

namespace awaitscope::ui {

/// A panel's work that is done only while the panel can be seen: what was wanted while it was hidden is done once, when
/// it is shown. GUI thread only; lives no longer than the panel.
class WhenSeen : public QObject {
    Q_OBJECT
  public:
    WhenSeen(QWidget& panel, std::function<void()> work);

    /// Does the work now, or when the panel is shown.
    void want();
    /// Does at once what is due, seen or not: for who asks the panel itself.
    void catchUp();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget& panel_;
    std::function<void()> work_;
    bool due_ = false;
};

}  // namespace awaitscope::ui
