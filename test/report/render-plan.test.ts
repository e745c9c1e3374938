import type { FieldDiff } from '../../src/plan/plan.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { renderPlanJson } from '../../src/report/render-plan-json.ts';
import { sizeOf } from '../../src/report/fit-markdown.ts';
import { renderPlanMarkdown } from '../../src/report/render-plan-markdown.ts';
import { renderPlanText } from '../../src/report/render-plan-text.ts';
import { allChanges, buildCreate, buildPlan, buildUpdate } from '../support/build-plan.ts';
import { fakeWorkspaceId } from '../support/fake-content-store.ts';

function textOf(...fields: readonly FieldDiff[]): string[] {
  return renderPlanText(buildPlan([buildUpdate({ fields })]), plainPalette)
    .split('\n')
    .slice(3, -3);
}

const queries = {
  live: 'SecurityEvent\n| where EventID == 4624\n| project Account',
  desired: 'SecurityEvent\n| where EventID == 4625\n| project Account',
};

describe('as text', () => {
  test('every sort of change is shown, or only counted', () => {
    expect(renderPlanText(buildPlan(Object.values(allChanges)), plainPalette)).toBe(`\
environment staging ${fakeWorkspaceId}

+ create alert rule "New detection" (d1) detections/execution/d1.yaml
~ update alert rule "Changed detection" (d2) detections/execution/d2.yaml
    severity: "High" → "Low"
± replace alert rule "Replaced detection" (d8-2) detections/execution/d1.yaml
    the service changes no kind: once it is there under this name, "d8" is deleted
    the automation rule "Assign to the night shift" (a1) names it
    kind: "Scheduled" → "NRT"
- disable alert rule "Retired detection" (d9) detections/execution/d9.yaml
    no longer selected for this environment
- delete alert rule "Removed detection" (d7)
    no longer described
    edited in the workspace: severity
- forget the metadata left of alert rule "d10" (d10)
= held until 2026-12-01T00:00:00.000Z: alert rule "Held detection" (d11) detections/execution/d1.yaml
    would be updated; reason: floods the queue
    enabled (edited in the workspace): false → true
= left off: alert rule "Auto-disabled detection" (d12) detections/execution/d1.yaml
    the service switched it off
    enabled (edited in the workspace): false → true
! collision alert rule "Colliding detection" (d4) detections/execution/d1.yaml
    the workspace has one of this name that this repository did not make; adopt it with --adopt, or give the detection another id
    enabled: false → true
! blocked alert rule "Blocked detection" (d5) detections/execution/d1.yaml
    its kind changed
    kind: "Scheduled" → "NRT"
? no longer described, left alone without --prune: hunting query "Orphan" (d6)

Plan: 1 to create, 1 to update, 1 to replace, 1 to disable, 1 to delete, 1 to forget, 3 changed in the workspace, 1 in collision, 1 blocked, 1 held, 1 left off, 1 unchanged, 1 no longer wanted, 1 not ours
`);
  });

  test('a plan without changes says so', () => {
    expect(renderPlanText(buildPlan([allChanges.noOp]), plainPalette)).toBe(
      `environment staging ${fakeWorkspaceId}\nPlan: no changes, 1 unchanged\n`,
    );
    expect(renderPlanText(buildPlan([]), plainPalette)).toMatch(/\nPlan: no changes\n$/);
  });

  test('what a plan is limited to, and what it warns of, is told', () => {
    const warnings = [
      { message: 'two alert rules are called "A"', file: 'detections/a.yaml' },
      { message: 'x' },
    ];
    const plan = { ...buildPlan([]), paths: ['detections/execution'], warnings };
    expect(renderPlanText(plan, plainPalette)).toContain(`
limited to detections/execution

warning: detections/a.yaml: two alert rules are called "A"
warning: x
`);
    expect(renderPlanMarkdown(plan)).toContain('\nLimited to detections/execution.\n');
    expect(renderPlanMarkdown(plan)).toContain('- warning: detections/a.yaml: two alert rules');
  });

  test('an adoption is called so', () => {
    const plan = buildPlan([buildUpdate({ adopts: true })]);
    expect(renderPlanText(plan, plainPalette)).toContain('~ adopt alert rule "Changed detection"');
  });

  test('a field says if somebody edited it in the workspace', () => {
    const severity = { pointer: '/properties/severity', live: 'High', desired: 'Low' };
    expect(textOf({ ...severity, cause: 'pending' })).toEqual(['    severity: "High" → "Low"']);
    expect(textOf({ ...severity, cause: 'drift' })).toEqual([
      '    severity (edited in the workspace): "High" → "Low"',
    ]);
    expect(textOf({ ...severity, cause: 'conflict' })).toEqual([
      '    severity (edited in the workspace, and changed here): "High" → "Low"',
    ]);
  });

  test('a resource that is gone from the workspace says so', () => {
    const text = renderPlanText(buildPlan([buildCreate({ isMissing: true })]), plainPalette);
    expect(text).toContain('deleted in the workspace');
    expect(text).toContain('1 to create, 1 changed in the workspace');
  });

  test('a query is shown as a line diff', () => {
    expect(textOf({ pointer: '/properties/query', ...queries })).toEqual([
      '    query:',
      '        SecurityEvent',
      '      - | where EventID == 4624',
      '      + | where EventID == 4625',
      '        | project Account',
    ]);
  });

  test('a list is shown item by item', () => {
    expect(
      textOf(
        {
          pointer: '/properties/tactics',
          live: ['Execution', 'Impact'],
          desired: ['Execution', 'Persistence'],
        },
        { pointer: '/properties/entityMappings', desired: [{ entityType: 'IP', fieldMappings: [] }] },
      ),
    ).toEqual([
      '    tactics:',
      '        Execution',
      '      - Impact',
      '      + Persistence',
      '    entityMappings:',
      '      + {"entityType":"IP","fieldMappings":[]}',
    ]);
  });

  test('a value that is missing on a side is not confused with null or an empty text', () => {
    expect(
      textOf(
        { pointer: '/properties/description', live: 'by hand' },
        { pointer: '/properties/incidentConfiguration/createIncident', live: false, desired: true },
        { pointer: '/properties/customDetails/Port', desired: '' },
      ),
    ).toEqual([
      '    description: "by hand" → (not set)',
      '    incidentConfiguration.createIncident: false → true',
      '    customDetails.Port: (not set) → ""',
    ]);
  });

  test('long values stand below each other, whole', () => {
    const long = 'word '.repeat(30).trim();
    expect(textOf({ pointer: '/properties/description', live: long, desired: `${long}!` })).toEqual([
      '    description:',
      `      - ${long}`,
      `      + ${long}!`,
    ]);
  });

  test('lines that differ in their last blanks do not look alike', () => {
    const lines = textOf({ pointer: '/properties/query', live: 'A  \nB', desired: 'A\nB' });
    expect(lines).toEqual(['    query:', '      - A··', '      + A', '        B']);
  });

  test('control characters of names, files, fields and values are not obeyed', () => {
    const nasty = '\u001B[2J\u001B]0;x\u0007';
    const text = renderPlanText(
      buildPlan([
        buildCreate({ displayName: nasty, name: nasty, detection: { id: nasty, file: nasty } }),
        buildUpdate({
          fields: [
            { pointer: `/properties/customDetails/${nasty}`, live: nasty, desired: `${nasty}\n${nasty}` },
            { pointer: '/properties/tactics', live: [nasty], desired: [] },
          ],
        }),
        { ...allChanges.blocked, reason: nasty },
      ]),
      plainPalette,
    );
    expect(text).toMatch(/^[\P{Cc}\n]+$/u);
  });

  test('the palette marks what is created, changed, lost and gained', () => {
    const palette = {
      ...plainPalette,
      red: (it: string) => `R(${it})`,
      green: (it: string) => `G(${it})`,
      yellow: (it: string) => `Y(${it})`,
    };
    const text = renderPlanText(
      buildPlan([buildCreate(), buildUpdate({ fields: [{ pointer: '/properties/query', ...queries }] })]),
      palette,
    );
    expect(text).toContain('G(+) create');
    expect(text).toContain('Y(~) update');
    expect(text).toContain('R(- | where EventID == 4624)');
    expect(text).toContain('G(+ | where EventID == 4625)');
  });
});

