// Follows one ticket: words come from the server, this only puts them in their places.
"use strict";
(() => {
  const body = document.body;
  const by = (id) => document.getElementById(id);
  const memory = "queueapp " + location.pathname + " " + document.documentElement.lang;
  let calls = Number(body.dataset.calls);
  let state = body.dataset.state;
  let sound = null;
  let awake = null;

  function show(told) {
    for (const place of document.querySelectorAll("[data-t]")) {
      const words = told[place.dataset.t];
      if (place.textContent !== words) place.textContent = words;
      place.hidden = !words;
    }
    for (const place of document.querySelectorAll("[data-if]")) place.hidden = !told[place.dataset.if];
    body.dataset.state = told.state;
    document.title = told.label + " · " + told.headline;
    by("away-at").textContent = told.at;
    by("at").hidden = true;
    offerRinging(told.state);
  }

  function heard(told) {
    const isNew = told.state === "called" && (state !== "called" || told.calls > calls);
    calls = told.calls;
    state = told.state;
    show(told);
    by("away").hidden = true;
    try { localStorage.setItem(memory, JSON.stringify(told)); } catch { /* a phone that keeps nothing */ }
    if (isNew) ring();
    if (told.state === "ended" && !told.may_rate && stream) stream.close();
  }

  function ring() {
    if (navigator.vibrate) navigator.vibrate([500, 200, 500, 200, 900]);
    if (!sound) return;
    [[659, 0], [523, 0.35], [659, 0.9], [523, 1.25]].forEach(([pitch, after]) => {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const begins = sound.currentTime + after;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, begins);
      volume.gain.exponentialRampToValueAtTime(0.5, begins + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, begins + 0.6);
      tone.connect(volume).connect(sound.destination);
      tone.start(begins);
      tone.stop(begins + 0.65);
    });
  }

  function offerRinging(now) {
    const waits = now === "waiting" || now === "held";
    by("ring").hidden = !waits || sound !== null;
    by("rings").hidden = !waits || sound === null;
  }

  async function stayAwake() {
    try { awake = await navigator.wakeLock.request("screen"); } catch { awake = null; }
  }

  by("ring-on").addEventListener("click", () => {
    sound = new AudioContext();
    if (navigator.vibrate) navigator.vibrate(100);
    if (navigator.wakeLock) stayAwake();
    offerRinging(state);
  });

  function lost() {
    by("away").hidden = false;
  }

  // What was shown last is shown again when the page comes from the phone's own memory.
  if (!navigator.onLine) {
    try {
      const kept = JSON.parse(localStorage.getItem(memory));
      if (kept) show(kept);
    } catch { /* nothing was kept */ }
    lost();
  } else {
    offerRinging(state);
  }

  const stream = new EventSource(body.dataset.stream);
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onerror = lost;
  stream.addEventListener("away", lost);
  addEventListener("offline", lost);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && sound && navigator.wakeLock) stayAwake();
  });

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready).then((worker) => {
      const files = [...document.querySelectorAll("link[href],script[src]")].map((each) => each.href || each.src);
      worker.active.postMessage({ page: location.pathname + location.search, files });
    }).catch(() => { /* the page works without */ });
  }
})();
