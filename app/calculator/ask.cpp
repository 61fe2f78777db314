#include "app/calculator/ask.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "app/calculator/ask_model.h"
#include "app/calculator/ask_unknown.h"
#include "app/calculator/law_text.h"
#include "app/calculator/sweep.h"
#include "app/calculator/units.h"
#include "base/diagnostic.h"

namespace callmill::calculator {
namespace {

class Reader {
 public:
  Reader(const Ask& ask, std::vector<std::string>& errors) : in_{ask}, errors_{errors} {}

  // Everything that is given; what is not keeps its default.
  Question parts() {
    Question q;
    if (!in_.calls.empty())
      q.queue.calls_per_s = parsed("--calls", in_.calls, parse_rate_per_s, 1.0);
    q.queue.aht_s = positive("--aht", in_.aht, 0);
    read_handle_law(q.queue);
    q.queue.patience_s =
        in_.patience == "none" ? kForever : positive("--patience", in_.patience, kForever);
    read_model(q);
    q.interval_s = positive("--interval", in_.interval, 1800);
    q.fractional = in_.fractional;
    q.sensitivity = in_.sensitivity;
    q.explain = in_.explain;
    read_targets(q);
    read_agents(q);
    read_lines(q);
    read_show(q);
    read_costs(q);
    return q;
  }

 private:
  void fail(std::string message) { errors_.push_back(std::move(message)); }

  template <class Parse, class Value>
  Value parsed(const char* option, const std::string& text, const Parse& parse, Value otherwise) {
    std::string why;
    const auto value = parse(text, why);
    if (value) return static_cast<Value>(*value);
    fail(fmt::format("{}: {}", option, why));
    return otherwise;
  }
  double positive(const char* option, const std::string& text, double otherwise) {
    if (text.empty()) return otherwise;
    const double value = parsed(option, text, parse_duration_s, 1.0);
    if (value > 0) return value;
    fail(fmt::format("{}: \"{}\" must be above 0", option, text));
    return 1;
  }
  double share(const char* option, const std::string& text) {
    return parsed(option, text, parse_share, 1.0);
  }

  double share_or(const char* option, const std::string& text, double otherwise) {
    return text.empty() ? otherwise : share(option, text);
  }

  void read_handle_law(Queue& queue) {
    if (in_.aht_law.empty()) return;
    if (!in_.aht.empty()) fail("--aht-law: already says the mean, so --aht must not be given");
    queue.handle_law = parsed("--aht-law", in_.aht_law, parse_law, std::optional<Law>{});
    if (queue.handle_law) queue.aht_s = mean(*queue.handle_law);
  }

  // The menu's ports: needs the menu.
  void read_ports(Queue& queue) {
    if (in_.ports.empty()) return;
    const auto whole = [](std::string_view text, std::string& why) {
      return parse_count(text, true, why);
    };
    queue.ports = static_cast<std::int64_t>(parsed("--ports", in_.ports, whole, 1.0));
    if (!has_menu(queue)) fail("--ports: needs --ivr-time");
  }

  // The queue's laws, its menu, and who calls again; which model that makes.
  void read_model(Question& q) {
    Queue& queue = q.queue;
    if (!in_.patience_law.empty()) {
      if (!in_.patience.empty())
        fail("--patience-law: already says the mean, so --patience must not be given");
      queue.patience_law =
          parsed("--patience-law", in_.patience_law, parse_law, std::optional<Law>{});
      if (queue.patience_law) queue.patience_s = mean(*queue.patience_law);
    }
    queue.balks = share_or("--balk", in_.balk, 0);
    queue.never_leaves = share_or("--never", in_.never, 0);
    queue.menu_s = positive("--ivr-time", in_.ivr_time, 0);
    queue.agent_share = share_or("--agent-share", in_.agent_share, 1);
    read_ports(queue);
    queue.again.blocked = share_or("--redial-block", in_.redial_block, 0);
    queue.again.abandoned = share_or("--redial-abandon", in_.redial_abandon, 0);
    queue.again.open = share_or("--redial-open", in_.redial_open, 1);
    queue.fcr = share_or("--fcr", in_.fcr, 1);
    if (!in_.redial_open.empty() && in_.fcr.empty())
      fail("--redial-open: of those whose matter stays open; it needs --fcr");
    if (!in_.agent_share.empty() && !has_menu(queue)) fail("--agent-share: needs --ivr-time");
    if (has_menu(queue) && in_.lines.empty() && in_.solve != "lines")
      fail("--ivr-time: a menu before the queue needs --lines, a number or auto");
    if (has_menu(queue) && !(queue.agent_share > 0)) fail("--agent-share: must be above 0%");
    const bool laws = has_general_patience(queue) || has_general_handle(queue);
    if (int{has_menu(queue)} + int{laws} + int{calls_again(queue)} > 1)
      fail(
          "no formula has more than one of: a menu (--ivr-time), other laws (--patience-law, "
          "--balk, --never, --aht-law), repeated calls (--redial-*, --fcr); simulate it");
    name_model(in_, q, errors_);
  }

