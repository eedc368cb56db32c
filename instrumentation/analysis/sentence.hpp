// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/exporter/duration_text.hpp"

namespace awaitscope {

/// Marks a text that the window translates: tools that collect such texts know this function by name (./dev translate).
/// `context` is always "Finding".
constexpr const char* phrase(const char* /*context*/, const char* text) {
    return text;
}
/// The same for one with a number in it, %Ln, of which a language may have several forms.
constexpr const char* phrase_n(const char* /*context*/, const char* text) {
    return text;
}

/// Something said, so that it can be said in any language: a phrase with gaps, %1 to %9, and what stands in them, which
/// may be sentences again. Or a name, the same in all of them; or figures with their unit, whose marks differ; or a
/// line of source.
class Sentence {
  public:
    Sentence() = default;
    Sentence(std::string text) : text_(std::move(text)) {}

    /// `pattern` is a phrase().
    template <class... Gaps>
    static Sentence of(const char* pattern, Gaps&&... gaps) {
        Sentence made;
        made.pattern_ = pattern;
        (made.gaps_.emplace_back(std::forward<Gaps>(gaps)), ...);
        return made;
    }
    /// What depends on a number: `one` is the English where it is 1, `many` a phrase_n().
    template <class... Gaps>
    static Sentence counted(std::uint64_t count, const char* one, const char* many, Gaps&&... gaps) {
        Sentence made = of(many, std::forward<Gaps>(gaps)...);
        made.one_ = one;
        made.count_ = count;
        return made;
    }

    /// "12.3 ms", "1,204".
    static Sentence figures(std::string text) {
        Sentence made(std::move(text));
        made.is_figures_ = true;
        return made;
    }

    /// A line of source, which the window may know another name of; `text` is the recorded one, "server.cpp:30".
    static Sentence line(std::uint32_t place, std::string text) {
        Sentence made(std::move(text));
        made.place_ = place;
        return made;
    }

    bool empty() const { return !pattern_ && text_.empty(); }
    /// nullptr: it is text() and nothing else.
    const char* pattern() const { return pattern_; }
    const std::string& text() const { return text_; }
    bool is_figures() const { return is_figures_; }
    /// The PlaceId of a line of source; 0: it is none.
    std::uint32_t place() const { return place_; }
    const std::vector<Sentence>& gaps() const { return gaps_; }
    /// Whether there is a number, for %Ln.
    bool is_counted() const { return one_ != nullptr; }
    std::uint64_t count() const { return count_; }
    /// The English pattern where the number is 1. Precondition: there is a number.
    const char* one() const { return one_; }

    std::string english() const;

  private:
    const char* pattern_ = nullptr;
    const char* one_ = nullptr;
    std::uint64_t count_ = 0;
    std::string text_;
    bool is_figures_ = false;
    std::uint32_t place_ = 0;
    std::vector<Sentence> gaps_;
};

}  // namespace awaitscope
