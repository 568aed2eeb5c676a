// The catalogue's results as tables in Markdown: of `npm run bench:leaks`, and for docs/leaks.md.
const share = (part, all) => `${part} of ${all}`;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
/** Map.groupBy, which Node 20 does not have. */
function groupBy(list, keyOf) {
  const groups = new Map();
  for (const one of list) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** `24` → `Node 24`. */
export const nameOf = (version) => ({ deno: 'Deno 2.9', chromium: 'Chromium' })[version] ?? `Node ${version}`;

/** One row for each Node, and where memlab ran, one for each of its commands. */
export function writeTables(records) {
  const rows = [...groupBy(records, ({ version }) => version)].sort().flatMap(([version, ofNode]) => {
    const leaking = ofNode.filter(({ kind }) => kind === 'leaking');
    const healthy = ofNode.filter(({ kind }) => kind === 'healthy');
    const ranks = leaking.map(({ findings }) => findings.findIndex(({ isRight }) => isRight));
    const within = (places) =>
      share(ranks.filter((rank) => rank >= 0 && rank < places).length, leaking.length);
    const accused = healthy.filter(({ findings }) => findings.some(({ confidence }) => confidence > 0.5));
    const wrong = leaking.flatMap(({ findings }) =>
      findings.filter(({ isRight, confidence }) => !isRight && confidence > 0.5),
    );
    // The median: other work on the machine makes some runs longer.
    const time = ofNode.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[ofNode.length >> 1];
    const own = [
      nameOf(version),
      '`objgraph suspects`',
      within(1),
      within(3),
      within(Infinity),
      share(accused.length, healthy.length),
      String(wrong.length),
      `${(time / 1000).toFixed(1)} s`,
    ];
    return [own, ...memlabRows(version, leaking, healthy)];
  });
  return table(
    ['', '', 'first', 'first three', 'listed', 'healthy accused', 'false beside a leak', 'time'],
    rows,
  );
}

function memlabRows(version, leaking, healthy) {
  const ran = (list) => list.filter(({ memlab }) => memlab);
  if (ran(leaking).length === 0) return [];
  return Object.keys(ran(leaking)[0].memlab).map((command) => {
    const count = (list) => share(ran(list).filter(({ memlab }) => memlab[command]).length, ran(list).length);
    return [`Node ${version}`, `\`memlab ${command}\``, '', '', count(leaking), count(healthy), '', ''];
  });
}

/** How often findings of each confidence are right. */
export function reliability(records) {
  const findings = records.flatMap((one) => one.findings.map((finding) => ({ ...finding, ...one })));
  return [...groupBy(findings, ({ confidence }) => confidence)]
    .sort(([a], [b]) => b - a)
    .map(([confidence, list]) => ({
      confidence,
      count: list.length,
      right: list.filter(({ isRight }) => isRight).length,
    }));
}

/**
 * How often findings of each confidence are right in either half of the programs: every second one by name, each with all that it
 * ran on, so that no program is in both. What one half would set a confidence to is checked by the other half so.
 */
export function reliabilityOfHalves(records) {
  const nameOfProgram = ({ kind, name }) => `${kind} ${name}`;
  const programs = [...new Set(records.map(nameOfProgram))].sort();
  const halves = [0, 1].map((half) => {
    const names = new Set(programs.filter((_, i) => i % 2 === half));
    return records.filter((one) => names.has(nameOfProgram(one)));
  });
  const points = halves.map((half) => new Map(reliability(half).map((one) => [one.confidence, one])));
  const confidences = reliability(records).map(({ confidence }) => confidence);
  const none = { count: 0, right: 0 };
  return confidences.map((confidence) => ({
    confidence,
    halves: points.map((half) => half.get(confidence) ?? none),
  }));
}
