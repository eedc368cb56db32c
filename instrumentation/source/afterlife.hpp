// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/ring/segment_file.hpp"

namespace awaitscope {

/// What is to be said of the number of a process that does not hold its session any more.
struct Afterlife {
    enum class Number {
        free,           ///< nobody has it, or who has it ends this moment
        still_its_own,  ///< the process runs on: it has closed its session, or become another program
        anothers        ///< it has ended, and a later process was given its number
    };
    Number number = Number::free;
    std::string command;  ///< of who has the number: its words, empty where it is free
};

/// Precondition: nobody holds the session.
Afterlife afterlife_of(const ring::SessionFacts& session);

/// By exec(), without having said so before. Exact while the other program runs: once that has ended, nobody can tell
/// an exec from a crash.
bool became_another_program(const ring::SessionFacts& session);

}  // namespace awaitscope
