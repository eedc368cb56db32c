# SPDX-License-Identifier: MIT
# What `cmake --install` gives: the library for programs of others (component Development, which needs no Qt), and the
# application where it is built (component Runtime).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# awaitscope::asyncio and awaitscope::probe are for users; the other two come along, since all are static.
set(libraries asyncio awaitscope_probe awaitscope_ring awaitscope_event)
set(pkg_config_libraries)
foreach(library IN LISTS libraries)
  string(REPLACE awaitscope_ "" name ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${name} OUTPUT_NAME awaitscope_${name})
  string(APPEND pkg_config_libraries " -lawaitscope_${name}")
endforeach()
install(TARGETS ${libraries} EXPORT awaitscope
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}  # for CMake before 3.23, which knows no file sets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT Development)

# The C ABI, awaitscope::awaitscope: a shared library, for adapters in any language.
set_target_properties(awaitscope_c PROPERTIES EXPORT_NAME awaitscope)
install(TARGETS awaitscope_c EXPORT awaitscope
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT Development)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Awaitscope)
set(package_files ${PROJECT_BINARY_DIR}/package)
install(EXPORT awaitscope NAMESPACE awaitscope:: FILE AwaitscopeTargets.cmake
  DESTINATION ${package_folder} COMPONENT Development)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/AwaitscopeConfig.cmake.in
  ${package_files}/AwaitscopeConfig.cmake INSTALL_DESTINATION ${package_folder}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${package_files}/AwaitscopeConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${package_files}/AwaitscopeConfig.cmake ${package_files}/AwaitscopeConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT Development)

# The .pc file finds its prefix from where it lies, so that the tree can be moved.
set(pkg_config_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${pkg_config_folder}
  OUTPUT_VARIABLE prefix_from_pkg_config)
foreach(package awaitscope awaitscope-c)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${package}.pc.in ${package_files}/${package}.pc @ONLY)
endforeach()
install(FILES ${package_files}/awaitscope.pc ${package_files}/awaitscope-c.pc DESTINATION ${pkg_config_folder} COMPONENT Development)

install(FILES LICENSES/MIT.txt resources/manual/from-python.md resources/manual/c-abi.md
  resources/manual/python.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT Development)
install(DIRECTORY resources/manual/reference DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Development)

if(TARGET awaitscope_python)
  # Beside the library that it is built on, wherever the whole is moved.
  set(python_folder ${CMAKE_INSTALL_LIBDIR}/awaitscope/python)
  set_target_properties(awaitscope_python PROPERTIES INSTALL_RPATH "$ORIGIN/../../..")
  install(TARGETS awaitscope_python LIBRARY DESTINATION ${python_folder}/awaitscope COMPONENT Development)
  install(DIRECTORY instrumentation/python/ DESTINATION ${python_folder} COMPONENT Development
    FILES_MATCHING PATTERN "*.py" PATTERN core EXCLUDE)
endif()

if(AWAITSCOPE_VIEWER)
  install(TARGETS awaitscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime)
  install(FILES resources/manual/awaitscope.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT Runtime)
  install(FILES resources/desktop/awaitscope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
    COMPONENT Runtime)
  install(FILES resources/desktop/awaitscope.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
    COMPONENT Runtime)
  install(FILES LICENSES/GPL-3.0-or-later.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Runtime)
endif()
