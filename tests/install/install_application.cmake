# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D BUILD=... -D PREFIX=... -D VERSION=... -P: installs the application, and starts it from there.
string(APPEND PREFIX "-application")
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --component Runtime --prefix ${PREFIX}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PREFIX}/bin/awaitscope --version OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
if(NOT version MATCHES "${VERSION}")
  message(FATAL_ERROR "awaitscope --version says ${version}")
endif()
foreach(file "man/man1/awaitscope.1" "applications/awaitscope.desktop" "icons/hicolor/scalable/apps/awaitscope.svg")
  if(NOT EXISTS ${PREFIX}/share/${file})
    message(FATAL_ERROR "share/${file} is not there")
  endif()
endforeach()
