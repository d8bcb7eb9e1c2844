// SPDX-License-Identifier: GPL-2.0-only
/*
 * The review as SARIF 2.1.0, for programs that show what checkers found; see
 * report.h.
 *
 * A verdict is a rule, and so is a step whose old API is used.  Only what would
 * fail is a result of the kind "fail"; the other sites are there as "pass".
 * A result's fingerprint holds no line, so that it stays the same where code is
 * added above it.
 */
#include <jansson.h>
#include <string.h>

#include "context/report.h"
#include "version.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

/* What is said of each verdict; the rule's name is "lookup-" and its word. */
static const char *const descriptions[VERDICTS] = {
	"A path lookup that only kernel threads reach: it fails once they live in nullfs.",
	"A path lookup that kernel threads and user processes reach: it fails in the threads once they live in nullfs.",
	"A path lookup that only user processes reach: it works as before.",
	"A path lookup that only runs while the kernel boots, in PID 1: it works as before.",
	"A path lookup that does not start from the filesystem state of its thread: it works as before.",
	"A path lookup that nothing known calls: somebody has to look at it.",
};

struct log {
	const struct sites *sites;
	const struct report_options *options;
	json_t *rules;			/* array */
	GHashTable *numbers;		/* a rule's name -> its index */
	GHashTable *seen;		/* what identifies a result -> how often */
	json_t *results;
};

static void set_text(json_t *object, const char *key, const char *text)
{
	char *clean = report_clean(text);

	json_object_set_new(object, key, json_string(clean));
	g_free(clean);
}

/* A message object. */
static json_t *message_object(const char *text)
{
	json_t *object = json_object();

	set_text(object, "text", text);
	return object;
}

static void add_rule(struct log *log, const char *name, const char *text)
{
	json_t *rule;

	if (g_hash_table_contains(log->numbers, name))
		return;
	g_hash_table_insert(log->numbers, g_strdup(name),
			    GSIZE_TO_POINTER(json_array_size(log->rules)));
	rule = json_object();
	set_text(rule, "id", name);
	json_object_set_new(rule, "shortDescription", message_object(text));
	json_array_append_new(log->rules, rule);
}

static char *verdict_rule(enum verdict verdict)
{
	return g_strdup_printf("lookup-%s", verdict_words[verdict]);
}

static void add_rules(struct log *log)
{
	const GPtrArray *uses = log->options->uses;

	for (int i = 0; i < VERDICTS; i++) {
		char *name = verdict_rule((enum verdict)i);

		if (log->options->verdicts >> i & 1)
			add_rule(log, name, descriptions[i]);
		g_free(name);
	}
	for (guint i = 0; uses && i < uses->len; i++) {
		const struct report_use *use = uses->pdata[i];
		char *text = g_strdup_printf("A use of the API as it was before the step %s.",
					     use->rule);

		add_rule(log, use->rule, text);
		g_free(text);
	}
}

/* Where a file is: below the tree, or in the kernel of a module. */
static json_t *artifact_object(const struct log *log, const char *path)
{
	const struct tree *tree = log->sites->model->index->tree;
	const char *below = tree->kernel ? tree_kernel_path(tree, path) : NULL;
	json_t *artifact = json_object();
	char *full = below ? g_build_filename(tree->kernel->root, below, NULL) :
			     g_strdup(path);
	char *escaped = g_uri_escape_string(full, "/", FALSE);
	char *uri = g_strconcat(below ? "file://" : "", escaped, NULL);

	json_object_set_new(artifact, "uri", json_string(uri));
	if (!below)
		json_object_set_new(artifact, "uriBaseId",
				    json_string("SRCROOT"));
	g_free(uri);
	g_free(escaped);
	g_free(full);
	return artifact;
}

/* A physical location; without @span the file as a whole. */
static json_t *place_object(const struct log *log, const char *path,
			    const struct report_span *span)
{
	json_t *place = json_object();
	json_t *region;

	json_object_set_new(place, "artifactLocation",
			    artifact_object(log, path));
	if (!span)
		return place;
	region = json_object();
	json_object_set_new(region, "startLine", json_integer(span->line));
	if (span->end) {
		json_object_set_new(region, "startColumn",
				    json_integer(span->begin + 1));
		json_object_set_new(region, "endColumn",
				    json_integer(span->end + 1));
	}
	json_object_set_new(place, "region", region);
	return place;
}

