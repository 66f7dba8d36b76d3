// The worker that keeps the pages of one's own visits for when there is no signal, and no other page of ours.
// Kept: what the server says may be, for whom, up to when, and for how long without use. Whoever comes or goes
// leaves nothing; what is over is wiped before anything else is done.
const BOX = "visits without signal", LAST = "/last-used", STATIC = /(?:href|src)="(\/static\/[^"]+)"/g;
const PAGES = /^\/visits(\/[0-9a-f-]{36})?$/, COMES_OR_GOES = /^\/(sign-in|sign-out|team)(\/|$)/;
const UNTIL = "X-Keep-Until", IDLE = "X-Keep-Idle", FOR = "X-Keep-For";
let wiped = 0;
const wipe = () => (wiped += 1, caches.delete(BOX));
const gone = () => new Response("There is no signal, and this page is not kept on this phone.", { status: 503 });

async function isOver(box) {
	const last = await box.match(LAST);
	if (!last) return true;
	const away = Date.now() / 1000 - Number(await last.text());
	// A clock that was put back tells nothing: what is kept goes.
	return away < -60 || away > Number(last.headers.get(IDLE)) || Date.now() / 1000 >= Number(last.headers.get(UNTIL));
}

async function opened() {
	if (!(await caches.has(BOX))) return null;
	const box = await caches.open(BOX);
	if (!(await isOver(box))) return box;
	await wipe();
	return null;
}

async function used(box, headers) {
	await box.put(LAST, new Response(String(Date.now() / 1000), { headers: Object.fromEntries([UNTIL, IDLE, FOR].map((name) => [name, headers.get(name)])) }));
}

async function keep(address, page, since) {
	let box = await opened();
	if (!page.ok || page.redirected || !page.headers.has(UNTIL)) {
		if (page.type === "opaqueredirect" || page.redirected || [401, 403].includes(page.status)) await wipe();
		else if (page.status < 500) await box?.delete(address);
		return;
	}
	if (box && (await box.match(LAST)).headers.get(FOR) !== page.headers.get(FOR)) {
		await caches.delete(BOX);
		box = null;
	}
	const text = await page.clone().text();
	if (since !== wiped) return;
	box ??= await caches.open(BOX);
	await used(box, page.headers);
	await box.put(address, page);
	const looks = [...text.matchAll(STATIC)].map(([, each]) => each);
	await Promise.allSettled(looks.map(async (each) => (await box.match(each)) || box.add(each)));
	// Somebody came or went while this was on its way: nothing of it stays.
	if (since !== wiped) await wipe();
}

async function kept(address) {
	const box = await opened(), page = await box?.match(address);
	if (!page) return gone();
	await used(box, (await box.match(LAST)).headers);
	const text = (await page.text()).replace('id="without-signal" hidden', 'id="without-signal"');
	return new Response(text, { headers: page.headers });
}

async function visit(event, address) {
	const since = wiped;
	let page;
	try {
		page = await fetch(event.request);
	} catch {
		return kept(address);
	}
	event.waitUntil(keep(address, page.clone(), since));
	return page;
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
	const since = wiped;
	if (PAGES.test(event.data)) event.waitUntil(fetch(event.data).then((page) => keep(event.data, page, since)));
});
addEventListener("fetch", (event) => {
	const { request } = event, { origin, pathname } = new URL(request.url);
	if (origin !== location.origin) return;
	if (request.mode === "navigate") {
		if (COMES_OR_GOES.test(pathname)) event.waitUntil(wipe());
		else if (request.method === "GET" && PAGES.test(pathname)) event.respondWith(visit(event, pathname));
		else event.waitUntil(opened());
	} else if (pathname.startsWith("/static/") && request.referrer && PAGES.test(new URL(request.referrer).pathname)) {
		event.respondWith(fetch(request).catch(async () => (await (await opened())?.match(pathname)) ?? gone()));
	}
});