test('as JSON, a plan is itself', () => {
  const plan = buildPlan(Object.values(allChanges));
  expect(JSON.parse(renderPlanJson(plan))).toEqual(plan);
});

describe('as Markdown', () => {
  test('changes are a table, and their diffs are folded below', () => {
    const update = buildUpdate({
      fields: [
        { pointer: '/properties/query', ...queries },
        { pointer: '/properties/severity', live: 'High', desired: 'Low' },
      ],
    });
    expect(renderPlanMarkdown(buildPlan([buildCreate(), update, allChanges.noOp]))).toBe(`\
### Plan for staging: 1 to create, 1 to update, 1 unchanged

| Change | Name | Kind | File | Fields |
| --- | --- | --- | --- | --- |
| + create | New detection | alert rule | detections/execution/d1.yaml |  |
| ~ update | Changed detection | alert rule | detections/execution/d2.yaml | query, severity |

<details><summary>Changed detection</summary>

\`\`\`diff
# query
  SecurityEvent
- | where EventID == 4624
+ | where EventID == 4625
  | project Account
# severity
- "High"
+ "Low"
\`\`\`

</details>
`);
  });

  test('collisions, blocked changes and orphans have their row, and the reason', () => {
    const markdown = renderPlanMarkdown(buildPlan(Object.values(allChanges)));
    expect(markdown).toContain('| ! collision | Colliding detection |');
    expect(markdown).toContain('| ! blocked | Blocked detection |');
    expect(markdown).toContain('| no longer described | Orphan | hunting query |');
    expect(markdown).toContain('its kind changed');
    expect(markdown).not.toContain('Fusion');
  });

  test('a plan without changes is its heading', () => {
    expect(renderPlanMarkdown(buildPlan([allChanges.noOp]))).toBe(
      '### Plan for staging: no changes, 1 unchanged\n',
    );
  });

  test('names cannot break the table, make HTML or mention anybody', () => {
    const displayName = 'a | b <img src=x> *c* `d` [e](f) @soc\n## g';
    const markdown = renderPlanMarkdown(buildPlan([buildUpdate({ displayName })]));
    expect(markdown).toContain(
      '| a \\| b &lt;img src=x&gt; \\*c\\* \\`d\\` \\[e\\](f) @\u200Bsoc\\\\n## g | alert rule |',
    );
    expect(markdown).toContain('<summary>a | b &lt;img src=x&gt; *c* `d` [e](f) @\u200Bsoc\\n## g</summary>');
    expect(markdown).not.toContain('@soc');
  });

  test('what is removed stands first, then what was changed in the workspace or is refused, then the rest', () => {
    const drifted = buildUpdate({
      displayName: 'Drifted detection',
      fields: [{ pointer: '/properties/severity', cause: 'drift', live: 'High', desired: 'Low' }],
    });
    const { create, update, collision, orphan } = allChanges;
    const removal = allChanges.delete;
    const markdown = renderPlanMarkdown(buildPlan([create, update, drifted, collision, removal, orphan]));
    const names = markdown
      .split('\n')
      .flatMap((line) => /^\| [^|]+ \| ([^|]+) \| (?:alert|hunting)/.exec(line)?.[1] ?? []);
    expect(names).toEqual([
      'Removed detection',
      'Orphan',
      'Drifted detection',
      'Colliding detection',
      'New detection',
      'Changed detection',
    ]);
  });

  test('it has at most the bytes that it may have: the largest diffs are left out first, and counted', () => {
    const line = (words: number) => `| where Account !in ("${'ü, '.repeat(words)}")\n`.repeat(3);
    const sizes = [900, 10, 500, 20];
    const updates = sizes.map((words, index) =>
      buildUpdate({
        displayName: `Detection ${words}`,
        name: `d${index}`,
        fields: [{ pointer: '/properties/query', live: line(words), desired: line(words + 1) }],
      }),
    );
    const whole = renderPlanMarkdown(buildPlan(updates));
    const maxSize = 4_000;
    const cut = renderPlanMarkdown(buildPlan(updates), { maxSize });
    expect(sizeOf(whole)).toBeGreaterThan(10_000);
    expect(sizeOf(cut)).toBeLessThanOrEqual(maxSize);
    expect(cut).toContain('**2 diffs more** than there is room for here');
    expect(cut.match(/<summary>Detection \d+<\/summary>/g)).toEqual([
      '<summary>Detection 10</summary>',
      '<summary>Detection 20</summary>',
    ]);
    for (const words of sizes) expect(cut).toContain(`| ~ update | Detection ${words} |`);
  });

  test('a table that is too long ends early, with what matters most in it', () => {
    const creates = Array.from({ length: 2_000 }, (_, index) => buildCreate({ name: `n${index}` }));
    const cut = renderPlanMarkdown(buildPlan([...creates, allChanges.delete]), { maxSize: 60_000 });
    expect(sizeOf(cut)).toBeLessThanOrEqual(60_000);
    expect(cut).toContain('### Plan for staging: 2000 to create, 1 to delete');
    expect(cut).toContain('Removed detection');
    expect(cut).toMatch(/\*\*\d+ changes more\*\* than there is room for here/);
  });

  test('backticks in a query cannot end the block', () => {
    const fields = [{ pointer: '/properties/query', live: '```\n</details>', desired: '````' }];
    const lines = renderPlanMarkdown(buildPlan([buildUpdate({ fields })])).split('\n');
    expect(lines.filter((line) => line.startsWith('`````'))).toEqual(['`````diff', '`````']);
  });
});
