#include "app/cli/kpi_reference.h"

#include <fmt/format.h>

#include "base/time.h"
#include "engine/kpi/metric.h"
#include "engine/kpi/recorder.h"

namespace callmill::cli {
namespace {

constexpr std::string_view kHead =
    R"(# Indicators · 指标

`callmill schema --kpis` prints this page from the table that the program computes with
(`engine/kpi/metric.h`); a test fails when the two differ.

## What is counted

Calls, in the interval in which they **arrived**, whenever they end:

| letter | meaning |
|---|---|
| N | attempts: everyone who rang, redials included |
| L | lost in the network, before any line |
| X | blocked: no free line or menu port, refused by a full queue or shed by a rule |
| Ih | hung up inside the menu |
| Is | served by self-service inside the menu, or by a notice before a queue |
| I | ended inside the menu: I = Ih + Is |
| O | offered to a queue |
| T | transferred in: came to a queue from another agent; not part of O |
| A, A1 | answered, each time that an agent answers; A1: of these, calls not passed on before |
| B | abandoned: hung up while waiting in the queue (balking included, with a wait of 0 s) |
| C | left by callback: rung back later instead of waiting; callbacks made are not A |
| V | left a message instead of waiting on |
| D | disconnected: waited at closing time, where the queue is then cleared |
| K | cut by a failed line before an answer: K = Km in the menu + Kq in the queue |
| A(T), B(T) | of A and B, those after at most T seconds; T is the queue's `answer_within` |
| G, Gm | went on by chat or message: out of a queue, out of a menu (not part of I) |
| S | short abandons: of B, those after less than {short} s |

The wait is counted from joining the queue, so it holds no menu time; an immediate answer is a
wait of 0 s. In a total over queues each call is judged by its own queue's T. The callers who are
in the centre at closing time are served out (or disconnected, as `day.at_close` says) and belong
to the interval in which they rang; so at the end of a day nobody is left waiting, unless no agent
ever came for a caller without a limit of patience.

Agents and lines, in the interval in which the time **passed**: the time that agents spend in each
of their nine states, off, available, talk, dialling (dialling and its talk), wrap-up, aux (breaks,
meetings and the like), ringing, desk (messages) and chat; the time that lines are busy. Signed-in
time is all of it but off; ringing counts as available in occupancy. Time after closing is not
counted.

`aht` is agent time for each time that an agent answers (A): talk, wrap-up, and hold, which is the
time that an agent who has passed a call on stays with it, waiting for the next agent (warm) or
talking along (conference). A second agent's part is another A, with a talk and a wrap-up of its
own: a call that two agents handled counts twice in the denominator, and the time of both above.

Callers, each once, in the interval of the caller's **first attempt**, when the story ends: P
are all callers, by call or chat, Ps those of them who were answered, called back or self-served at
least once. A story ends in exactly one way, so that the ends add up to P: resolved, unresolved
(served, the matter is open, calls no more), gave up (never served: blocked, abandoned or cut off
at last), left in the menu, left a message that nobody works off, would call again after the end of
the run, or open at the end of the run (still waits, or for a callback or the answer to a message).
Who gives up after an agent has passed the call on was not served. An attempt that goes on by
another channel is one. Only in scenarios whose callers may call again.

A talk that is **cut short**, by a failed line or with the site of its agent, was answered: it is
in A, and its caller in Ps. But it settles nothing: it is a contact that leaves the matter open, it
counts in Q and F and is not settled, and a caller who does not call again because of it, nor later
because the matter is open, ends unresolved, not as one who gave up. No survey, quality check, code
or system match sees it, and no satisfaction is drawn.

Contacts with agents, in the interval in which the call or chat **arrived**: of all caller types
that something follows (a resolution, a survey, the scenario's satisfaction); Q are those of caller
types with a `resolution`, F those of Q that had no contact before in their story; whether the
matter is settled, as it is and as each way of measuring sees it. A callback that is made is such a
contact, of the type and in the interval of the call that asked for it. A call that is passed on is
one contact, of the type whose talk ends it.

Money, in the scenario's currency, for the whole centre: wages for the time signed in before
closing, but for overtime and people called in, whose hours have a price of their own
(`rules.*.then.cost`, `groups.*.call_in.cost`; without one, the wage); rents spread over the day;
checks of lists in the first counted interval; lost callers (who gave up for good) where they first
rang, revenue where the call arrived. A contact earns once when an agent answers it, however often
the call is passed on, and once more when it is settled. `cost` is the sum of its components, each
paid once; `rule_cost` and `filter_cost` are two of them, by rule and by campaign. Only where a
wage, a rent, a price or `costs` is set.

Chats (H) wait in queues as calls do, until the first reply, so that a queue of chats and a caller
type of chats have the indicators of calls too; talk is then the time from the first reply to the
end. In the total of the centre these are of calls alone, and chats have their own. An agent with
one chat or several is busy. Chats and messages (W) count in the interval in which they came,
messages that were open at the start of the run in the first one.

Intervals of the warm-up are shown by interval and left out of the day.

## The indicators

Every ratio is a sum over a sum: a day's rate is never the mean of its intervals' rates. Counts
are means per day (or per interval). A share is a number from 0 to 1 in JSON and CSV, and a
percentage in tables. An indicator without a value (its denominator is 0) is `null` in JSON and
empty in CSV.

Scopes: total; queue; callers (a caller type); group (of agents); lines (a group of lines);
campaign; rule.
)";

constexpr std::string_view kTail = R"(
## Service level: which of five

`service_level` is f3, A(T) / (A + B): who hangs up counts against it. The other forms in use
have their own keys, so that a contract's figure can be printed as it is defined. For any day, f1
≥ f4 ≥ f3 and f2 ≥ f4.

## Means over days

`max_wait`, the wait quantiles and `trunk_peak` are taken of each day by itself, and the mean of
these over the days is printed. The quantiles come from a histogram with 32 buckets to the
octave, so each is within 2.2 % of the exact one.

## Confidence intervals

A replication is one simulated day with its own random draws. Let x be the counts of a
replication, m their mean over n replications, S their sample covariance. An indicator is a ratio
r = (a·m) / (b·m) of two sums of counts, and its interval comes from the delta method:

