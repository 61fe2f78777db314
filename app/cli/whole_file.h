#pragma once
// Files that are read and written as a whole.

#include <filesystem>
#include <string>

namespace callmill::cli {

// Empty where it cannot be read.
std::string read_whole(const std::filesystem::path& file);
// Makes its folder. Written beside its place and then put there, so that others see all of it or
// what was there before; false where that fails.
bool write_whole(const std::filesystem::path& file, const std::string& text);

}  // namespace callmill::cli
