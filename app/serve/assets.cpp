#include "app/serve/assets.h"

#include <algorithm>

namespace callmill::serve {
namespace {

constexpr std::string_view kNoPage =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>callmill</title>\n"
    "<h1>callmill live</h1>\n"
    "<p>This program was built without its page. Build it with <code>./dev web</code>, then build "
    "the program again.</p>\n"
    "<p lang=\"zh-CN\">此程序构建时未包含网页。请先运行 <code>./dev "
    "web</code>，再重新构建程序。</p>\n"
    "<p>The API is described in <a href=\"/openapi.json\">/openapi.json</a>.</p>\n</html>\n";

// One of the tags that the visitor has, weak or strong, or any.
bool has_tag(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  while (!if_none_match.empty()) {
    std::string_view one = if_none_match.substr(0, if_none_match.find(','));
    if_none_match.remove_prefix(std::min(one.size() + 1, if_none_match.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one.substr(0, one.find_last_not_of(' ') + 1) == etag) return true;
  }
  return false;
}

}  // namespace

Response answer_asset(const std::vector<Asset>& assets, const Request& request) {
  const std::string path = request.path == "/" ? "/index.html" : request.path;
  Response response;
  if (assets.empty() && path == "/index.html") {
    response.type = "text/html; charset=utf-8";
    response.bytes = kNoPage;
    response.headers = {{"Cache-Control", "no-cache"}};
    return response;
  }
  const auto found = std::find_if(assets.begin(), assets.end(),
                                  [&](const Asset& asset) { return asset.path == path; });
  if (found == assets.end()) return problem(404, "there is nothing under this path");
  const bool hashed = found->path.starts_with("/assets/");  // by Vite, into the name
  response.headers = {
      {"ETag", std::string{found->etag}},
      {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"}};
  response.type = found->type;
  if (has_tag(request.if_none_match, found->etag)) {
    response.status = 304;
    return response;
  }
  response.bytes = found->bytes;
  if (!found->gzip.empty() && request.accept_encoding.find("gzip") != std::string::npos &&
      request.accept_encoding.find("gzip;q=0") == std::string::npos) {
    response.bytes = found->gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace callmill::serve
