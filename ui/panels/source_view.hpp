// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <vector>

#include "ui/model/in_words.hpp"
#include "ui/panels/code_highlighter.hpp"
#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// A line of source at which tasks stand.
struct SourceMark {
    int line = 0;          ///< from 1
    QString tag;           ///< "Task B, C here"
    QString brief;         ///< "2 here", where the tag has no room
    bool current = false;  ///< the running or selected task is among them
    friend bool operator==(const SourceMark&, const SourceMark&) = default;
};

/// Source text with line numbers, coloured words, and lines marked with who stands there.
class SourceView : public QPlainTextEdit, public Tabular {
    Q_OBJECT
  public:
    explicit SourceView(QWidget* parent = nullptr);

    void setCode(const QString& text, CodeLanguage language);
    /// Marks the lines, and scrolls to the current one when it is out of sight.
    void setMarks(std::vector<SourceMark> marks);
    const std::vector<SourceMark>& marks() const { return marks_; }
    void setPanelStyle(const PanelStyle& style);
    /// Its lines: number, text, who stands there.
    QString table() const override;

  signals:
    void lineActivated(int line);  ///< a double click

  protected:
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    class Gutter;
    void paintGutter(QPaintEvent* event);
    int gutterWidth() const;
    void placeGutter();

    CodeHighlighter* highlighter_ = nullptr;
    std::vector<SourceMark> marks_;
    PanelStyle style_;
    Gutter* gutter_;
};

}  // namespace awaitscope::ui
