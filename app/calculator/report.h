#pragma once
// The calculator's answers as text for people (English or Chinese), as one JSON object, and as CSV.
//
// JSON never holds NaN or infinity: null. Shares are 0 to 1, times seconds, calls by the hour; an
// indicator's key is its name in both. docs/reference/cli.md lists the keys.

#include <string>

#include "app/calculator/question.h"

namespace callmill::calculator {

std::string as_text(const Question& question, const Answer& answer, Lang lang);
std::string as_json(const Question& question, const Answer& answer);
// A header and one line a row; of a table, the axes stand first.
std::string as_csv(const Question& question, const Answer& answer);

// What the figures take for granted, and where that fails: what as_text says below the table.
std::string statement_text(const Question& question, const Answer& answer, Lang lang);

// ---- Parts, shared with profiles ----
// "90% answered in 20 s, abandonment ≤ 3%".
std::string targets_text(const Question& question, Lang lang);
// One of them.
std::string target_text(const Target& target, Lang lang);
// Why there is no answer; empty where that cannot be told.
std::string reason_text(const Question& question, Lang lang);
// Calls that come again grow without limit: the agents cannot keep up, whatever is asked.
bool outgrows(const Question& question);
// "Model Erlang A: Poisson arrivals, ...".
std::string model_text(const Queue& queue, Lang lang);
// What the printed service level is.
std::string columns_note(const Question& question, Lang lang);
// The header of a column where T is found, or varied.
std::string header_in_t(const Indicator& indicator, Lang lang);
// The columns asked for, or the usual ones.
std::vector<const Indicator*> columns_of(const Question& question);

}  // namespace callmill::calculator
