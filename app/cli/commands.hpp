// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

/// The subcommands: what each may be told, and the function that does it. One file of app/cli each.
namespace awaitscope::cli {

/// The thing asked for failed: one line for the user that says what is wrong and what to do. Exit code 1.
class Failure : public std::runtime_error {
  public:
    using runtime_error::runtime_error;
};

using Duration = std::chrono::nanoseconds;

struct WindowOptions {};

struct ScenarioOptions {
    std::string name;             ///< empty: list them
    std::string output;           ///< a file to record into; empty: none
    std::optional<double> speed;  ///< the window's pace when it plays; nothing: as the last time
    bool headless = false;
    bool real_clock = false;
    bool names = false;  ///< list the names alone, one a line
};

struct ListOptions {
    bool json = false;
};

struct AttachOptions {
    std::vector<int> pids;
    bool follow = false;           ///< stay when they end, for the same programs started again
    std::string record;            ///< a file to record into meanwhile; empty: none
    std::optional<Duration> keep;  ///< as RecordOptions::keep
    std::uint64_t memory = 0;      ///< bytes that the trace may take; 0: half of the machine's
    bool inject = false;           ///< a Python program that shares nothing is made to, by code that runs in it
    bool yes = false;              ///< without a question
};

struct RecordOptions {
    std::vector<int> pids;  ///< none: start `command`
    std::vector<std::string> command;
    std::string output;
    std::optional<Duration> length;  ///< nothing: until ctrl-C or the end of the process
    std::optional<Duration> keep;    ///< the last so much of the run stays in the recording; nothing: all of it
};

struct RunOptions {
    std::vector<std::string> command;
    std::uint64_t memory = 0;  ///< as AttachOptions
};

/// The part of a recording that is wanted, by times since its begin.
struct TimeRange {
    std::optional<Duration> from;
    std::optional<Duration> to;
};

struct OpenOptions {
    std::string file;
    std::uint64_t memory = 0;  ///< as AttachOptions
    TimeRange range;
};

struct DumpOptions {
    std::vector<std::string> targets;  ///< a file, or process ids
    bool json = false;
    TimeRange range;
    std::uint64_t task = 0;  ///< the events of this task only; 0: of all
};

struct PythonOptions {
    std::string action;                   ///< "install" or "uninstall"
    std::string interpreter = "python3";  ///< a file, or a name looked for along PATH
};

struct TasksOptions {
    std::string target;
    bool json = false;
    std::optional<Duration> at;  ///< since the recording's begin; nothing: at its end
};

struct ExportOptions {
    std::vector<std::string> targets;  ///< as DumpOptions::targets
    TimeRange range;
    std::string format;   ///< "perfetto", "chrome", "csv" or "otlp"
    std::string output;   ///< a file, or "-"; empty: `address`
    std::string address;  ///< of a collector, for "otlp"; empty: `output`
};

struct ReportOptions {
    std::string target;
    TimeRange range;
    bool json = false;
    std::string html;  ///< a file for the page; empty: none
};

struct DiffOptions {
    std::string before;
    std::string after;
    bool json = false;
};

struct RenderOptions {
    std::string file;   ///< empty for a view that is of no recording
    std::string other;  ///< with which it is compared
    std::string output;
    std::string view = "timeline";
    std::string theme = "light";
    int width = 1920;
    int height = 1080;
    std::optional<Duration> from;
    std::optional<Duration> to;
    std::optional<Duration> at;  ///< where the cursor stands; nothing: no cursor, or the window's own choice
};

using Command =
    std::variant<WindowOptions, ScenarioOptions, ListOptions, AttachOptions, RecordOptions, RunOptions, OpenOptions,
                 DumpOptions, TasksOptions, ExportOptions, ReportOptions, DiffOptions, RenderOptions, PythonOptions>;

/// Each does its work and gives the process's exit code, or throws Failure.
int execute(const WindowOptions& options);
int execute(const ScenarioOptions& options);
int execute(const ListOptions& options);
int execute(const AttachOptions& options);
int execute(const RecordOptions& options);
int execute(const RunOptions& options);
int execute(const OpenOptions& options);
int execute(const DumpOptions& options);
int execute(const TasksOptions& options);
int execute(const ExportOptions& options);
int execute(const ReportOptions& options);
int execute(const DiffOptions& options);
int execute(const RenderOptions& options);
int execute(const PythonOptions& options);

}  // namespace awaitscope::cli
