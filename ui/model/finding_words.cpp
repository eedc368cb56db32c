// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/finding_words.hpp"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <limits>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr const char* context = "Finding";

/// The pattern in the user's language, its number put in.
QString translated(const Sentence& sentence) {
    if (!sentence.is_counted()) return phraseText(sentence.pattern());
    const auto count = static_cast<int>(std::min<std::uint64_t>(sentence.count(), std::numeric_limits<int>::max()));
    const QString text = QCoreApplication::translate(context, sentence.pattern(), nullptr, count);
    const auto english = [&](const char* pattern) {
        return QString::fromUtf8(pattern).replace("%Ln", QLocale().toString(count));
    };
    // English itself has no file of translations, which would tell its two forms apart.
    return count == 1 && text == english(sentence.pattern()) ? english(sentence.one()) : text;
}

}  // namespace

QString phraseText(const char* phrase) {
    return QCoreApplication::translate(context, phrase);
}

QString sentenceText(const Sentence& sentence, const LineWords& line) {
    if (sentence.place() && line) return line(sentence.place());
    if (!sentence.pattern()) return sentence.is_figures() ? figures(sentence.text()) : toQString(sentence.text());
    return fillGaps(translated(sentence), [&](std::size_t gap) {
        return gap < sentence.gaps().size() ? sentenceText(sentence.gaps()[gap], line) : QString();
    });
}

QString severityWord(Severity severity) {
    switch (severity) {
        case Severity::error:
            return QCoreApplication::translate("Finding", "Error");
        case Severity::warning:
            return QCoreApplication::translate("Finding", "Warning");
        case Severity::hint:
            break;
    }
    return QCoreApplication::translate("Finding", "Hint");
}

}  // namespace awaitscope::ui
