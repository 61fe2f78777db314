// Endpoints that change a session, or ask what would become of it.

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "app/live/command_json.h"
#include "app/sessions/api_parts.h"

namespace callmill::live {
namespace {

namespace json = boost::json;
using serve::Endpoint;
using serve::json_response;
using serve::Reply;
using serve::Request;
using serve::Response;

void add_clock(serve::Api& api, const Shared& context) {
  Endpoint clock{"POST", "/api/v1/sessions/{id}/clock", "setClock", "Speed, pause, step, jump"};
  clock.body = ref("ClockWish");
  clock.answers = {{200, "The clock after it", ref("Clock")}};
  clock.handler = [context](const Request& request, const Reply& reply) {
    Body body{request.body, {"speed", "paused", "step", "until"}};
    ClockChange change;
    change.change_speed = body.speed("speed", change.speed);
    change.paused = body.flag("paused");
    body.step(change);
    if (!body.good()) return reply(body.problem());
    with_desk(context, request, reply, [change](Desk& desk, Lookout&) {
      const std::vector<CommandError> errors = desk.set_clock(change);
      if (!errors.empty()) return refused(errors);
      return text_response(200, clock_json(desk.centre(), desk.clock()));
    });
  };
  api.add(clock);
}

// What is wrong with a command that could not be read whole: with its text, and with what could be
// read of it, but for the fields of which something has been said.
std::vector<CommandError> all_errors(std::vector<CommandError> errors,
                                     const std::vector<CommandError>& of_the_rest) {
  const std::size_t read = errors.size();
  for (const CommandError& error : of_the_rest) {
    const auto same = [&](const CommandError& one) { return one.pointer == error.pointer; };
    if (!error.pointer.empty() && std::none_of(errors.begin(), errors.begin() + read, same))
      errors.push_back(error);
  }
  return errors;
}

void add_commands(serve::Api& api, const Shared& context) {
  Endpoint order{"POST", "/api/v1/sessions/{id}/commands", "command", "Change the running centre"};
  order.body = ref("Command");
  order.answers = {{202, "It is journalled and done", ref("Accepted")}};
  order.handler = [context](const Request& request, const Reply& reply) {
    std::vector<CommandError> errors;
    std::optional<Command> partly;
    const std::optional<Command> command = command_from_json(request.body, errors, &partly);
    if (!command && !partly) return reply(refused(errors));
    with_desk(context, request, reply, [command, partly, errors](Desk& desk, Lookout&) {
      if (!command) return refused(all_errors(errors, desk.centre().check(*partly)));
      const LiveCentre::Applied applied = desk.command(*command);
      if (!applied.errors.empty()) return refused(applied.errors);
      json::object taken{{"seq", applied.seq},
                         {"at", clock_seconds(desk.centre(), desk.centre().now())}};
      if (applied.already_so) taken["already_so"] = true;
      return json_response(202, taken);
    });
  };
  api.add(order);
  Endpoint undo{"POST", "/api/v1/sessions/{id}/undo", "undo", "Back to just before a command"};
  undo.body = ref("UndoWish");
  undo.answers = {{200, "The clock after it", ref("Clock")}};
  undo.handler = [context](const Request& request, const Reply& reply) {
    Body body{request.body, {"to"}};
    const std::optional<std::int64_t> to = body.whole("to", 1, std::int64_t{1} << 53);
    if (body.good() && !to) body.wrong("/to", "to is missing", "the seq of a command");
    if (!body.good()) return reply(body.problem());
    with_desk(context, request, reply, [to](Desk& desk, Lookout&) {
      const std::vector<CommandError> errors = desk.undo(static_cast<std::uint64_t>(*to));
      if (!errors.empty()) return refused(errors);
      return text_response(200, clock_json(desk.centre(), desk.clock()));
    });
  };
  api.add(undo);
}

// What would be wrong with these, one after the other, now: every error of the first command that
// cannot be carried out, for the later ones depend on it.
std::vector<CommandError> try_out(const LiveCentre& centre, const std::vector<Command>& commands,
                                  const std::string& pointer) {
  if (commands.empty()) return {};
  LiveCentre copy = centre.fork();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    std::vector<CommandError> errors = copy.apply(commands[i]).errors;
    for (CommandError& error : errors)
      error.pointer = pointer + "/" + std::to_string(i) + error.pointer;
    if (!errors.empty()) return errors;
  }
  return {};
}

void add_futures(serve::Api& api, const Shared& context) {
  Endpoint futures{"POST", "/api/v1/sessions/{id}/futures", "whatIf",
                   "The rest of the day with commands and without; the result comes in the state"};
  futures.body = ref("FuturesWish");
  futures.answers = {{202, "It is being worked on", ref("Created")}};
  futures.handler = [context](const Request& request, const Reply& reply) {
    Body body{request.body, {"until", "paths", "with"}};
    Question question;
    const std::string until = body.text("until").value_or("");
    question.paths = body.whole("paths", 2, 2000).value_or(200);
    question.with = body.commands("with");
    if (!body.good()) return reply(body.problem());
    with_desk(context, request, reply, [question, until](Desk& desk, Lookout& lookout) mutable {
      if (!until.empty()) question.until = time_of(desk.centre(), until);
      if (!until.empty() && (!question.until || *question.until <= desk.centre().now()))
        return refused({{"/until", "\"" + until + "\" is no time to come", "HH:MM", ""}});
      const std::vector<CommandError> errors = try_out(desk.centre(), question.with, "/with");
      if (!errors.empty()) return refused(errors);
      question.id = lookout.next_id();
      lookout.ask_what_if(question);
      return json_response(202, {{"id", question.id}});
    });
  };
  api.add(futures);
  Endpoint advice{"POST", "/api/v1/sessions/{id}/advice", "advise",
                  "What could be done now, ranked; the result comes in the state"};
  advice.body = ref("AdviceWish");
  advice.answers = {{202, "It is being worked on", ref("Created")}};
  advice.handler = [context](const Request& request, const Reply& reply) {
    constexpr std::size_t kProposalsMost = 20;
    Body body{request.body, {"paths", "proposals"}};
    Question question;
    question.paths = body.whole("paths", 2, 2000).value_or(100);
    question.proposals = body.lists_of_commands("proposals", kProposalsMost);
    if (!body.good()) return reply(body.problem());
    with_desk(context, request, reply, [question](Desk& desk, Lookout& lookout) mutable {
      std::vector<CommandError> errors;
      for (std::size_t i = 0; i < question.proposals.size(); ++i) {
        const auto wrong =
            try_out(desk.centre(), question.proposals[i], "/proposals/" + std::to_string(i));
        errors.insert(errors.end(), wrong.begin(), wrong.end());
      }
      if (!errors.empty()) return refused(errors);
      question.id = lookout.next_id();
      lookout.ask_advice(question);
      return json_response(202, {{"id", question.id}});
    });
  };
  api.add(advice);
}

}  // namespace

void add_orders(serve::Api& api, const Shared& context) {
  add_clock(api, context);
  add_commands(api, context);
  add_futures(api, context);
}

}  // namespace callmill::live
