# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D TAKES=package|pkg-config|source -D COMPILER=... -D PREFIX=... -D SOURCE=... -D BUILD=... -P: builds the
# stranger's project in BUILD and runs its program, which says nothing when all is well.
if(NOT COMPILER)
  message("skipped: that compiler is not here")
  return()
elseif(SANITIZE)
  message("skipped: a library built with -fsanitize=${SANITIZE} is not for strangers")
  return()
endif()
set(ENV{PKG_CONFIG_PATH} ${PREFIX}/lib/pkgconfig)
execute_process(COMMAND ${CMAKE_COMMAND} --fresh -S ${SOURCE}/tests/install/stranger -B ${BUILD} -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -D CMAKE_PREFIX_PATH=${PREFIX}
  -D AWAITSCOPE_SOURCE_DIR=${SOURCE} -D STRANGER_TAKES=${TAKES} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} COMMAND_ERROR_IS_FATAL ANY)
unset(ENV{AWAITSCOPE})
execute_process(COMMAND ${BUILD}/stranger RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the stranger's program ended with ${result}")
endif()
