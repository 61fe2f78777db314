// The answer as text, JSON and CSV.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/calculator/ask.h"
#include "app/calculator/batch_fails.h"
#include "app/calculator/batch_models.h"
#include "app/calculator/batch_statement.h"
#include "app/calculator/report.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

struct Asked {
  Question question;
  Answer answer;
};

Asked asked(const Ask& ask) {
  std::vector<std::string> errors;
  const auto question = read_question(ask, errors);
  REQUIRE(question);
  return {*question, question->table.empty() ? answer(*question) : Answer{}};
}

Ask hotline(const char* patience = "120s") {
  Ask ask;
  ask.calls = "1200/h";
  ask.aht = "180s";
  ask.patience = patience;
  return ask;
}

boost::json::object json_of(const Asked& a) {
  return boost::json::parse(as_json(a.question, a.answer)).as_object();
}

}  // namespace

TEST_CASE("the planner's answer is said in words, and the same in JSON and CSV") {
  Ask ask = hotline();
  ask.target = {"90%/20s"};
  const Asked a = asked(ask);
  const std::string text = as_text(a.question, a.answer, Lang::kEn);
  CHECK(text.starts_with("63 agents needed for 90% answered in 20 s\n"));
  CHECK(text.find("Model Erlang A") != std::string::npos);
  CHECK(as_text(a.question, a.answer, Lang::kZh).find("20秒接通率") != std::string::npos);
  const auto json = json_of(a);
  CHECK(json.at("agents").as_int64() == 63);
  CHECK(json.at("status").as_string() == "ok");
  CHECK(json.at("results").as_array().size() == 3);
  const std::string csv = as_csv(a.question, a.answer);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
  CHECK(csv.starts_with("agents,lines,service_level,answer_rate,abandon_rate,asa_s,occupancy"));
}

TEST_CASE("an overloaded evaluation prints no infinity, and says which rows have no figures") {
  Ask ask = hotline("");
  ask.agents = "60";
  ask.target = {"90%/20s"};
  ask.sensitivity = ask.explain = true;
  const Asked a = asked(ask);
  CHECK_FALSE(a.answer.met());
  const std::string text = as_text(a.question, a.answer, Lang::kEn);
  for (const std::string& out :
       {text, as_json(a.question, a.answer), as_csv(a.question, a.answer)}) {
    CHECK(out.find("inf") == std::string::npos);
    CHECK(out.find("nan") == std::string::npos);
  }
  CHECK(text.find("goal missed: 90% answered in 20 s") != std::string::npos);
  // The row of 61 agents is sound, and nothing is said against it.
  CHECK(text.find("with 60 agents or fewer the queue grows without limit, and the rows marked -") !=
        std::string::npos);
  CHECK(text.find("no figure above") == std::string::npos);
}

TEST_CASE("where nothing helps, no answer is invented") {
  Ask ask = hotline();
  ask.lines = "3";
  ask.occupancy = "10%";
  const Asked a = asked(ask);
  CHECK_FALSE(a.answer.feasible);
  CHECK(as_text(a.question, a.answer, Lang::kEn)
            .starts_with("no number of agents gives occupancy ≤ 10%"));
  const auto json = json_of(a);
  CHECK(json.at("status").as_string() == "infeasible");
  CHECK(json.at("agents").is_null());
}

TEST_CASE("no answer comes with its reason") {
  const auto text_of = [](const Ask& ask) {
    const Asked a = asked(ask);
    return as_text(a.question, a.answer, Lang::kEn);
  };
  Ask ask = hotline();
  ask.agents = "62";
  ask.solve = "within";
  ask.target = {"97%"};
  CHECK(text_of(ask).starts_with(
      "no T gives 97% answered\nThe answer rate is the ceiling: however long T is, 95.9% at the "
      "most; the others give up or find no line.\n"));
  ask = hotline("");
  ask.agents = "60";
  ask.fcr = "90%";
  CHECK(
      text_of(ask).starts_with("no answer\nRepeated calls grow without limit: 60 agents carry "
                               "fewer than 1080 first calls an "
                               "hour, and 1200 come.\n"));
  ask = hotline();
  ask.calls = "";
  ask.agents = "60";
  ask.solve = "calls";
  ask.target = {"90%/20s"};
  ask.occupancy = "0.00000001%";  // below the least rate that is looked at
  const std::string calls = text_of(ask);
  CHECK(calls ==
        "no number of calls gives 90% answered in 20 s, occupancy ≤ 1e-08%\n"
        "occupancy ≤ 1e-08% alone has none either.\n");
  // As many lines as agents: nobody waits, however many call.
  ask.occupancy = "";
  ask.lines = "60";
  CHECK(text_of(ask) == "any number of calls gives 90% answered in 20 s\n");
  CHECK(json_of(asked(ask)).at("status").as_string() == "unbounded");
}

