// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What sources say of how they ended (EventSource::note). Each kind is a pattern with gaps, %1 to %9. note() says one
/// in English; a recording keeps that, so read() finds pattern and gaps in the text again, however old the recording
/// is: the window says it in the user's language.
namespace awaitscope::notes {

/// Marks a text that the window translates: tools that collect such texts know this function by name (./dev translate).
/// `context` is always "Note".
constexpr const char* phrase(const char* /*context*/, const char* text) {
    return text;
}

// Of a live process: %1 is its number.
inline constexpr const char* exited = phrase("Note", "process %1 has exited");
inline constexpr const char* exited_with = phrase("Note", "process %1 exited with code %2");
inline constexpr const char* killed =
    phrase("Note", "process %1 was killed by signal %2 (%3); its last events are here");
inline constexpr const char* left =
    phrase("Note", "process %1 left through _exit() with code %2; its last events are here");
inline constexpr const char* crashed = phrase("Note", "process %1 was killed or crashed; its last events are here");
inline constexpr const char* replaced =
    phrase("Note", "process %1 has become another program; its last events are here");
inline constexpr const char* silent = phrase("Note", "process %1 shares no events any more; its last ones are here");
/// %1 is one of the notes above.
inline constexpr const char* number_reused = phrase("Note", "%1; its number is another process's by now (%2)");
// Of several processes.
inline constexpr const char* own_clock = phrase(
    "Note", "process %1 (%2) runs on a virtual clock, which is nobody else's, and is not here; look at it alone");
inline constexpr const char* not_the_firsts_clock =
    phrase("Note", "process %1 (%2) does not run on the virtual clock of the first, and is not here; look at it alone");
inline constexpr const char* more_before = phrase("Note", "%1 more before");
inline constexpr const char* too_many = phrase("Note", "more than %1 processes: the later ones are not here");
// Of a file: %1 is its name.
inline constexpr const char* cut_short =
    phrase("Note", "%1 was cut short or overwritten; what was read until then is here");
inline constexpr const char* damaged = phrase("Note", "%1 is damaged at byte %2; %3 events are missing there");
inline constexpr const char* damaged_to_the_end =
    phrase("Note", "%1 is damaged at byte %2 and all behind it; the %3 events before are here");
inline constexpr const char* mid_chunk = phrase("Note", "%1 ends in mid-chunk; the %2 events before are here");
inline constexpr const char* not_ended = phrase(
    "Note", "%1 was not ended: its recorder was stopped hard, or is still at work; the %2 events before are here");
inline constexpr const char* cut_off = phrase(
    "Note", "%1 was cut off: its recorder was stopped hard, or the way to it is closed; the %2 events before are here");
inline constexpr const char* broken_line = phrase("Note", "1 line is no event and was left out (the first: %1).");
inline constexpr const char* broken_lines = phrase("Note", "%1 lines are no events and were left out (the first: %2).");
inline constexpr const char* broken_json = phrase("Note", "%1: %2; what stood before is here");
inline constexpr const char* no_list = phrase("Note", "%1 has no list of trace events");
inline constexpr const char* broken_events = phrase("Note", "%1: %2 events make no sense and were left out");

/// The pattern with its gaps filled.
std::string note(std::string_view pattern, const std::vector<std::string>& gaps);

struct Said {
    const char* pattern;  ///< one of those above
    std::vector<std::string> gaps;
};
/// Which pattern a single note is, if any.
std::optional<Said> read(std::string_view note);

}  // namespace awaitscope::notes
