# One target a folder. callmill_library(base/random SOURCES a.cpp LINKS callmill_base PRIVATE_LINKS fmt::fmt)
# makes `callmill_base_random`; a folder of headers only becomes an INTERFACE target. Headers may use what LINKS names;
# .cpp files also what PRIVATE_LINKS names. tests/house holds the #include lines to these links.
function(callmill_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  string(REPLACE "/" "_" name "callmill_${folder}")
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC callmill_options ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
    if(CALLMILL_SANITIZE AND folder MATCHES "^app/")
      # Instrumented option and report code takes a minute a file to optimise, and no time to run.
      target_compile_options(${name} PRIVATE -O0)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE callmill_options ${ARG_LINKS})
  endif()
  set_property(GLOBAL APPEND PROPERTY CALLMILL_ROOMS ${name})
  set_property(GLOBAL APPEND_STRING PROPERTY CALLMILL_ROOM_TABLE
    "${folder} | ${ARG_LINKS} | ${ARG_PRIVATE_LINKS}\n")
endfunction()

# callmill_test(base/random SOURCES a_test.cpp LINKS callmill_base_random) makes `test_base_random`, one CTest entry.
function(callmill_test folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  string(REPLACE "/" "_" name "test_${folder}")
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE callmill_options callmill_test_place ${ARG_LINKS} Catch2::Catch2WithMain)
  if(CALLMILL_SANITIZE)
    # What is looked into is the libraries, which stay optimised; the tests compile in half the time.
    target_compile_options(${name} PRIVATE -O0)
  endif()
  add_test(NAME ${name} COMMAND ${name} --order rand --rng-seed 1)
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
endfunction()
