// Draws a page anew after the seconds that its body says; a page that did not come is asked for again.
"use strict";
(() => {
  const seconds = Number(document.body.dataset.again);
  async function again() {
    try {
      const answer = await fetch(location.href);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.body.replaceChildren(...page.body.childNodes);
      } else if (answer.status === 401) location.reload();
    } catch { /* what is shown stays until the server is back */ }
    setTimeout(again, seconds * 1000);
  }
  setTimeout(again, seconds * 1000);
})();