/* One location of a thread flow. */
static json_t *flow_location(const struct log *log, uint32_t file,
			     uint32_t offset, const char *text)
{
	struct report_span span = report_span(log->sites, file, offset);
	const char *path = log->sites->model->index->paths[file];
	json_t *location = json_object();
	json_t *object = json_object();

	json_object_set_new(location, "physicalLocation",
			    place_object(log, path, &span));
	json_object_set_new(location, "message", message_object(text));
	json_object_set_new(object, "location", location);
	return object;
}

/* From the entry to the lookup itself. */
static json_t *flow_locations(const struct log *log, const struct site *site,
			      const struct chain *chain)
{
	GArray *steps = report_steps(log->sites, chain);
	json_t *list = json_array();
	char *text;

	for (guint i = 0; i < steps->len; i++) {
		const struct report_step *step =
			&g_array_index(steps, struct report_step, i);

		json_array_append_new(list, flow_location(log, step->file,
							  step->offset,
							  step->text));
	}
	text = g_strdup_printf("%s()", site->lookup->spelling);
	json_array_append_new(list, flow_location(log, site->file,
						  site->offset, text));
	g_free(text);
	g_array_unref(steps);
	return list;
}

static json_t *code_flow(const struct log *log, const struct site *site,
			 const struct chain *chain, enum context context)
{
	json_t *flow = json_object();
	json_t *thread = json_object();
	json_t *threads = json_array();
	char *reason = report_reason(log->sites, chain);
	char *text = g_strdup_printf("%s, %s: %s", context_words[context],
				     strength_words[chain->strength], reason);

	json_object_set_new(flow, "message", message_object(text));
	json_object_set_new(thread, "locations",
			    flow_locations(log, site, chain));
	json_array_append_new(threads, thread);
	json_object_set_new(flow, "threadFlows", threads);
	g_free(text);
	g_free(reason);
	return flow;
}

static void set_code_flows(const struct log *log, json_t *result,
			   const struct site *site)
{
	json_t *flows = json_array();

	for (int context = 0; context < CONTEXTS; context++) {
		GPtrArray *chains = report_chains(log->sites, log->options,
						  site, (enum context)context);

		for (guint i = 0; i < chains->len; i++)
			json_array_append_new(flows, code_flow(log, site,
				chains->pdata[i], (enum context)context));
		g_ptr_array_unref(chains);
	}
	if (json_array_size(flows))
		json_object_set(result, "codeFlows", flows);
	json_decref(flows);
}

/* What equal ones have in common, and how many of them came before. */
static char *fingerprint(struct log *log, const char *rest)
{
	guint count = GPOINTER_TO_UINT(g_hash_table_lookup(log->seen, rest));
	char *text = g_strdup_printf("%s\n%u", rest, count);
	char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

	g_hash_table_insert(log->seen, g_strdup(rest),
			    GUINT_TO_POINTER(count + 1));
	g_free(text);
	return sum;
}

static json_t *result_object(const struct log *log, const char *rule,
			     const char *text, json_t *place, char *print)
{
	json_t *result = json_object();
	json_t *location = json_object();
	json_t *locations = json_array();
	json_t *prints = json_object();
	gsize number = GPOINTER_TO_SIZE(g_hash_table_lookup(log->numbers,
							    rule));

	set_text(result, "ruleId", rule);
	json_object_set_new(result, "ruleIndex",
			    json_integer((json_int_t)number));
	json_object_set_new(result, "message", message_object(text));
	json_object_set_new(location, "physicalLocation", place);
	json_array_append_new(locations, location);
	json_object_set_new(result, "locations", locations);
	json_object_set_new(prints, "place/v1", json_string(print));
	json_object_set_new(result, "partialFingerprints", prints);
	g_free(print);
	return result;
}

/* SARIF wants no level but "none" where nothing fails. */
static void set_kind(json_t *result, const char *kind, const char *level)
{
	json_object_set_new(result, "kind", json_string(kind));
	json_object_set_new(result, "level", json_string(level));
}

