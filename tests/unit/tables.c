// SPDX-License-Identifier: GPL-2.0-only
/* The tables of the analysis: rows, continuation lines, what is no row. */
#include "context/tables.h"

#include "unit.h"

static const char *const files[] = {
	"entries.tab", "barriers.tab", "private-fs.tab", "chains.tab",
	"lookups.tab",
};

/* The tables with @text in the file @name and nothing in the others. */
static struct tables *read_one(const char *name, const char *text, char **error)
{
	char *folder = unit_folder();
	struct tables *tables;

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		unit_put(folder, files[i],
			 strcmp(files[i], name) ? "# nothing\n" : text);
	*error = NULL;
	tables = tables_read(folder, error);
	unit_remove(folder);
	return tables;
}

static struct tables *read_good(const char *name, const char *text)
{
	char *error;
	struct tables *tables = read_one(name, text, &error);

	if (!tables)
		g_error("%s", error);
	return tables;
}

/* It must be refused, at this line. */
static void assert_bad(const char *name, const char *text, unsigned int line)
{
	char *error;
	struct tables *tables = read_one(name, text, &error);
	char *place = g_strdup_printf("%s:%u: ", name, line);

	g_test_message("%s", text);
	g_assert_null(tables);
	g_assert_nonnull(error);
	if (error) {
		g_assert_nonnull(strstr(error, place));
		g_assert_null(strchr(error, '\n'));
	}
	g_free(place);
	g_free(error);
	tables_free(tables);
}

static void test_empty(void)
{
	struct tables *tables = read_good("entries.tab", "");

	g_assert_cmpuint(tables->entries->len, ==, 0);
	g_assert_null(tables_lookup(tables, name_of("f")));
	g_assert_null(tables_find(tables, tables->entries, SUBJECT_FUNCTION,
				  name_of("f"), NULL));
	tables_free(tables);
	tables_free(NULL);
}

static void test_rows(void)
{
	struct tables *tables = read_good("entries.tab",
		"# SPDX\n\n"
		"kthread argument run:2 a thread\n"
		"user\tmember\tops.open\tan open file\n"
		"both member all.* any of them\n"
		"boot pasted ATTR:$1_show,$1_store a file\n"
		"all function f a function\n");
	const struct row *row;

	g_assert_cmpuint(tables->entries->len, ==, 5);
	row = tables->entries->pdata[0];
	g_assert_cmpint(row->subject, ==, SUBJECT_ARGUMENT);
	g_assert_cmpuint(row->contexts, ==, CONTEXT_BIT(CONTEXT_KTHREAD));
	g_assert_cmpint(row->number, ==, 1);
	g_assert_cmpuint(row->name, ==, name_of("run"));
	g_assert_cmpstr(row->reason, ==, "a thread");
	g_assert_cmpuint(row->line, ==, 3);
	row = tables->entries->pdata[1];
	g_assert_cmpuint(row->name, ==, name_of("ops"));
	g_assert_cmpuint(row->member, ==, name_of("open"));
	g_assert_cmpuint(row->contexts, ==, CONTEXT_BIT(CONTEXT_USER));
	row = tables->entries->pdata[2];
	g_assert_cmpuint(row->member, ==, 0);
	g_assert_cmpuint(row->contexts, ==, CONTEXT_BIT(CONTEXT_KTHREAD) |
			 CONTEXT_BIT(CONTEXT_USER));
	row = tables->entries->pdata[3];
	g_assert_cmpstr(row->formats[0], ==, "$1_show");
	g_assert_cmpstr(row->formats[1], ==, "$1_store");
	g_assert_null(row->formats[2]);
	row = tables->entries->pdata[4];
	g_assert_cmpuint(row->contexts, ==, (1u << CONTEXTS) - 1);
	tables_free(tables);
}

static void test_continued(void)
{
	struct tables *tables = read_good("entries.tab",
		"kthread function f begins here\n"
		"\tand goes on\n"
		"    here\n"
		"\n"
		"kthread function g other\n");
	const struct row *row = tables->entries->pdata[0];

	g_assert_cmpuint(tables->entries->len, ==, 2);
	g_assert_cmpstr(row->reason, ==, "begins here and goes on here");
	g_assert_cmpuint(row->line, ==, 1);
	row = tables->entries->pdata[1];
	g_assert_cmpuint(row->line, ==, 5);
	tables_free(tables);
}

