#pragma once
// Numbers about the program itself, for Prometheus: counters that only grow, gauges, histograms.
//
// Names have base units (_seconds, _bytes), counters end in _total. Any thread may write; one lock,
// some 50 ns. Text exposition format 0.0.4.

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace callmill::serve {

class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  // What a name means, once, before it is used; `kind` is counter, gauge or histogram.
  void describe(const std::string& name, const std::string& kind, const std::string& help);
  void add(const std::string& name, const Labels& labels = {}, double by = 1);
  void set(const std::string& name, double value, const Labels& labels = {});
  // Into buckets of 1 ms to 10 s.
  void observe(const std::string& name, double seconds, const Labels& labels = {});
  // Forgets what has this label, e.g. a session that ended.
  void forget(const std::string& label, const std::string& value);
  // 0 where nothing was written.
  double value(const std::string& name, const Labels& labels = {}) const;
  std::string text() const;

 private:
  struct Series {
    Labels labels;
    double value = 0;                   // of a histogram: the sum
    std::vector<std::uint64_t> counts;  // of a histogram: by bucket, the last one +Inf
  };
  struct Family {
    std::string kind, help;
    std::map<std::string, Series> series;  // by their labels, as they are written
  };
  Series& series(const std::string& name, const Labels& labels);
  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

}  // namespace callmill::serve
