// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTextBlock>
#include <vector>

#include "ui/model/in_words.hpp"
#include "ui/panels/code_highlighter.hpp"
#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// A line of source at which tasks stand.
struct SourceMark {
    int line = 0;          ///< from 1
    QString tag;           ///< "Task B, C here"; empty where nobody is
    QString brief;         ///< "2 here", where the tag has no room
    bool current = false;  ///< the running or selected task is among them
    bool caller = false;   ///< nobody stands here: the current task is inside what is called here
    bool told = false;     ///< a story's card speaks of this line, wherever the tasks are
    friend bool operator==(const SourceMark&, const SourceMark&) = default;
};

/// Source text with line numbers, coloured words, and lines marked with who stands there: behind the code where that
/// leaves room, or else in a row at the foot. The line that a story's card speaks of is framed. Its text equivalent is
/// its accessible description.
class SourceView : public QPlainTextEdit, public Tabular {
    Q_OBJECT
  public:
    explicit SourceView(QWidget* parent = nullptr);

    void setCode(const QString& text, CodeLanguage language);
    /// Marks the lines, and scrolls to the one to see when it is out of sight. There it stays however the view is
    /// resized, until the user looks elsewhere.
    void setMarks(std::vector<SourceMark> marks);
    const std::vector<SourceMark>& marks() const { return marks_; }
    /// The marked line to look at: the one a story speaks of, else the current task's; 0: there is neither.
    int lineToSee() const;
    /// The line at the top of what is seen, from 1.
    int topLine() const;
    void setTopLine(int line);
    int linesInSight() const;
    /// The line to be opened elsewhere: the text cursor's while the keys are here, else the one to see, else the
    /// first.
    int chosenLine() const;
    /// What stands at the foot; empty: it is not there.
    QString footText() const;
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
    bool viewportEvent(QEvent* event) override;

  private:
    class Strip;
    struct Tag {
        QString text;
        double left = 0;
    };
    void paintGutter(QPaintEvent* event);
    void paintFoot(QPaintEvent* event);
    int gutterWidth() const;
    void placeStrips();
    QTextBlock blockToSee() const;
    bool isInSight(const QTextBlock& block) const;
    void keepInSight();
    QFont tagFont() const;
    /// All that is to be said of a marked line.
    static QString wordsOf(const SourceMark& mark);
    QColor groundOf(const SourceMark& mark) const;
    /// Behind the code of its line; empty where that leaves no room.
    Tag tagOf(const SourceMark& mark) const;
    /// Where a line stands in the viewport.
    QRectF rectOf(const QTextBlock& block) const;
    const SourceMark* markAt(int line) const;

    CodeHighlighter* highlighter_ = nullptr;
    std::vector<SourceMark> marks_;
    PanelStyle style_;
    Strip* gutter_;
    Strip* foot_;
    bool kept_ = true;      ///< the line to see is to be in sight
    bool placing_ = false;  ///< what is scrolled is not scrolled by the user
    bool footed_ = false;   ///< stays once it was needed, or the text would jump from step to step
};

}  // namespace awaitscope::ui
