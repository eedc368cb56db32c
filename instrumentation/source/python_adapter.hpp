// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace awaitscope {

/// The folder that makes a Python program's asyncio visible when it is on PYTHONPATH: beside this program, as built or
/// as installed. Empty when there is none (it was built without Python's headers).
std::string python_adapter_folder();

/// What PYTHONPATH has to be for a program that is launched from here: the adapter's folder before what it is now.
/// Empty where there is no adapter.
std::string python_path_with_adapter();

}  // namespace awaitscope
