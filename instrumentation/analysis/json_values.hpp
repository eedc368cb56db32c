// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "instrumentation/analysis/histogram.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// Nanoseconds as the seconds that all JSON of this project has.
inline nlohmann::ordered_json seconds_json(Nanoseconds ns) {
    return static_cast<double>(ns) / 1e9;
}

/// Members "function", "file" and "line"; null where they are not known.
inline void put_place(nlohmann::ordered_json& json, const Symbols& symbols, PlaceId id) {
    const Place place = symbols.place(id);
    const auto text = [&](StringId string) {
        return string == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(symbols.string(string));
    };
    json["function"] = text(place.function);
    json["file"] = text(place.file);
    json["line"] = place.line == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(place.line);
}

/// {"count", "total", "p50", "p90", "p99", "p99.9", "max"}; the lengths in seconds, null where nothing was measured.
inline nlohmann::ordered_json histogram_json(const Histogram& histogram) {
    nlohmann::ordered_json json{{"count", histogram.count()}, {"total", seconds_json(histogram.sum())}};
    const bool any = histogram.count() > 0;
    const auto put = [&](const char* name, double share) {
        json[name] = any ? seconds_json(histogram.percentile(share)) : nlohmann::ordered_json();
    };
    put("p50", 0.5);
    put("p90", 0.9);
    put("p99", 0.99);
    put("p99.9", 0.999);
    json["max"] = any ? seconds_json(histogram.greatest()) : nlohmann::ordered_json();
    return json;
}

}  // namespace awaitscope
