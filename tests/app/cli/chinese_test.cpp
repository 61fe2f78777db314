// With --lang zh-CN nothing that people read is left in English but names of the scenario file and
// letters of formulas.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "app/report/chinese.h"
#include "engine/kpi/metric.h"
#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

// Runs of at least two Latin letters, digits and signs of names not counted.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
      continue;
    }
    if (word.size() > 1) words.insert(word);
    word.clear();
  }
  return words;
}

std::string content(const std::string& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What the scenario file itself says, names of indicators apart; symbols and proper names.
std::set<std::string> allowed(const std::string& file) {
  std::set<std::string> words = words_of(content(file));
  for (const Metric& metric : metrics())
    if (metric.key.find('_') != std::string_view::npos) words.erase(std::string{metric.key});
  words.merge(std::set<std::string>{"Is", "Ih", "Ps", "Gm", "Km", "Kq", "Ha", "Hb", "Wd", "IVR",
                                    "Erlang", "CNY", "max_agents", "ivr", "ports", "plan",
                                    "callmill"});
  return words;
}

std::set<std::string> english_in(const std::string& text, const std::string& file) {
  std::string lines;  // without the one with the hash
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);)
    if (line.find("场景") == std::string::npos && line.find("哈希") == std::string::npos)
      lines += line + "\n";
  const std::set<std::string> found = words_of(lines), known = allowed(file);
  std::set<std::string> left;
  std::set_difference(found.begin(), found.end(), known.begin(), known.end(),
                      std::inserter(left, left.begin()));
  return left;
}

std::string out_of(const Arguments& arguments, int code) {
  Arguments all = arguments;
  all.insert(all.end(), {"--lang", "zh-CN"});
  const Ran ran = callmill(all);
  INFO(ran.err);
  CHECK(ran.code == code);
  return ran.out + ran.err;
}

}  // namespace

TEST_CASE("Tables of run are Chinese throughout") {
  for (const char* name : {"tutorial/17-callbacks", "tutorial/20-first-contact", "tutorial/21-chat",
                           "hotline/everything", "hotline/week-mail"}) {
    const std::string file = source_file(std::string{"scenarios/"} + name + ".yaml");
    INFO(file);
    CHECK(english_in(out_of({"run", file, "--reps", "2", "--intervals"}, 0), file) ==
          std::set<std::string>{});
  }
}

TEST_CASE("A plan's rounds, its reasons and its last line are Chinese") {
  const std::string small = small_scenario();
  const std::string infeasible = source_file("tests/app/cli/scenarios/infeasible.yaml");
  CHECK(english_in(out_of({"plan", small}, 0), small) == std::set<std::string>{});
  const std::string missed = out_of({"plan", small, "--set",
                                     "targets=[{metric: occupancy, at_least: 99%}, {metric: "
                                     "service_level, at_least: 50%}]"},
                                    4);
  CHECK(english_in(missed, small) == std::set<std::string>{});
  CHECK_THAT(missed, Catch::Matchers::Contains("增加人力只会使其更低"));
  CHECK(english_in(out_of({"plan", infeasible}, 5), infeasible) == std::set<std::string>{});
  CHECK(out_of({"check", small}, 0).starts_with("正确 "));
}

TEST_CASE("Why there is no plan, and why a plan is as it is, is Chinese throughout") {
  const std::string small = small_scenario();
  const std::string infeasible = source_file("tests/app/cli/scenarios/infeasible.yaml");
  const std::string busy = "callers.市民.talk={law: lognormal, mean: 3min, sd: 3min}";
  CHECK(english_in(out_of({"plan", small, "--explain", "--requirement", "sipp", "--set", busy,
                           "--set", "busyness.cv=10%", "--set", "callers.市民.balk=1%"},
                          0),
                   small) == std::set<std::string>{});
  CHECK(english_in(out_of({"plan", small, "--explain", "--requirement", "sipp", "--explain-staff",
                           "simulated"},
                          0),
                   small) == std::set<std::string>{});
  for (const Arguments& more :
       {Arguments{"--set", "shifts.morning.max_agents=20", "--set", "shifts.morning.length=3h"},
        Arguments{"--set", "shifts.morning.max_agents=7"},
        Arguments{"--set", "shifts.morning.max_agents=20", "--set",
                  "shifts.morning.breaks=[{name: wrap, length: 1h, earliest: 1h, latest: 1h}]"},
        Arguments{"--set", "shifts.morning.length=2h", "--set",
                  "shifts.morning.starts={from: \"08:00\", to: \"09:00\", every: 1h}"}}) {
    Arguments all{"plan", infeasible, "--explain"};
    all.insert(all.end(), more.begin(), more.end());
    const std::string out = out_of(all, 5);
    INFO(out);
    CHECK(english_in(out, infeasible) == std::set<std::string>{});
    CHECK_THAT(out, Catch::Matchers::Contains("不能同时成立"));
  }
}

