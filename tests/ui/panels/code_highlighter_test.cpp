// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/code_highlighter.hpp"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

PanelStyle style() {
    PanelStyle made;
    made.keyword = Qt::red;
    made.string = Qt::green;
    made.number = Qt::blue;
    made.comment = Qt::gray;
    made.function = Qt::cyan;
    made.type = Qt::magenta;
    return made;
}

/// A letter a character: k s n c f t, or a dot for what has no colour.
std::string colorsOf(const QString& text, CodeLanguage language, int line = 0) {
    QTextDocument document(text);
    CodeHighlighter highlighter(&document, language);
    highlighter.setPanelStyle(style());
    const QTextBlock block = document.findBlockByNumber(line);
    std::string letters(static_cast<std::size_t>(block.text().size()), '.');
    const std::pair<Qt::GlobalColor, char> names[] = {{Qt::red, 'k'},  {Qt::green, 's'}, {Qt::blue, 'n'},
                                                      {Qt::gray, 'c'}, {Qt::cyan, 'f'},  {Qt::magenta, 't'}};
    for (const auto& range : block.layout()->formats())
        for (const auto& [color, letter] : names)
            if (range.format.foreground().color() == QColor(color))
                for (int i = 0; i < range.length; ++i) letters[static_cast<std::size_t>(range.start + i)] = letter;
    return letters;
}

}  // namespace

TEST_CASE("C++ words are told apart") {
    CHECK(colorsOf("co_await sleep(1s);", CodeLanguage::cpp) == "kkkkkkkk.fffff.nn..");
    CHECK(colorsOf("Task t; // note", CodeLanguage::cpp) == "tttt....ccccccc");
    CHECK(colorsOf("x = \"a // b\";", CodeLanguage::cpp) == "....ssssssss.");
    CHECK(colorsOf("#include <x>", CodeLanguage::cpp) == "kkkkkkkkkkkk");
    CHECK(colorsOf("await f(`a ${b}`)", CodeLanguage::javascript) == "kkkkk.f.ssssssss.");
    CHECK(colorsOf("a /* b */ if", CodeLanguage::cpp) == "..ccccccc.kk");
}

TEST_CASE("A comment or a string over several lines goes on in the next") {
    CHECK(colorsOf("/* a\nif b */ if", CodeLanguage::cpp, 1) == "ccccccc.kk");
    CHECK(colorsOf("x = \"\"\"a\nif b\"\"\" if", CodeLanguage::python, 1) == "sssssss.kk");
}

TEST_CASE("Python words are told apart") {
    CHECK(colorsOf("await asyncio.sleep(1)", CodeLanguage::python) == "kkkkk.........fffff.n.");
    CHECK(colorsOf("f\"{x}\" # c", CodeLanguage::python) == "ssssss.ccc");
    CHECK(colorsOf("@decorated", CodeLanguage::python) == "ffffffffff");
}
