// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_twin.hpp"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace awaitscope::ui {
namespace {

/// C++ cannot name a coroutine `main`: its twin is written `main_`.
QString bareName(QString name) {
    if (name.endsWith('_')) name.chop(1);
    return name;
}

const QRegularExpression& print_call() {
    static const QRegularExpression pattern(R"(\bprint\s*\()");
    return pattern;
}
const QRegularExpression& create_task_call() {
    static const QRegularExpression pattern(R"(\bcreate_task\s*\()");
    return pattern;
}

int count(const QString& line, const QRegularExpression& pattern) {
    int found = 0;
    for (auto match = pattern.globalMatch(line); match.hasNext(); match.next()) ++found;
    return found;
}

/// How many more brackets a piece of C++ opens than it closes.
int opened(const QString& text) {
    int depth = 0;
    for (const QChar one : text) {
        if (one == '(' || one == '{') ++depth;
        if (one == ')' || one == '}') --depth;
    }
    return depth;
}

}  // namespace

SourceTwin::SourceTwin(const QString& cpp, const QString& python) : cpp_(readCpp(cpp)), python_(readPython(python)) {}

QHash<QString, SourceTwin::Function> SourceTwin::readCpp(const QString& text) {
    static const QRegularExpression head(R"(\b(?:Coroutine|AsyncGenerator)<.*>\s+(\w+)\s*\()"),
        await(R"(\bco_await\b)"), comment("//.*"), literal(R"re("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])')re");
    QHash<QString, Function> functions;
    QString inside;
    int depth = 0;
    int number = 0;
    const std::array<const QRegularExpression*, kind_count> patterns = {&await, &print_call(), &create_task_call()};
    struct GoesOn {
        QString function;
        std::size_t kind;
        std::size_t nth;
        int depth;  ///< of the brackets around its line
    };
    std::vector<GoesOn> going_on;
    for (QString line : text.split('\n')) {
        ++number;
        line.remove(literal).remove(comment);
        if (const auto match = head.match(line); match.hasMatch()) {
            inside = bareName(match.captured(1));
            functions[inside].line = number;
        }
        for (std::size_t kind = 0; !inside.isEmpty() && kind < kind_count; ++kind)
            for (int found = count(line, *patterns[kind]); found > 0; --found) {
                auto& marks = functions[inside].marks[kind];
                going_on.push_back({inside, kind, marks.size(), depth});
                marks.push_back({number, number});
            }
        depth += opened(line);
        std::erase_if(going_on, [&](const GoesOn& one) {
            if (depth > one.depth) return false;
            functions[one.function].marks[one.kind][one.nth].end = number;
            return true;
        });
    }
    return functions;
}

QHash<QString, SourceTwin::Function> SourceTwin::readPython(const QString& text) {
    static const QRegularExpression head(R"(^\s*async\s+def\s+(\w+))"),
        await(R"(\bawait\s+[\w(]|\basync\s+(with|for)\b)"), comment("#.*");
    QHash<QString, Function> functions;
    QString inside;
    int number = 0;
    for (QString line : text.split('\n')) {
        ++number;
        line.remove(comment);
        if (const auto match = head.match(line); match.hasMatch()) {
            inside = bareName(match.captured(1));
            functions[inside].line = number;
        } else if (!line.isEmpty() && !line.front().isSpace()) {
            inside.clear();
        }
        const std::array<const QRegularExpression*, kind_count> patterns = {&await, &print_call(), &create_task_call()};
        for (std::size_t kind = 0; !inside.isEmpty() && kind < kind_count; ++kind)
            for (int found = count(line, *patterns[kind]); found > 0; --found)
                functions[inside].marks[kind].push_back({number, number});
    }
    return functions;
}

int SourceTwin::pythonLine(const QString& function, int cpp_line) const {
    QString name = bareName(function);
    if (!cpp_.contains(name)) {
        // Not every place names its function: then it is the last one that begins before the line.
        int begins = 0;
        for (auto it = cpp_.cbegin(); it != cpp_.cend(); ++it)
            if (it->line <= cpp_line && it->line > begins) begins = it->line, name = it.key();
    }
    const auto cpp = cpp_.constFind(name);
    const auto python = python_.constFind(name);
    if (python == python_.cend()) return 0;
    if (cpp == cpp_.cend()) return python->line;
    for (std::size_t kind = 0; kind < kind_count; ++kind) {
        const auto& marks = cpp->marks[kind];
        auto found = std::ranges::find(marks, cpp_line, &Mark::line);
        if (found == marks.end()) found = std::ranges::find(marks, cpp_line, &Mark::end);
        const auto nth = static_cast<std::size_t>(found - marks.begin());
        if (found != marks.end() && nth < python->marks[kind].size()) return python->marks[kind][nth].line;
    }
    return python->line;
}

}  // namespace awaitscope::ui