TEST_CASE("the steps say what the model at hand has") {
  Ask ask = hotline();
  ask.agents = "44";
  ask.lines = "71";
  ask.ivr_time = "40s";
  ask.agent_share = "70%";
  ask.explain = true;
  Asked a = asked(ask);
  CHECK(as_text(a.question, a.answer, Lang::kEn).find("= 1200/h x 0.7 x 180 s / 3600") !=
        std::string::npos);
  ask = hotline("");
  ask.agents = "60";
  ask.lines = "70";
  ask.patience_law = "lognormal(mean 120s, sd 120s)";
  ask.explain = true;
  a = asked(ask);
  CHECK(as_text(a.question, a.answer, Lang::kEn).find("P(Poisson(calls x H(t)) < lines - n)") !=
        std::string::npos);
}

TEST_CASE("the unknown stands in the headline, in the first column and in the data") {
  Ask ask = hotline();
  ask.calls = "";
  ask.agents = "60";
  ask.target = {"90%/20s"};
  ask.solve = "calls";
  const Asked a = asked(ask);
  CHECK(as_text(a.question, a.answer, Lang::kEn)
            .starts_with("1138.66 calls an hour at the most for 90% answered in 20 s\n"));
  CHECK(json_of(a).at("solved").as_string() == "calls_per_h");
  CHECK(as_csv(a.question, a.answer).starts_with("agents,lines,calls_per_h,service_level"));
}

TEST_CASE("tables: one way with chosen figures, two ways with one, all of them as data") {
  Ask ask = hotline();
  ask.table = {"agents=60..62"};
  ask.show = {"asa_s", "occupancy"};
  ask.target = {"85%/20s"};
  Asked a = asked(ask);
  const std::string text = as_text(a.question, a.answer, Lang::kEn);
  CHECK(text.starts_with("   agents   ASA  occupancy\n"));
  CHECK(text.find("\n       60  6.5s      94.3%\n>      61  5.5s      93.6%\n") !=
        std::string::npos);
  CHECK(json_of(a).at("table").as_array().size() == 3);
  CHECK(text.find("- Busiest cell (agents 60): 5.7% of the calls go unanswered") !=
        std::string::npos);
  CHECK(json_of(a).at("caveats").as_array()[0].as_object().at("code").as_string() == "redials");

  ask = hotline();
  ask.calls = "";
  ask.table = {"calls=600..800/h:100", "agents=30..60:30"};
  a = asked(ask);
  CHECK(as_csv(a.question, a.answer).starts_with("calls_per_h,agents,met,service_level"));
  CHECK(as_text(a.question, a.answer, Lang::kEn)
            .starts_with("answered in 20s (down: calls/h, across: agents)\n"));
}

TEST_CASE("steps, changes and caveats are data too") {
  Ask ask = hotline();
  ask.agents = "63";
  ask.explain = ask.sensitivity = true;
  const auto json = json_of(asked(ask));
  CHECK(json.at("explain").as_array().size() == 10);
  CHECK(json.at("sensitivity").as_array().size() == 9);
  CHECK(json.at("elasticities").as_array().size() == 4);
  CHECK(json.at("caveats").as_array()[0].as_object().at("code").as_string() == "redials");
}

