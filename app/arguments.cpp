// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <tuple>

#include "app/argument_values.hpp"
#include "instrumentation/exporter/parse_duration.hpp"

namespace awaitscope {
namespace {

using namespace cli;

constexpr const char* footer =
    "A program is instrumented when it runs the asyncio runtime of this project, or an adapter of it (for Python,\n"
    "Node.js or Boost.Asio), with AWAITSCOPE=1 in its environment (awaitscope run sets it), or calls enable(name).\n"
    "The manual: man awaitscope, or resources/manual/awaitscope.1.";

/// CLI11 has no way to say "this text becomes that value, or an error of mine".
CLI::Option* duration_option(CLI::App* app, const std::string& name, std::optional<Duration>& value,
                             const std::string& what, Duration least = Duration(0)) {
    const auto read = [&value, least](const std::string& text) {
        value = parse_duration(text);
        if (!value || *value < least)
            throw CLI::ValidationError("'" + text + "' is no length of time; write 10s, 500ms or 2m");
    };
    return app->add_option_function<std::string>(name, read, what)->type_name("TIME");
}

void memory_option(CLI::App* app, std::uint64_t& bytes) {
    const auto read = [&bytes](const std::string& text) { bytes = read_memory(text); };
    const char* what = "What the trace may take before its oldest detail is folded; without it half of the machine's";
    app->add_option_function<std::string>("--memory", read, what)->type_name("SIZE");
}

void range_options(CLI::App* app, TimeRange& range) {
    duration_option(app, "--from", range.from, "Begin of what is read, from the recording's begin");
    duration_option(app, "--to", range.to, "End of what is read");
}

void check_range(const std::optional<Duration>& from, const std::optional<Duration>& to) {
    if (to && *to <= from.value_or(Duration(0)))
        throw CLI::ValidationError(from ? "--from must lie before --to" : "--to must lie behind the beginning");
}

/// Room for what the commands may be told.
struct Given {
    ScenarioOptions scenario_;
    ListOptions list_;
    AttachOptions attach_;
    RecordOptions record_;
    RunOptions run_;
    OpenOptions open_;
    DumpOptions dump_;
    TasksOptions tasks_;
    ExportOptions export_;
    ReportOptions report_;
    DiffOptions diff_;
    RenderOptions render_;
    PythonOptions python_;
};

}  // namespace

/// The grammar of the command line; `command` becomes what was asked for.
class CommandLine::Grammar : private Given {
  public:
    Grammar() {
        app_.set_version_flag("--version", "awaitscope " AWAITSCOPE_VERSION, "Print the version and exit");
        app_.set_help_flag("-h,--help", "Print this help and exit");
        app_.footer(footer);
        app_.require_subcommand(0, 1);
        add_scenario();
        add_list();
        add_attach();
        add_record();
        add_run();
        add_open();
        add_dump();
        add_tasks();
        add_export();
        add_report();
        add_diff();
        add_render();
        add_python();
    }

    CLI::App& app() { return app_; }
    Command command;

    void forget() {
        static_cast<Given&>(*this) = {};
        command = {};
        app_.clear();
    }

    /// What stood behind "--".
    void set_program(std::vector<std::string> program) {
        if (auto* record = std::get_if<RecordOptions>(&command))
            record->command = std::move(program);
        else if (auto* run = std::get_if<RunOptions>(&command))
            run->command = std::move(program);
        else if (!program.empty())
            throw CLI::ValidationError("only record and run take a command behind --");
    }

