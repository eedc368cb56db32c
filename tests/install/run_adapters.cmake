# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D PREFIX=... -D SANITIZE=... [-D PYTHON=...] [-D NODE=...] -P: with the installed application alone, programs in
# Python and in Node.js are started visible. PYTHON and NODE: the interpreters, where their adapters were built.
string(APPEND PREFIX "-application")
if(SANITIZE)
  message("skipped: a sanitizer would have to be in the interpreter, too")
  return()
endif()
set(ENV{AWAITSCOPE_DIR} ${PREFIX}/sessions)
file(MAKE_DIRECTORY ${PREFIX}/sessions)
file(CHMOD ${PREFIX}/sessions PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
foreach(variable PYTHONPATH NODE_OPTIONS LD_LIBRARY_PATH)
  unset(ENV{${variable}})
endforeach()

# shows(TASK COMMAND...): a recording of the command has the task
function(shows task)
  execute_process(COMMAND ${PREFIX}/bin/awaitscope record -o ${PREFIX}/run.awaitscope -- ${ARGN}
    OUTPUT_QUIET ERROR_VARIABLE said RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "record ends with ${result}: ${said}")
  endif()
  execute_process(COMMAND ${PREFIX}/bin/awaitscope dump ${PREFIX}/run.awaitscope OUTPUT_VARIABLE events
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT events MATCHES "${task} +task_done")
    message(FATAL_ERROR "${task} is not among: ${events}")
  endif()
endfunction()

if(PYTHON)
  file(WRITE ${PREFIX}/app.py "import asyncio\nasyncio.run(asyncio.sleep(0))\n")
  shows("Task-1" ${PYTHON} ${PREFIX}/app.py)
endif()
if(NODE)
  file(WRITE ${PREFIX}/app.js "(async function main() { await 1; })()\n")
  shows("main-1" ${NODE} ${PREFIX}/app.js)
endif()
if(NOT PYTHON AND NOT NODE)
  message("skipped: neither adapter was built")
endif()
