// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// What a row of the timeline shows.
enum class RowKind : std::uint8_t {
    task,
    process,   ///< the heading above the tasks of a process, where there are several
    loop,      ///< the heading above those of a loop, where its process has several
    io_group,  ///< the heading above the connections
    io,        ///< one connection
};

constexpr bool isHeading(RowKind kind) {
    return kind == RowKind::process || kind == RowKind::loop || kind == RowKind::io_group;
}

/// One row. Which task or connection it is, `index` says; of a process its pid, of a loop its number.
struct Row {
    RowKind kind = RowKind::task;
    std::uint32_t index = 0;
    std::uint16_t depth = 0;        ///< how far it is indented
    std::uint32_t descendants = 0;  ///< rows below it in its tree; folded ones are counted too
    bool folded = false;
    int y = 0;  ///< from the top of all rows, in pixels
    int height = 0;
};

/// How much room a row gets.
enum class RowDensity : std::uint8_t {
    automatic,    ///< by the number of rows
    comfortable,  ///< two lines of text beside the track
    compact,      ///< one line; where tasks print, their words have room below the bars still
    packed,       ///< a few pixels; names where they fit
};

/// What the reader of the timeline chose about rows.
struct RowChoices {
    RowDensity density = RowDensity::automatic;
    std::set<TaskIndex> folded_tasks;
    std::set<std::uint32_t> folded_processes;
    std::set<std::uint16_t> folded_loops;
    bool io_folded = false;
    /// What was over before this moment, with all that came of it, has no row.
    Nanoseconds ended_before = std::numeric_limits<Nanoseconds>::min();
    std::vector<TaskIndex> first;  ///< these stand above all others, in this order, out of their tree
};

/// The rows of a trace from top to bottom: process by process, loop by loop, tasks in the order of the spawn tree (a
/// task, then what it created, in order of creation), then the connections under a heading of their own.
class RowLayout {
  public:
    /// Builds all rows. `available` is the height in pixels they should fill if they can. Costs the number of tasks.
    void rebuild(const Trace& trace, const RowChoices& choices, int available);

    const std::vector<Row>& rows() const { return rows_; }
    int height() const { return rows_.empty() ? 0 : rows_.back().y + rows_.back().height; }
    /// What `automatic` came to.
    RowDensity density() const { return density_; }
    /// Whether anything was printed: compact rows then have room for it.
    bool prints() const { return prints_; }

    /// The row at a height, or nothing above and below all rows.
    std::optional<std::size_t> rowAt(int y) const;
    /// The rows that touch [top, bottom): first and one behind the last.
    std::pair<std::size_t, std::size_t> visible(int top, int bottom) const;
    /// The row of a task; when it is folded away, or has none, the row of the nearest ancestor, or else the heading,
    /// that is shown.
    std::optional<std::size_t> rowOfTask(TaskIndex task) const;

  private:
    struct Forest;
    void addTasks(const Trace& trace, const RowChoices& choices);
    /// The trees from this root on. `hidden_in`: the row that stands for them all; nothing: each has its rows.
    void addTrees(const Forest& forest, TaskIndex first_root, std::uint16_t depth, const RowChoices& choices,
                  std::optional<std::uint32_t> hidden_in);
    /// The row a heading got, when it hides what is below it.
    std::optional<std::uint32_t> addHeading(Row heading, std::optional<std::uint32_t> hidden_in);
    void putFirst(const std::vector<TaskIndex>& tasks);
    void addConnections(const Trace& trace, const RowChoices& choices);
    void setHeights(RowDensity wanted, int available);

    std::vector<Row> rows_;
    static constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> row_of_task_;
    RowDensity density_ = RowDensity::comfortable;
    bool prints_ = false;
};

/// The height of one task's row.
int rowHeight(RowDensity density, std::size_t rows, int available, bool prints = false);

}  // namespace awaitscope::ui
