#pragma once
// Rules for documents: links lead somewhere, and the folder map is the folders.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/house/rules.h"

namespace callmill::house {

// The anchor that a heading gets on code hosting sites: lower case, spaces to '-', punctuation
// dropped, 中文 kept.
std::string anchor_of(std::string_view heading);

// Links [text](target) of a Markdown file. `all` holds every file of the project; targets outside
// (http, mailto) are not followed. Code blocks and code spans are not searched.
std::vector<Violation> check_links_of_document(const SourceFile& document,
                                               const std::vector<SourceFile>& all);

// Paths like docs/adr/0001-x.md named in any text must exist.
std::vector<Violation> check_documents_named(const SourceFile& file,
                                             const std::vector<SourceFile>& all);

// Paths in code spans, like `tests/engine/lines` or `scenarios/a.yaml`, must exist: files or
// folders. Patterns (with * or {}) are not followed.
std::vector<Violation> check_paths_named(const SourceFile& document,
                                         const std::vector<SourceFile>& all);

// The folders that a map names: in the fenced block after the heading "Folder map", each line's
// first word, ending in '/'.
std::set<std::string> folders_in_map(std::string_view document);

// The folders that the project has: two levels of the four floors and of scenarios/, one level of
// everything else.
std::set<std::string> folders_of(const std::vector<SourceFile>& all);

}  // namespace callmill::house
