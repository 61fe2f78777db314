#include "tests/house/documents.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>

namespace callmill::house {
namespace {

bool exists(const std::vector<SourceFile>& all, const std::string& path) {
  return std::any_of(all.begin(), all.end(), [&](const SourceFile& file) {
    return file.path == path || file.path.starts_with(path.ends_with('/') ? path : path + "/");
  });
}

const SourceFile* find(const std::vector<SourceFile>& all, const std::string& path) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const SourceFile& file) { return file.path == path; });
  return found == all.end() ? nullptr : &*found;
}

// Lines with fenced blocks emptied, so that line numbers stay true.
std::vector<std::string> prose_lines(std::string_view text) {
  std::vector<std::string> lines = lines_of(text);
  bool fenced = false;
  for (std::string& line : lines) {
    const bool fence = line.starts_with("```");
    if (fenced || fence) line.clear();
    if (fence) fenced = !fenced;
  }
  return lines;
}

std::set<std::string> anchors_of(const SourceFile& document) {
  std::set<std::string> anchors;
  for (const std::string& line : prose_lines(document.text)) {
    const std::size_t text = line.find_first_not_of('#');
    if (text == 0 || text == std::string::npos || line[text] != ' ') continue;
    anchors.insert(anchor_of(std::string_view{line}.substr(text + 1)));
  }
  return anchors;
}

std::string link_fault(const SourceFile& document, const std::string& target,
                       const std::vector<SourceFile>& all) {
  static const std::regex kElsewhere{"^(https?|mailto):"};
  if (std::regex_search(target, kElsewhere)) return "";
  const std::size_t hash = target.find('#');
  const std::string file_part = target.substr(0, hash);
  namespace fs = std::filesystem;
  const std::string path =
      file_part.empty()
          ? document.path
          : (fs::path{document.path}.parent_path() / file_part).lexically_normal().generic_string();
  if (!exists(all, path)) return "dead link: " + target;
  if (hash == std::string::npos) return "";
  const SourceFile* linked = find(all, path);
  if (linked != nullptr && anchors_of(*linked).contains(target.substr(hash + 1))) return "";
  return "dead anchor: " + target;
}

}  // namespace

std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_')
      anchor += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

std::vector<Violation> check_links_of_document(const SourceFile& document,
                                               const std::vector<SourceFile>& all) {
  static const std::regex kSpan{"`[^`]*`"};
  static const std::regex kLink{R"(\]\(([^)\s]+)\))"};
  std::vector<Violation> found;
  const std::vector<std::string> lines = prose_lines(document.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = std::regex_replace(lines[i], kSpan, "``");
    for (std::sregex_iterator it{line.begin(), line.end(), kLink}, end; it != end; ++it) {
      const std::string fault = link_fault(document, (*it)[1], all);
      if (!fault.empty()) found.push_back({document.path, static_cast<int>(i + 1), fault});
    }
  }
  return found;
}

std::vector<Violation> check_documents_named(const SourceFile& file,
                                             const std::vector<SourceFile>& all) {
  static const std::regex kNamed{R"(\bdocs/[A-Za-z0-9_./-]+\.md\b)"};
  std::vector<Violation> found;
  const std::vector<std::string> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::sregex_iterator it{lines[i].begin(), lines[i].end(), kNamed}, end; it != end; ++it)
      if (!exists(all, it->str()))
        found.push_back(
            {file.path, static_cast<int>(i + 1), "names " + it->str() + ", which is not there"});
  return found;
}

std::vector<Violation> check_paths_named(const SourceFile& document,
                                         const std::vector<SourceFile>& all) {
  static const std::regex kPath{R"(`((?:tests|scenarios)/[^`\s*{]+)`)"};
  std::vector<Violation> found;
  const std::vector<std::string> lines = prose_lines(document.text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::sregex_iterator it{lines[i].begin(), lines[i].end(), kPath}, end; it != end; ++it)
      if (!exists(all, (*it)[1]))
        found.push_back({document.path, static_cast<int>(i + 1),
                         "names " + (*it)[1].str() + ", which is not there"});
  return found;
}

std::set<std::string> folders_in_map(std::string_view document) {
  std::set<std::string> folders;
  bool in_section = false;
  bool in_block = false;
  for (const std::string& line : lines_of(document)) {
    if (line.starts_with("#")) in_section = in_section ? in_block : line == "## Folder map";
    if (!in_section) continue;
    if (line.starts_with("```")) {
      if (in_block) break;
      in_block = true;
      continue;
    }
    if (!in_block) continue;
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) continue;
    const std::string word = line.substr(begin, line.find(' ', begin) - begin);
    if (word.ends_with('/')) folders.insert(word);
  }
  return folders;
}

std::set<std::string> folders_of(const std::vector<SourceFile>& all) {
  static const std::set<std::string> kDeep{"base", "models", "engine", "app", "scenarios"};
  std::set<std::string> folders;
  for (const SourceFile& file : all) {
    const std::size_t first = file.path.find('/');
    if (first == std::string::npos) continue;
    folders.insert(file.path.substr(0, first + 1));
    const std::size_t second = file.path.find('/', first + 1);
    if (second != std::string::npos && kDeep.contains(file.path.substr(0, first)))
      folders.insert(file.path.substr(0, second + 1));
  }
  return folders;
}

}  // namespace callmill::house
