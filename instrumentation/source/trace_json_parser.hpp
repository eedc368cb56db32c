// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>

namespace awaitscope {

/// One object of a "traceEvents" list: the fields of it that we know.
struct TraceJsonEvent {
    std::string phase;  ///< "ph"
    std::string name;
    std::string category;  ///< "cat"
    std::string pid, tid;  ///< a number or a text
    std::optional<double> time_us, length_us;
    std::string args_name;  ///< "args": {"name": ...}, of metadata
    std::string args_at;    ///< "args": {"at": ...}, of our own export
    bool args_open = false;
};

/// What became of a text.
struct TraceJsonEnd {
    std::string trouble;  ///< where and why it is no JSON; empty: it is
    bool list = false;    ///< a list of events was found
};

/// Reads a text of trace events piece by piece, in bounded memory but for the longest string, and gives each to `take`,
/// until the end, or until the text is no JSON any more.
TraceJsonEnd parse_trace_json(std::istream& stream, const std::function<void(TraceJsonEvent&)>& take);

}  // namespace awaitscope
