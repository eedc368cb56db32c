// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <vector>

#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

enum class CodeLanguage { cpp, python, javascript };

/// Colours C++, Python and JavaScript: keywords, strings, numbers, comments, calls and types. It knows words, not
/// grammar.
class CodeHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
  public:
    CodeHighlighter(QTextDocument* document, CodeLanguage language);

    void setPanelStyle(const PanelStyle& style);

  protected:
    void highlightBlock(const QString& text) override;

  private:
    /// Colours from `from` to the end of a literal or comment over several lines; returns where it ends, or -1.
    int continueLong(const QString& text, int from, const QString& end, const QColor& color);

    CodeLanguage language_;
    PanelStyle style_;
    QRegularExpression word_;
};

}  // namespace awaitscope::ui
