# Language level, warnings and instrumentation, each an INTERFACE target that rooms link.
option(CALLMILL_TESTS "Build the tests" ON)
option(CALLMILL_BENCH "Build the benchmarks" ON)
option(CALLMILL_NATIVE "Tune for this machine (-march=native); results stay equal bit for bit" OFF)
set(CALLMILL_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
option(CALLMILL_COVERAGE "Count covered lines (gcov)" OFF)
# Real call-centre data and reference numbers that lie beside the project. Tests that need them skip, and say so, where it is absent.
set(CALLMILL_SHARED_DIR "${CMAKE_SOURCE_DIR}/../shared" CACHE PATH "Folder with data/ and golden/")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CALLMILL_CCACHE ccache)
if(CALLMILL_CCACHE)
  # Paths count from the project's root, so that every checkout of a machine is served by one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      ${CALLMILL_CCACHE})
endif()

add_library(callmill_options INTERFACE)
target_compile_options(callmill_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -ffp-contract=off)  # a fused multiply-add would make results depend on the machine
# g++ 12 reports false overflows inside std::string and std::vector at -O2 and above (GCC bugs 105329, 105651).
target_compile_options(callmill_options INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
target_include_directories(callmill_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(callmill_options INTERFACE CALLMILL_VERSION="${PROJECT_VERSION}")
if(CALLMILL_NATIVE)
  # GCC 12 takes the undefined operands of its own AVX-512 intrinsics for mistakes (its bug 105593).
  target_compile_options(callmill_options INTERFACE -march=native -Wno-maybe-uninitialized)
else()
  target_compile_options(callmill_options INTERFACE -march=x86-64-v2)
endif()
if(CALLMILL_SANITIZE)
  target_compile_options(callmill_options INTERFACE -fsanitize=${CALLMILL_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  if(CALLMILL_SANITIZE MATCHES "thread")
    # Asio's fences are unknown to the thread sanitizer; its thread pool also locks, which is known.
    target_compile_options(callmill_options INTERFACE -Wno-tsan)
  endif()
  target_link_options(callmill_options INTERFACE -fsanitize=${CALLMILL_SANITIZE})
endif()
if(CALLMILL_COVERAGE)
  target_compile_options(callmill_options INTERFACE --coverage)
  target_link_options(callmill_options INTERFACE --coverage)
endif()
