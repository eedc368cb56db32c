// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace awaitscope {

/// A running CPython that was not started to be seen.
struct PythonProcess {
    int pid = 0;
    std::string program;  ///< the interpreter's file
    int minor = 0;        ///< of 3.minor
    std::string name;     ///< "app.py (python3.11)"
};

/// A process that runs Python 3, by the name of its program; its version was not asked for.
struct PythonCandidate {
    int pid = 0;
    std::string program;  ///< the interpreter's file
    std::string command;  ///< its command line
    std::string name;     ///< "app.py (python3.11)"
};

/// The CPythons of this user that run now and share no events, by their pids. Starts nothing: cheap enough for once a
/// second. Throws SourceError when the folder of the sessions is not ours to look into.
std::vector<PythonCandidate> unprepared_pythons();

/// What is known of a process as a CPython 3; nothing when it is none, or not ours to look at.
std::optional<PythonProcess> find_python(int pid);

/// Whether make_visible() reaches it through gdb, which stops it for a moment.
bool needs_gdb(const PythonProcess& python);

/// What make_visible() would do to a process, in one sentence for the one who is asked.
std::string what_injection_does(const PythonProcess& python);

/// With the package in `adapter_folder` (python_adapter_folder()),
/// makes a running CPython share its events, from now on: runs `import awaitscope; awaitscope.enable()` in it.
/// From 3.14 on through the interpreter's own interface for that (sys.remote_exec), before through gdb, which stops the
/// process for a moment. Returns once its session is there. Throws SourceError, which says what to do instead.
void make_visible(const PythonProcess& python, const std::string& adapter_folder);

}  // namespace awaitscope
