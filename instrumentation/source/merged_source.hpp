// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Several processes as one source, on one axis of time: that of the earliest known at first. Loops get numbers, and
/// tasks and other objects ids, that are unique among them; of the first source they stay as they are. A loop's name
/// tells its process. More sources may join while it is read. A virtual clock is nobody else's: who runs on one has no
/// place on the axis of others, nor they on its own, so who came first stays, and the others are left out, with a note.
class MergedSource : public EventSource {
  public:
    /// Asked with every read for sources that have come since. One that a look did not find has, at its next, no event
    /// that is older than the look before: a session is there before its first event.
    struct Newcomers {
        std::vector<std::unique_ptr<EventSource>> sources;
        bool more_may_come = false;  ///< else the merged source ends with its last
    };
    using FindNewcomers = std::function<Newcomers()>;

    /// Precondition: there is at least one source.
    explicit MergedSource(std::vector<std::unique_ptr<EventSource>> sources, FindNewcomers find = {});
    ~MergedSource() override;

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override;
    const SourceInfo& info() const override { return info_; }
    std::string note() const override;
    std::uint64_t unknown_events() const override;

    /// While so many go on, no more are taken: ids of each take their share of the bits. One that has ended makes room
    /// for another, whose ids come after its own. An id beyond its share is told as the one 17 billion before it.
    static constexpr unsigned sources_max = 64;
    static constexpr unsigned id_bits = 34;

  private:
    struct Part;

    /// What is held for the others is in the symbols of the last read.
    void hold_in(Symbols& symbols);
    void add(std::unique_ptr<EventSource> source);
    /// Those whose clock is another one than the first's.
    void leave_out_strangers();
    /// Keeps what is still to be known of a source that goes: `note`, how many it has counted, which ids it has had.
    void leave(const Part& part, std::string note);
    /// Frees the sources of which all is told.
    void let_go_of_ended();
    void look_for_newcomers();
    /// More than one has come: theirs are told apart.
    void name_first(Symbols& symbols);
    /// Nobody has anything more, and the look before found nobody.
    bool is_over() const;
    /// There is one source so far: its events need no change.
    SourceState read_alone(Part& part, Symbols& symbols, std::vector<Event>& out, std::size_t limit);
    void fill(Part& part, Symbols& symbols, std::size_t limit);
    /// Puts events of a source, as they come, with what is held of it.
    void hold(Part& part, std::vector<Event>& come, Symbols& symbols);
    void renumber(Part& part, Event& event, Symbols& symbols);
    /// The loop's number here; in loop_started its name is told with its process, and before the first event of a loop
    /// that ran already.
    std::uint16_t loop_of(Part& part, Event& event, Symbols& symbols);
    /// Of the first source, which was alone until now.
    void name_loops_of(Part& part, Symbols& symbols);
    std::uint16_t free_number(std::uint16_t wanted);
    /// Up to which time, on the axis, all sources with events are known.
    std::int64_t known_until() const;
    /// Up to which time, on the axis, all sources have told what they have.
    std::int64_t settled_until() const;
    void merge(std::vector<Event>& out, std::size_t limit, std::int64_t until);
    /// Of a source's time 0.
    std::int64_t place_of(const SourceInfo& info) const;
    std::int64_t now() const;

    FindNewcomers find_;
    std::vector<std::unique_ptr<Part>> parts_;
    std::array<Id, sources_max> ids_used_{};  ///< by number: the highest id that its sources have had
    std::size_t taken_ = 0;                   ///< sources, in all
    /// Of sources that were freed: the last notes, how many more there were, and their unknown events.
    std::deque<std::string> last_notes_;
    std::size_t more_notes_ = 0;
    std::uint64_t unknown_events_ = 0;
    SourceInfo info_;
    const Symbols* symbols_ = nullptr;  ///< of the events that are held
    std::int64_t looked_at_ = 0;        ///< on the axis: when the last look for newcomers began
    std::int64_t last_time_ = 0;
    std::set<std::uint16_t> loops_;  ///< numbers in use
    bool more_may_come_ = false;
    bool first_is_named_ = false;
    bool crowded_ = false;  ///< somebody was not taken
};

}  // namespace awaitscope
