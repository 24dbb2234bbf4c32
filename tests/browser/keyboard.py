"""A person at the keyboard alone. At every stop they must see where they are."""

from typing import Any

from playwright.sync_api import CDPSession, Page

# What Tab has stopped at: its box, whether it can be seen, and how it looks compared with before.
_LOOK_BACK = """() => {
  const before = window.stopBefore;
  if (!before?.element.isConnected || before.element === document.activeElement) return null;
  return before.look === window.lookOf(before.element) ? before.element.outerHTML : null;
}"""
_LOOK = """async () => {
  // A text shows the focus by the frame around it and its tools.
  const frameOf = (element) =>
    element.matches("textarea, [role=textbox]") && element.closest(".field") || element;
  window.lookOf = (element) => {
    const style = getComputedStyle(frameOf(element));
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
  };
  const element = document.activeElement;
  if (element === document.body) return { isBody: true };
  const style = getComputedStyle(frameOf(element));
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const points = () => [...element.getClientRects()].flatMap((box) =>
    [0.5, 0.1, 0.9].flatMap((x) =>
      [0.5, 0.1, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y])));
  const isHit = ([x, y]) => element.contains(document.elementFromPoint(x, y));
  // The browser scrolls to what got the focus with one of the next frames.
  let isSeen = false;
  for (let frame = 0; frame < 300 && !isSeen; frame++) {
    await new Promise(requestAnimationFrame);
    isSeen = points().some(isHit);
  }
  window.stopBefore = { element, look: window.lookOf(element) };
  return {
    isBody: false,
    hasIndicator: hasOutline || style.boxShadow !== "none",
    isSeen,
    whereItIs: points()[0]?.map(Math.round),
    scrolled: [scrollY, innerHeight, document.documentElement.scrollHeight],
    html: element.outerHTML.slice(0, 300),
  };
}"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.browser: CDPSession = page.context.new_cdp_session(page)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def open(self) -> None:
        """Enter, on what leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def tab_to(self, name: str, *, at_most: int = 30, key: str = "Tab") -> None:
        """Presses Tab until the stop has that accessible name."""
        passed = []
        for _ in range(at_most):
            self.press(key)
            self._check_the_stop()
            if self.focused() == name:
                return
            passed.append(self.focused())
        raise AssertionError(f"{name!r} is not among the {at_most} stops {passed}")

    def focused(self) -> str:
        """The name by which a screen reader calls what has the focus."""
        found = self.browser.send("Runtime.evaluate", {"expression": "document.activeElement"})
        tree: dict[str, Any] = self.browser.send(
            "Accessibility.getPartialAXTree",
            {"objectId": found["result"]["objectId"], "fetchRelatives": False},
        )
        return str(tree["nodes"][0].get("name", {}).get("value", "")).strip()

    def _check_the_stop(self) -> None:
        unchanged = self.page.evaluate(_LOOK_BACK)
        assert unchanged is None, f"looks the same with and without the focus: {unchanged}"
        stop = self.page.evaluate(_LOOK)
        if stop["isBody"]:  # the browser's own bar, between the last stop and the first
            return
        assert stop["hasIndicator"], f"nothing shows the focus on {stop['html']}"
        assert stop["isSeen"], f"the focus is out of sight: {stop}"
