// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

namespace awaitscope {

/// A source that cannot be opened, or a recording that cannot be written. what() is the line for the user: what, where,
/// what to do.
class SourceError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A recording goes to whoever reads standard output, and nobody does any more.
class ReaderGone : public SourceError {
  public:
    ReaderGone() : SourceError("nobody reads standard output any more") {}
};

}  // namespace awaitscope
