// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <utility>
#include <vector>

namespace awaitscope::ui {

class PanelDock;

/// The area of dockable panels: a QMainWindow without a middle, inside the real window. Keeps each panel's title row in
/// order as panels are dragged together and apart.
class DockHost : public QMainWindow {
    Q_OBJECT
  public:
    explicit DockHost(QWidget* parent = nullptr);

    /// Takes the dock; place it with QMainWindow's functions.
    void add(PanelDock* dock);
    const std::vector<PanelDock*>& docks() const { return docks_; }
    PanelDock* dock(const QString& key) const;
    /// Hands them over: the host knows them no longer.
    std::vector<PanelDock*> takeDocks() { return std::exchange(docks_, {}); }

    /// Puts title rows and their tools where they belong; also happens by itself, a moment after a change.
    void tidy();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void tidyLater();

    std::vector<PanelDock*> docks_;
    bool tidying_later_ = false;
};

}  // namespace awaitscope::ui
