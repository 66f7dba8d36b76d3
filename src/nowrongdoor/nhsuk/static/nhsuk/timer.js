// Clocks tick in words once a minute, by the server's time, as wording.clock_words (a test holds them equal).
// The words are in no live region, so nothing is read out.
const { at } = document.documentElement.dataset;
const ahead = at ? Date.parse(at) - Date.now() : 0;
const several = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

function duration(ms) {
	const minutes = Math.floor(ms / 60000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
	if (minutes < 1) return "under 1 min";
	if (hours < 1) return `${minutes} min`;
	if (days < 1) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
	if (days < 14) return hours % 24 ? `${several(days, "day")} ${hours % 24} h` : several(days, "day");
	return several(Math.floor(days / 7), "week");
}

export function clockWords(due, at, soon = 15 * 60000) {
	const left = due - at;
	if (left <= 0) return [left <= -60000 ? `Late ${duration(-left)}` : "Late, just now", "late"];
	if (left < 60000) return ["Due now", "soon"];
	return [`${duration(left)} left`, left <= soon ? "soon" : "ok"];
}

function tick() {
	for (const clock of document.querySelectorAll("[data-due]")) {
		const { due, soon } = clock.dataset;
		const [words, state] = clockWords(Date.parse(due), Date.now() + ahead, soon ? soon * 1000 : undefined);
		if (clock.textContent !== words) clock.textContent = words;
		for (const each of ["ok", "soon", "late"]) clock.closest(".nwd-chip")?.classList.toggle(`nwd-chip--${each}`, each === state);
		for (const each of ["strip", "row"]) clock.closest(`.nwd-${each}`)?.classList.toggle(`nwd-${each}--late`, state === "late");
	}
}

(function wait() {
	setTimeout(() => { tick(); wait(); }, 60000 - ((Date.now() + ahead) % 60000));
})();
document.addEventListener("visibilitychange", tick);
