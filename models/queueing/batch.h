#pragma once
// Many queues at once: what solve_queue says of each, faster where neighbours share work.

#include <span>

#include "models/queueing/erlang.h"

namespace callmill {

// out[i] is the answer for base.agents + i agents. With patience and without lines the nodes of one
// quadrature serve up to 64 numbers of agents, since one agent more takes the density of the wait
// from e^{l(t)} to e^{l(t) - mu t}: a product a node. About 0.5 us an answer at 500 agents. Else,
// and where T lies far in a tail, as solve_queue. Relative accuracy that of solve_queue, about
// 1e-12; the same bits with and without AVX2.
void sweep_agents(const QueueInput& base, std::span<QueueResult> out);

// out[i] is the answer for in[i]; of the same length. Runs in which only the agents rise, by one,
// are swept. Answers depend on the inputs alone.
void solve_queues(std::span<const QueueInput> in, std::span<QueueResult> out);

// blocking[k] = B(k, load) for k = 0, 1, ...: Erlang's recursion, about 3 ns each.
void sweep_erlang_b(double load, std::span<double> blocking);

}  // namespace callmill
