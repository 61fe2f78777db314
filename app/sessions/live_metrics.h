#pragma once
// Figures of live sessions for Prometheus, read off their state documents when asked for.

#include "app/serve/metrics.h"
#include "app/sessions/sessions.h"

namespace callmill::live {

void describe_metrics(serve::Metrics& metrics);
void write_metrics(const Sessions& sessions, serve::Metrics& metrics);

}  // namespace callmill::live