  void target(Question& q, const char* key, bool at_least, double value) {
    q.targets.push_back({find_indicator(key), at_least, value, q.queue.within_s});
  }

  const Indicator* formula() {
    if (in_.formula.empty()) return service_level("f3");
    const Indicator* found = service_level(in_.formula);
    if (found == nullptr)
      fail(fmt::format("--formula: \"{}\" is none of f1, f2, f3, f4, all", in_.formula));
    return found;
  }

  bool finds_within() const {
    return in_.solve == "within" ||
           std::any_of(in_.table.begin(), in_.table.end(),
                       [](const std::string& each) { return each.starts_with("within="); });
  }
  // T is found of a target that has none of its own.
  void check_within(const Question& q) {
    if (in_.solve != "within" || !errors_.empty() ||
        std::any_of(q.targets.begin(), q.targets.end(),
                    [](const Target& each) { return each.any_within; }))
      return;
    std::vector<std::string> given;
    for (const std::string& text : in_.target) given.push_back("--target " + text);
    for (const std::string& text : in_.wait_over) given.push_back("--wait-over " + text);
    if (given.empty())
      fail("--solve within: T of what? Give a --target without a time, such as --target 90%");
    else
      fail(fmt::format(
          "--solve within: no target is left without a time, {} has its own; leave out the time "
          "of one, such as --target 90%",
          fmt::join(given, ", ")));
  }

  // The first T that is named is the one of the columns.
  void choose_columns_within(Question& q) {
    const auto own = std::find_if(q.targets.begin(), q.targets.end(),
                                  [](const Target& each) { return !each.any_within; });
    if (!in_.within.empty()) {
      if (!in_.target.empty() && !finds_within()) fail("--within: --target already names the time");
      q.queue.within_s = parsed("--within", in_.within, parse_duration_s, 20.0);
    } else if (own != q.targets.end() && !finds_within()) {
      q.queue.within_s = own->within_s;
    }
  }

  void read_targets(Question& q) {
    const Indicator* level = q.level = formula();
    // T may be left out where it is found, or varied.
    const auto read = [&](const char* option, const std::string& text, const Indicator* what,
                          bool at_least) {
      const bool own = !finds_within() || text.find('/') != std::string::npos;
      std::string why;
      const auto one = own ? parse_target(text, why) : parse_level(text, why);
      if (!one) fail(fmt::format("{}: {}", option, why));
      if (one && what != nullptr)
        q.targets.push_back({what, at_least, one->share, one->within_s, !own});
    };
    for (const std::string& text : in_.target) read("--target", text, level, true);
    for (const std::string& text : in_.wait_over)
      read("--wait-over", text, find_indicator("wait_over_rate"), false);
    check_within(q);
    choose_columns_within(q);
    q.targets = at_within(std::move(q.targets), q.queue.within_s);
    if (!in_.answer_rate.empty())
      target(q, "answer_rate", true, within_reach("--answer-rate", in_.answer_rate, 1));
    if (!in_.abandon.empty())
      target(q, "abandon_rate", false, within_reach("--abandon", in_.abandon, 0));
    if (!in_.occupancy.empty())
      target(q, "occupancy", false, within_reach("--occupancy", in_.occupancy, 0));
    if (!in_.asa.empty()) target(q, "asa_s", false, positive("--asa", in_.asa, 0));
    check_erlang_b(q, errors_);
  }

  // A share that no number of agents has but where it is too small for a computer to hold.
  double within_reach(const char* option, const std::string& text, double never) {
    const double value = share(option, text);
    if (value == never)
      fail(fmt::format("{}: \"{}\": no staff makes that certain; a share {} can be staffed for",
                       option, text, never > 0 ? "below 100%" : "above 0%"));
    return value;
  }

  void read_agents(Question& q) {
    if (in_.agents.empty() || in_.agents == "auto") return;
    q.queue.agents = parsed("--agents", in_.agents, parse_count_or_part, 1.0);
  }