TEST_CASE("large numbers are told apart, and nothing is printed that has no figures") {
  Ask ask = hotline("");
  ask.agents = "1000000";
  const Asked million = asked(ask);
  CHECK(as_text(million.question, million.answer, Lang::kEn).starts_with("1000000 agents\n"));

  ask = hotline();
  ask.calls = "6000000/h";
  ask.target = {"80%/20s"};
  ask.fractional = true;
  const Asked large = asked(ask);
  const std::string rows = as_text(large.question, large.answer, Lang::kEn);
  const double agents = large.answer.rows[large.answer.chosen].outcome.queue.agents;
  REQUIRE(agents > 1e5);
  CHECK(rows.find(std::to_string(static_cast<int>(agents)) + " ") != std::string::npos);
  CHECK(rows.find(std::to_string(static_cast<int>(agents)) + ".") != std::string::npos);

  ask = hotline();
  ask.agents = ask.lines = "60";  // neither a line fewer nor an agent more
  ask.sensitivity = true;
  const auto json = json_of(asked(ask));
  for (const auto& change : json.at("sensitivity").as_array())
    CHECK(change.as_object().contains("service_level"));
  for (const auto& each : json.at("elasticities").as_array())
    CHECK(each.as_object().at("of").as_string() != "agents");

  ask = hotline();
  ask.table = {"agents=60..62"};
  ask.target = {"99%/20s"};
  const Asked none = asked(ask);
  const std::string text = as_text(none.question, none.answer, Lang::kEn);
  CHECK(text.find(">: goal met") == std::string::npos);
  CHECK(text.find("goal met nowhere: 99% answered in 20 s") != std::string::npos);
}

TEST_CASE("the formula that is asked for is the one of columns, legend and caveats") {
  for (const char* formula : {"f1", "f2", "f4", "all"}) {
    Ask ask = hotline();
    ask.target = {"80%/20s"};
    ask.formula = formula;
    const Asked a = asked(ask);
    const Indicator& level = *service_level(formula);
    const std::string text = as_text(a.question, a.answer, Lang::kEn);
    CAPTURE(text);
    CHECK(columns_of(a.question)[0] == &level);
    CHECK(text.find(std::string{level.formula} + "; A answered") != std::string::npos);
    CHECK(text.find("answered in 20s") == std::string::npos);
    CHECK(text.find(" and " + header(level, 20, Lang::kEn) + " goes from ") != std::string::npos);
    CHECK(as_text(a.question, a.answer, Lang::kZh).find(level.formula) != std::string::npos);
  }
}

TEST_CASE("calls that find no line are named where no goal counts them") {
  Ask ask = hotline();
  ask.target = {"80%/20s"};
  ask.lines = "40";
  const Asked a = asked(ask);
  CHECK(as_text(a.question, a.answer, Lang::kEn)
            .starts_with("37 agents needed for 80% answered in 20 s; 34.7% of the calls find no "
                         "line and are lost\n"));
  ask.loss = "40%";
  const Asked counted = asked(ask);
  CHECK(as_text(counted.question, counted.answer, Lang::kEn).find("find no line") ==
        std::string::npos);
  ask = hotline();
  ask.calls = "3/h";
  ask.target = {"80%/20s"};
  const Asked one = asked(ask);
  CHECK(as_text(one.question, one.answer, Lang::kEn).starts_with("1 agent needed for"));
}

TEST_CASE("a queue without goals that grows without limit misses none") {
  Ask ask = hotline("");
  ask.agents = "59";
  CHECK(json_of(asked(ask)).at("status").as_string() == "unstable");
  ask.agents = "70";
  CHECK(json_of(asked(ask)).at("status").as_string() == "ok");
}

TEST_CASE("what stands beside a CSV is what stands below the text") {
  Ask ask = hotline();
  ask.target = {"80%/20s"};
  const Asked a = asked(ask);
  const std::string text = as_text(a.question, a.answer, Lang::kEn);
  const std::string beside = statement_text(a.question, a.answer, Lang::kEn);
  CHECK(beside.starts_with("Model Erlang A"));
  CHECK(text.ends_with(beside));
  for (const BatchModel& model : batch_models())
    for (const Lang lang : {Lang::kEn, Lang::kZh})
      CHECK(batch_statement(model.name, lang).starts_with(model.name));
  for (const char* code :
       {"unstable", "overload", "slow", "redials", "patience_law", "patience", "few"})
    CHECK(fail_text(code, Lang::kEn).starts_with(std::string{code} + ": "));
  for (const char* of_json : {"skills", "tv"})
    CHECK(batch_statement(of_json, Lang::kEn).starts_with(of_json));
}
