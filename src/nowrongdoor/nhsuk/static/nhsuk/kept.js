// A note typed on a visit outlives a lost signal: kept on this phone for its member alone, from the first letter
// until the server says that it stands recorded, and sent under the version it was written on, so once.
const box = document.querySelector("[data-kept-for]");
const OURS = `kept ${box.dataset.keptFor} `, NOT_YET = "Kept on this phone, not sent yet.";
const TOKEN = "csrfmiddlewaretoken", WAITS = 20000, AGAIN = 15000, FINAL = [404, 409, 413, 422], REFUSED = "refused";
const forms = [...document.querySelectorAll("form[data-keeps]")];
const going = new Set();
const path = (form) => new URL(form.action).pathname;
const words = (form) => [...form.querySelectorAll("textarea")].some((one) => one.value.trim());
const get = (where) => JSON.parse(localStorage.getItem(OURS + where) ?? "null");
const put = (where, note) => localStorage.setItem(OURS + where, JSON.stringify(note));
const drop = (where) => localStorage.removeItem(OURS + where);
const all = () => Object.keys(localStorage).filter((key) => key.startsWith(OURS)).map((key) => key.slice(OURS.length));
const typed = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== TOKEN)).toString();
const ask = (where, body) => fetch(where, {
	method: "POST", body: new URLSearchParams(body), redirect: "manual", signal: AbortSignal.timeout(WAITS),
	headers: { "X-CSRFToken": document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "", Accept: "application/json" },
});

function say(where, told, link, to) {
	const line = forms.find((form) => path(form) === where)?.querySelector("[data-kept-says]") ?? box;
	if (line.dataset.told === told) return;
	line.dataset.told = told;
	line.replaceChildren(told);
	if (!link) return;
	const way = Object.assign(document.createElement("a"), { href: to, textContent: link });
	line.append(" ", way);
}

async function send(where) {
	const note = get(where);
	if (note?.state !== "ready" || going.has(where)) return "";
	going.add(where);
	try {
		const answer = await ask(where, note.typed), said = await answer.json().catch(() => ({}));
		const now = get(where);
		if (answer.ok && said.sent) {
			// Whatever was typed after it was sent is another text, and is not dropped with it.
			if (now?.typed === note.typed) drop(where);
			say(where, `Sent at ${said.sent}.`, "The visit as it is now", said.url);
			return said.url;
		}
		if (FINAL.includes(answer.status)) {
			if (now?.typed === note.typed) put(where, { ...note, state: "refused" });
			say(where, `${NOT_YET} ${said.words ?? "The visit cannot be found any more."}`, "Check it and send it", where);
			return REFUSED;
		} else if (answer.status === 401) {
			say(where, `${NOT_YET} Sign in to send it.`, "Sign in", `/sign-in?next=${encodeURIComponent(location.pathname)}`);
		} else {
			say(where, `${NOT_YET} ${said.words ?? "It is sent when the server can take it."}`);
		}
	} catch {
		say(where, `${NOT_YET} It is sent when there is signal.`);
	} finally {
		going.delete(where);
	}
	return "";
}

const sendAll = () => all().forEach(send);

// A step needs signal: without it this page stays as it is, and says that nothing was said.
async function step(form, submitter) {
	const line = form.querySelector("[data-kept-says]");
	try {
		const answer = await ask(form.action, new FormData(form, submitter));
		if (answer.type === "opaqueredirect") return location.assign(location.pathname);
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		line.textContent = page.querySelector("#conflict")?.textContent.trim() || "This was not said. Open the page again.";
	} catch {
		line.textContent = "No signal: nobody has been told. Press it again when there is signal, or ring your team.";
	}
}

for (const form of forms) {
	const where = path(form), note = get(where);
	if (note && !words(form)) {
		const were = new URLSearchParams(note.typed);
		for (const field of form.elements) {
			if (field.type === "radio") field.checked = were.get(field.name) === field.value;
			else if (field.type === "textarea") field.value = were.get(field.name) ?? "";
		}
	}
	if (note && note.state !== "ready") say(where, `${NOT_YET} Finish it and send it.`);
	form.addEventListener("input", () => {
		if (words(form)) put(where, { typed: typed(form), state: "typed" });
		else drop(where);
	});
}

document.addEventListener("submit", (event) => {
	const form = event.target;
	if (form.action.endsWith("/sign-out")) {
		const left = all();
		if (left.length && !confirm("What you typed on a visit has not been sent. Sign out and throw it away?")) event.preventDefault();
		else left.forEach(drop);
	} else if (form.hasAttribute("data-stays")) {
		event.preventDefault();
		step(form, event.submitter);
	} else if (forms.includes(form)) {
		try {
			put(path(form), { typed: typed(form), state: "ready" });
		} catch {
			return; // a browser that keeps nothing: the form is sent as any other
		}
		event.preventDefault();
		// Whoever pressed and is refused gets the page that says so at each box; the text stays kept meanwhile.
		send(path(form)).then((came) => came === REFUSED ? form.submit() : came && location.assign(came));
	}
});
for (const told of ["online", "focus", "pageshow"]) addEventListener(told, sendAll);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
setInterval(sendAll, AGAIN);