    /// What CLI11 cannot see by itself.
    void check() const {
        if (const auto* record = std::get_if<RecordOptions>(&command)) {
            if (record->pids.empty() == record->command.empty())
                throw CLI::ValidationError("record wants either a PID or, behind --, a command to start");
        }
        if (const auto* run = std::get_if<RunOptions>(&command); run && run->command.empty())
            throw CLI::ValidationError("run wants a command to start, behind --");
        if (const auto* scenario = std::get_if<ScenarioOptions>(&command); scenario && scenario->name.empty())
            if (scenario->headless || !scenario->output.empty())
                throw CLI::ValidationError("scenario wants a NAME here; awaitscope scenario lists them");
        if (const auto* exported = std::get_if<ExportOptions>(&command)) {
            if (exported->output.empty() == exported->address.empty())
                throw CLI::ValidationError("export wants either a file, with -o, or a --collector");
            check_range(exported->range.from, exported->range.to);
            if (!exported->address.empty() && exported->format != "otlp")
                throw CLI::ValidationError("--collector goes with --format otlp only");
            for (const std::string& target : exported->targets) check_target(target);
        }
        if (const auto* render = std::get_if<RenderOptions>(&command)) {
            if (!render->output.ends_with(".png") && !render->output.ends_with(".svg"))
                throw CLI::ValidationError("the picture's name must end in .png or .svg");
            check_range(render->from, render->to);
            const bool page = render->view == "help" || render->view == "welcome";
            if (page != render->file.empty())
                throw CLI::ValidationError(page ? "--view " + render->view + " is of no recording; leave FILE out"
                                                : "FILE is required: the recording to paint");
            if ((render->view == "compare") == render->other.empty())
                throw CLI::ValidationError("--view compare and --with OTHER go together");
            if (!page) check_recording(render->file);
            if (render->view == "compare") check_recording(render->other);
        }
        if (const auto* report = std::get_if<ReportOptions>(&command)) {
            check_range(report->range.from, report->range.to);
            check_target(report->target);
        }
        if (const auto* open = std::get_if<OpenOptions>(&command)) {
            check_range(open->range.from, open->range.to);
            check_recording(open->file);
        }
        if (const auto* diff = std::get_if<DiffOptions>(&command))
            for (const std::string& file : {diff->before, diff->after}) check_recording(file);
        if (const auto* dump = std::get_if<DumpOptions>(&command)) {
            check_range(dump->range.from, dump->range.to);
            for (const std::string& target : dump->targets) check_target(target);
        }
        if (const auto* tasks = std::get_if<TasksOptions>(&command)) check_target(tasks->target);
        if (const auto* attach = std::get_if<AttachOptions>(&command); attach && attach->keep && attach->record.empty())
            throw CLI::ValidationError("--keep is about a recording: name its file with --record");
    }

  private:
    template <class Options>
    CLI::App* add(const char* name, const char* what, Options& options) {
        CLI::App* sub = app_.add_subcommand(name, what);
        sub->parse_complete_callback([this, &options] { command = options; });
        return sub;
    }

    void add_scenario() {
        auto* sub = add("scenario", "Run a teaching scenario in the window; without a NAME, list them", scenario_);
        sub->add_option("NAME", scenario_.name, "The scenario");
        sub->add_flag("--headless", scenario_.headless, "No window: the program's own output, nothing else");
        sub->add_option_function<std::string>(
               "--clock", [this](const std::string& clock) { scenario_.real_clock = clock == "real"; },
               "virtual (sleeps cost no time, every run is the same) or real")
            ->check(CLI::IsMember({"virtual", "real"}))
            ->type_name("CLOCK")
            ->default_str("virtual");
        sub->add_option("--speed", scenario_.speed, "The window's pace when it plays the run")
            ->check(CLI::Range(0.01, 1000.0))
            ->type_name("X");
        sub->add_option("-o,--output", scenario_.output, "Record the run into FILE instead of showing it")
            ->type_name("FILE");
        sub->add_flag("--names", scenario_.names, "List the names alone, one a line");
    }

    void add_list() {
        auto* sub = add("list", "List the instrumented processes of this user", list_);
        sub->add_flag("--json", list_.json, "One JSON object a line");
    }

    void add_attach() {
        auto* sub = add("attach", "Open the window on running processes", attach_);
        pids_option(sub, attach_.pids,
                    "The processes, as awaitscope list shows them; what they start is shown with them")
            ->required();
        sub->add_flag("--follow", attach_.follow, "Stay when they end, for those that are started again");
        sub->add_option("--record", attach_.record, "Record into FILE meanwhile")->type_name("FILE");
        memory_option(sub, attach_.memory);
        duration_option(sub, "--keep", attach_.keep, "Keep only the last so much of the run in FILE", Duration(1));
        sub->add_flag("--inject", attach_.inject, "Make a Python program that shares nothing share: runs code in it");
        sub->add_flag("--yes", attach_.yes, "Do not ask before --inject")->needs("--inject");
    }

