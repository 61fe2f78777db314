#pragma once
// Header and records of a journal as JSON objects, without their seals. Internal to the room.

#include <string>

#include "app/live/journal.h"

namespace callmill::live {

std::string header_json(const JournalHeader& header);
std::string record_json(const JournalRecord& record);
// False: `error` says why.
bool read_header(const std::string& object, JournalFile& file, std::string& error);
bool read_record(const std::string& object, JournalRecord& record, std::string& error);

}  // namespace callmill::live
