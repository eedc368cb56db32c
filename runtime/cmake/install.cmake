# SPDX-License-Identifier: MIT
# What `cmake --install` gives: the library for programs of others (component Development, which needs no Qt), and the
# application where it is built (component Runtime). The adapters, and the shared library that they are built on, come
# with each of both.
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

# awaitscope::asio: headers that Boost.Asio includes.
set_target_properties(awaitscope_asio PROPERTIES EXPORT_NAME asio)
install(TARGETS awaitscope_asio EXPORT awaitscope
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
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
foreach(package awaitscope awaitscope-c awaitscope-asio)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${package}.pc.in ${package_files}/${package}.pc @ONLY)
endforeach()
install(FILES ${package_files}/awaitscope.pc ${package_files}/awaitscope-c.pc ${package_files}/awaitscope-asio.pc
  DESTINATION ${pkg_config_folder} COMPONENT Development)

install(FILES LICENSES/MIT.txt resources/manual/from-python.md resources/manual/c-abi.md
  resources/manual/python.md resources/manual/asio.md resources/manual/node.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT Development)
install(DIRECTORY resources/manual/reference DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Development)

# The adapters for programs that are interpreted, beside the library that they are built on, wherever the whole is moved.
set(adapters ${CMAKE_INSTALL_LIBDIR}/awaitscope)
set(components Development)
if(AWAITSCOPE_VIEWER)
  list(APPEND components Runtime)
  install(TARGETS awaitscope_c LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime NAMELINK_SKIP)
endif()
foreach(component IN LISTS components)
  if(TARGET awaitscope_python)
    set_target_properties(awaitscope_python PROPERTIES INSTALL_RPATH "$ORIGIN/../../..")
    install(TARGETS awaitscope_python LIBRARY DESTINATION ${adapters}/python/awaitscope COMPONENT ${component})
    install(DIRECTORY instrumentation/python/ DESTINATION ${adapters}/python COMPONENT ${component}
      FILES_MATCHING PATTERN "*.py" PATTERN core EXCLUDE)
  endif()
  if(TARGET awaitscope_node)
    set_target_properties(awaitscope_node PROPERTIES INSTALL_RPATH "$ORIGIN/../..")
    install(TARGETS awaitscope_node LIBRARY DESTINATION ${adapters}/node COMPONENT ${component})
    install(FILES instrumentation/node/awaitscope.js instrumentation/node/hooks.js DESTINATION ${adapters}/node
      COMPONENT ${component})
  endif()
endforeach()

if(AWAITSCOPE_VIEWER)
  install(TARGETS awaitscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime)
  install(FILES resources/manual/awaitscope.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT Runtime)
  install(FILES resources/desktop/awaitscope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
    COMPONENT Runtime)
  install(FILES resources/desktop/awaitscope.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
    COMPONENT Runtime)
  install(FILES LICENSES/GPL-3.0-or-later.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Runtime)
endif()
