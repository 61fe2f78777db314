// The shapes of the API's documents. A test holds every endpoint's answers to them.

#include "app/sessions/live_api.h"

namespace callmill::live {

std::string_view api_schemas() {
  static constexpr std::string_view kSchemas = R"json({
"Status": {"type":"object","required":["status"],"properties":{"status":{"type":"string"}}},
"Scenario": {"type":"object","required":["id","title","file"],"properties":{
  "id":{"type":"string"},"title":{"type":"string"},"file":{"type":"string"}}},
"SessionSummary": {"type":"object","required":["id","scenario","now","clock","speed","paused",
  "ended"],
  "properties":{"id":{"type":"string"},"scenario":{"type":"string"},"title":{"type":"string"},
  "now":{"type":"number"},"clock":{"type":"string"},"speed":{"$ref":"#/components/schemas/Speed"},
  "paused":{"type":"boolean"},"ended":{"type":"boolean"}}},
"Speed": {"description":"times the wall clock, 0.1 to 10000, or max","type":["number","string"]},
"SessionWish": {"type":"object","required":["scenario"],"additionalProperties":false,
  "properties":{
  "scenario":{"type":"string","description":"an id of /scenarios"},"seed":{"type":"integer"},
  "speed":{"$ref":"#/components/schemas/Speed"},"paused":{"type":"boolean"},"at":{
  "type":"string","description":"HH:MM to begin at"}}},
"Created": {"type":"object","required":["id"],"properties":{"id":{"type":"string"}}},
"TicketWish": {"type":"object","required":["session"],"additionalProperties":false,"properties":{
  "session":{"type":"string"}}},
"Ticket": {"type":"object","required":["ticket"],"properties":{"ticket":{"type":"string"}}},
"Clock": {"type":"object","required":["now","text","day","speed","paused","ended","lag_ms",
  "interval"],
  "properties":{"now":{"type":"number","description":"s after midnight of the first day"},
  "text":{"type":"string"},"day":{"type":"integer"},"date":{"type":["string","null"]},
  "speed":{"$ref":"#/components/schemas/Speed"},"paused":{"type":"boolean"},"ended":{
  "type":"boolean"},
  "lag_ms":{"type":"number"},"opens":{"type":["number","null"]},"closes":{"type":["number",
  "null"]},
  "interval":{"type":["object","null"]},"events":{"type":"integer"}}},
"ClockWish": {"type":"object","additionalProperties":false,"properties":{
  "speed":{"$ref":"#/components/schemas/Speed"},"paused":{"type":"boolean"},
  "step":{"description":"event, interval, or seconds","type":["string","number"]},
  "until":{"type":"string","description":"HH:MM: as fast as it can, to then"}}},
"Command": {"type":"object","required":["do"],"properties":{"do":{"type":"string",
  "enum":["agents","move",
  "lines","surge","call_in","end_breaks","delay_breaks","overtime","notice","shed","open_step",
  "close_step",
  "raise_queue","set","end"]},"note":{"type":"string"},"group":{"type":"string"},"to":{
  "type":"string"},
  "trunks":{"type":"string"},"queue":{"type":"string"},"types":{"type":"array","items":{
  "type":"string"}},
  "by":{"description":"people or lines more or fewer; a duration where breaks or shifts move",
  "type":["integer","string"]},"agents":{"type":"integer"},"factor":{"type":"number"},
  "share":{"type":"number"},"deflect":{"type":"number"},"hang_up":{"type":"number"},
  "for":{"type":"string","description":"a duration: 30min"},"path":{"type":"string"},
  "value":{"description":"as --set takes it"},"command":{"type":"integer"}}},
"Accepted": {"type":"object","required":["seq","at"],"properties":{"seq":{"type":"integer"},
  "at":{"type":"number"},"already_so":{"description":"a set of what the field was",
  "type":"boolean"}}},
"UndoWish": {"type":"object","required":["to"],"additionalProperties":false,"properties":{
  "to":{"type":"integer"}}},
"FuturesWish": {"type":"object","additionalProperties":false,"properties":{"until":{
  "type":"string"},
  "paths":{"type":"integer"},"with":{"type":"array","items":{
  "$ref":"#/components/schemas/Command"}}}},
"Events": {"type":"object","description":"one event a line, application/x-ndjson: live-events.md",
  "required":["event","time"],"properties":{"event":{"type":"string"},
  "time":{"type":["number","string"]},"call":{"type":"string"},"queue":{"type":"string"},
  "agent":{"type":"string"}}},
"EventsTaken": {"type":"object","required":["events","broken"],"properties":{
  "events":{"type":"integer"},"broken":{"description":"numbers of lines that could not be read",
  "type":"array","items":{"type":"integer"}},
  "errors":{"description":"of broken lines, where it can be said without what they say",
  "type":"array","items":{"type":"object"}}}},
"AdviceWish": {"type":"object","additionalProperties":false,"properties":{"paths":{
  "type":"integer"},"proposals":{"description":"actions to be ranked, each a list of commands",
  "type":"array","items":{"type":"array","items":{"$ref":"#/components/schemas/Command"}}}}},
"Rate": {"type":["number","null"]},
"Figures": {"type":"object","properties":{"offered":{"$ref":"#/components/schemas/Rate"},
  "answered":{"$ref":"#/components/schemas/Rate"},"abandoned":{
  "$ref":"#/components/schemas/Rate"},
  "blocked":{"$ref":"#/components/schemas/Rate"},"attempts":{"$ref":"#/components/schemas/Rate"},
  "service_level":{"$ref":"#/components/schemas/Rate"},"answer_rate":{
  "$ref":"#/components/schemas/Rate"},
  "loss_rate":{"$ref":"#/components/schemas/Rate"},"abandon_rate":{
  "$ref":"#/components/schemas/Rate"},
  "asa_s":{"$ref":"#/components/schemas/Rate"},"aht_s":{"$ref":"#/components/schemas/Rate"},
  "occupancy":{"$ref":"#/components/schemas/Rate"}}},
"State": {"type":"object","description":"members that are null may be absent after a merge patch",
  "required":["session","clock","figures","queues","lines","groups","targets","active","log"],
  "properties":{"session":{"type":"object","required":["id","title","scenario","seed"]},
  "clock":{"$ref":"#/components/schemas/Clock"},
  "figures":{"type":"object","properties":{"day":{"$ref":"#/components/schemas/Figures"},
  "now":{"$ref":"#/components/schemas/Figures"}}},
  "queues":{"type":"object","additionalProperties":{"type":"object"}},
  "lines":{"type":"object","additionalProperties":{"type":"object"}},
  "menus":{"type":["object","null"]},
  "groups":{"type":"object","additionalProperties":{"type":"object"}},
  "targets":{"type":"array","items":{"type":"object"}},
  "active":{"type":"array","items":{"type":"object"}},
  "log":{"type":"array","items":{"$ref":"#/components/schemas/LogEntry"}},
  "futures":{"type":["object","null"]},"what_if":{"type":["object","null"]},
  "advice":{"type":["object","null"]},
  "twin":{"oneOf":[{"$ref":"#/components/schemas/Twin"},{"type":"null"}]}}},
"Twin": {"type":"object","description":"of a session that follows a real centre",
  "required":["source","replay","behind_s","events","busyness","talks","unknown_names"],
  "properties":{"source":{"type":"string"},"replay":{"type":"boolean"},
  "trouble":{"type":["string","null"]},"behind_s":{"type":"number"},"events":{"type":"integer"},
  "busyness":{"type":"number","description":"of the day, as its calls so far say"},
  "talks":{"type":"array","description":"how long talks are today against the scenario's",
  "items":{"type":"object","required":["queue","scale","over"],"properties":{
  "queue":{"type":"string"},"scale":{"type":"number"},
  "over":{"type":"integer","description":"talks so far"}}}},
  "unknown_names":{"type":"array","items":{"type":"string"}}}},
"LogEntry": {"type":"object","required":["seq","at","text","text_zh","kind"],"properties":{
  "seq":{"type":"integer"},"at":{"type":"number"},"text":{"type":"string"},"text_zh":{
  "type":"string"},
  "kind":{"type":"string"},"command":{"type":"integer"},"note":{"type":"string"},
  "undone":{"type":"boolean"}}},
"Log": {"type":"object","required":["entries"],"properties":{"entries":{"type":"array",
  "items":{"$ref":"#/components/schemas/LogEntry"}}}},
"Plan": {"type":"object","required":["session","interval_s","queues","groups"],"properties":{
  "session":{"type":["object","string"]},"interval_s":{"type":"number"},"queues":{"type":"array"},
  "groups":{"type":"array"}}},
"History": {"type":"object","required":["interval_s","intervals"],"properties":{
  "interval_s":{"type":"number"},"intervals":{"type":"array","items":{"type":"object"}}}}
})json";
  return kSchemas;
}

}  // namespace callmill::live