static void test_find(void)
{
	struct tables *tables = read_good("entries.tab",
		"kthread argument f:1 first\n"
		"user function f by name\n"
		"user argument f:2 second\n");
	const struct row *row = NULL;
	name_t f = name_of("f");

	row = tables_find(tables, tables->entries, SUBJECT_ARGUMENT, f, row);
	g_assert_cmpstr(row->reason, ==, "first");
	row = tables_find(tables, tables->entries, SUBJECT_ARGUMENT, f, row);
	g_assert_cmpstr(row->reason, ==, "second");
	row = tables_find(tables, tables->entries, SUBJECT_ARGUMENT, f, row);
	g_assert_null(row);
	row = tables_find(tables, tables->entries, SUBJECT_FUNCTION, f, NULL);
	g_assert_cmpstr(row->reason, ==, "by name");
	/* Rows of other tables are not among them. */
	g_assert_null(tables_find(tables, tables->barriers, SUBJECT_FUNCTION, f,
				  NULL));
	tables_free(tables);
}

static void test_call(void)
{
	struct tables *tables = read_good("barriers.tab",
		"kthread call f>g not that way\n"
		"user call f>* nor that\n");
	const struct row *row = tables->barriers->pdata[0];

	g_assert_cmpuint(row->name, ==, name_of("f"));
	g_assert_cmpuint(row->member, ==, name_of("g"));
	row = tables->barriers->pdata[1];
	g_assert_cmpuint(row->member, ==, 0);
	tables_free(tables);
}

static void test_lookups(void)
{
	struct tables *tables = read_good("lookups.tab",
		"interface a - one\n"
		"helper b - two\n"
		"interface c with:WORD three\n");
	const struct lookup *lookup = tables_lookup(tables, name_of("a"));

	g_assert_false(lookup->is_helper);
	g_assert_null(lookup->needs);
	g_assert_cmpstr(lookup->spelling, ==, "a");
	g_assert_cmpstr(lookup->reason, ==, "one");
	g_assert_true(tables_lookup(tables, name_of("b"))->is_helper);
	lookup = tables_lookup(tables, name_of("c"));
	g_assert_cmpstr(lookup->needs, ==, "WORD");
	g_assert_null(tables_lookup(tables, name_of("d")));
	tables_free(tables);
}

static void test_bad_rows(void)
{
	static const char *const rows[] = {
		"kthread\n",
		"kthread function\n",
		"kthread function f\n",
		"kthread function f \n",
		"nobody function f reason\n",
		"kthread nothing f reason\n",
		"kthread function f:1 reason\n",
		"kthread function .f reason\n",
		"kthread argument f reason\n",
		"kthread argument f: reason\n",
		"kthread argument f:0 reason\n",
		"kthread argument f:-1 reason\n",
		"kthread argument f:x reason\n",
		"kthread argument f:1x reason\n",
		"kthread argument :1 reason\n",
		"kthread member s reason\n",
		"kthread member s. reason\n",
		"kthread member .m reason\n",
		"kthread member s>m reason\n",
		"kthread call f reason\n",
		"kthread call f.g reason\n",
		"kthread call f> reason\n",
		"kthread pasted F reason\n",
		"kthread pasted F: reason\n",
		"kthread pasted :$1 reason\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_bad("entries.tab", rows[i], 1);
	assert_bad("barriers.tab", "# head\n\nall function f ok\nall f\n", 4);
	assert_bad("private-fs.tab", "safe function f g\nx\n", 2);
}

static void test_bad_lookups(void)
{
	static const char *const rows[] = {
		"interface\n", "interface a\n", "interface a -\n",
		"other a - reason\n", "interface a x reason\n",
		"interface a with: reason\n", "interface a 0 reason\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_bad("lookups.tab", rows[i], 1);
}

static void test_missing(void)
{
	char *folder = unit_folder();
	char *error = NULL;

	g_assert_null(tables_read(folder, &error));
	g_assert_nonnull(strstr(error, "entries.tab"));
	g_clear_pointer(&error, g_free);
	unit_remove(folder);
	g_assert_null(tables_read("/nowhere", &error));
	g_free(error);
}

/* Those that the program brings along. */
static void test_real(void)
{
	char *error = NULL;
	struct tables *tables = tables_read("cocci", &error);

	if (!tables)
		g_error("%s", error);
	g_assert_cmpuint(tables->entries->len, >, 50);
	g_assert_nonnull(tables_lookup(tables, name_of("kern_path")));
	tables_free(tables);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/tables/empty", test_empty);
	g_test_add_func("/tables/rows", test_rows);
	g_test_add_func("/tables/continued", test_continued);
	g_test_add_func("/tables/find", test_find);
	g_test_add_func("/tables/call", test_call);
	g_test_add_func("/tables/lookups", test_lookups);
	g_test_add_func("/tables/bad-rows", test_bad_rows);
	g_test_add_func("/tables/bad-lookups", test_bad_lookups);
	g_test_add_func("/tables/missing", test_missing);
	g_test_add_func("/tables/real", test_real);
	return g_test_run();
}
