// Chats against exact results: small Markov chains.

#include <algorithm>

#include "tests/engine/messages/chain.h"
#include "tests/engine/messages/channels.h"

namespace callmill::test {
namespace {

constexpr Scope kChatQueue{ScopeKind::kQueue, 0};

}  // namespace

// n chats in the centre: birth rate lambda, death rate min(n, 3) mu / s(min(n, 3)) + (n - 3)+
// theta.
TEST_CASE("one agent with three chats at once is a birth-death process") {
  const std::vector<double> s = {1, 1.25, 1.6};
  const double lambda = 24, mu = 12, theta = 20;  // an hour
  const SmallChain<1> chain([&](const std::array<int, 1>& n, auto&& visit) {
    if (n[0] < 80) visit({n[0] + 1}, lambda);
    const int k = std::min(n[0], 3);
    if (k > 0) visit({n[0] - 1}, k * mu / s[static_cast<std::size_t>(k - 1)] + (n[0] - k) * theta);
  });
  const double at_agent = chain.mean([](auto& n) { return std::min(n[0], 3); });
  const double waiting = chain.mean([](auto& n) { return std::max(n[0] - 3, 0); });
  const double busy = chain.mean([](auto& n) { return n[0] > 0 ? 1 : 0; });
  const double lost = waiting * theta / lambda;

  World world = chat_world(1, s, 200h, 10h);
  world.caller_types.push_back(
      chats("chats", 200h, {lambda, ExponentialLaw{3600 / mu}, ExponentialLaw{3600 / theta}}));
  const KpiTable kpis = kpis_of(world, 200);
  agrees(kpis, "abandon_rate", kChatQueue, lost);
  agrees(kpis, "mean_wait", kChatQueue, 3600 * waiting / lambda);
  agrees(kpis, "occupancy", {}, busy);
  agrees(kpis, "chat_utilisation", {}, busy);
  agrees(kpis, "chat_concurrency", {}, at_agent / busy);
  agrees(kpis, "chat_time", {}, 3600 * at_agent / (lambda * (1 - lost)));
  agrees(kpis, "talk", kChatQueue, 3600 * at_agent / (lambda * (1 - lost)));
  agrees(kpis, "chat_answer_rate", {}, 1 - lost);
  agrees(kpis, "chats", {}, 190 * lambda);
  // Answered at once: fewer than three are there (Poisson arrivals see time averages).
  agrees(kpis, "delay_share", kChatQueue, chain.mean([](auto& n) { return n[0] >= 3 ? 1 : 0; }));
  CHECK(kpis.day("chat_service_level", {}, 0.95).value ==
        kpis.day("service_level", kChatQueue, 0.95).value);
  // The total of the centre is of calls.
  CHECK(kpis.day("attempts", {}, 0.95).value == 0);
  CHECK(kpis.day("attempts", {ScopeKind::kCallerType, 0}, 0.95).value > 0);
}

// Chats at the two agents and waiting: a chat goes to the agent with fewer.
TEST_CASE("two agents with two chats each: the chain of both") {
  const std::vector<double> s = {1, 1.5};
  const double lambda = 20, mu = 10, theta = 30;
  const auto rate = [&](int k) { return k == 0 ? 0 : k * mu / s[static_cast<std::size_t>(k - 1)]; };
  const SmallChain<3> chain([&](const std::array<int, 3>& x, auto&& visit) {
    const auto [a, b, q] = x;
    if (a == 2 && b == 2) {
      if (q < 60) visit({a, b, q + 1}, lambda);
    } else if (a == b) {
      visit({a + 1, b, q}, lambda / 2);
      visit({a, b + 1, q}, lambda / 2);
    } else {
      visit({a < b ? a + 1 : a, a < b ? b : b + 1, q}, lambda);
    }
    if (q > 0) visit({a, b, q - 1}, q * theta + rate(a) + rate(b));
    if (q == 0 && a > 0) visit({a - 1, b, q}, rate(a));
    if (q == 0 && b > 0) visit({a, b - 1, q}, rate(b));
  });
  const double at_agents = chain.mean([](auto& x) { return x[0] + x[1]; });
  const double waiting = chain.mean([](auto& x) { return x[2]; });
  const double busy = chain.mean([](auto& x) { return (x[0] > 0) + (x[1] > 0); });
  const double lost = waiting * theta / lambda;

  World world = chat_world(2, s, 200h, 10h);
  world.caller_types.push_back(
      chats("chats", 200h, {lambda, ExponentialLaw{3600 / mu}, ExponentialLaw{3600 / theta}}));
  const KpiTable kpis = kpis_of(world, 200);
  agrees(kpis, "abandon_rate", kChatQueue, lost);
  agrees(kpis, "occupancy", {}, busy / 2);
  agrees(kpis, "chat_concurrency", {}, at_agents / busy);
  agrees(kpis, "chat_time", {}, 3600 * at_agents / (lambda * (1 - lost)));
  agrees(kpis, "mean_wait", kChatQueue, 3600 * waiting / lambda);
}

// One agent, calls before chats: (calls at the agent, chats at the agent, calls and chats waiting).
TEST_CASE("calls and chats on a shared agent: the chain of both") {
  const std::vector<double> s = {1, 1.4};
  const double calls = 6, call_mu = 20, call_theta = 12;
  const double chat_lambda = 8, chat_mu = 15, chat_theta = 10;
  const SmallChain<4> chain([&](const std::array<int, 4>& x, auto&& visit) {
    const auto [v, k, qv, qc] = x;
    const bool idle = v == 0 && k == 0;
    if (idle)
      visit({1, 0, 0, 0}, calls);
    else if (qv < 25)
      visit({v, k, qv + 1, qc}, calls);
    if (v == 0 && k < 2)
      visit({0, k + 1, qv, qc}, chat_lambda);
    else if (qc < 25)
      visit({v, k, qv, qc + 1}, chat_lambda);
    if (qv > 0) visit({v, k, qv - 1, qc}, qv * call_theta);
    if (qc > 0) visit({v, k, qv, qc - 1}, qc * chat_theta);
    // Free: the longest waiting call, else as many chats as there is room for. The first chat is
    // taken as the next contact, the second for the agent has room.
    const auto freed = [&](double rate) {
      if (qv > 0)
        visit({1, 0, qv - 1, qc}, rate);
      else
        visit({0, std::min(qc, 2), 0, qc - std::min(qc, 2)}, rate);
    };
    if (v == 1) freed(call_mu);
    if (k > 0) {
      const double rate = k * chat_mu / s[static_cast<std::size_t>(k - 1)];
      if (qc > 0)
        visit({0, k, qv, qc - 1}, rate);
      else if (k > 1)
        visit({0, k - 1, qv, 0}, rate);
      else
        freed(rate);
    }
  });
  World world = chat_world(1, s, 200h, 10h);
  world.queues.push_back(queue_to("calls", {0}));
  world.groups[0].takes = {QueueId{1}, QueueId{0}};
  world.caller_types.push_back(
      chats("chats", 200h,
            {chat_lambda, ExponentialLaw{3600 / chat_mu}, ExponentialLaw{3600 / chat_theta}}));
  CallerType voice = callers("calls", flat_rate(calls, 200h), 1);
  voice.talk = ExponentialLaw{3600 / call_mu};
  voice.patience = ExponentialLaw{3600 / call_theta};
  world.caller_types.push_back(voice);
  const KpiTable kpis = kpis_of(world, 300);
  const double chats_wait = chain.mean([](auto& x) { return x[3]; });
  const double calls_wait = chain.mean([](auto& x) { return x[2]; });
  const double at_chat = chain.mean([](auto& x) { return x[1] > 0 ? 1 : 0; });
  agrees(kpis, "abandon_rate", kChatQueue, chats_wait * chat_theta / chat_lambda);
  agrees(kpis, "abandon_rate", {}, calls_wait * call_theta / calls);
  agrees(kpis, "chat_utilisation", {}, at_chat);
  agrees(kpis, "chat_concurrency", {}, chain.mean([](auto& x) { return x[1]; }) / at_chat);
  agrees(kpis, "occupancy", {}, at_chat + chain.mean([](auto& x) { return x[0]; }));
  agrees(kpis, "mean_wait", {}, 3600 * calls_wait / calls);
}

}  // namespace callmill::test
