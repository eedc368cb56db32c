// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/plain_labels.hpp"

#include <QEvent>
#include <QLabel>

namespace awaitscope::ui {

bool PlainLabels::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Polish) return false;
    auto* const label = qobject_cast<QLabel*>(watched);
    // Qt's own labels are left as they are: a tool tip's (plainTip() is for these) and a message box's.
    const bool ours = label && !label->inherits("QTipLabel") && label->objectName() != "qt_msgbox_label";
    if (ours && label->textFormat() == Qt::AutoText) label->setTextFormat(Qt::PlainText);
    return false;
}

}  // namespace awaitscope::ui
