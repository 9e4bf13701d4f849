# Finds Emscripten's own toolchain file through the emcc on the PATH: Debian's package, emsdk or any
# other installation.
find_program(SIP_EMCC emcc REQUIRED)
get_filename_component(sip_emcc_real "${SIP_EMCC}" REALPATH)
get_filename_component(sip_emcc_dir "${sip_emcc_real}" DIRECTORY)
foreach(root IN ITEMS "$ENV{EMSCRIPTEN}" "${sip_emcc_dir}" "/usr/share/emscripten")
  if(EXISTS "${root}/cmake/Modules/Platform/Emscripten.cmake")
    include("${root}/cmake/Modules/Platform/Emscripten.cmake")
    return()
  endif()
endforeach()
message(FATAL_ERROR "emcc was found at ${SIP_EMCC}, but not its cmake/Modules/Platform/"
        "Emscripten.cmake; set EMSCRIPTEN to the directory that holds it")
