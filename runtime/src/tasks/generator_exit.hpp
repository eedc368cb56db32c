// SPDX-License-Identifier: MIT
#pragma once

#include "asyncio/errors.hpp"

namespace asyncio::detail {

/// Thrown into a generator that is closed, and into what is still suspended when its loop is closed, as Python's
/// coroutine.close() does.
class GeneratorExit : public BaseException {
    using BaseException::BaseException;
};

}  // namespace asyncio::detail
