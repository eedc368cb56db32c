// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/source_twin.hpp"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace awaitscope::ui {
namespace {

const QRegularExpression& print_call() {
    static const QRegularExpression pattern(R"(\bprint\s*\()");
    return pattern;
}
const QRegularExpression& create_task_call() {
    static const QRegularExpression pattern(R"(\bcreate_task\s*\()");
    return pattern;
}

/// A call that keeps the thread.
const QRegularExpression& cpp_sleep() {
    static const QRegularExpression pattern(R"(\bsleep_for\s*\()");
    return pattern;
}
const QRegularExpression& python_sleep() {
    static const QRegularExpression pattern(R"(\btime\.sleep\s*\()");
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

SourceTwin::SourceTwin(const QString& cpp, const QString& python)
    : cpp_(readCpp(cpp)), python_(readPython(python)), pairs_(pairs()) {}

std::vector<std::pair<int, int>> SourceTwin::pairs() const {
    std::vector<std::pair<int, int>> all;
    for (auto cpp = cpp_.cbegin(); cpp != cpp_.cend(); ++cpp) {
        const auto python = python_.constFind(cpp.key());
        if (python == python_.cend()) continue;
        all.emplace_back(cpp->line, python->line);
        for (std::size_t kind = 0; kind < kind_count; ++kind)
            for (std::size_t i = 0; i < cpp->marks[kind].size(); ++i)
                if (const Mark* like = likeOf(cpp->marks[kind], i, python->marks[kind]))
                    all.emplace_back(cpp->marks[kind][i].line, like->line);
    }
    std::ranges::sort(all);
    std::vector<std::pair<int, int>> ascending;
    for (const auto& pair : all)
        if (ascending.empty() || (pair.first > ascending.back().first && pair.second > ascending.back().second))
            ascending.push_back(pair);
    return ascending;
}

namespace {

/// Between two known lines by its share of the way; outside as far from the nearest as here.
template <class Pairs, class From, class To>
int near(const Pairs& pairs, int line, From from, To to) {
    if (pairs.empty()) return line;
    const auto above = std::ranges::upper_bound(pairs, line, {}, from);
    if (above == pairs.begin()) return (*above).*to + line - (*above).*from;
    const auto below = std::prev(above);
    if (above == pairs.end()) return (*below).*to + line - (*below).*from;
    const int here = (*above).*from - (*below).*from, there = (*above).*to - (*below).*to;
    return (*below).*to + (line - (*below).*from) * there / here;
}

}  // namespace

int SourceTwin::nearPython(int cpp_line) const {
    using Pair = std::pair<int, int>;
    return near(pairs_, cpp_line, &Pair::first, &Pair::second);
}

int SourceTwin::nearCpp(int python_line) const {
    using Pair = std::pair<int, int>;
    return near(pairs_, python_line, &Pair::second, &Pair::first);
}

QHash<QString, SourceTwin::Function> SourceTwin::readCpp(const QString& text) {
    static const QRegularExpression printed(R"re(\bprint\s*\(\s*"((?:\\.|[^"\\])*))re");
    static const QRegularExpression head(R"(\b(?:Coroutine|AsyncGenerator)<.*>\s+(\w+)\s*\()"),
        plain_head(R"(^(?: {4})?(?!return|co_|throw|else|new)[\w:<>,&*]+(?: const)?\s+[&*]?(\w+)\s*\([^;=]*$)"),
        await(R"(\bco_await\b)"), comment("//.*"), literal(R"re("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])')re");
    QHash<QString, Function> functions;
    QString inside;
    int depth = 0;
    int number = 0;
    const std::array<const QRegularExpression*, kind_count> patterns = {&await, &print_call(), &create_task_call(),
                                                                        &cpp_sleep()};
    struct GoesOn {
        QString function;
        std::size_t kind;
        std::size_t nth;
        int depth;  ///< of the brackets around its line
    };
    std::vector<GoesOn> going_on;
    for (QString line : text.split('\n')) {
        ++number;
        const QString said = printed.match(line).captured(1);
        line.remove(literal).remove(comment);
        for (const QRegularExpression* one : {&head, &plain_head})
            if (const auto match = one->match(line); match.hasMatch()) {
                inside = bareName(match.captured(1));
                functions[inside].line = number;
                break;
            }
        for (std::size_t kind = 0; !inside.isEmpty() && kind < kind_count; ++kind)
            for (int found = count(line, *patterns[kind]); found > 0; --found) {
                auto& marks = functions[inside].marks[kind];
                going_on.push_back({inside, kind, marks.size(), depth});
                marks.push_back({number, number, kind == print ? said : QString()});
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
    static const QRegularExpression printed(R"re(\bprint\s*\(\s*[fr]*["']((?:\\.|[^"'\\{])*))re");
    // A plain function inside of another is a part of that, as a lambda is in C++.
    static const QRegularExpression head(R"(^\s*async\s+def\s+(\w+))"), plain_head(R"(^def\s+(\w+))"),
        method_head(R"(^ {4}def\s+(\w+))"), await(R"(\bawait\s+[\w(]|\basync\s+(with|for)\b)"), comment("#.*");
    QHash<QString, Function> functions;
    QString inside;
    bool in_class = false;
    int number = 0;
    for (QString line : text.split('\n')) {
        ++number;
        line.remove(comment);
        if (!line.isEmpty() && !line.front().isSpace()) in_class = line.startsWith("class ");
        auto match = head.match(line);
        if (!match.hasMatch()) match = (in_class ? method_head : plain_head).match(line);
        if (match.hasMatch()) {
            inside = bareName(match.captured(1));
            functions[inside].line = number;
        } else if (!line.isEmpty() && !line.front().isSpace()) {
            inside.clear();
        }
        const std::array<const QRegularExpression*, kind_count> patterns = {&await, &print_call(), &create_task_call(),
                                                                            &python_sleep()};
        for (std::size_t kind = 0; !inside.isEmpty() && kind < kind_count; ++kind)
            for (int found = count(line, *patterns[kind]); found > 0; --found)
                functions[inside].marks[kind].push_back(
                    {number, number, kind == print ? printed.match(line).captured(1) : QString()});
    }
    return functions;
}

QString SourceTwin::bareName(QString name) {
    if (name.endsWith('_')) name.chop(1);
    return name;
}

QString SourceTwin::coroutineOf(const QString& function, int cpp_line) const {
    QString name = bareName(function);
    if (cpp_.contains(name)) return name;
    // Not every place names its function: then it is the last one that begins before the line.
    int begins = 0;
    for (auto it = cpp_.cbegin(); it != cpp_.cend(); ++it)
        if (it->line <= cpp_line && it->line > begins) begins = it->line, name = it.key();
    return name;
}

const SourceTwin::Mark* SourceTwin::likeOf(const std::vector<Mark>& marks, std::size_t nth,
                                           const std::vector<Mark>& there) {
    const QString& says = marks[nth].says;
    if (marks.size() != there.size() && !says.isEmpty()) {
        const auto before =
            std::ranges::count(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(nth), says, &Mark::says);
        auto seen = std::ptrdiff_t{0};
        for (const Mark& mark : there)
            if (mark.says == says && seen++ == before) return &mark;
        return nullptr;
    }
    return nth < there.size() ? &there[nth] : nullptr;
}

int SourceTwin::coroutineLine(const QString& function, int cpp_line) const {
    const auto python = python_.constFind(coroutineOf(function, cpp_line));
    return python == python_.cend() ? 0 : python->line;
}

int SourceTwin::pythonLine(const QString& function, int cpp_line) const {
    const QString name = coroutineOf(function, cpp_line);
    const auto cpp = cpp_.constFind(name);
    const auto python = python_.constFind(name);
    if (python == python_.cend() || cpp == cpp_.cend()) return 0;
    if (cpp->line == cpp_line) return python->line;
    for (std::size_t kind = 0; kind < kind_count; ++kind) {
        const auto& marks = cpp->marks[kind];
        auto found = std::ranges::find(marks, cpp_line, &Mark::line);
        if (found == marks.end()) found = std::ranges::find(marks, cpp_line, &Mark::end);
        if (found == marks.end()) continue;
        const auto nth = static_cast<std::size_t>(found - marks.begin());
        if (const Mark* like = likeOf(marks, nth, python->marks[kind])) return like->line;
    }
    return 0;
}

}  // namespace awaitscope::ui
