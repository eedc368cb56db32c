// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/glossary.hpp"

#include <QTextBlock>
#include <QTextDocument>
#include <catch2/catch.hpp>

#include "ui/scenario/question_card.hpp"

using namespace awaitscope::ui;

namespace {

const char* const page = R"(# The words

What is spoken of.

**Task**: what runs. It has a **track**, too.

**Loop** (event loop): runs one
after the other.

**Ready queue**: a line of those that are **ready**.
)";

/// The links of a text, as "words shown -> word".
std::string links(const std::string& story) {
    QTextDocument document;
    document.setHtml(storyRichText(story));
    Glossary(page).linkWords(document);
    QStringList found;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (const QTextCharFormat format = it.fragment().charFormat(); format.isAnchor()) {
                CHECK(format.underlineStyle() == QTextCharFormat::DotLine);
                CHECK_FALSE(format.toolTip().isEmpty());
                found << it.fragment().text() + " -> " + format.anchorHref();
            }
    return found.join(", ").toStdString();
}

}  // namespace

TEST_CASE("Each word of the page is explained by its paragraph, by whichever name") {
    const Glossary glossary(page);
    CHECK(glossary.meaning("task") == "**Task**: what runs. It has a **track**, too.");
    CHECK(glossary.meaning("Track") == glossary.meaning("task"));
    CHECK(glossary.meaning("event loop") == "**Loop** (event loop): runs one after the other.");
    CHECK(glossary.meaning("loop") == glossary.meaning("event loop"));
    CHECK(glossary.meaning("spoken").isEmpty());
    CHECK(Glossary("").isEmpty());
}

TEST_CASE("The first mention of a word is a link, whatever its form, the longer word before the shorter") {
    CHECK(links("Tasks wait; a task waits.") == "Tasks -> word:task");
    CHECK(links("The **event loop** and the loop.") == "event loop -> word:event loop");
    CHECK(links("It stands in the ready queue.") == "ready queue -> word:ready queue");
    CHECK(links("It is ready.") == "ready -> word:ready");
    CHECK(links("Nothing to explain in multitasking.").empty());
}

TEST_CASE("Code is left alone") {
    CHECK(links("`task` is a name, and a task is none.") == "task -> word:task");
    CHECK(links("`loop`").empty());
}
