#pragma once
// Scenarios that several tests read.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "tests/place.h"

namespace callmill {

inline std::string tests_folder() {
  return test::source_path("tests/app/files/");
}

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

inline std::string rendered(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics.errors()) text += render(d);
  return text;
}

// Files of a folder with this extension, sorted.
inline std::vector<std::filesystem::path> files_in(const std::string& folder,
                                                   const std::string& extension) {
  std::vector<std::filesystem::path> paths;
  if (!std::filesystem::exists(folder)) return paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace callmill
