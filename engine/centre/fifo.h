#pragma once
// Intrusive doubly linked lists by index, through Node::next and Node::previous. All O(1).

#include <cstdint>
#include <vector>

#include "engine/centre/centre.h"

namespace callmill {

template <class Node>
void push_back(FifoList& list, std::vector<Node>& nodes, std::uint32_t i) {
  nodes[i].next = kNobody;
  nodes[i].previous = list.tail;
  (list.tail == kNobody ? list.head : nodes[list.tail].next) = i;
  list.tail = i;
  ++list.size;
}

// Behind `before`; kNobody = at the head.
template <class Node>
void insert_after(FifoList& list, std::vector<Node>& nodes, std::uint32_t before, std::uint32_t i) {
  const std::uint32_t next = before == kNobody ? list.head : nodes[before].next;
  nodes[i].previous = before;
  nodes[i].next = next;
  (before == kNobody ? list.head : nodes[before].next) = i;
  (next == kNobody ? list.tail : nodes[next].previous) = i;
  ++list.size;
}

// Before all that `after` holds for; looks from the head on.
template <class Node, class After>
void insert_before(FifoList& list, std::vector<Node>& nodes, std::uint32_t i, After&& after) {
  std::uint32_t next = list.head;
  while (next != kNobody && !after(nodes[next])) next = nodes[next].next;
  if (next == kNobody) {
    push_back(list, nodes, i);
    return;
  }
  const std::uint32_t previous = nodes[next].previous;
  nodes[i].next = next;
  nodes[i].previous = previous;
  nodes[next].previous = i;
  (previous == kNobody ? list.head : nodes[previous].next) = i;
  ++list.size;
}

template <class Node>
void unlink(FifoList& list, std::vector<Node>& nodes, std::uint32_t i) {
  const std::uint32_t previous = nodes[i].previous, next = nodes[i].next;
  (previous == kNobody ? list.head : nodes[previous].next) = next;
  (next == kNobody ? list.tail : nodes[next].previous) = previous;
  --list.size;
}

}  // namespace callmill