// Options and examples stay as they are typed; words between them do not.
TEST_CASE("What is wrong with a question to the calculator is Chinese") {
  const Arguments queue{"erlang", "--calls", "100/h", "--aht", "180s"};
  const auto with = [&](const Arguments& more) {
    Arguments all = queue;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const std::vector<Arguments> wrong{
      {"erlang"},
      {"erlang", "--calls", "100/x", "--aht", "180q", "--agents", "-3", "--lines", "0"},
      queue,
      with({"--agents", "10", "--solve", "agnts"}),
      with({"--target", "90%"}),
      with({"--target", "100%/20s"}),
      with({"--target", "80%/20s", "--lines", "auto"}),
      with({"--agents", "10", "--lines", "5"}),
      with({"--agents", "10.5", "--lines", "50"}),
      with({"--agents", "10", "--loss", "2%"}),
      with({"--agents", "10", "--agent-share", "50%"}),
      with({"--agents", "10", "--redial-open", "50%", "--redial-block", "1%"}),
      with({"--agents", "10", "--ivr-time", "20s", "--fcr", "70%", "--balk", "3%"}),
      with({"--agents", "10", "--show", "ocupancy"}),
      with({"--agents", "10", "--table", "agents=40..60"}),
      with({"--table", "agents=60..40", "--table", "agnts=1..2", "--within", "x"}),
      with({"--agents", "10", "--patience-law", "lognormal(mean 120s)"}),
      with({"--agents", "10", "--patience-law", "normal(mean 120s)"}),
      with({"--agents", "10", "--model", "mmng"}),
      with({"--agents", "10", "--model", "erlang"}),
      with({"--solve", "within", "--target", "80%/20s", "--agents", "10"}),
      with({"--solve", "calls", "--agents", "10"}),
      with({"--target", "80%/20s", "--agent-cost", "5"}),
      with({"--agents", "10", "--formula", "f9"})};
  const std::regex english{" (is|are|must|needs|write|no|the|such|already|or|not|nobody|of)\\b"};
  for (const Arguments& arguments : wrong) {
    const std::string text = out_of(arguments, 2);
    CAPTURE(text);
    for (const std::string& line : lines_of(text)) {
      CHECK(std::any_of(line.begin(), line.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0xe4; }));
      CHECK_FALSE(std::regex_search(line, english));
    }
  }
}

TEST_CASE("The steps of an explanation are Chinese, with Chinese marks") {
  for (const Arguments& more : {Arguments{},
                                {"--patience", "2min", "--lines", "14"},
                                {"--patience-law", "gamma(mean 2min, shape 2)"},
                                {"--ivr-time", "20s", "--lines", "30"},
                                {"--patience", "2min", "--redial-abandon", "30%"}}) {
    Arguments arguments{"erlang", "--calls",  "100/h", "--aht",
                        "180s",   "--agents", "10",    "--explain"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const std::string text = out_of(arguments, 0);
    CAPTURE(text);
    CHECK_FALSE(std::regex_search(
        text,
        std::regex{"(handle time|patience [x/)]|calls|lines [-)]|integral|sum |answered|share)"}));
    CHECK_FALSE(std::regex_search(text, std::regex{"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][,;:]"}));
  }
}

TEST_CASE("Every formula that has words has them in Chinese") {
  const std::set<std::string> letters{"Is", "Ih", "Ps", "Gm", "Km", "Kq", "Ha", "Hb", "Wd", "IVR"};
  for (const Metric& metric : metrics()) {
    INFO(metric.key);
    for (const std::string& word : words_of(formula_of(metric, Lang::kZh)))
      CHECK(letters.count(word) == 1);
    CHECK(formula_of(metric, Lang::kEn) == metric.formula);
  }
}

TEST_CASE("Sentences of the planner, gaps within gaps") {
  CHECK(sentence("lines main 310, inbound x 1.030", Lang::kZh) == "中继 main 310，inbound × 1.030");
  CHECK(sentence("a 10:00 needs 8 agents, shifts can reach 4: max_agents of 'early' is 3, of "
                 "'late' is 1 (with the other slots covered)",
                 Lang::kZh) ==
        "a 10:00 需要 8 名坐席，班次最多可达 4：max_agents（人数上限）：'early' 为 3；'late' 为 "
        "1（其他时段已满足）");
  CHECK(sentence("service_level >= 80% in 20s; no number of agents meets answer_rate >= 100%",
                 Lang::kZh) == "服务水平 >= 80%（20 秒内）；再多坐席也达不到 接通率(人工) >= 100%");
  CHECK(sentence("what nobody wrote", Lang::kZh) == "what nobody wrote");
  CHECK(sentence("first plan", Lang::kEn) == "first plan");
}

}  // namespace callmill::test
