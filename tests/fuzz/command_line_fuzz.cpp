// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: arguments, one a line.
#include "app/arguments.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(bytes), size);
    std::vector<const char*> arguments{"awaitscope"};
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end < text.size()) text[end] = '\0';
        arguments.push_back(text.data() + at);
        at = end + 1;
    }
    // Made for many, since that takes as long as dozens of command lines; not for all, for CLI11 keeps the order in
    // which options came.
    static std::unique_ptr<CommandLine> command_line;
    static unsigned uses = 0;
    if (uses++ % 1000 == 0) command_line = std::make_unique<CommandLine>();
    const auto parsed = command_line->parse(static_cast<int>(arguments.size()), arguments.data());
    if (const auto* answer = std::get_if<Answer>(&parsed)) {
        expect(answer->exit_code == 0 || answer->exit_code == 2, "help, or a mistake");
        expect(!answer->text.empty() && answer->text.back() == '\n', "an answer is whole lines");
        if (answer->exit_code == 2) expect(answer->text.find('\n') == answer->text.size() - 1, "a mistake is one line");
    }
    return 0;
}
