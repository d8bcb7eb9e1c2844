// SPDX-License-Identifier: GPL-2.0-only
//
// node tests/sarif.js SCHEMA LOG: is the SARIF log valid by the schema, and by
// what the standard demands in words?  Prints what is wrong; exit status 1.
"use strict";

const fs = require("fs");
const Ajv = require("ajv");

const read = path => JSON.parse(fs.readFileSync(path, "utf8"));
const [schema, log] = process.argv.slice(2).map(read);
const wrong = [];

// The schema is of draft 4, which this ajv knows as an extra.
const ajv = new Ajv({ schemaId: "auto", allErrors: true, meta: false,
	unknownFormats: [], logger: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
if (!ajv.validate(schema, log))
	for (const error of ajv.errors)
		wrong.push(`${error.dataPath}: ${error.message}`);

// What no schema can say.
for (const run of log.runs || []) {
	const rules = run.tool.driver.rules.map(rule => rule.id);
	const bases = Object.keys(run.originalUriBaseIds);
	const prints = new Set();

	if (new Set(rules).size < rules.length)
		wrong.push("a rule is there twice");
	run.results.forEach((result, i) => {
		const say = text => wrong.push(`result ${i}: ${text}`);
		const flows = (result.codeFlows || []).flatMap(flow =>
			flow.threadFlows.flatMap(thread => thread.locations));
		const print = JSON.stringify(result.partialFingerprints);

		if (rules[result.ruleIndex] !== result.ruleId)
			say("ruleIndex is not that of ruleId");
		if (result.kind !== "fail" && result.level !== "none")
			say(`kind ${result.kind}, but level ${result.level}`);
		if (prints.has(print))
			say("its fingerprint is that of another one");
		prints.add(print);
		for (const { physicalLocation: place } of [...result.locations,
			...flows.map(entry => entry.location)]) {
			const { uri, uriBaseId } = place.artifactLocation;
			const { region } = place;

			if (!bases.includes(uriBaseId))
				say(`unknown base ${uriBaseId}`);
			if (!/^([\w.~\/-]|%[0-9A-F]{2})+$/.test(uri) ||
			    uri.startsWith("/"))
				say(`'${uri}' is no relative URI`);
			if (region && region.endColumn <= region.startColumn)
				say(`an empty region in ${uri}`);
		}
	});
}

for (const text of wrong)
	console.log(text);
process.exitCode = wrong.length ? 1 : 0;
