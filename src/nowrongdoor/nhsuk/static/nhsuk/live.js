// Boards that are alive (ADR 19): one tab listens for all of a browser, each asks for its own page.
import { clock } from "./draft.js";

const [strip, pause] = document.querySelectorAll("[data-of], [data-pause]");
const { of, team, url } = strip.dataset;
const tabs = new BroadcastChannel("nwd-live");
const sleep = (ms) => new Promise((on) => setTimeout(on, ms));
let heard = 0, asked = 0, news = 0, used = true, out, since, busy, failed, source, join, as;

function show() {
  const [state, words] = out ? ["out", out]
    : since ? ["offline", `Offline since ${clock.format(since)}`]
    : pause.ariaPressed === "true" ? ["paused", news ? `Paused – there are new updates (${news})` : "Paused"]
    : !failed && Date.now() - heard < 32000 ? ["live", "Live"] : ["lost", "Not live – checking every 15 seconds"];
  if (strip.textContent !== words) strip.textContent = words;
  return document.documentElement.dataset.live = state;
}

const rows = () => new Map([...document.querySelectorAll("[data-row]")].map((row) => [row, row.parentNode]));

async function put(page) {
  const held = document.activeElement, { top } = held.getBoundingClientRect(), before = rows();
  for (const target of document.querySelectorAll("[data-live]")) {
    const text = page.getElementById(target.id)?.outerHTML;
    if (text) await htmx.swap({ text, target, sourceElement: target, swap: "outerMorph" });
  }
  (held.isConnected ? held : document.getElementById("main")).focus({ preventScroll: true });
  if (held.closest("[data-live]")) scrollBy(0, held.getBoundingClientRect().top - top);
  for (const [row, place] of rows()) row.classList.toggle("nwd-moved", before.get(row) !== place);
}

// At most half of the time: a slow server is asked less.
async function look() {
  news++;
  if (busy || document.hidden) return;
  busy = true;
  while (news && /live|lost/.test(show())) {
    asked = Date.now();
    news = 0;
    try {
      const answer = await fetch("", { headers: { "NWD-Live": +used } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      failed = !answer.ok;
      used = false;
      if (answer.ok) await put(page);
      else if (/40[134]/.test(answer.status)) out = page.body.textContent;
    } catch {
      failed = true;
    }
    show();
    await sleep(Math.max(200, Date.now() - asked));
  }
  busy = false;
}

function hear({ what, by, at = Date.now() }) {
  if (what === "ask") return source && (by === as ? tabs.postMessage({ what: "since", at: heard }) : join());
  heard = Math.max(heard, at);
  if (what !== "ping" && (what !== "place" || of === what)) look();
  show();
}

// A browser gives up on an answer that is no stream; we do not.
const lead = () => new Promise((leave) => {
  join = () => {
    source?.close();
    source = new EventSource(url);
    source.onerror = () => source.readyState > 1 && leave(source = null);
    source.onmessage = ({ data }) => {
      const [what, who] = data.split(" ");
      as = who ?? as;
      tabs.postMessage({ what });
      hear({ what });
    };
  };
  join();
});

tabs.onmessage = ({ data }) => hear(data);
onkeydown = onpointerdown = () => { used = true; };
onoffline = () => { since = new Date(); show(); };
ononline = () => { since = null; look(); };
document.onvisibilitychange = look;
pause.onclick = () => {
  pause.ariaPressed = pause.ariaPressed !== "true";
  if (show() !== "paused" && news) look();
};
pause.hidden = false;
if (!navigator.onLine) onoffline();
setTimeout(setInterval, 4000, () => show() === "lost" && Date.now() - asked > 14500 && look(), 1000);
tabs.postMessage({ what: "ask", by: team });
while (!out) {
  await (navigator.locks?.request("nwd-live", lead) ?? lead());
  await sleep(5000);
}
