// SPDX-License-Identifier: GPL-2.0-only
/* The table of the formats that a report can have; see report.h. */
#include <string.h>

#include "context/report.h"

static const struct {
	const char *word;
	void (*print)(const struct sites *sites,
		      const struct report_options *options, FILE *out);
} formats[FORMATS] = {
	[FORMAT_TEXT] = { "text", report_text },
	[FORMAT_TSV] = { "tsv", report_tsv },
	[FORMAT_JSON] = { "json", report_json },
	[FORMAT_ORG] = { "org", report_org },
	[FORMAT_SARIF] = { "sarif", report_sarif },
	[FORMAT_DOT] = { "dot", report_dot },
	[FORMAT_HTML] = { "html", report_html },
};

enum report_format report_format_parse(const char *word)
{
	int format = 0;

	while (format < FORMATS && strcmp(word, formats[format].word))
		format++;
	return (enum report_format)format;
}

void report_print(const struct sites *sites,
		  const struct report_options *options,
		  enum report_format format, FILE *out)
{
	formats[format].print(sites, options, out);
}
