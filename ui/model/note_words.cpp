// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/note_words.hpp"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <vector>

#include "instrumentation/source/notes.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

/// Several sources say theirs one after the other.
std::vector<std::string_view> sentences(std::string_view note) {
    constexpr std::string_view between = ". ";
    std::vector<std::string_view> found;
    for (std::size_t at; (at = note.find(between)) != std::string_view::npos; note.remove_prefix(at + between.size()))
        found.push_back(note.substr(0, at));
    found.push_back(note);
    return found;
}

QString oneText(std::string_view note) {
    const auto said = notes::read(note);
    if (!said) return toQString(note);
    return fillGaps(QCoreApplication::translate("Note", said->pattern), [&](std::size_t gap) -> QString {
        if (gap >= said->gaps.size()) return {};
        const bool is_note = said->pattern == notes::number_reused && gap == 0;
        return is_note ? oneText(said->gaps[gap]) : toQString(said->gaps[gap]);
    });
}

}  // namespace

QString noteText(std::string_view note) {
    QStringList texts;
    for (const std::string_view one : sentences(note)) texts << oneText(one);
    return texts.join(QStringLiteral(". "));
}

bool isPlainEnd(std::string_view note) {
    return std::ranges::all_of(sentences(note), [](std::string_view one) {
        const auto said = notes::read(one);
        return said && said->pattern == notes::exited;
    });
}

}  // namespace awaitscope::ui
