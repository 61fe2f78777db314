#include "app/serve/tickets.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <system_error>

namespace callmill::serve {

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::system_error{errno, std::generic_category(), "getrandom"};
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::optional<std::string> Tickets::issue(const std::string& topic, Clock::time_point now) {
  std::erase_if(out_, [&](const auto& one) { return one.second.until < now; });
  if (out_.size() >= limits_.tickets) return {};
  std::string ticket = random_token();
  out_[ticket] = {topic, now + limits_.ticket};
  return ticket;
}

bool Tickets::take(const std::string& ticket, const std::string& topic, Clock::time_point now) {
  const auto found = out_.find(ticket);
  if (found == out_.end()) return false;
  const Issued issued = found->second;
  out_.erase(found);
  return issued.topic == topic && now <= issued.until;
}

}  // namespace callmill::serve
