// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QString>
#include <vector>

class QTextDocument;

namespace awaitscope::ui {

/// The words that stories use, and what they mean: the manual's page words.md, in the language of the stories. Each
/// paragraph of it that begins with words in bold explains these, those in brackets behind them, and others in bold.
class Glossary {
  public:
    explicit Glossary(const QString& page);
    /// The one of the language in which stories are told.
    static const Glossary& instance();

    /// What a word means, as Markdown; empty for one that is not explained.
    QString meaning(const QString& word) const { return meanings_.value(word.toLower()); }
    bool isEmpty() const { return meanings_.isEmpty(); }

    /// Makes the first mention of each word in a text a link to "word:WORD", with a dotted line below it and what it
    /// means as its tip. Code is left alone.
    void linkWords(QTextDocument& text) const;

  private:
    QHash<QString, QString> meanings_;  ///< by the word in small letters
    struct Word {
        QString entry;  ///< under which it is explained
        QRegularExpression mention;
    };
    std::vector<Word> words_;  ///< the longest first
};

}  // namespace awaitscope::ui