    void add_record() {
        auto* sub = add("record", "Record a process without a window; ctrl-C ends it", record_);
        pids_option(sub, record_.pids, "The processes, as awaitscope list shows them; what they start comes with them");
        sub->add_option("-o,--output", record_.output, "The recording")->required()->type_name("FILE");
        duration_option(sub, "--for", record_.length, "How long; without it until ctrl-C or the process's end",
                        Duration(1));
        duration_option(sub, "--keep", record_.keep, "Keep only the last so much of the run", Duration(1));
        sub->footer("To start a program and record it: awaitscope record -o FILE -- CMD...");
    }

    void add_run() {
        auto* sub = add("run", "Start a command instrumented, and open the window on it", run_);
        memory_option(sub, run_.memory);
        sub->footer("awaitscope run -- CMD...");
    }

    void add_open() {
        auto* sub =
            add("open", "Open the window on a recording (-: from a pipe, live), or a trace in Chrome's JSON", open_);
        sub->add_option("FILE", open_.file, "The recording")->required();
        memory_option(sub, open_.memory);
        range_options(sub, open_.range);
    }

    void add_dump() {
        auto* sub = add("dump", "Print the events of a recording, or of a process as they come", dump_);
        sub->add_option("FILE|PID", dump_.targets, "The recording, or processes, with what they start")
            ->required()
            ->type_name("");
        sub->add_flag("--json", dump_.json, "One JSON object a line");
        range_options(sub, dump_.range);
        sub->add_option_function<std::string>(
               "--task", [this](const std::string& text) { dump_.task = read_task(text); },
               "The events of one task only, by its number")
            ->type_name("ID");
    }

    void add_tasks() {
        auto* sub = add("tasks", "Print the tasks at a moment: state, age, who awaits whom, source line", tasks_);
        sub->add_option("FILE|PID", tasks_.target, "The recording, or the process")->required();
        sub->add_flag("--json", tasks_.json, "A JSON array, one task a line");
        duration_option(sub, "--at", tasks_.at, "The moment, from the recording's begin; without it the last");
    }

    void add_export() {
        auto* sub = add("export", "Write a recording, or a process's events as they come, for other programs", export_);
        sub->add_option("FILE|PID", export_.targets, "The recording, or processes, with what they start")
            ->required()
            ->type_name("");
        sub->add_option("--format", export_.format, "perfetto, chrome, csv or otlp (OpenTelemetry)")
            ->check(CLI::IsMember({"perfetto", "chrome", "csv", "otlp"}))
            ->required()
            ->type_name("FORMAT");
        sub->add_option("-o,--output", export_.output, "The file to write; - is standard output")->type_name("OUT");
        sub->add_option("--collector", export_.address, "The collector to send to, as http://HOST:4318/v1/traces")
            ->type_name("URL");
        range_options(sub, export_.range);
    }

    void add_report() {
        auto* sub = add("report", "Print findings and figures: what is wrong, and where the time goes", report_);
        sub->add_option("FILE|PID", report_.target, "The recording, or the process")->required();
        range_options(sub, report_.range);
        auto* json = sub->add_flag("--json", report_.json, "One JSON object");
        sub->add_option("--html", report_.html, "Write a page for any browser into OUT, with the timeline")
            ->type_name("OUT")
            ->excludes(json);
    }

    void add_diff() {
        auto* sub = add("diff", "Compare two recordings: what became slower, what is new or gone", diff_);
        sub->add_option("A", diff_.before, "The recording before")->required();
        sub->add_option("B", diff_.after, "The recording after")->required();
        sub->add_flag("--json", diff_.json, "One JSON object");
    }

    void add_render() {
        auto* sub = add("render", "Paint a picture of a recording, without a window", render_);
        sub->add_option("FILE", render_.file, "The recording");
        sub->add_option("-o,--output", render_.output, "The picture, .png or .svg")->required()->type_name("PICTURE");
        sub->add_option("--view", render_.view, "What to paint: a panel by its name, or the whole window")
            ->check(CLI::IsMember({"timeline", "window", "charts", "compare", "events", "findings", "graph", "help",
                                   "latencies", "loop", "marks", "output", "primitives", "selection", "source", "story",
                                   "tasks", "welcome"}))
            ->type_name("VIEW")
            ->default_str(render_.view);
        sub->add_option_function<std::string>(
               "--size", [this](const std::string& text) { std::tie(render_.width, render_.height) = read_size(text); },
               "Its pixels, as 1920x1080")
            ->type_name("WxH")
            ->default_str("1920x1080");
        sub->add_option("--with", render_.other, "The recording after, for --view compare")->type_name("OTHER");
        duration_option(sub, "--from", render_.from, "Begin of the time shown");
        duration_option(sub, "--to", render_.to, "End of the time shown");
        duration_option(sub, "--at", render_.at, "The moment where the cursor stands");
        sub->add_option("--theme", render_.theme, "light, dark or contrast")
            ->check(CLI::IsMember({"light", "dark", "contrast"}))
            ->type_name("THEME")
            ->default_str(render_.theme);
    }

