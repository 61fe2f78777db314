#include "app/cli/whole_file.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

namespace callmill::cli {

namespace fs = std::filesystem;

std::string read_whole(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return {};
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

bool write_whole(const fs::path& file, const std::string& text) {
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  const fs::path draft = file.string() + "." + std::to_string(getpid());
  std::ofstream out{draft, std::ios::binary};
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  const bool written = out.good();
  if (written) fs::rename(draft, file, error);
  if (written && !error) return true;
  fs::remove(draft, error);
  return false;
}

}  // namespace callmill::cli
