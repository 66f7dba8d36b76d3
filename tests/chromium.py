"""
Chromium as the browser suites use it: the same flags, the same place and time, and nothing let past.

The system's own program, never one that is downloaded; `bypass_csp` is never used, for it hides faults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
AS_HERE: dict[str, Any] = {
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "viewport": {"width": 1440, "height": 900},
}
VENDOR = Path(__file__).parent / "vendor"
# Only what is wrong is brought back: what is right is long, and only its number matters. Nobody reads
# selectors, and to find one for each element, right or wrong, takes a quarter of the time.
AXE = """() => axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"], preload: false, selectors: false,
}).then((found) => [
  found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]), found.passes.length])"""
# A refused page is told of by its status; Chromium says the same again on the console.
SAID_TWICE = "Failed to load resource: the server responded with a status of"
# The vendored editor of guidance says this of its own file as it is loaded; it is not changed for that.
SAID_BY_THE_EDITOR = "It looks like you're using a minified copy of the development build of Inferno."
REPORT = """document.addEventListener("securitypolicyviolation", (e) =>
  console.error(`policy: ${e.effectiveDirective} stopped ${e.blockedURI} ${e.sample}`))"""


def violations(page: Any) -> list[list[Any]]:
    """What axe finds: WCAG 2.2 AA and best practice. The page's own policy stays in force."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((VENDOR / "axe.min.js").read_text())
    found, passed = page.evaluate(AXE)
    assert passed > 15, "axe looked at next to nothing"
    return found


@dataclass
class Watch:
    """
    All that goes wrong in a browser while a test runs: errors on the console, reports of the policy,
    and whatever is asked of another host. `refusals` are answers of 400 and more, which a test must expect.
    """

    address: str
    faults: list[str] = field(default_factory=list)
    refusals: list[tuple[int, str]] = field(default_factory=list)

    def over(self, context: Any) -> Watch:
        """Watches every page of a browser context."""
        context.add_init_script(REPORT)
        context.on("console", self._said)
        context.on("weberror", lambda fault: self.faults.append(str(fault.error)))
        context.on("request", self._asked)
        context.on("response", self._answered)
        return self

    def _said(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith((SAID_TWICE, SAID_BY_THE_EDITOR)):
            self.faults.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.refusals.append((response.status, response.url))

    def found(self) -> list[object]:
        """Everything so far, and the slate is clean again."""
        found = [*self.faults, *self.refusals]
        self.faults.clear()
        self.refusals.clear()
        return found
