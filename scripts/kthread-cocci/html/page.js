// SPDX-License-Identifier: GPL-2.0-only
//
// Filter and search.  The state is kept in the address behind '#':
//   q=words  v=kthread,mixed  c=direct  sub=SUBSYSTEM
// An address without '=' is that of a site, "fs/file.c:12", and opens it.
"use strict";

(() => {
const $ = id => document.getElementById(id);
const form = $("filter"), query = $("q"), confidence = $("c");
const subsystem = $("sub"), shown = $("shown"), none = $("none");
const kinds = [...form.querySelectorAll("[name=v]")];

// What is searched: the row and the chains, not the picture.
const words = element => element ? element.textContent : "";
const sites = [], sections = [];
for (const element of document.querySelectorAll("section")) {
	const section = { element, title: words(element.querySelector("h2")), sites: [] };
	section.row = document.querySelector(
		`nav a[href="#${CSS.escape(element.id)}"]`);
	for (const box of element.querySelectorAll(".site")) {
		const proof = box.querySelector(".proof > div");
		const row = proof ? box.querySelector("summary") : box;
		const site = {
			box, row, on: true, verdict: box.dataset.v,
			confidence: box.dataset.c,
			text: `${words(row)}\n${words(proof)}`.toLowerCase(),
		};
		section.sites.push(site);
		sites.push(site);
	}
	sections.push(section);
}

function apply()
{
	const wanted = query.value.toLowerCase().split(/\s+/).filter(Boolean);
	const verdicts = new Set(kinds.filter(k => k.checked).map(k => k.value));
	let count = 0;

	for (const section of sections) {
		const here = !subsystem.value || subsystem.value === section.title;
		let any = false;

		for (const site of section.sites) {
			const on = here && verdicts.has(site.verdict) &&
				(!confidence.value ||
				 confidence.value === site.confidence) &&
				wanted.every(word => site.text.includes(word));

			if (on !== site.on)
				site.box.hidden = !on;
			site.on = on;
			any ||= on;
			count += on;
		}
		if (section.element.hidden === any)
			section.element.hidden = !any;
		if (section.row) {
			section.row.closest("tr").classList.toggle("off", !any);
			section.row.toggleAttribute("aria-current",
				subsystem.value === section.title);
		}
	}
	none.hidden = count > 0;
	shown.textContent = `${count} of ${sites.length}`;
}

function save()
{
	const state = new URLSearchParams();
	const checked = kinds.filter(k => k.checked).map(k => k.value);

	if (query.value.trim())
		state.set("q", query.value.trim());
	if (checked.length < kinds.length)
		state.set("v", checked.join());
	if (confidence.value)
		state.set("c", confidence.value);
	if (subsystem.value)
		state.set("sub", subsystem.value);
	// A comma may stand there as it is, and reads better.
	const hash = state.toString().replaceAll("%2C", ",");
	history.replaceState(null, "", hash ? `#${hash}` :
		location.pathname + location.search);
}

function load()
{
	const hash = location.hash.slice(1);
	const state = new URLSearchParams(hash.includes("=") ? hash : "");
	const verdicts = state.has("v") && state.get("v").split(",");

	query.value = state.get("q") || "";
	for (const kind of kinds)
		kind.checked = !verdicts || verdicts.includes(kind.value);
	confidence.value = state.get("c") || "";
	subsystem.value = state.get("sub") || "";
	// What is not in the list selects nothing: then all are meant.
	for (const list of [confidence, subsystem])
		if (list.selectedIndex < 0)
			list.value = "";
	apply();
	if (hash && !hash.includes("=")) {
		const site = $(hash) || $(decodeURIComponent(hash));

		if (site && site.tagName === "DETAILS") {
			site.open = true;
			site.scrollIntoView();
		}
	}
}

let saving;

function changed()
{
	apply();
	// Browsers refuse to have the address changed at every key.
	clearTimeout(saving);
	saving = setTimeout(save, 200);
}

function toggle(open)
{
	for (const site of sites)
		if (site.on && site.row !== site.box)
			site.box.open = open;
}

// To the next site that is shown, or the one before.
function move(by)
{
	const list = sites.filter(site => site.on && site.row !== site.box);
	const at = list.findIndex(site => site.row === document.activeElement);
	const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];

	if (next)
		next.row.focus();
}

document.addEventListener("keydown", event => {
	const typing = /^(INPUT|SELECT)$/.test(event.target.tagName) &&
		event.target.type !== "checkbox";

	if (event.ctrlKey || event.metaKey || event.altKey)
		return;
	if (event.key === "Escape" && event.target === query) {
		query.value = "";
		changed();
	} else if (typing) {
		return;
	} else if (event.key === "/") {
		query.focus();
		query.select();
	} else if (event.key === "j" || event.key === "k") {
		move(event.key === "j" ? 1 : -1);
	} else {
		return;
	}
	event.preventDefault();
});

form.addEventListener("input", changed);
form.addEventListener("submit", event => event.preventDefault());
// The values are reset behind this event.
form.addEventListener("reset", () => setTimeout(changed));
$("open").addEventListener("click", () => toggle(true));
$("shut").addEventListener("click", () => toggle(false));
addEventListener("hashchange", load);

// What sticks below the bar has to know its height.
const measure = () => document.documentElement.style.setProperty("--bar",
	getComputedStyle(form).position === "sticky" ?
	`${form.offsetHeight}px` : "0px");

form.hidden = false;
$("keys").hidden = false;
new ResizeObserver(measure).observe(form);
load();
})();
