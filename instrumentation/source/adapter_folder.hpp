// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace awaitscope {

/// Where an adapter lies that came with this program, as installed or as built, by its name. Empty where `file` is not
/// in it: it was built without what the adapter needs.
std::string adapter_folder(std::string_view name, std::string_view file);

}  // namespace awaitscope
