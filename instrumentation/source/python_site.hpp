// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace awaitscope {

/// Makes AWAITSCOPE=1 suffice for the programs of a Python: where the interpreter looks for packages, a file
/// "awaitscope.pth" then names the adapter's folder (python_adapter_folder()), which lets `import awaitscope` find it,
/// too. Written where the interpreter's own packages are, or, where its user may not write there, among the user's own.
/// A virtual environment has packages and an interpreter of its own.
///
/// `python` is a file, or a name looked for along PATH. Gives the path of what was written. Throws SourceError, which
/// says what to do instead; nothing is left then.
std::string install_in_python(const std::string& python, const std::string& adapter_folder);

/// Takes it away again. Gives the path of what was removed. Throws SourceError when there is nothing to remove, or no
/// right to.
std::string uninstall_from_python(const std::string& python);

}  // namespace awaitscope
