// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/sentence.hpp"

#include <string_view>

namespace awaitscope {

std::string Sentence::english() const {
    if (!pattern_) return text_;
    std::string out;
    const std::string_view pattern = is_counted() && count_ == 1 ? one_ : pattern_;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view rest = pattern.substr(i);
        if (rest.starts_with("%Ln")) {
            out += grouped(count_);
            i += 2;
        } else if (rest.size() > 1 && rest[0] == '%' && rest[1] >= '1' && rest[1] <= '9') {
            const auto gap = static_cast<std::size_t>(rest[1] - '1');
            if (gap < gaps_.size()) out += gaps_[gap].english();
            ++i;
        } else {
            out += rest[0];
        }
    }
    return out;
}

}  // namespace awaitscope
