// SPDX-License-Identifier: GPL-2.0-only
/* The reports of check: sites and old uses together, in every format. */
#include <jansson.h>

#include "context/engine.h"
#include "context/report.h"

#include "unit.h"

static const char source[] =
	"static int f(void *data)\n"
	"{\n"
	"	return kern_path(data, 0, NULL);\n"
	"}\n"
	"\n"
	"void start(void)\n"
	"{\n"
	"	kthread_run(f, NULL, \"f\");\n"
	"}\n";

static const char maintainers[] =
	"Maintainers List\n----------------\n\n"
	"A & B\nF:\tfs/\n\nZ\nF:\tlib/\n";

static const struct report_use uses[] = {
	{ "02-kthread-worker-flags", "fs/a.c", 2, "still passes <0>\tfor \"flags\"" },
	{ "02-kthread-worker-flags", "fs/a.c", 7, "twice" },
	{ "02-kthread-worker-flags", "fs/a.c", 8, "twice" },
	{ "03-kthread-args", "lib/new name.c", 0, "the file as a whole" },
};

struct fixture {
	char *folder;
	struct findings *findings;
	struct tree *tree;
	struct engine engine;
	GPtrArray *uses;
	struct report_options options;
};

static void set_up(struct fixture *fixture, gconstpointer data)
{
	const struct index_options options = { .jobs = 1, .no_cache = true };
	char *error = NULL;

	(void)data;
	fixture->folder = unit_folder();
	unit_put(fixture->folder, "fs/a.c", source);
	unit_put(fixture->folder, "MAINTAINERS", maintainers);
	fixture->findings = findings_new();
	fixture->tree = tree_open(fixture->folder, fixture->findings, &error);
	if (!fixture->tree)
		g_error("%s", error);
	engine_open(&fixture->engine, fixture->tree, &options,
		    fixture->findings);
	engine_judge(&fixture->engine, STRENGTH_TYPED);
	fixture->uses = g_ptr_array_new();
	for (size_t i = 0; i < G_N_ELEMENTS(uses); i++)
		g_ptr_array_add(fixture->uses, (gpointer)(uintptr_t)&uses[i]);
	fixture->options = (struct report_options) {
		.verdicts = 1u << VERDICT_KTHREAD | 1u << VERDICT_MIXED,
		.is_check = true, .uses = fixture->uses,
	};
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	g_ptr_array_unref(fixture->uses);
	engine_close(&fixture->engine);
	tree_free(fixture->tree);
	findings_free(fixture->findings);
	unit_remove(fixture->folder);
}

/* The report in the format of that name. */
static char *print(const struct fixture *fixture, const char *format)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	g_assert_cmpint(report_format_parse(format), !=, FORMATS);
	report_print(fixture->engine.sites, &fixture->options,
		     report_format_parse(format), out);
	fclose(out);
	return text;
}

static void assert_part(const char *text, const char *part)
{
	if (!strstr(text, part))
		g_test_fail_printf("no '%s' in:\n%s", part, text);
}

static void test_tsv(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "tsv");

	(void)data;
	g_assert_cmpstr(text, ==,
		"file\tline\tfunction\tlookup\tverdict\tconfidence\tentry\tchain\n"
		"fs/a.c\t3\tf\tkern_path\tkthread\tdirect\tf\tf\n"
		"fs/a.c\t2\t-\t02-kthread-worker-flags\tapi\t-\t-\tstill passes <0> for \"flags\"\n"
		"fs/a.c\t7\t-\t02-kthread-worker-flags\tapi\t-\t-\ttwice\n"
		"fs/a.c\t8\t-\t02-kthread-worker-flags\tapi\t-\t-\ttwice\n"
		"lib/new name.c\t0\t-\t03-kthread-args\tapi\t-\t-\tthe file as a whole\n");
	g_free(text);
}

static void test_json(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "json");
	json_t *root = json_loads(text, 0, NULL);
	json_t *list = json_object_get(root, "uses");
	json_t *use = json_array_get(list, 0);

	(void)data;
	g_assert_cmpuint(json_array_size(list), ==, G_N_ELEMENTS(uses));
	g_assert_cmpstr(json_string_value(json_object_get(use, "rule")), ==,
			"02-kthread-worker-flags");
	g_assert_cmpstr(json_string_value(json_object_get(use, "file")), ==,
			"fs/a.c");
	g_assert_cmpint(json_integer_value(json_object_get(use, "line")), ==, 2);
	g_assert_cmpstr(json_string_value(json_object_get(use, "message")), ==,
			"still passes <0> for \"flags\"");
	json_decref(root);
	g_free(text);
}

