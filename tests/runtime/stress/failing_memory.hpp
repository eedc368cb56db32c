// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// This program's operator new can be told to fail.
namespace awaitscope::test {

/// The n-th allocation from now on fails (n from 1), the others do not.
void fail_allocation(long n);
/// None fails any more. True when one has failed.
bool stop_failing();

}  // namespace awaitscope::test
