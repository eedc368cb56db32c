// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace awaitscope::ui {

/// The recordings opened last, newest first, remembered between starts. Files that are gone are left out.
class RecentFiles {
  public:
    static constexpr int kept = 8;
    static QStringList list();
    static void add(const QString& path);
};

}  // namespace awaitscope::ui
