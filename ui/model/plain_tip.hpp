// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTextDocument>

namespace awaitscope::ui {

/// A text with a stranger's words in it, as a tool tip: Qt would take for HTML what looks like it.
inline QString plainTip(const QString& text) {
    return Qt::mightBeRichText(text) ? text.toHtmlEscaped().replace('\n', "<br>") : text;
}

}  // namespace awaitscope::ui
