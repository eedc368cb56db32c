// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/glossary.hpp"

#include <QFile>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

#include "ui/model/plain_tip.hpp"
#include "ui/scenario/scenario_catalog.hpp"

namespace awaitscope::ui {
namespace {

QString readPage(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The words in bold at the beginning of a paragraph, and those that are named behind them: "**Loop** (event loop)",
/// "**Lock, semaphore** (primitives)"; and what else is in bold.
QStringList wordsOf(const QString& paragraph) {
    static const QRegularExpression head(R"(^\*\*([^*]+)\*\*(?:\s*\(([^)]+)\))?:)"), bold(R"(\*\*([^*]+)\*\*)");
    const auto match = head.match(paragraph);
    if (!match.hasMatch()) return {};
    QStringList words = match.captured(1).split(", ");
    if (match.hasCaptured(2)) words += match.captured(2).split(", ");
    for (auto more = bold.globalMatch(paragraph, match.capturedEnd()); more.hasNext();)
        words << more.next().captured(1);
    return words;
}

bool isCode(const QTextCursor& place) {
    const QStringList families = place.charFormat().fontFamilies().toStringList();
    return std::ranges::any_of(families,
                               [](const QString& family) { return family.contains("mono", Qt::CaseInsensitive); });
}

}  // namespace

Glossary::Glossary(const QString& page) {
    for (QString paragraph : page.split("\n\n", Qt::SkipEmptyParts)) {
        paragraph = paragraph.simplified();
        const QStringList words = wordsOf(paragraph);
        for (const QString& word : words) {
            meanings_.insert(word.toLower(), paragraph);
            // With the endings that a word may have in a sentence.
            const QString pattern = R"(\b%1(?:s|es|e|n|en)?\b)";
            words_.push_back({word.toLower(), QRegularExpression(pattern.arg(QRegularExpression::escape(word)),
                                                                 QRegularExpression::CaseInsensitiveOption |
                                                                     QRegularExpression::UseUnicodePropertiesOption)});
        }
    }
    std::ranges::stable_sort(words_, std::ranges::greater{}, [](const Word& word) { return word.entry.size(); });
}

const Glossary& Glossary::instance() {
    static QHash<QString, Glossary> by_language;
    const QString language = storyLanguage();
    auto found = by_language.find(language);
    if (found == by_language.end()) {
        const QString translated = readPage(QStringLiteral(":/manual/words.%1.md").arg(language));
        found =
            by_language.insert(language, Glossary(translated.isEmpty() ? readPage(":/manual/words.md") : translated));
    }
    return *found;
}

void Glossary::linkWords(QTextDocument& text) const {
    QStringList told;  // paragraphs that are linked to already: another word for the same thing is not told again
    for (const Word& word : words_) {
        const QString meaning = meanings_.value(word.entry);
        if (told.contains(meaning)) continue;
        for (QTextCursor at = text.find(word.mention); !at.isNull(); at = text.find(word.mention, at)) {
            if (isCode(at) || at.charFormat().isAnchor()) continue;
            QTextCharFormat link;
            link.setAnchor(true);
            link.setAnchorHref("word:" + word.entry);
            link.setUnderlineStyle(QTextCharFormat::DotLine);
            QTextDocument tip;
            tip.setMarkdown(meaning);
            link.setToolTip(tip.toHtml());
            at.mergeCharFormat(link);
            told << meaning;
            break;
        }
    }
}

}  // namespace awaitscope::ui