static char *site_message(const struct log *log, const struct site *site,
			  const char *function)
{
	enum context context = verdict_context(site->verdict);
	const struct chain *proof = context < CONTEXTS ? site->chain[context] :
							 NULL;
	char *chain, *text;

	if (site->safe || !proof)
		return g_strdup_printf("%s() calls %s(): %s, %s", function,
			site->lookup->spelling, verdict_words[site->verdict],
			site->safe ? site->safe :
				     "nothing that is known calls it");
	chain = report_chain(log->sites, proof);
	text = g_strdup_printf("%s() calls %s(): %s (%s), %s", function,
			       site->lookup->spelling,
			       verdict_words[site->verdict],
			       strength_words[proof->strength], chain);
	g_free(chain);
	return text;
}

static void add_site(struct log *log, const struct site *site)
{
	struct report_span span = report_span(log->sites, site->file,
					      site->offset);
	const char *path = log->sites->model->index->paths[site->file];
	char *function = report_node(log->sites, site->owner);
	char *rule = verdict_rule(site->verdict);
	char *text = site_message(log, site, function);
	char *same = g_strjoin("\n", "lookup", path, function,
			       site->lookup->spelling, NULL);
	/* Counted for every site, so that a filter changes no fingerprint. */
	char *print = fingerprint(log, same);
	json_t *result;

	if (report_wants(log->sites, log->options, site)) {
		result = result_object(log, rule, text,
				       place_object(log, path, &span), print);
		if (site->verdict <= VERDICT_MIXED)
			set_kind(result, "fail", log->options->is_check ?
				 "error" : "warning");
		else
			set_kind(result, site->verdict == VERDICT_UNREACHED ?
				 "review" : "pass", "none");
		set_code_flows(log, result, site);
		json_array_append_new(log->results, result);
	} else {
		g_free(print);
	}
	g_free(same);
	g_free(text);
	g_free(rule);
	g_free(function);
}

static void add_use(struct log *log, const struct report_use *use)
{
	struct report_span span = { .line = use->line };
	char *same = g_strjoin("\n", "use", use->rule, use->path, use->message,
			       NULL);
	json_t *result = result_object(log, use->rule, use->message,
		place_object(log, use->path, use->line ? &span : NULL),
		fingerprint(log, same));

	set_kind(result, "fail", "error");
	json_array_append_new(log->results, result);
	g_free(same);
}

static json_t *tool_object(json_t *rules)
{
	json_t *driver = json_object();
	json_t *tool = json_object();

	json_object_set_new(driver, "name", json_string("kthread-cocci"));
	json_object_set_new(driver, "version", json_string(VERSION));
	json_object_set_new(driver, "rules", rules);
	json_object_set_new(tool, "driver", driver);
	return tool;
}

static json_t *run_object(json_t *rules, json_t *results)
{
	json_t *run = json_object();
	json_t *bases = json_object();
	json_t *root = json_object();

	json_object_set_new(run, "tool", tool_object(rules));
	/* Where it is differs from machine to machine: only what it is. */
	json_object_set_new(root, "description",
			    message_object("The root of the kernel tree."));
	json_object_set_new(bases, "SRCROOT", root);
	json_object_set_new(run, "originalUriBaseIds", bases);
	json_object_set_new(run, "columnKind",
			    json_string("unicodeCodePoints"));
	json_object_set_new(run, "results", results);
	return run;
}

void report_sarif(const struct sites *sites,
		  const struct report_options *options, FILE *out)
{
	struct log log = {
		.sites = sites, .options = options,
		.rules = json_array(), .results = json_array(),
		.numbers = g_hash_table_new_full(g_str_hash, g_str_equal,
						 g_free, NULL),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      NULL),
	};
	json_t *root = json_object();
	json_t *runs = json_array();

	add_rules(&log);
	for (guint i = 0; i < sites->list->len; i++)
		add_site(&log, &g_array_index(sites->list, struct site, i));
	for (guint i = 0; options->uses && i < options->uses->len; i++)
		add_use(&log, options->uses->pdata[i]);
	json_object_set_new(root, "$schema", json_string(SCHEMA));
	json_object_set_new(root, "version", json_string("2.1.0"));
	json_array_append_new(runs, run_object(log.rules, log.results));
	json_object_set_new(root, "runs", runs);
	json_dumpf(root, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	fputc('\n', out);
	json_decref(root);
	g_hash_table_unref(log.numbers);
	g_hash_table_unref(log.seen);
}
