// Mean reciprocal rank and recall at ten by class of query, and the cost of the queries.

export async function measure(engine, queries) {
  const results = [];
  for (const query of queries) {
    // Notes with the same name count once, at the rank of the first.
    const ranked = [...new Set(await engine.search(query.query))];
    const ignored = new Set((query.ignore ?? []).map((id) => id.normalize("NFC")));
    const relevant = new Set(query.relevant.map((id) => id.normalize("NFC")));
    const first = ranked.filter((id) => !ignored.has(id)).slice(0, 10);
    const rank = first.findIndex((id) => relevant.has(id)) + 1;
    results.push({
      id: query.id,
      class: query.class,
      sub: query.sub,
      query: query.query,
      reciprocal: rank ? 1 / rank : 0,
      recall: first.filter((id) => relevant.has(id)).length / Math.min(10, relevant.size),
      empty: ranked.length === 0,
      first: first.slice(0, 3),
    });
  }
  const classes = {};
  for (const result of results) (classes[result.class] ??= []).push(result);
  const mean = (list, key) => list.reduce((sum, each) => sum + Number(each[key]), 0) / list.length;
  const byClass = Object.fromEntries(
    Object.entries(classes).sort().map(([name, list]) => [
      name,
      { queries: list.length, mrr10: mean(list, "reciprocal"), recall10: mean(list, "recall"), zero: mean(list, "empty") },
    ]),
  );
  const figures = Object.values(byClass);
  const macro = (key) => figures.reduce((sum, each) => sum + each[key], 0) / figures.length;
  return { macro: { mrr10: macro("mrr10"), recall10: macro("recall10"), zero: macro("zero") }, classes: byClass, cost: engine.cost(), queries: results };
}

export function printTable(reports) {
  const names = [...new Set(Object.values(reports).flatMap((report) => Object.keys(report.classes)))].sort();
  const cell = (figures) => (figures ? `${figures.mrr10.toFixed(3)} ${figures.recall10.toFixed(3)}${figures.zero ? ` (${Math.round(100 * figures.zero)}% none)` : ""}` : "");
  console.log(["engine", ...names, "macro"].join(" | "));
  console.log([...names, "", ""].map(() => "---").join(" | "));
  for (const [engine, report] of Object.entries(reports)) {
    console.log([engine, ...names.map((name) => cell(report.classes[name])), cell(report.macro)].join(" | "));
    if (report.cost) console.log(`  ${JSON.stringify(report.cost)}`);
  }
}
