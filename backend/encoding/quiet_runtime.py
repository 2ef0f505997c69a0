"""onnxruntime with its telemetry off. Every import of it goes through here.

From 1.29 on the official builds for Linux and macOS send events to Microsoft and leave a file in the temporary folder,
unless this variable is set before the library is loaded: then no uploader, identifier or file is made
(https://github.com/microsoft/onnxruntime/pull/27379, pull/29843). A tool that promises that nothing leaves the
process does not leave that to the machine's settings.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as onnxruntime  # noqa: PLC0414 - after the variable; offered to others under its own name

onnxruntime.disable_telemetry_events()  # Windows, where the variable is not looked at
