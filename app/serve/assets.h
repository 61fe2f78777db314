#pragma once
// The page, embedded in the program by CMake (web_assets.cmake): files as they were built, each
// with a compressed variant where that is smaller. Names under /assets/ carry a hash of their
// content and may be kept for ever; the page itself is asked for anew each time, and answered 304.

#include <string_view>
#include <vector>

#include "app/serve/http.h"

namespace callmill::serve {

struct Asset {
  std::string_view path;         // "/index.html"
  std::string_view type;         // "text/html; charset=utf-8"
  std::string_view etag;         // with its quotes
  std::string_view bytes, gzip;  // gzip: empty where it does not pay
};

// Empty where the program was built without a page.
const std::vector<Asset>& embedded_assets();

// 200, 304 or 404. "/" is /index.html; without any assets it is a page that says how to build one.
Response answer_asset(const std::vector<Asset>& assets, const Request& request);

}  // namespace callmill::serve
