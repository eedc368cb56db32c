// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/label.hpp"

#include <QLabel>
#include <QVariant>

namespace awaitscope::ui {

QLabel* label(const QString& text, const char* cls, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    made->setProperty("class", cls);
    made->setWordWrap(true);
    return made;
}

}  // namespace awaitscope::ui
