// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QWidget;

namespace awaitscope::ui {

/// Words that wrap, in the look that the style sheet has for the class `cls` ("soft", "section" ...).
QLabel* label(const QString& text, const char* cls, QWidget* parent);

}  // namespace awaitscope::ui
