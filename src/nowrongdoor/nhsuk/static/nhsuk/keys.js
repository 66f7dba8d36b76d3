// Keys instead of a mouse. Single letters act only in a list (WCAG 2.1.4), and can be switched off: a cookie
// remembers that.
const OFF = "nwd_keys=off";
const switchedOff = () => document.cookie.split("; ").includes(OFF);
const doors = (list) => [...list.querySelectorAll("[data-row] [data-open]")];
let first = ""; // the first key of a pair such as "g b"

const isHere = (door) => door.closest("[data-row]").contains(document.activeElement);

function step(list, by) {
	const all = doors(list);
	all[Math.min(Math.max(all.findIndex(isHere) + by, 0), all.length - 1)]?.focus();
}

function sidestep(list, by) {
	const columns = [...list.querySelectorAll("[data-column]")].map(doors);
	const at = columns.findIndex((all) => all.some(isHere)), height = columns[at]?.findIndex(isHere) ?? 0;
	for (let next = at + by; next >= 0 && next < columns.length; next += by) {
		const all = columns[next];
		if (all.length) return all[Math.min(height, all.length - 1)].focus();
	}
}

function letter(key, list) {
	const pair = CSS.escape(first ? `${first} ${key}` : key);
	first = key === "g" && !first ? "g" : "";
	if (first) return true;
	const row = document.activeElement.closest("[data-row]"), wanted = `[data-key="${pair}"]`;
	const act = row?.querySelector(wanted) ?? list.querySelector(`:scope > ${wanted}`)
		?? document.querySelector(`.nwd-decide ${wanted}`) ?? document.querySelector(`[data-everywhere="${pair}"]`);
	act?.click();
	// A choice is gone on from; a link or a button leads on by itself.
	if (act?.matches("input")) act.focus();
	return Boolean(act);
}

function inList(event, list) {
	if (switchedOff() || event.target.matches("input, select, textarea")) return false;
	const moves = { j: () => step(list, 1), k: () => step(list, -1), "?": () => document.getElementById("keys")?.showPopover() };
	if (list.dataset.keys === "board") Object.assign(moves, { ArrowDown: moves.j, ArrowUp: moves.k, ArrowRight: () => sidestep(list, 1), ArrowLeft: () => sidestep(list, -1) });
	if (moves[event.key] && !first) return moves[event.key](), true;
	return event.key.length === 1 && letter(event.key, list);
}

function jump(number) {
	const section = document.querySelector(`[data-section="${number}"]`), box = section?.querySelector("input:not([type=hidden]), select, textarea") ?? section?.querySelector("h2");
	box?.focus();
	section?.scrollIntoView({ block: "start" });
	return Boolean(section);
}

function inForm(event) {
	const keyed = "form[data-submit-keys]", form = event.target.closest?.(keyed) ?? document.querySelector(keyed);
	if (event.altKey && /^Digit[1-9]$/.test(event.code)) return jump(event.code.at(-1));
	if (!form || !(event.ctrlKey || event.metaKey)) return false;
	if (event.key === "Enter") return form.requestSubmit(form.querySelector("[data-primary]")), true;
	if (event.key.toLowerCase() === "s") return form.dispatchEvent(new Event("nwd:draft")), true;
	return false;
}

document.onkeydown = (event) => {
	if (event.isComposing) return;
	const chord = event.altKey || event.ctrlKey || event.metaKey, list = document.activeElement?.closest("[data-keys]");
	if (chord ? inForm(event) : list && inList(event, list)) event.preventDefault();
};

const toggle = document.querySelector("[data-keys-switch]");
function show() {
	toggle.textContent = `Switch single keys ${switchedOff() ? "on" : "off"}`;
}
if (toggle) {
	show();
	toggle.onclick = () => {
		document.cookie = `${OFF}; path=/; SameSite=Strict; max-age=${switchedOff() ? 0 : 31536000}`;
		show();
	};
}
