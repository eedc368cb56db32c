// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope::ui {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// `rest` of a line "prefix rest", trimmed; nothing when the line does not begin with the prefix.
std::optional<std::string_view> after(std::string_view line, std::string_view prefix) {
    if (!line.starts_with(prefix)) return std::nullopt;
    return trimmed(line.substr(prefix.size()));
}

class Parser {
  public:
    Parser(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

    Story story() {
        frontMatter();
        while (next()) bodyLine();
        finishStep();
        if (story_.steps.empty()) fail("a story needs at least one step: \"## Title\"");
        return std::move(story_);
    }

  private:
    [[noreturn]] void fail(std::string_view what) const { throw StoryError(file_, number_, what); }
    [[noreturn]] void fail(const StoryStep& step, std::string_view what) const {
        throw StoryError(file_, step.line, what);
    }

    bool next() {
        if (rest_.empty()) return false;
        const auto end = rest_.find('\n');
        line_ = trimmed(rest_.substr(0, end));
        rest_ = end == rest_.npos ? std::string_view{} : rest_.substr(end + 1);
        ++number_;
        return true;
    }

    int number(std::string_view key, std::string_view text) const {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || value < 1)
            fail(fmt::format("\"{}\" wants a number from 1, not \"{}\"", key, text));
        return value;
    }

    bool yes(std::string_view key, std::string_view text) const {
        if (text != "yes") fail(fmt::format("\"{}\" is yes, or left out; not \"{}\"", key, text));
        return true;
    }

    int pythonVersion(std::string_view text) const {
        if (!text.starts_with("3.")) fail(fmt::format("\"python\" is a version such as 3.13; not \"{}\"", text));
        return number("python", text.substr(2));
    }

    void frontMatter() {
        while (next() && line_.empty()) {
        }
        if (line_ != "---") fail("a story begins with front matter between two lines of ---");
        while (next() && line_ != "---") {
            if (line_.empty()) continue;
            const auto colon = line_.find(':');
            if (colon == line_.npos) fail("front matter is lines of \"key: value\"");
            const auto key = trimmed(line_.substr(0, colon)), value = trimmed(line_.substr(colon + 1));
            if (key == "title")
                story_.title = value;
            else if (key == "summary")
                story_.summary = value;
            else if (key == "expected")
                story_.expected = value;
            else if (key == "chapter")
                story_.chapter = value;
            else if (key == "minutes")
                story_.minutes = number(key, value);
            else if (key == "order")
                story_.order = number(key, value);
            else if (key == "program")
                story_.program = value;
            else if (key == "of")
                story_.of = value;
            else if (key == "python")
                story_.python = pythonVersion(value);
            else if (key == "outside")
                story_.outside = yes(key, value);
            else if (key == "warns")
                story_.warns = yes(key, value);
            else
                fail(fmt::format(
                    "unknown key \"{}\"; known are title, expected, summary, chapter, minutes, order, program, of, "
                    "python, outside, warns",
                    key));
        }
        if (line_ != "---") fail("the front matter has no end: a line of ---");
        if (story_.title.empty()) fail("the front matter names no title");
        if (story_.summary.empty()) fail("the front matter has no summary");
    }

    void bodyLine() {
        if (const auto title = after(line_, "## ")) {
            finishStep();
            step_.emplace();
            step_->title = *title;
            step_->line = number_;
            return;
        }
        if (!step_) {
            if (line_.empty() || line_.starts_with("<!--")) return;
            fail("text before the first step: a step begins with \"## Title\"");
        }
        if (const auto at = after(line_, "at:")) {
            if (step_->at.kind != EventKind::none) fail("a step has one \"at:\"");
            step_->at = anchor(*at);
            return;
        }
        if (const auto code = after(line_, "line:")) {
            if (!step_->code.empty() || code->empty()) fail("a step has one \"line:\", with a piece of its code");
            const auto bar = code->find(" | ");
            step_->code = trimmed(code->substr(0, bar));
            step_->code_cpp = bar == code->npos ? step_->code : std::string(trimmed(code->substr(bar + 3)));
            return;
        }
        if (const auto shows = after(line_, "shows:")) {
            if (*shows != "expected") fail(fmt::format("a step \"shows: expected\", not \"{}\"", *shows));
            step_->shows_expected = true;
            return;
        }
        if (const auto ask = after(line_, "ask:")) return question(*ask);
        if (const auto why = after(line_, "why:")) {
            if (!step_->question) fail("\"why:\" without \"ask:\" before it");
            step_->question->why = *why;
            return;
        }
        if (const auto until = after(line_, "until:")) {
            if (!step_->question || step_->question->until) fail("\"until:\" stands once after an \"ask:\"");
            step_->question->until = *until == "nowhere" ? StoryAnchor{} : anchor(*until);
            return;
        }
        if (step_->question) return answer();
        if (line_.empty()) {
            paragraph_ends_ = !step_->text.empty();
            return;
        }
        if (paragraph_ends_)
            step_->text += "\n\n";
        else if (!step_->text.empty())
            step_->text += ' ';
        paragraph_ends_ = false;
        step_->text += line_;
    }

