// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <exception>

#include "app/arguments.hpp"
#include "app/cli/standard_output.hpp"
#include "app/gui/source_texts.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace {

/// A standard stream that we were started without would be the first file that we open. In its place comes one that
/// gives nothing, and says so of what is written to it.
void hold_places_of_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) < 0) open("/dev/null", O_RDONLY);  // takes the lowest number that is free
}

// Before the libraries begin: one of them opens a file when it is loaded.
[[gnu::section(".preinit_array"), gnu::used]] void (*const first_of_all)() = hold_places_of_closed_streams;

}  // namespace

int main(int argc, char** argv) {
    using namespace awaitscope;
    // Who reads our output may stop before its end (`| head`): the write fails then, and we end without a word. A
    // handler, not SIG_IGN, for that would be inherited by the programs we start.
    std::signal(SIGPIPE, [](int) {});
    // Likewise a limit on the size of files: an error of the write that meets it, as a full disk is.
    std::signal(SIGXFSZ, [](int) {});

    gui::read_sources();
    const auto parsed = CommandLine().parse(argc, argv);
    try {
        if (const auto* answer = std::get_if<Answer>(&parsed)) {
            if (answer->exit_code) {
                tell("awaitscope: {}", answer->text);
            } else {
                cli::StandardOutput out;
                out.write(answer->text);
                out.flush();
            }
            return answer->exit_code;
        }
        return std::visit([](const auto& options) { return cli::execute(options); }, std::get<cli::Command>(parsed));
    } catch (const cli::OutputClosed&) {
        return 0;
    } catch (const std::exception& error) {
        tell("awaitscope: {}\n", printable(error.what()));  // it may name what a stranger named
        return 1;
    }
}
