#pragma once
// What is to come later, earliest first; of equal moments by all fields of Later.
//
// A heap of small keys over a pool of entries that stay where they are: an entry carries a caller's
// story, and moving it at each step of a sift would cost more than the comparison. add and take are
// O(log size); nothing is allocated below the reserved size. Copying it is a snapshot of it.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/centre/call.h"

namespace callmill {

class LaterHeap {
 public:
  void reserve(std::size_t entries) {
    heap_.reserve(entries);
    pool_.reserve(entries);
    free_.reserve(entries);
  }
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  // Of the earliest; must not be empty.
  SimTime next_time() const { return heap_.front().at; }

  void add(const Later& later) {
    Key key{later.at, static_cast<std::uint32_t>(pool_.size())};
    if (free_.empty()) {
      pool_.push_back(later);
    } else {
      key.place = free_.back();
      free_.pop_back();
      pool_[key.place] = later;
    }
    std::size_t hole = heap_.size();
    heap_.push_back(key);
    for (; hole > 0 && before(key, heap_[(hole - 1) / 2]); hole = (hole - 1) / 2)
      heap_[hole] = heap_[(hole - 1) / 2];
    heap_[hole] = key;
  }

  // The earliest, which leaves; must not be empty.
  Later take() {
    const std::uint32_t place = heap_.front().place;
    const Key last = heap_.back();
    heap_.pop_back();
    free_.push_back(place);
    std::size_t hole = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 2 * hole + 1) {
      // Chosen by arithmetic: which of the two comes first cannot be foreseen.
      if (child + 1 < heap_.size()) child += before(heap_[child + 1], heap_[child]) ? 1u : 0u;
      if (!before(heap_[child], last)) break;
      heap_[hole] = heap_[child];
      hole = child;
    }
    if (!heap_.empty()) heap_[hole] = last;
    return pool_[place];
  }

  // In no order. O(size).
  std::vector<Later> entries() const {
    std::vector<Later> all;
    all.reserve(heap_.size());
    for (const Key& key : heap_) all.push_back(pool_[key.place]);
    return all;
  }

 private:
  struct Key {
    SimTime at;
    std::uint32_t place = 0;  // in pool_
  };
  bool before(const Key& a, const Key& b) const {
    if (a.at == b.at) [[unlikely]]
      return pool_[a.place] < pool_[b.place];
    return a.at < b.at;
  }

  std::vector<Key> heap_;
  std::vector<Later> pool_;
  std::vector<std::uint32_t> free_;  // places of pool_
};

}  // namespace callmill
