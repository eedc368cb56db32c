// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "app/cli/commands.hpp"
#include "app/gui/application.hpp"
#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/python_adapter.hpp"
#include "instrumentation/source/python_injection.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope::cli {
namespace {

bool agreed(const std::string& what) {
    if (!isatty(STDIN_FILENO)) throw Failure(what + " Say so with --yes, where nobody can be asked.");
    std::cerr << what << " Go on? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

/// A Python program that was not started to be seen can be made to share its events, if its user wants that.
void make_python_visible(const AttachOptions& options, int pid) {
    const auto python = find_python(pid);
    if (!python) {
        if (options.inject && process_owner(pid))
            throw Failure(
                fmt::format("--inject reaches running Python programs, not process {}: {}", pid, why_unseen(pid)));
        return;  // showing it says why that is impossible
    }
    if (!options.inject) throw Failure(fmt::format("process {} shares no events: {}", pid, why_unseen(pid)));
    if (!options.yes && !agreed(what_injection_does(*python))) throw Failure("left as it is");
    make_visible(*python, python_adapter_folder());
}

}  // namespace

int execute(const AttachOptions& options) {
    try {
        for (const int pid : options.pids)
            if (!shares_events(pid)) make_python_visible(options, pid);
    } catch (const SourceError& error) {
        throw Failure(error.what());
    }
    return gui::show_process({.pids = options.pids, .follow = options.follow}, options.record, {.keep = options.keep},
                             options.memory);
}

}  // namespace awaitscope::cli