  void read_lines(Question& q) {
    const bool sized = in_.lines == "auto";
    if (sized && in_.loss.empty()) fail("--lines auto needs --loss, such as --loss 0.5%");
    if (!sized && !in_.lines.empty() && in_.lines != "none") {
      const std::size_t before = errors_.size();
      q.queue.lines = static_cast<std::int64_t>(parsed("--lines", in_.lines, parse_lines, 1.0));
      if (errors_.size() == before && q.queue.agents > static_cast<double>(q.queue.lines))
        fail(fmt::format("--lines: {} line{} cannot seat {:g} agents", q.queue.lines,
                         q.queue.lines == 1 ? "" : "s", q.queue.agents));
    }
    const bool limited = !in_.lines.empty() || in_.solve == "lines" || q.queue.agents_are_lines;
    if (q.queue.agents != std::floor(q.queue.agents) && limited)
      fail(fmt::format("--agents: with --lines agents are whole, {} is not", in_.agents));
    if (in_.loss.empty()) return;
    const double loss = share("--loss", in_.loss);
    if (!(loss > 0 && loss < 1)) fail("--loss: must lie between 0% and 100%");
    if (sized)
      q.queue.loss = loss;
    else if (!in_.lines.empty() || q.queue.agents_are_lines || in_.solve == "lines")
      target(q, "loss_rate", false, loss);
    else
      fail("--loss: needs --lines auto to size lines, or a number of --lines to hold them to it");
  }

  void read_show(Question& q) {
    for (const std::string& key : in_.show) {
      const Indicator* found = find_indicator(key);
      if (found != nullptr) {
        q.show.push_back(found);
        continue;
      }
      const std::string near = nearest(key, indicator_keys());
      fail(near.empty()
               ? fmt::format("--show: there is no figure {}", key)
               : fmt::format("--show: there is no figure {}; did you mean {}?", key, near));
    }
  }

  void read_costs(Question& q) {
    const auto cost = [&](const char* option, const std::string& text) {
      std::string why;
      const auto value = parse_cost(text, why);
      if (!value) fail(fmt::format("{}: {}", option, why));
      return value.value_or(1);
    };
    if (in_.agent_cost.empty() && in_.line_cost.empty()) return;
    if (in_.agent_cost.empty() || in_.line_cost.empty()) {
      fail("--agent-cost and --line-cost come together: they name the cheapest pair");
      return;
    }
    q.costs = Costs{cost("--agent-cost", in_.agent_cost), cost("--line-cost", in_.line_cost)};
    if (!(q.queue.loss > 0) || (!in_.agents.empty() && in_.agents != "auto"))
      fail("--agent-cost: needs both to be found: --lines auto --loss 0.5%, and no --agents");
  }

  const Ask& in_;
  std::vector<std::string>& errors_;
};

}  // namespace

namespace {

void read_requirement(const Ask& ask, Question& parts, std::vector<std::string>& errors) {
  parts.per_day = ask.per == "day";
  if (!ask.per.empty() && ask.per != "interval" && !parts.per_day)
    errors.push_back(fmt::format("--per: \"{}\" is none of interval, day", ask.per));
  if (parts.per_day) parts.requirement = RequirementMethod::kAuto;
  if (ask.requirement.empty()) return;
  std::vector<std::string> names;
  for (const RequirementMethod m :
       {RequirementMethod::kSipp, RequirementMethod::kLagged, RequirementMethod::kOfferedLoad,
        RequirementMethod::kTransient, RequirementMethod::kAuto}) {
    names.emplace_back(name_of(m));
    if (ask.requirement == name_of(m)) {
      parts.requirement = m;
      return;
    }
  }
  const std::string near = nearest(ask.requirement, names);
  errors.push_back(fmt::format("--requirement: \"{}\" is none of {}{}", ask.requirement,
                               fmt::join(names, ", "),
                               near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

}  // namespace

Question read_day_question(const Ask& ask, std::vector<std::string>& errors) {
  Question parts = Reader{ask, errors}.parts();
  const auto refuse = [&](const char* option, bool given) {
    if (given) errors.push_back(fmt::format("{0}: is not for --profile", option));
  };
  if (!ask.calls.empty()) errors.emplace_back("--calls: the rows of --profile bring the calls");
  refuse("--solve", !ask.solve.empty());
  refuse("--table", !ask.table.empty());
  refuse("--sensitivity", ask.sensitivity);
  refuse("--explain", ask.explain);
  read_requirement(ask, parts, errors);
  const std::string fault = fault_of_ports(parts.queue);
  if (!fault.empty()) errors.push_back(fmt::format("--ports: {}", fault));
  // Patience may come with the rows; lines do not.
  if (parts.queue.again.blocked > 0 && !has_lines(parts.queue))
    errors.emplace_back("--redial-block: nobody is lost without --lines");
  return parts;
}

std::optional<Question> read_question(const Ask& ask, std::vector<std::string>& errors) {
  Reader reader{ask, errors};
  Question question = reader.parts();
  read_unknown(ask, question, errors);
  for (const auto& [option, given] :
       {std::pair{"--requirement", !ask.requirement.empty()}, {"--per", !ask.per.empty()}})
    if (given) errors.push_back(fmt::format("{}: is for the intervals of --profile", option));
  if (!errors.empty()) return std::nullopt;
  return question;
}

}  // namespace callmill::calculator
