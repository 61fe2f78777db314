#pragma once
// The HTTP API of live sessions: every endpoint, its shapes and its answers
// (docs/reference/live-api.md). What it says of the sessions it asks of their runners.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/serve/api.h"
#include "app/serve/metrics.h"
#include "app/sessions/sessions.h"

namespace callmill::live {

// What the API needs of the program around it; all of it outlives the server.
struct ApiContext {
  Sessions& sessions;
  serve::Metrics& metrics;
  NewSession defaults;  // of POST /sessions
  bool page = true;     // the embedded page, else nothing under /
  // Single-use ticket for a stream, "" where too many are out; on the server's thread.
  std::function<std::string(const std::string& session)> issue_ticket;
  std::function<bool()> ready;
};

serve::Api make_api(const std::shared_ptr<ApiContext>& context);

// JSON Schemas of the API's documents by name, as one JSON object (OpenAPI's components).
std::string_view api_schemas();

}  // namespace callmill::live
