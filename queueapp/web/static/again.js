// Draws a page anew when its stream says so, and after the seconds that its body says; less often while
// the stream is open. A page that did not come is asked for again.
"use strict";
(() => {
  const CALM = 6;
  const { again: every, stream: address } = document.body.dataset;
  const stream = address ? new EventSource(address) : null;
  let timer = 0;
  let isDrawing = false;
  let isLate = false;

  async function draw() {
    isLate = isDrawing;
    if (isDrawing) return;
    isDrawing = true;
    clearTimeout(timer);
    try {
      const answer = await fetch(location.href);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.body.replaceChildren(...page.body.childNodes);
      } else if (answer.status === 401) location.reload();
    } catch { /* what is shown stays until the server is back */ }
    isDrawing = false;
    if (isLate) draw();
    else wait();
  }

  function wait() {
    const isFollowed = stream !== null && stream.readyState === EventSource.OPEN;
    timer = setTimeout(draw, Number(every) * 1000 * (isFollowed ? CALM : 1));
  }

  // On opening too: something may have happened between the page and its stream.
  if (stream) stream.onopen = stream.onmessage = draw;
  wait();
})();
