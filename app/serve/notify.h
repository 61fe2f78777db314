#pragma once
// Tells systemd how the service stands (sd_notify), without its library: one datagram to the socket
// that NOTIFY_SOCKET names. Without that variable nothing happens.

#include <string>

namespace callmill::serve {

// "READY=1", "STOPPING=1", "WATCHDOG=1". False where there is nobody to tell, or it failed.
bool notify_service(const std::string& state);

}  // namespace callmill::serve
