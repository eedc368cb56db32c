// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace awaitscope::ui {

class WindowActions;

/// The bar on top: what is open, the walk through it, where the cursor is, search. Shows; the window acts.
class TopBar : public QWidget {
    Q_OBJECT
  public:
    /// `menu` is the program's main menu; it belongs to the window, like the actions.
    TopBar(const WindowActions& actions, QMenu* menu, QWidget* parent = nullptr);

    /// With an open source: its kind and name ("Scenario: gather-factorial"), the name alone for where there is no room
    /// for both, and a faint word beside it ("12 of 51").
    void showSource(const QString& whole, const QString& name, const QString& detail, bool live);
    /// The welcome page is shown: nothing to walk through.
    void showNoSource();
    void showPosition(const QString& time, const QString& event);
    void setRunning(bool running);
    /// The speed shown on its button, which asks for another.
    void setSpeed(double speed);
    QLineEdit* search() const { return search_; }
    static QString speedText(double speed);

  signals:
    void speedChosen(double speed);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    QToolButton* button(QAction* action);
    void giveMenu(QToolButton* button, const QList<QAction*>& actions, const QString& title);
    QToolButton* signButton(QAction* action, const QString& name);
    void paintIcons();
    void arrange();

    const WindowActions& actions_;
    QLabel* logo_;
    QString source_;  ///< whole; name_ shows as much as there is room for
    QString short_source_;
    QLabel* name_;
    QLabel* detail_;
    QToolButton* menu_button_;
    QWidget* walk_;  ///< everything that needs an open source
    QToolButton* first_;
    QToolButton* back_;
    QToolButton* run_;
    QToolButton* step_;
    QToolButton* last_;
    QLabel* speed_label_;
    QToolButton* speed_;
    QLabel* time_;
    QLabel* event_;
    QToolButton* follow_;
    QLineEdit* search_;
    QToolButton* attach_;
    QToolButton* help_;
    bool running_ = false;
};

}  // namespace awaitscope::ui
