// Boards that are alive (ADR 19, 28): of the tabs seen that show one page, one listens.
import { clock } from "./draft.js";

const [strip, pause] = document.querySelectorAll("[data-of], [data-pause]");
const { of, team, url } = strip.dataset, { now } = Date;
const page = location.pathname + location.search, tabs = new BroadcastChannel(page);
const sleep = (ms) => new Promise((on) => setTimeout(on, ms));
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
let heard = 0, asked = now(), news = 0, told = 0, used = true, turn = sleep(0);
let out, since, busy, failed, source, join, leave, as = team;

function show() {
	const [state, words] = out ? ["out", out]
		: since ? ["offline", `Offline since ${clock.format(since)}`]
		: pause.ariaPressed === "true" ? ["paused", news ? `Paused – there are new updates (${news})` : "Paused"]
		: !failed && now() - heard < 32e3 ? ["live", "Live"] : ["lost", "Not live – checking every 15 seconds"];
	if (strip.textContent !== words) strip.textContent = words;
	return document.documentElement.dataset.live = state;
}

const rows = () => new Map([...document.querySelectorAll("[data-row]")].map((row) => [row, row.parentNode]));

async function put(page) {
	const held = document.activeElement, { top } = held.getBoundingClientRect(), before = rows();
	for (const row of page.querySelectorAll("[data-same]")) row.replaceWith(document.getElementById(row.id).cloneNode(true));
	for (const target of document.querySelectorAll("[data-live]")) {
		const text = page.getElementById(target.id)?.outerHTML;
		if (text) await htmx.swap({ text, target, sourceElement: target, swap: "outerMorph" });
	}
	(held.isConnected ? held : document.getElementById("main")).focus({ preventScroll: true });
	if (held.closest("[data-live]")) scrollBy(0, held.getBoundingClientRect().top - top);
	for (const [row, place] of rows()) row.classList.toggle("nwd-moved", before.get(row) !== place);
}

// A slow server is asked less. What was told meanwhile is newer.
async function look() {
	news++;
	if (busy || document.hidden) return;
	busy = true;
	while (news && /live|lost/.test(show())) {
		asked = now();
		news = 0;
		try {
			const before = told, answer = await fetch("", { headers: { "NWD-Live": +used } });
			const whole = parsed(await answer.text());
			failed = !answer.ok;
			used = false;
			if (/40[134]/.test(answer.status)) out = whole.body.textContent;
			else if (answer.ok && before === told) await put(whole);
		} catch {
			failed = true;
		}
		show();
		await sleep(Math.max(200, now() - asked));
	}
	busy = false;
}

function hear({ what, by, parts, at = now() }) {
	if (what === "ask") return source && (by === as ? tabs.postMessage({ what: "since", at: heard }) : join());
	heard = Math.max(heard, at);
	if (parts && show() === "live") {
		told++;
		news = 0;
		turn = turn.then(() => put(parsed(parts))).catch(look);
	} else if (parts || /again|since|team/.test(what) || what === of) look();
	show();
}

// A browser gives up on an answer that is no stream; we do not.
const lead = () => document.hidden || new Promise((on) => {
	leave = () => on(source = source?.close());
	join = () => {
		source?.close();
		source = new EventSource(url + (pause.ariaPressed === "true" ? "" : encodeURIComponent(page)));
		source.onerror = () => source.readyState > 1 && leave();
		source.onmessage = ({ data }) => {
			const parts = data[0] === '"' && JSON.parse(data), [what, who] = parts ? [""] : data.split(" ");
			as = who ?? as;
			tabs.postMessage({ what, parts });
			hear({ what, parts });
		};
	};
	join();
});

tabs.onmessage = ({ data }) => hear(data);
onkeydown = onpointerdown = () => { used = true; };
onoffline = () => { since = new Date(); show(); };
ononline = () => { since = null; look(); };
document.onvisibilitychange = () => {
	if (document.hidden) return leave?.();
	hear({ at: now() - 28e3 });
	look();
};
pause.onclick = () => {
	pause.ariaPressed = pause.ariaPressed !== "true";
	source ? join() : news && look();
	show();
};
pause.hidden = false;
if (!navigator.onLine) onoffline();
setTimeout(setInterval, 4e3, () => {
	const quiet = now() - asked, state = show();
	if (state === "lost" ? quiet > 14500 : used && state === "live" && quiet > 6e4) look();
}, 1e3);
tabs.postMessage({ what: "ask", by: as });
while (!out) {
	if (!document.hidden) await (navigator.locks?.request(page, lead) ?? lead());
	await sleep(2e3);
}
