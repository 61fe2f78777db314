#pragma once
// Changes by path: `set` in a file, --set on the command line. They are made in the document,
// before it is read, so that a changed value passes the same tables as a written one.

#include <string>

#include "app/files/node.h"
#include "app/files/shape.h"

namespace callmill::files {

// Sets `path` ("callers.resident.patience.mean", "queues.general.route[1].after") in `root`; a
// plain null takes the field away. `where` is the place of the path. Errors: a path that `shape`
// does not know, a name that does not exist.
bool apply_patch(Node& root, const Shape& shape, const std::string& path, Place where, Node value,
                 Problems& problems);

}  // namespace callmill::files
