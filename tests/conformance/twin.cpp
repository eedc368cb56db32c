// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "tests/support/captured_stderr.hpp"

namespace awaitscope::test::twins {
namespace {

using Lines = std::vector<std::string>;
const std::filesystem::path recordings = AWAITSCOPE_TWINS_FOLDER "/recorded";
constexpr unsigned seconds_a_twin = 20;

int said_to = -1;  ///< where the process of a twin writes its lines

/// {name: lines} of a recorded file.
std::map<std::string, Lines> recorded(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::map<std::string, Lines> sections;
    Lines* lines = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("== "))
            lines = &sections[line.substr(3)];
        else if (lines)
            lines->push_back(line);
    }
    return sections;
}

std::vector<std::string>& registered() {
    static std::vector<std::string> names;
    return names;
}

/// What stands on stderr, without what CPython writes otherwise by nature: tracebacks, reprs, places.
void tell_reports(const std::string& text) {
    static const char* const dropped[] = {"context: ",  "future: ",    "task: ",    "handle: ", "source_traceback: ",
                                          "protocol: ", "transport: ", "Traceback", " "};
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (std::ranges::any_of(dropped, [&](const char* start) { return line.starts_with(start); })) continue;
        if (const auto warning = line.find(": RuntimeWarning: "); warning != line.npos) line.erase(0, warning + 2);
        say("stderr:", line);
    }
}

/// The process of the twin; does not return.
[[noreturn]] void be_twin(const std::function<void()>& program, Reports reports) {
    alarm(seconds_a_twin);
    std::optional<CapturedStderr> captured;
    if (reports == Reports::yes) captured.emplace();
    try {
        program();
    } catch (...) {
        say("raised", std::current_exception());
    }
    const std::string told = captured ? captured->text() : "";
    captured.reset();
    tell_reports(told);
    std::exit(0);  // not _exit: LeakSanitizer looks at the end
}

/// The lines of a twin, run in a process of its own: its tasks are counted from 1, and it may crash or hang.
Lines output_of(const std::function<void()>& program, Reports reports) {
    int pipe[2];
    if (::pipe(pipe) != 0) throw std::runtime_error("no pipe for a twin");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no process for a twin");
    if (child == 0) {
        close(pipe[0]);
        said_to = pipe[1];
        be_twin(program, reports);
    }
    close(pipe[1]);
    std::string said;
    char buffer[4096];
    for (ssize_t n = 0; (n = read(pipe[0], buffer, sizeof buffer)) > 0;)
        said.append(buffer, static_cast<std::size_t>(n));
    close(pipe[0]);
    int status = 0;
    waitpid(child, &status, 0);

    Lines lines;
    std::istringstream stream(said);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    if (WIFSIGNALED(status))
        lines.push_back(WTERMSIG(status) == SIGALRM ? "did not end" : fmt::format("ended with {}", -WTERMSIG(status)));
    else if (WEXITSTATUS(status) != 0)
        lines.push_back(fmt::format("ended with {}", WEXITSTATUS(status)));
    return lines;
}

/// The two side by side around the first line that differs.
std::string difference(const Lines& python, const Lines& ours) {
    constexpr std::size_t before = 6;
    constexpr std::size_t after = 6;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(python, ours).in1 - python.begin());
    const auto line = [](const Lines& lines, std::size_t i) {
        return i < lines.size() ? lines[i] : std::string("(end)");
    };
    std::string text = fmt::format("line {} differs:\n  {:60} {}\n", at + 1, "Python", "C++");
    const std::size_t end = std::min(at + after, std::max(python.size(), ours.size()));
    for (std::size_t i = at > before ? at - before : 0; i < end; ++i) {
        const char* mark = line(python, i) == line(ours, i) ? " " : "|";
        text += fmt::format("  {:58} {} {}\n", line(python, i), mark, line(ours, i));
    }
    return text;
}

}  // namespace

std::string text(std::string_view value, bool nested) {
    return nested ? "'" + std::string(value) + "'" : std::string(value);
}
std::string text(bool value, bool) {
    return value ? "True" : "False";
}
std::string text(double value, bool) {
    std::string digits = fmt::format("{}", value);
    if (digits.find_first_of(".en") == digits.npos) digits += ".0";
    return digits;
}
std::string text(const std::exception_ptr& value, bool) {
    return value ? asyncio::to_string(value) : "None";
}
std::string text(std::monostate, bool) {
    return "None";
}

void say_line(const std::string& line) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    const std::string whole = line + '\n';
    if (write(said_to, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) std::abort();
}

std::string now() {
    const std::chrono::duration<double> time = asyncio::get_running_loop().time().time_since_epoch();
    return fmt::format("{:.6g}", time.count());
}

asyncio::Coroutine<> turns(int count) {
    for (int i = 0; i < count; ++i) co_await asyncio::sleep(0s);
}

Registered::Registered(const char* topic, const char* name) {
    registered().push_back(fmt::format("{}/{}", topic, name));
}

void compare(const char* topic, const char* name, const std::function<void()>& program, Reports reports) {
    const auto sections = recorded(recordings / (std::string(topic) + ".txt"));
    const auto section = sections.find(name);
    if (section == sections.end()) FAIL("not recorded: twin.py --record " << topic);
    const Lines ours = output_of(program, reports);
    if (ours != section->second) FAIL(topic << '/' << name << ": " << difference(section->second, ours));
    CHECK(!ours.empty());
}

void compare(const char* topic, const char* name, asyncio::Coroutine<> (*twin)(), asyncio::Clock clock,
             Reports reports) {
    compare(
        topic, name, [=] { asyncio::run(twin, {.clock = clock}); }, reports);
}

TEST_CASE("every recorded twin has its C++ twin") {
    std::string lacking;
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(recordings)) {
        for (const auto& [name, lines] : recorded(file.path())) {
            const std::string full = file.path().stem().string() + "/" + name;
            if (std::ranges::count(registered(), full) != 1) lacking += full + "\n";
            ++count;
        }
    }
    INFO("recorded, but not one TWIN of that name:\n" << lacking);
    CHECK(lacking.empty());
    CHECK(count == registered().size());
}

}  // namespace awaitscope::test::twins
