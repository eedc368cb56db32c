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
    /// The twin's line for a line inside the coroutine `function`, or for the one with its name; 0 when there is none.
    int pythonLine(const QString& function, int cpp_line) const;
    /// The line of the twin at which the coroutine begins that holds this one; 0 when there is none.
    int coroutineLine(const QString& function, int cpp_line) const;

    /// The line that stands beside another text's, also between lines that are known from each other.
    int nearPython(int cpp_line) const;
    int nearCpp(int python_line) const;

    /// C++ cannot name a coroutine `main`: its twin is written `main_`.
    static QString bareName(QString name);

  private:
    /// What lines are known by.
    enum Kind : std::uint8_t { await, print, create_task, sleep, kind_count };
    struct Mark {
        int line = 0;  ///< where it begins
        int end = 0;   ///< where its statement ends: of one that goes on over lines, compilers name either
        QString says;  ///< what is printed, up to the first value in it
    };
    struct Function {
        int line = 0;
        std::array<std::vector<Mark>, kind_count> marks;  ///< of each kind one entry for each time, ascending
    };
    static QHash<QString, Function> readCpp(const QString& text);
    static QHash<QString, Function> readPython(const QString& text);
    QString coroutineOf(const QString& function, int cpp_line) const;
    /// The like of a mark; nullptr: there is none. By what is printed where one has more prints than the other: a
    /// callback may be a function of its own in Python, and a lambda in C++.
    static const Mark* likeOf(const std::vector<Mark>& marks, std::size_t nth, const std::vector<Mark>& there);

    /// Lines in C++ and in Python that are the same, ascending in both.
    std::vector<std::pair<int, int>> pairs() const;

    QHash<QString, Function> cpp_;
    QHash<QString, Function> python_;
    std::vector<std::pair<int, int>> pairs_;
};

}  // namespace awaitscope::ui
