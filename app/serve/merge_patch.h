#pragma once
// JSON merge patches (RFC 7396): what to send to who has one document and shall have another.
//
// A merge patch cannot set a member to null, for null says "remove". So documents are compared as
// if members that are null were absent, and after a patch they are. Arrays are sent whole.

#include "app/serve/http.h"

namespace callmill::serve {

// From one document to another, both objects for anything but replacement; {} where nothing that a
// patch can say is different. Cost: linear in both.
boost::json::value merge_patch(const boost::json::value& from, const boost::json::value& to);
// RFC 7396, section 2.
void apply_merge_patch(boost::json::value& document, const boost::json::value& patch);
// The document without the members that are null, at every depth but within arrays.
boost::json::value without_nulls(const boost::json::value& document);

}  // namespace callmill::serve
