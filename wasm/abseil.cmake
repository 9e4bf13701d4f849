# Abseil: the system's package natively, its source tree for WebAssembly (which no package serves).
# Either way the same targets absl::strings, absl::status and so on; only those linked are built.
if(NOT EMSCRIPTEN AND NOT SIP_ABSEIL_SOURCE AND NOT SIP_ABSEIL_URL)
  find_package(absl REQUIRED)
  return()
endif()

set(ABSL_PROPAGATE_CXX_STD ON)
set(ABSL_ENABLE_INSTALL OFF)
if(EMSCRIPTEN AND NOT SIP_ABSEIL_SOURCE)
  # tools/setup unpacks it here.
  file(GLOB sip_abseil_found ${CMAKE_SOURCE_DIR}/build/abseil/abseil-*)
  if(sip_abseil_found)
    list(GET sip_abseil_found -1 SIP_ABSEIL_SOURCE)
  endif()
endif()

if(SIP_ABSEIL_SOURCE)
  add_subdirectory(${SIP_ABSEIL_SOURCE} ${CMAKE_BINARY_DIR}/abseil EXCLUDE_FROM_ALL SYSTEM)
elseif(SIP_ABSEIL_URL)
  include(FetchContent)
  FetchContent_Declare(abseil URL ${SIP_ABSEIL_URL} SYSTEM)
  FetchContent_GetProperties(abseil)
  if(NOT abseil_POPULATED)
    FetchContent_Populate(abseil)
    add_subdirectory(${abseil_SOURCE_DIR} ${abseil_BINARY_DIR} EXCLUDE_FROM_ALL SYSTEM)
  endif()
else()
  message(FATAL_ERROR "No Abseil source for WebAssembly: run tools/setup/setup.mjs build, or set "
          "SIP_ABSEIL_SOURCE (a directory) or SIP_ABSEIL_URL (an archive)")
endif()
