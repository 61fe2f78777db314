#include "app/serve/access_log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <memory>

#include "base/text_width.h"

namespace callmill::serve {

std::string access_line(const Access& access, bool json) {
  if (json) {
    boost::json::object line{{"event", "request"},        {"address", access.address},
                             {"method", access.method},   {"path", access.path},
                             {"status", access.status},   {"bytes", access.bytes},
                             {"ms", access.seconds * 1e3}};
    if (!access.reason.empty()) line["refused"] = access.reason;
    return boost::json::serialize(line);
  }
  return fmt::format("{} {} {} {} {} B {:.1f} ms{}{}", access.address, visible(access.method),
                     visible(access.path), access.status, access.bytes, access.seconds * 1e3,
                     access.reason.empty() ? "" : " refused: ", access.reason);
}

void log_access(const Access& access, bool json) {
  static const auto logger = [] {
    auto one = std::make_shared<spdlog::logger>("access",
                                                std::make_shared<spdlog::sinks::stderr_sink_mt>());
    one->set_pattern("%v");
    return one;
  }();
  logger->info("{}", access_line(access, json));
}

}  // namespace callmill::serve
