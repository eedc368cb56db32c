// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace awaitscope::ui {

/// Where the text of a recorded source path can be read here: at that path, among the sources that come with the
/// program, or below a folder the user has named.
class SourceFinder {
  public:
    /// The path to read, or empty when the source is not found.
    QString find(const QString& recorded) const;

    /// The user has shown where `recorded` lies: what stands before their common end is exchanged for other files too.
    void learn(const QString& recorded, const QString& found);

  private:
    std::vector<std::pair<QString, QString>> exchanges_;  ///< recorded prefix, prefix here
};

}  // namespace awaitscope::ui
