#include "tests/place.h"

namespace callmill::test {

std::string source_path(const std::string& path) {
  return std::string{CALLMILL_SOURCE_DIR} + "/" + path;
}

std::string shared_path(const std::string& path) {
  return std::string{CALLMILL_SHARED_DIR} + "/" + path;
}

}  // namespace callmill::test
