// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

class QAction;
class QLabel;
class QToolButton;

namespace awaitscope::ui {

class PanelTools;

/// One panel in the window: its dock, its title row, and at that row's right end what belongs to it ("About this
/// panel", a legend). Tabbed with others, the row of tabs is the title.
class PanelDock : public QDockWidget {
    Q_OBJECT
  public:
    struct Options {
        QString key;                       ///< names it in the saved layout
        QString title;                     ///< its tab, and its line in the View menu
        QString about;                     ///< what the panel says of itself
        QWidget* title_content = nullptr;  ///< stands in the title row in place of the title
        QWidget* extra = nullptr;          ///< stands at the right end of the title row
        bool extra_may_go = false;         ///< and goes where there is no room
    };
    /// Takes ownership of the panel and of what the options name.
    PanelDock(const Options& options, QWidget* panel, QWidget* parent);

    QWidget* panel() const { return panel_; }
    QString about() const { return about_; }
    /// Shows or hides its own title, as it stands alone or among tabs. `crowded`: the tabs leave no room for what
    /// stands at the title row's right end, which then has a row of its own below them.
    void setTabbed(bool tabbed, bool crowded);
    bool isTabbed() const { return tabbed_; }
    bool isCrowded() const { return crowded_; }
    PanelTools* tools() const { return tools_; }
    bool isShown() const { return shown_; }
    /// Brings it to the front of its tabs, and the keys into it.
    QAction* goTo() const { return go_to_; }

  signals:
    void menuWanted(const QPoint& at);  ///< a context menu, on screen: the panel's own is the window's to show

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    class Title;
    void setShown(bool shown);

    QWidget* panel_;
    QString about_;
    Title* title_;
    PanelTools* tools_;
    QAction* go_to_;
    bool tabbed_ = false;
    bool crowded_ = false;
    bool shown_ = true;  ///< on screen, not behind another tab
};

/// The right end of a panel's title row. A child of the window, since Qt's tab row belongs to no panel.
class PanelTools : public QWidget {
    Q_OBJECT
  public:
    PanelTools(PanelDock* dock, const PanelDock::Options& options, QWidget* parent);
    /// How many pixels it cannot do without.
    int needed() const { return extra_may_go_ ? 0 : least(); }
    /// Lies at the right end of `row`, of which so many pixels are free.
    void place(const QRect& row, int free);

  private:
    void showAbout();
    int least() const;

    PanelDock* dock_;
    QWidget* extra_;
    bool extra_may_go_;
    QToolButton* about_;
};

}  // namespace awaitscope::ui