static void test_no_uses(struct fixture *fixture, gconstpointer data)
{
	char *text;

	(void)data;
	fixture->options.uses = NULL;
	text = print(fixture, "json");
	g_assert_null(strstr(text, "uses"));
	g_free(text);
}

static void test_org(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "org");

	(void)data;
	g_assert_cmpstr(text, ==,
		"* A & B\n"
		"** TODO [[view:fs/a.c::face=ovl-face1::linb=2::colb=0::cole=0][fs/a.c::2]] 02-kthread-worker-flags: still passes <0> for \"flags\"\n"
		"** TODO [[view:fs/a.c::face=ovl-face1::linb=3::colb=8::cole=17][fs/a.c::3]] f() calls kern_path(): kthread\n"
		"- kthread, direct:\n"
		"  - [[view:fs/a.c::face=ovl-face2::linb=1::colb=11::cole=12][fs/a.c::1]] f(): thread function, kthread_run() at fs/a.c:8\n"
		"** TODO [[view:fs/a.c::face=ovl-face1::linb=7::colb=0::cole=0][fs/a.c::7]] 02-kthread-worker-flags: twice\n"
		"** TODO [[view:fs/a.c::face=ovl-face1::linb=8::colb=0::cole=0][fs/a.c::8]] 02-kthread-worker-flags: twice\n"
		"* Z\n"
		"** TODO [[view:lib/new name.c::face=ovl-face1::linb=1::colb=0::cole=0][lib/new name.c::1]] 03-kthread-args: the file as a whole\n");
	g_free(text);
}

static const char *string_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void test_sarif(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "sarif");
	json_t *root = json_loads(text, 0, NULL);
	json_t *run = json_array_get(json_object_get(root, "runs"), 0);
	json_t *results = json_object_get(run, "results");
	GHashTable *prints = g_hash_table_new(g_str_hash, g_str_equal);
	json_t *result, *place;
	size_t i;

	(void)data;
	g_assert_cmpuint(json_array_size(results), ==, G_N_ELEMENTS(uses) + 1);
	json_array_foreach(results, i, result) {
		g_assert_cmpstr(string_at(result, "level"), ==, "error");
		g_hash_table_add(prints, (gpointer)(uintptr_t)string_at(
			json_object_get(result, "partialFingerprints"),
			"place/v1"));
		g_assert_cmpstr(string_at(result, "ruleId"), ==,
				i ? uses[i - 1].rule : "lookup-kthread");
	}
	/* Also where two uses differ in their line only. */
	g_assert_cmpuint(g_hash_table_size(prints), ==, json_array_size(results));
	place = json_object_get(json_array_get(json_object_get(
		json_array_get(results, G_N_ELEMENTS(uses)), "locations"), 0),
		"physicalLocation");
	g_assert_null(json_object_get(place, "region"));
	g_assert_cmpstr(string_at(json_object_get(place, "artifactLocation"),
				  "uri"), ==, "lib/new%20name.c");
	g_hash_table_unref(prints);
	json_decref(root);
	g_free(text);
}

static void test_dot(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "dot");

	(void)data;
	assert_part(text, "label=\"02-kthread-worker-flags\"");
	assert_part(text, "still passes <0> for \\\"flags\\\"");
	g_free(text);
}

static void test_html(struct fixture *fixture, gconstpointer data)
{
	char *text = print(fixture, "html");

	(void)data;
	assert_part(text, "<title>Still to be converted</title>");
	assert_part(text, "<h2>A &amp; B</h2>");
	assert_part(text, "still passes &lt;0&gt; for &quot;flags&quot;");
	assert_part(text, "data-v=\"api\" data-c=\"\" id=\"lib/new%20name.c:0\"");
	assert_part(text, "value=\"api\"");
	g_free(text);
}

int main(int argc, char **argv)
{
	void (*const tests[])(struct fixture *, gconstpointer) = {
		test_tsv, test_json, test_no_uses, test_org, test_sarif,
		test_dot, test_html,
	};
	static const char *const names[] = {
		"tsv", "json", "no-uses", "org", "sarif", "dot", "html",
	};

	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	setenv("KTHREAD_COCCI_DIR", "cocci", 1);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
		char *name = g_strconcat("/report/", names[i], NULL);

		g_test_add(name, struct fixture, NULL, set_up, tests[i],
			   tear_down);
		g_free(name);
	}
	return g_test_run();
}
