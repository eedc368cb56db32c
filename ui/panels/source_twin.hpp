// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <array>
#include <cstdint>
#include <vector>

namespace awaitscope::ui {

/// Where a line of a C++ program stands in its Python twin. Twins have the same coroutines with the same awaits, prints
/// and new tasks in the same order, so the third `co_await` of `worker` is the third `await` of `worker`; no map has to
/// be kept by hand.
class SourceTwin {
  public:
    SourceTwin() = default;
    SourceTwin(const QString& cpp, const QString& python);

    bool isEmpty() const { return python_.isEmpty(); }
    /// The twin's line for a line inside the coroutine `function`; 0 when there is none. A line that holds none of
    /// these gives the coroutine's own.
    int pythonLine(const QString& function, int cpp_line) const;

  private:
    /// What lines are known by.
    enum Kind : std::uint8_t { await, print, create_task, kind_count };
    struct Mark {
        int line = 0;  ///< where it begins
        int end = 0;   ///< where its statement ends: of one that goes on over lines, compilers name either
    };
    struct Function {
        int line = 0;
        std::array<std::vector<Mark>, kind_count> marks;  ///< of each kind one entry for each time, ascending
    };
    static QHash<QString, Function> readCpp(const QString& text);
    static QHash<QString, Function> readPython(const QString& text);

    QHash<QString, Function> cpp_;
    QHash<QString, Function> python_;
};

}  // namespace awaitscope::ui
