// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/html_page.hpp"

#include <fmt/format.h>

#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope::html {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ground: #fff; --text: #1b2430; --line: #d9dee5; --soft: #566173; --raised: #f5f7fa;
  --accent: #1f5fe0; --error: #c92a2a; --warning: #9a5b00; --hint: #1f5fe0; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181e; --text: #e4e9f0; --line: #333c49; --soft: #a3adbb;
  --raised: #1c222b; --accent: #84a9ff; --error: #ff8787; --warning: #ffbf69; --hint: #84a9ff; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.6rem; }
body { font: 15px/1.55 system-ui, "Segoe UI", Roboto, sans-serif; margin: 0; background: var(--ground); color: var(--text); }
.wide { max-width: 1500px; margin: 0 auto; padding-left: 2rem; padding-right: 2rem; }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--ground);
  padding: .4rem .8rem; }
header { padding: 1.6rem 0 1.2rem; }
.product { display: flex; align-items: center; gap: .5rem; color: var(--soft); margin: 0 0 .4rem; font-weight: 600; }
.product svg { width: 20px; height: 20px; color: var(--accent); }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 .8rem; } section { padding: 1.6rem 0 .6rem; }
.soft { color: var(--soft); } code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
nav { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; margin: 0 auto; padding-top: .65rem;
  padding-bottom: .65rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; } nav b { color: var(--soft); margin-left: .25rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; margin: 1.2rem 0 0; }
.cards div { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; background: var(--raised); }
.cards dt { color: var(--soft); font-size: .87rem; } .cards dd { margin: 0; font-size: 1.25rem; font-weight: 600;
  font-variant-numeric: tabular-nums; } .cards small { display: block; font-weight: 400; font-size: .82rem; color: var(--soft); }
.finding { border: 1px solid var(--line); border-left: 5px solid var(--sign); border-radius: 8px; background: var(--raised);
  padding: .9rem 1.2rem 1rem; margin: 0 0 .9rem; }
.error { --sign: var(--error); } .warning { --sign: var(--warning); } .hint { --sign: var(--hint); }
.finding h3 { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .6rem; margin: 0; font-size: 1.06rem; }
.sign { display: inline-flex; align-items: center; gap: .35rem; color: var(--sign); font-weight: 700; }
.sign svg { width: 17px; height: 17px; } .cut { stroke: var(--raised); } .finding h3 code { margin-left: auto; font-weight: 600; }
.finding > p { margin: .5rem 0 .2rem; font-size: 1.03rem; } .finding .soft { font-size: .92rem; }
.advice { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: .4rem 2.4rem; margin: .7rem 0 0; }
.advice dt { font-size: .78rem; letter-spacing: .05em; color: var(--soft); font-weight: 700; } .advice dd { margin: 0; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .92rem; margin-top: .5rem; }
.timeline { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.timeline svg { display: block; width: 100%; height: auto; }
.dark { display: none; } @media (prefers-color-scheme: dark) { .dark { display: block; } .light { display: none; } }
details { margin: .8rem 0 0; } summary { cursor: pointer; color: var(--accent); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; } tbody tr:hover { background: var(--raised); }
th, td { padding: .36rem .8rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
@media (max-width: 1400px) { th, td { padding-left: .5rem; padding-right: .5rem; } }
tbody tr:last-child td { border-bottom: 0; } th { background: var(--raised); }
th button { all: unset; cursor: pointer; color: var(--soft); font-weight: 600; } th button:focus-visible { outline: 3px solid
  var(--accent); } th[aria-sort] button { color: var(--text); } th[aria-sort=descending] button::after { content: " \2193"; }
th[aria-sort=ascending] button::after { content: " \2191"; } .number { text-align: right; font-variant-numeric: tabular-nums; }
footer { color: var(--soft); border-top: 1px solid var(--line); margin-top: 2rem; padding: 1rem 0 2rem; font-size: .9rem; }
@media print { nav { display: none; } .finding, figure, tr { break-inside: avoid; } .dark { display: none; }
  .light { display: block; } .scroll { overflow: visible; } th, td { white-space: normal; } }
)";

/// A click on a column's head sorts by it; a second one, the other way round. Without scripts the tables stay as they
/// are: what is greatest stands first.
constexpr std::string_view script = R"(
for (const button of document.querySelectorAll("th button")) button.addEventListener("click", () => {
  const th = button.parentElement, table = th.closest("table"), column = th.cellIndex;
  const number = th.classList.contains("number");
  const descending = th.ariaSort ? th.ariaSort !== "descending" : number;
  for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
  th.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const key = row => number ? Number(row.cells[column].dataset.v ?? -1) : row.cells[column].textContent;
  const less = (a, b) => number ? a - b : a.localeCompare(b, undefined, {numeric: true});
  const rows = [...table.tBodies[0].rows].map(row => [key(row), row]);
  rows.sort((a, b) => less(a[0], b[0]) * (descending ? -1 : 1));
  table.tBodies[0].append(...rows.map(entry => entry[1]));
});
)";

constexpr std::string_view logo =
    R"(<svg viewBox="0 0 128 128" aria-hidden="true"><path d="M88 22.4A48 48 0 1 0 112 64" fill="none" )"
    R"(stroke="currentColor" stroke-width="16" stroke-linecap="round"/><circle cx="64" cy="64" r="23" )"
    R"(fill="currentColor"/></svg>)";

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

void Table::add(const std::vector<Cell>& cells) {
    rows_ += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string value = cells[i].is_number ? fmt::format(" data-v=\"{}\"", cells[i].value) : std::string();
        rows_ += fmt::format("<td{}{}>{}</td>", is_number(i) ? " class=\"number\"" : "", value, escaped(cells[i].text));
    }
    rows_ += "</tr>\n";
}

std::string Table::html(std::string_view name) const {
    if (rows_.empty()) return {};
    std::string out = fmt::format(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">\n<table "
        "aria-label=\"{0}\">\n<thead><tr>",
        name);
    for (std::size_t i = 0; i < heads_.size(); ++i)
        out += fmt::format("<th scope=\"col\"{}><button type=\"button\">{}</button></th>",
                           is_number(i) ? " class=\"number\"" : "", heads_[i].substr(is_number(i) ? 1 : 0));
    return out + "</tr></thead>\n<tbody>\n" + rows_ + "</tbody>\n</table>\n</div>\n";
}

std::string page(std::string_view title, std::string_view head, const std::vector<Section>& sections) {
    std::string links, bodies;
    for (const Section& section : sections) {
        if (section.body.empty()) continue;
        links += fmt::format("<li><a href=\"#{}\">{}{}</a></li>\n", section.id, section.title,
                             section.note.empty() ? "" : fmt::format(" <b>{}</b>", section.note));
        bodies += fmt::format(
            "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n",
            section.id, section.title, section.body);
    }
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n<title>{0} - Awaitscope report</title>\n<style>{1}</style>\n</head>\n<body>\n"
        "<a class=\"skip\" href=\"#findings\">To the findings</a>\n"
        "<header class=\"wide\">\n<p class=\"product\">{2}Awaitscope report</p>\n<h1>{0}</h1>\n{3}</header>\n"
        "<nav aria-label=\"Contents\"><ul class=\"wide\">\n{4}</ul></nav>\n<main class=\"wide\">\n{5}</main>\n"
        "<footer class=\"wide\">Times are from the beginning of the recording. A percentile p99 is the length that 99 "
        "of "
        "100 did not exceed. Click a column's head to sort by it.</footer>\n<script>{6}</script>\n</body>\n</html>\n",
        escaped(title), style, logo, head, links, bodies, script);
}

}  // namespace awaitscope::html
