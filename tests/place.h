#pragma once
// Where the tests find their files. Only place.cpp knows the folder of this checkout, so that the
// compiler's cache serves every checkout of one machine.

#include <string>

namespace callmill::test {

// `path` below the root of the project, e.g. "tests/golden/skills.csv".
std::string source_path(const std::string& path);

// `path` below the data that lie beside the project, where there are any (CALLMILL_SHARED_DIR).
std::string shared_path(const std::string& path);

}  // namespace callmill::test
