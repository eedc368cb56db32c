// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QVariant>

namespace awaitscope::ui {

class DockHost;

/// What the user has set in the panels, and no file keeps: texts of filters, chosen pages, kinds that are shown, how a
/// table is sorted and how wide its columns are. For panels that are made anew under the user's hands.
class PanelMemory {
  public:
    explicit PanelMemory(const DockHost& host);
    /// Sets it in panels of the same sort.
    void restore(const DockHost& host) const;

  private:
    QHash<QString, QVariant> kept_;
};

}  // namespace awaitscope::ui
