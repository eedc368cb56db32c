// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>
#include <QWidget>
#include <functional>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"
#include "ui/panels/source_finder.hpp"
#include "ui/panels/source_twin.hpp"
#include "ui/panels/source_view.hpp"

class QStackedWidget;

namespace awaitscope::ui {

class EmptyState;

/// The source at the cursor: where the current task stands, and where the others do; the C++ program and, where there
/// is one, its Python twin. Session and view outlive it.
class SourcePanel : public QWidget {
    Q_OBJECT
  public:
    /// Paths of the scenario's two programs, where there are any.
    struct Programs {
        QString cpp;
        QString python;
    };
    SourcePanel(TraceSession& session, ViewState& view, Programs programs, QWidget* parent = nullptr);

    /// "Python | C++": stands in the dock's title row, so the panel makes it but does not lay it out.
    QTabBar* languageTabs() const { return tabs_; }
    SourceView* sourceView() const { return code_; }
    void setPanelStyle(const PanelStyle& style);
    /// The path of the text shown; empty when none is.
    QString shownPath() const { return shown_path_; }
    /// Whether the twin is shown.
    bool showsPython() const;
    void showPython(bool python);
    /// Asks the user where a recorded file lies; given the recorded path, returns the one here or nothing. A file
    /// dialog, unless a test puts something else here.
    void setLocator(std::function<QString(const QString&)> ask) { locate_ = std::move(ask); }

    static QString about();

  private:
    void refresh();
    bool showFile(const QString& path);
    void showMissing(const QString& recorded);
    void openInEditor(int line);

    TraceSession& session_;
    ViewState& view_;
    Programs programs_;
    SourceFinder finder_;
    SourceTwin twin_;
    QTabBar* tabs_;
    QStackedWidget* stack_;
    SourceView* code_;
    EmptyState* empty_;
    EmptyState* missing_;
    QString shown_path_;
    QString wanted_;  ///< the recorded path that was not found
    std::function<QString(const QString&)> locate_;
};

}  // namespace awaitscope::ui
