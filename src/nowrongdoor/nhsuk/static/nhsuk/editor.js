// Opens guidance in the vendored editor of its open standard, and writes what is changed there into the form.
const one = (name) => document.querySelector(`[data-editor${name}]`);
const form = one("-form"), text = form.elements.text, told = one("-told"), tables = one("-tables");

// The cells of the editor bring their style as elements, which our policy stops, but where a document has no head:
// there they bring it as sheets made by script, which no policy needs to let in.
Object.defineProperty(document, "head", { value: null });

// Tables are edited here. How decisions lead to one another stays as it is in the file.
const editor = new DmnJS({
	container: one(""),
	common: { debounceInput: false },
	decisionTable: { additionalModules: [{ viewDrd: ["value", null] }] },
});
let complete = false, watched;

async function write() {
	const { xml } = await editor.saveXML({ format: true });
	text.value = xml;
}

async function show(view) {
	await editor.open(view);
	const viewer = editor.getActiveViewer();
	if (watched !== viewer) viewer.on("commandStack.changed", write);
	watched = viewer;
	for (const each of tables.children) each.setAttribute("aria-pressed", String(each.dataset.view === view.id));
}

function button(view) {
	const made = Object.assign(document.createElement("button"), { type: "button", className: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", textContent: view.name || view.id });
	made.dataset.view = view.id;
	made.onclick = () => show(editor.getViews().find(({ id }) => id === view.id));
	return made;
}

try {
	one("-about").hidden = false;
	await editor.importXML(text.value, { open: false });
	const found = editor.getViews().filter(({ type }) => type === "decisionTable");
	if (!found.length) throw new Error("there is no table in it");
	if (found.length > 1) tables.append(...found.map(button));
	await show(found[0]);
	text.readOnly = true;
	form.addEventListener("submit", async (event) => {
		if (complete) return;
		event.preventDefault();
		await write();
		complete = true;
		// Once this event is over: during it a form does not send itself again.
		setTimeout(() => form.requestSubmit(event.submitter));
	});
	addEventListener("pageshow", () => { complete = false; });
} catch (fault) {
	one("-about").hidden = true;
	one("-text").open = true;
	told.textContent = `The editor cannot open this text (${fault.message}). Change it below, or upload a file instead.`;
}