    r ± t · sqrt((a − r b)' S (a − r b) / n) / |b·m|

with t of Student's law, n − 1 degrees of freedom, at `study.confidence` (or `--confidence`). The
covariance of numerator and denominator is in it: a busy day has more abandoned *and* more
offered calls. With one replication there is no interval. Where an end would lie outside the range
of the indicator, it stands at the range's end: shares lie between 0 and 1, net promoter scores
between -100 and 100, counts, times and costs from 0 on, and only `margin` may be below 0. The
value and the other end stay as they are. An interval speaks of the model's mean
day as known from n replications; it does not say how far the model is from the real centre.

## Laws that always hold

At every moment; tests look every few simulated minutes of random days
(`tests/engine/centre/conservation_test.cpp`):

- N = L + X + in a menu + I + Gm + Km + O
- O + T = A + B + C + V + D + G + Kq + waiting
- busy lines = calls that hold a line
- busy menu ports = calls in menus and self-service
- lines in service = lines − failed lines
- each agent is in exactly one state, each call in exactly one place
- messages: at opening + came = done + open

Over a day, in whole microseconds:

- the integral of the number waiting = the sum of the waits (Little's law)
- for each group, the times in the nine states add up to agents × time
)";

std::string_view unit_word(Unit unit) {
  switch (unit) {
    case Unit::kCount:
      return "count";
    case Unit::kShare:
      return "share";
    case Unit::kSeconds:
      return "s";
    case Unit::kPerHour:
      return "per hour";
    case Unit::kAgents:
      return "agents";
    case Unit::kLines:
      return "lines";
    case Unit::kNumber:
      return "number";
    case Unit::kMoney:
      return "money";
  }
  return "";
}

std::string_view scope_word(ScopeKind kind) {
  switch (kind) {
    case ScopeKind::kTotal:
      return "total";
    case ScopeKind::kQueue:
      return "queue";
    case ScopeKind::kCallerType:
      return "callers";
    case ScopeKind::kGroup:
      return "group";
    case ScopeKind::kCampaign:
      return "campaign";
    case ScopeKind::kTrunks:
      return "lines";
    case ScopeKind::kRule:
      return "rule";
  }
  return "";
}

std::string row(const Metric& metric) {
  std::string scopes;
  for (const ScopeKind kind : metric.scopes)
    scopes += fmt::format("{}{}", scopes.empty() ? "" : ", ", scope_word(kind));
  return fmt::format("| `{}` | {} | {} | {} | {} | {}{} |\n", metric.key, metric.en, metric.zh,
                     metric.formula, unit_word(metric.unit), scopes,
                     metric.day_only ? "; day only" : "");
}

std::string table(std::string_view title, Family family) {
  std::string out = fmt::format(
      "\n### {}\n\n| key | English | 中文 | formula | unit | scopes |\n|---|---|---|---|---|---|\n",
      title);
  for (const Metric& metric : metrics())
    if (metric.family == family) out += row(metric);
  return out;
}

}  // namespace

std::string kpi_reference() {
  return fmt::format(kHead, fmt::arg("short", to_seconds(kShortAbandon))) +
         table("Calls", Family::kCalls) + table("Agents", Family::kAgents) +
         table("Lines", Family::kLines) + table("Callers", Family::kCallers) +
         table("Contacts", Family::kContacts) + table("Money", Family::kCosts) +
         table("Floor rules", Family::kFloor) + table("People", Family::kPeople) +
         table("Callbacks", Family::kCallbacks) + table("Campaigns", Family::kCampaigns) +
         table("Messages", Family::kMessages) + table("Chats", Family::kChats) + std::string{kTail};
}

}  // namespace callmill::cli
