// Typed text goes to the server draft every ten seconds and when a box or the page is left; none stays in the
// browser. Signing in again, in another tab, brings a new token: it is taken from its cookie each time.
const EVERY = 10000;
export const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/London" });
const TOKEN = "csrfmiddlewaretoken";
const token = (form) => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements[TOKEN]?.value ?? "";
const typed = (form) => new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== TOKEN && typeof value === "string"));

function keep(form) {
	const [status, alert] = ["status", "alert"].map((each) => form.querySelector(`[data-draft-${each}]`));
	let kept = typed(form).toString(), since, sending, sent;

	function say(words, trouble) {
		if (!status) return;
		status.textContent = words;
		status.toggleAttribute("data-trouble", trouble);
	}

	function inTrouble(words) {
		if (!since && alert) alert.textContent = words;
		since ??= new Date();
		say(words, true);
	}

	async function save({ leaving = false, asked = false } = {}) {
		const body = typed(form);
		if (sent || sending || (body.toString() === kept && !asked)) return;
		sending = true;
		try {
			const answer = await fetch(form.dataset.draftUrl, {
				method: "POST", body, redirect: "manual", keepalive: leaving && body.toString().length < 60000,
				headers: { "X-CSRFToken": token(form), Accept: "application/json" },
			});
			const { words } = await answer.json().catch(() => ({}));
			if (!answer.ok && (words || answer.type === "opaqueredirect")) {
				return inTrouble(words ?? "Signed out – sign in again in another tab. Your text is still here.");
			}
			if (!words) throw new Error(answer.status);
			kept = body.toString();
			if (since && alert) alert.textContent = words;
			since = null;
			say(words, false);
		} catch {
			inTrouble(`Not saved to the server since ${clock.format(since ?? new Date())} – keep typing, we’ll retry.`);
		} finally {
			sending = false;
		}
	}

	setInterval(save, EVERY);
	form.addEventListener("focusout", () => save());
	form.addEventListener("nwd:draft", () => save({ asked: true }));
	form.addEventListener("submit", () => {
		sent = true;
		if (form.elements[TOKEN]) form.elements[TOKEN].value = token(form);
	});
	addEventListener("pageshow", () => { sent = false; });
	document.addEventListener("visibilitychange", () => document.hidden && save({ leaving: true }));
}

document.querySelectorAll("form[data-draft-url]").forEach(keep);
