// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"
#include "ui/panels/source_finder.hpp"
#include "ui/panels/source_side.hpp"
#include "ui/panels/task_lines.hpp"

class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace awaitscope::ui {

class EmptyState;

/// The source at the cursor: where the current task stands, and where the others do; the C++ program and, where there
/// is one, its Python twin: one of them, or both side by side where the panel is wide enough. The language in front
/// tells the lines everywhere (ViewState::places()). Session and view outlive it.
class SourcePanel : public QWidget {
    Q_OBJECT
  public:
    /// Paths of the scenario's two programs, where there are any.
    struct Programs {
        QString cpp;
        QString python;
    };
    SourcePanel(TraceSession& session, ViewState& view, Programs programs, QWidget* parent = nullptr);

    /// "Python | C++", and whether both stand side by side: stands in the dock's title row, so the panel makes it but
    /// does not lay it out.
    QWidget* titleTools() const { return tools_; }
    /// The text in front.
    SourceView* sourceView() const { return front()->view(); }
    void setPanelStyle(const PanelStyle& style);
    /// The path of the text in front; empty when none is shown.
    QString shownPath() const { return front()->path(); }
    /// Whether the twin is in front.
    bool showsPython() const;
    void showPython(bool python);
    /// Whether both are seen.
    bool showsBoth() const;
    /// The other text than the one in front; only where both are seen.
    SourceView* besideView() const { return back()->view(); }
    /// Opens the line in front that is chosen, or else the current one, in the user's editor.
    void openInEditor();
    /// Asks the user where a recorded file lies; given the recorded path, returns the one here or nothing. A file
    /// dialog, unless a test puts something else here.
    void setLocator(std::function<QString(const QString&)> ask) { locate_ = std::move(ask); }

    static QString about();

  signals:
    /// Something went wrong, or not; for the user.
    void told(const QString& text, bool error);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void buildTitle();
    void buildSides();
    void chooseLanguage();
    void arrange();
    void refresh();
    bool showProgram(const QString& recorded);
    void showMissing(const QString& recorded);
    void alignSides();
    void scrollBeside(const SourceSide& moved);
    void openLine(const SourceSide& side, int line);
    bool hasTwin() const { return twin_ != nullptr; }
    int widthForBoth() const;
    SourceSide* front() const { return showsPython() ? python_ : program_; }
    SourceSide* back() const { return showsPython() ? program_ : python_; }

    TraceSession& session_;
    ViewState& view_;
    Programs programs_;
    SourceFinder finder_;
    std::shared_ptr<const TwinProgram> twin_;  ///< null: there is none
    QWidget* tools_;
    QTabBar* tabs_;
    QToolButton* both_;
    QStackedWidget* stack_;
    QSplitter* splitter_;
    SourceSide* python_;
    SourceSide* program_;
    EmptyState* empty_;
    EmptyState* missing_;
    bool moving_ = false;  ///< the panel scrolls, not the user
    QString wanted_;       ///< the recorded path that was not found
    QString shown_;        ///< the recorded path of the lines that are shown
    std::function<QString(const QString&)> locate_;
};

}  // namespace awaitscope::ui
