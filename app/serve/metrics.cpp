#include "app/serve/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace callmill::serve {
namespace {

constexpr std::array kBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                              0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

// {a="b",c="d"}, or "" without labels.
std::string written(const Metrics::Labels& labels, const std::string& more = "") {
  std::string out;
  for (const auto& [name, value] : labels)
    out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value));
  if (!more.empty()) out += (out.empty() ? "" : ",") + more;
  return out.empty() ? "" : "{" + out + "}";
}

}  // namespace

void Metrics::describe(const std::string& name, const std::string& kind, const std::string& help) {
  const std::lock_guard lock{mutex_};
  families_[name].kind = kind;
  families_[name].help = help;
}

Metrics::Series& Metrics::series(const std::string& name, const Labels& labels) {
  Series& one = families_[name].series[written(labels)];
  one.labels = labels;
  return one;
}

void Metrics::add(const std::string& name, const Labels& labels, double by) {
  const std::lock_guard lock{mutex_};
  series(name, labels).value += by;
}

void Metrics::set(const std::string& name, double value, const Labels& labels) {
  const std::lock_guard lock{mutex_};
  series(name, labels).value = value;
}

void Metrics::observe(const std::string& name, double seconds, const Labels& labels) {
  const std::lock_guard lock{mutex_};
  Series& one = series(name, labels);
  one.counts.resize(kBuckets.size() + 1);
  const auto bucket = std::lower_bound(kBuckets.begin(), kBuckets.end(), seconds);
  ++one.counts[static_cast<std::size_t>(bucket - kBuckets.begin())];
  one.value += seconds;
}

void Metrics::forget(const std::string& label, const std::string& value) {
  const std::lock_guard lock{mutex_};
  for (auto& [name, family] : families_)
    std::erase_if(family.series, [&](const auto& entry) {
      const Labels& labels = entry.second.labels;
      return std::find(labels.begin(), labels.end(), std::pair{label, value}) != labels.end();
    });
}

double Metrics::value(const std::string& name, const Labels& labels) const {
  const std::lock_guard lock{mutex_};
  const auto family = families_.find(name);
  if (family == families_.end()) return 0;
  const auto found = family->second.series.find(written(labels));
  return found == family->second.series.end() ? 0 : found->second.value;
}

std::string Metrics::text() const {
  const std::lock_guard lock{mutex_};
  std::string out;
  for (const auto& [name, family] : families_) {
    if (family.series.empty()) continue;
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name,
                       family.kind.empty() ? "untyped" : family.kind);
    for (const auto& [labels, one] : family.series) {
      if (one.counts.empty()) {
        out += fmt::format("{}{} {}\n", name, labels, one.value);
        continue;
      }
      std::uint64_t below = 0;
      for (std::size_t b = 0; b < one.counts.size(); ++b) {
        below += one.counts[b];
        const std::string limit = b < kBuckets.size() ? fmt::format("{}", kBuckets.at(b)) : "+Inf";
        out += fmt::format("{}_bucket{} {}\n", name,
                           written(one.labels, fmt::format("le=\"{}\"", limit)), below);
      }
      out +=
          fmt::format("{}_sum{} {}\n{}_count{} {}\n", name, labels, one.value, name, labels, below);
    }
  }
  return out;
}

}  // namespace callmill::serve
