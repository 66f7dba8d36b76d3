// Asks the browser to keep this page for when there is no signal. The first page it finds is asked for once more.
const workers = navigator.serviceWorker, first = !workers?.controller;
workers?.register(document.querySelector("#without-signal").dataset.worker, { scope: "/" }).then(async () => {
	const { active } = await workers.ready;
	if (first) active.postMessage(location.pathname);
}, () => {});
