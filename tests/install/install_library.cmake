# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D BUILD=... -D PREFIX=... -P: installs the library anew, and looks at what came.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --component Development --prefix ${PREFIX}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

file(GLOB roots RELATIVE ${PREFIX}/include ${PREFIX}/include/*)
if(NOT roots STREQUAL "asyncio;awaitscope")
  message(FATAL_ERROR "public are <asyncio/...> and <awaitscope/...>, but include/ holds: ${roots}")
endif()
file(GLOB_RECURSE files RELATIVE ${PREFIX} ${PREFIX}/*)
foreach(wanted "include/asyncio/asyncio.hpp" "include/awaitscope/probe.hpp" "AwaitscopeConfig.cmake"
    "AwaitscopeConfigVersion.cmake" "include/awaitscope/awaitscope.h" "awaitscope.pc" "awaitscope-c.pc" "awaitscope-asio.pc" "include/awaitscope/asio.hpp" "libawaitscope.so.1"
    "libawaitscope_asyncio.a" "MIT.txt")
  if(NOT files MATCHES "${wanted}")
    message(FATAL_ERROR "${wanted} is not among: ${files}")
  endif()
endforeach()
if(files MATCHES "bin/|GPL")
  message(FATAL_ERROR "the library brings parts of the application: ${files}")
endif()
