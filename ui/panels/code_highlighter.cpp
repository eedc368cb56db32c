// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/code_highlighter.hpp"

#include <QSet>

namespace awaitscope::ui {
namespace {

const QSet<QString>& keywords(CodeLanguage language) {
    static const QSet<QString> cpp = {
        "auto",      "bool",     "break",     "case",     "catch",   "char",   "class",  "co_await", "co_return",
        "co_yield",  "const",    "constexpr", "continue", "default", "delete", "do",     "double",   "else",
        "enum",      "explicit", "false",     "float",    "for",     "if",     "inline", "int",      "long",
        "namespace", "new",      "nullptr",   "operator", "private", "public", "return", "short",    "sizeof",
        "static",    "struct",   "switch",    "template", "this",    "throw",  "true",   "try",      "typename",
        "unsigned",  "using",    "virtual",   "void",     "while"};
    static const QSet<QString> python = {"False",  "None",   "True",    "and",      "as",       "assert", "async",
                                         "await",  "break",  "class",   "continue", "def",      "del",    "elif",
                                         "else",   "except", "finally", "for",      "from",     "global", "if",
                                         "import", "in",     "is",      "lambda",   "nonlocal", "not",    "or",
                                         "pass",   "raise",  "return",  "try",      "while",    "with",   "yield"};
    static const QSet<QString> javascript = {
        "async",  "await", "break",  "case",    "catch",  "class",     "const",  "continue", "default",  "delete",
        "do",     "else",  "export", "extends", "false",  "finally",   "for",    "from",     "function", "if",
        "import", "in",    "let",    "new",     "null",   "of",        "return", "static",   "super",    "switch",
        "this",   "throw", "true",   "try",     "typeof", "undefined", "var",    "void",     "while",    "yield"};
    if (language == CodeLanguage::javascript) return javascript;
    return language == CodeLanguage::cpp ? cpp : python;
}

enum State { plain = 0, block_comment = 1, triple_double = 2, triple_single = 3 };

}  // namespace

CodeHighlighter::CodeHighlighter(QTextDocument* document, CodeLanguage language)
    : QSyntaxHighlighter(document),
      language_(language),
      // One token at a time, leftmost first: comment, string, number, word (and whether a call follows), directive.
      word_(
          language != CodeLanguage::python
              ? R"re(//.*|/\*|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`?|\b\d[\w.']*|\b[A-Za-z_]\w*(\s*\()?|^\s*#\s*\w+.*)re"
              : R"re(#.*|[fFrRbB]{0,2}"""|[fFrRbB]{0,2}'''|\b[fFrRbB]{1,2}"(?:[^"\\]|\\.)*"?|\b[fFrRbB]{1,2}'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\b\d[\w.]*|@?\b[A-Za-z_]\w*(\s*\()?)re") {
}

void CodeHighlighter::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    rehighlight();
}

int CodeHighlighter::continueLong(const QString& text, int from, const QString& end, const QColor& color) {
    const auto found = text.indexOf(end, from);
    const int stop = found < 0 ? -1 : static_cast<int>(found + end.size());
    setFormat(0, stop < 0 ? static_cast<int>(text.size()) : stop, color);
    return stop;
}

void CodeHighlighter::highlightBlock(const QString& text) {
    int from = 0;
    if (const int state = previousBlockState(); state > plain) {
        const QString end = state == block_comment ? "*/" : state == triple_double ? R"(""")" : "'''";
        from = continueLong(text, 0, end, state == block_comment ? style_.comment : style_.string);
        setCurrentBlockState(from < 0 ? state : plain);
        if (from < 0) return;
    }
    setCurrentBlockState(plain);
    for (auto tokens = word_.globalMatch(text, from); tokens.hasNext();) {
        const auto token = tokens.next();
        const auto start = static_cast<int>(token.capturedStart());
        if (start < from) continue;  // inside a comment or string already coloured
        auto length = static_cast<int>(token.capturedLength());
        const QString found = token.captured();
        const auto openLong = [&](State state, const QString& end, const QColor& color) {
            const auto stop = text.indexOf(end, start + length);
            if (stop < 0) setCurrentBlockState(state);
            from = static_cast<int>(stop < 0 ? text.size() : stop + end.size());
            setFormat(start, from - start, color);
            return stop < 0;
        };
        if (found.startsWith("//") || found.startsWith('#')) {
            const bool directive = language_ == CodeLanguage::cpp && found.startsWith('#');
            setFormat(start, length, directive ? style_.keyword : style_.comment);
        } else if (found == "/*") {
            if (openLong(block_comment, "*/", style_.comment)) return;
        } else if (found.endsWith(R"(""")") && found.size() <= 5 && language_ == CodeLanguage::python) {
            if (openLong(triple_double, R"(""")", style_.string)) return;
        } else if (found.endsWith("'''") && found.size() <= 5 && language_ == CodeLanguage::python) {
            if (openLong(triple_single, "'''", style_.string)) return;
        } else if (found.contains('"') || found.contains('\'') || found.startsWith('`')) {
            setFormat(start, length, style_.string);
        } else if (found.front().isDigit()) {
            setFormat(start, length, style_.number);
        } else if (found.startsWith('@')) {
            setFormat(start, length, style_.function);
        } else {
            const bool call = token.capturedStart(1) >= 0;
            if (call) length -= static_cast<int>(token.capturedLength(1));
            const QString name = found.left(length);
            if (keywords(language_).contains(name))
                setFormat(start, length, style_.keyword);
            else if (call)
                setFormat(start, length, style_.function);
            else if (name.front().isUpper())
                setFormat(start, length, style_.type);
        }
    }
}

}  // namespace awaitscope::ui
