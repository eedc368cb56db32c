// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace awaitscope::ui {

/// Labels show names that strangers gave, and Qt takes for HTML what looks like it. As the application's event filter
/// this makes each label plain that was not told its format; what is HTML says so.
class PlainLabels : public QObject {
  public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace awaitscope::ui
