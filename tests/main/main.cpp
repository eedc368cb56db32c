// SPDX-License-Identifier: GPL-3.0-or-later
// The main of every test binary.
#define CATCH_CONFIG_CONSOLE_WIDTH 160
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "tests/main/private_folder.hpp"

int main(int argc, char** argv) {
    awaitscope::test::PrivateFolder folder;
    Catch::Session session;
    // A case that asserts nothing fails, and so does a filter that matches no case.
    session.configData().warnings = Catch::WarnAbout::What(Catch::WarnAbout::NoAssertions | Catch::WarnAbout::NoTests);
    return session.run(argc, argv);
}
