// SPDX-License-Identifier: GPL-3.0-or-later
// The owner of the precompiled Catch2 header: it needs one file to compile.
#include <catch2/catch.hpp>