    void add_python() {
        auto* sub = add("python", "Let AWAITSCOPE=1 suffice for the programs of a Python", python_);
        sub->add_option("ACTION", python_.action, "install, or uninstall")
            ->check(CLI::IsMember({"install", "uninstall"}))
            ->required()
            ->type_name("");
        sub->add_option("PYTHON", python_.interpreter, "The interpreter, that of a virtual environment, say")
            ->type_name("")
            ->default_str(python_.interpreter);
    }

    static CLI::Option* pids_option(CLI::App* sub, std::vector<int>& pids, const char* description) {
        const auto read = [&pids](const std::vector<std::string>& texts) {
            pids.clear();
            for (const std::string& text : texts) pids.push_back(read_pid(text));
        };
        return sub->add_option_function<std::vector<std::string>>("PID", read, description)->type_name("");
    }

    CLI::App app_{"See an event loop at work. Without a command: the window.", "awaitscope"};
};

namespace {

/// `record -- CMD... -o FILE` is allowed too: record's own options may stand at the end.
void take_back_options(std::vector<std::string>& ours, std::vector<std::string>& program) {
    const auto named = [&](std::string_view option) { return std::ranges::find(ours, option) != ours.end(); };
    if (ours.empty() || ours.front() != "record" || named("-o") || named("--output")) return;
    const auto is_ours = [](const std::string& text) {
        return text == "-o" || text == "--output" || text == "--for" || text == "--keep";
    };
    while (program.size() > 2 && is_ours(program[program.size() - 2])) {
        ours.insert(ours.end(), program.end() - 2, program.end());
        program.resize(program.size() - 2);
    }
}

std::string one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

Answer no_such_command(const std::string& name) {
    return {"there is no command '" + name + "'; see awaitscope --help\n", 2};
}

}  // namespace

CommandLine::CommandLine() : grammar_(std::make_unique<Grammar>()) {}
CommandLine::~CommandLine() = default;

std::variant<cli::Command, Answer> CommandLine::parse(int argc, const char* const* argv) {
    std::vector<std::string> ours(argv + 1, argv + argc);
    std::vector<std::string> program;
    if (const auto dashes = std::ranges::find(ours, "--"); dashes != ours.end()) {
        program.assign(dashes + 1, ours.end());
        ours.erase(dashes, ours.end());
        take_back_options(ours, program);
    }

    Grammar& grammar = *grammar_;
    grammar.forget();
    try {
        std::ranges::reverse(ours);  // CLI11 takes them from the back
        grammar.app().parse(std::move(ours));
        grammar.set_program(std::move(program));
        grammar.check();
        return grammar.command;
    } catch (const CLI::CallForHelp&) {
        const auto chosen = grammar.app().get_subcommands();
        if (chosen.empty() && argv[1][0] != '-') return no_such_command(argv[1]);
        return Answer{chosen.empty() ? grammar.app().help() : chosen.front()->help("awaitscope"), 0};
    } catch (const CLI::CallForVersion& version) {
        return Answer{std::string(version.what()) + "\n", 0};
    } catch (const CLI::ParseError& error) {
        const auto chosen = grammar.app().get_subcommands();
        const std::string name = chosen.empty() ? "" : " " + chosen.front()->get_name();
        if (chosen.empty() && argc > 1 && argv[1][0] != '-') return no_such_command(argv[1]);
        const bool stray = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && name == " run";
        const std::string what = one_line(error.what()) + (stray ? "; the command to start stands behind --" : "");
        return Answer{what + "; see awaitscope" + name + " --help\n", 2};
    }
}

}  // namespace awaitscope