    void question(std::string_view ask) {
        if (step_->question) fail("a step asks at most one question");
        if (ask.empty()) fail("\"ask:\" without a question");
        step_->question.emplace().ask = ask;
    }

    void answer() {
        if (line_.empty()) return;
        const auto item = after(line_, "- ");
        // A long answer or reason may go on in the next line.
        if (!item) {
            StoryQuestion& question = *step_->question;
            if (!question.why.empty())
                question.why += ' ', question.why += line_;
            else if (question.answers.empty())
                question.ask += ' ', question.ask += line_;
            else
                question.answers.back().text += ' ', question.answers.back().text += line_;
            return;
        }
        if (const auto right = after(*item, "[x]"))
            step_->question->answers.push_back({std::string(*right), true});
        else if (const auto wrong = after(*item, "[ ]"))
            step_->question->answers.push_back({std::string(*wrong), false});
        else
            step_->question->answers.push_back({std::string(*item), false});
    }

    StoryAnchor anchor(std::string_view text) const {
        const auto space = text.find(' ');
        const auto word = text.substr(0, space);
        const KindInfo* info = find_kind(word);
        if (!info) fail(fmt::format("\"{}\" is no kind of event", word));
        StoryAnchor anchor{.kind = info->kind, .task = {}, .fields = {}};
        text = space == text.npos ? std::string_view{} : trimmed(text.substr(space));
        if (text.starts_with('"')) {
            if (info->kind != EventKind::output) fail("a bare \"text\" goes with output only");
            anchor.fields.emplace_back("text", value(text));
        }
        while (!text.empty()) {
            const auto equals = text.find('=');
            if (equals == text.npos) fail(fmt::format("key=value is wanted, not \"{}\"", text));
            const auto key = std::string(trimmed(text.substr(0, equals)));
            text = trimmed(text.substr(equals + 1));
            condition(anchor, *info, key, value(text));
        }
        return anchor;
    }

    void condition(StoryAnchor& anchor, const KindInfo& info, const std::string& key, std::string value) const {
        if (key == "task")
            anchor.task = std::move(value);
        else if (key == "n")
            anchor.n = static_cast<std::uint32_t>(number(key, value));
        else {
            const auto field = std::ranges::find(info.fields, key, &Field::name);
            if (field == info.fields.end()) fail(fmt::format("{} has no field \"{}\"", info.name, key));
            const std::string_view word = value;
            if (!enum_word(field->type, 0).empty() && !enum_value(field->type, word))
                fail(fmt::format("\"{}\" is no value of {}", value, key));
            anchor.fields.emplace_back(key, std::move(value));
        }
    }

    /// Takes a value off the front of `text`: in quotes, or up to the next key= or the end ("task=Task A n=2").
    std::string value(std::string_view& text) const {
        if (text.starts_with('"')) {
            const auto end = text.find('"', 1);
            if (end == text.npos) fail("a quote without its end");
            std::string inside(text.substr(1, end - 1));
            text = trimmed(text.substr(end + 1));
            return inside;
        }
        auto end = text.find('=');
        if (end != text.npos) end = text.rfind(' ', end);
        std::string word(trimmed(text.substr(0, end)));
        text = end == text.npos ? std::string_view{} : trimmed(text.substr(end));
        return word;
    }

    void finishStep() {
        paragraph_ends_ = false;
        if (!step_) return;
        if (step_->at.kind == EventKind::none) fail(*step_, "the step has no \"at:\" line");
        if (step_->text.empty()) fail(*step_, "the step has no text");
        if (step_->question) {
            const auto& answers = step_->question->answers;
            if (answers.size() < 2) fail(*step_, "a question wants at least two answers");
            if (std::ranges::count(answers, true, &StoryQuestion::Answer::right) != 1)
                fail(*step_, "a question has one right answer, marked \"- [x]\"");
        }
        story_.steps.push_back(std::move(*step_));
        step_.reset();
    }

    std::string_view rest_;
    std::string_view file_;
    std::string_view line_;
    int number_ = 0;
    bool paragraph_ends_ = false;
    std::optional<StoryStep> step_;
    Story story_;
};

}  // namespace

StoryError::StoryError(std::string_view file, int line, std::string_view what)
    : std::runtime_error(fmt::format("{}:{}: {}", file, line, what)), line_(line) {}

Story Story::parse(std::string_view text, std::string_view file) {
    return Parser(text, file).story();
}

}  // namespace awaitscope::ui
