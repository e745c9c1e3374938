/** @jest-environment ./test/support/kusto-environment.js */
import { hasErrors } from '../../src/core/diagnostic.ts';
import type { Parameter } from '../../src/detection/detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { bindDetection, queryDiagnostics } from '../../src/validate/bind-detection.ts';
import { validateDetection } from '../../src/validate/validate-detection.ts';
import {
  buildHunting,
  buildIncidentCreation,
  buildLoaded,
  buildScheduled,
} from '../support/build-detection.ts';
import { loadYaml } from '../support/load-fixture.ts';

const schema = await loadBuiltinSchema();

/** `severity code text` of what is wrong with the query of a YAML file; the text is that of the place. */
function findIn(loaded: LoadedDetection): string[] {
  const subject = bindDetection(loaded, schema);
  return subject === undefined
    ? []
    : queryDiagnostics(loaded, subject).map(({ severity, code, span, file }) => {
        expect(file).toBe(loaded.file);
        return `${severity} ${code} ${loaded.document.text.slice(span?.start.offset, span?.end.offset)}`;
      });
}

function withQuery(query: string, more = ''): LoadedDetection {
  return loadYaml(`# hunting query
id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Test
tactics: [Impact]
${more}query: ${query}
`);
}

test.each([
  ['a literal block', '|\n  SigninLogs\n  | where Wrong == 1', 'Wrong'],
  ['a literal block without its last line end', '|-\n  SigninLogs\n  | where Wrong == 1', 'Wrong'],
  ['a folded block', '>\n  SigninLogs\n  | where Wrong == 1', 'Wrong'],
  ['a plain scalar', 'SigninLogs | where Wrong == 1', 'Wrong'],
  ['a plain scalar over lines', 'SigninLogs\n  | where Wrong == 1', 'Wrong'],
  ['single quotes', "'SigninLogs | where Account == ''a'' and Wrong == 1'", 'Account'],
  ['double quotes', '"SigninLogs\\n| where \\"a\\" == Wrong"', 'Wrong'],
  ['an anchor', '&q |\n  SigninLogs\n  | where Wrong == 1', 'Wrong'],
  ['a deep indentation', '|\n        SigninLogs\n        | where Wrong == 1', 'Wrong'],
])('a mistake in a query in %s is found at its place', (_, yaml, word) => {
  expect(findIn(withQuery(yaml))[0]).toBe(`error kql/unknown-column ${word}`);
});

test('a mistake is found at its place with CRLF and characters beyond ASCII', () => {
  const yaml =
    'id: a\r\nname: Té😀st\r\ntactics: [Impact]\r\nquery: |\r\n  SigninLogs // é😀\r\n  | where Wrong == 1\r\n';
  expect(findIn(loadYaml(yaml))).toEqual(['error kql/unknown-column Wrong']);
});

test.each([
  ['Contoso_CL', 'warning kql/unknown-table Contoso_CL'],
  ['Contoso', 'error kql/unknown-table Contoso'],
  ['contosoUsers()', 'warning kql/unknown-function contosoUsers'],
  ['SigninLogs | where contosoKnows(UserId)', 'warning kql/unknown-function contosoKnows'],
  ['SigninLogs | where Contoso_CL == 1', 'error kql/unknown-column Contoso_CL'],
])('what may be in the workspace is a warning: %s', (query, finding) => {
  expect(findIn(withQuery(query))).toEqual([finding]);
});

test('a detection without a query, or with a blank one, is not bound', () => {
  expect(bindDetection(buildLoaded(buildIncidentCreation()), schema)).toBeUndefined();
  expect(bindDetection(buildLoaded(buildHunting({ query: ' \n' })), schema)).toBeUndefined();
});

describe('with parameters', () => {
  const parameter = (name: string, type: Parameter['type'], value: Parameter['default']): Parameter => {
    return { name, type, default: value };
  };
  const bind = (query: string, ...parameters: readonly Parameter[]) => {
    const bound = bindDetection(buildLoaded(buildScheduled({ query, parameters })), schema)?.bound;
    return {
      columns: bound?.result?.columns.map(({ name, type }) => `${name}:${type}`),
      found: bound?.diagnostics.map(({ code, start }) => `${code} ${start}`),
    };
  };

  test('their names are known, with their types, and places are those of the query', () => {
    const query = 'print a = limit, b = wait, c = names, d = wrong';
    expect(
      bind(
        query,
        parameter('limit', 'long', 5),
        parameter('wait', 'timespan', '1h'),
        parameter('names', 'dynamic', []),
      ),
    ).toMatchObject({
      columns: ['a:long', 'b:timespan', 'c:dynamic', 'd:unknown'],
      found: [`kql/unknown-column ${query.indexOf('wrong')}`],
    });
  });

  test.each<Parameter['type']>(['string', 'long', 'real', 'bool', 'datetime', 'timespan', 'dynamic'])(
    'a %s with a value of another type still has its type',
    (type) => {
      const wrong = type === 'string' ? 5 : type === 'dynamic' ? Number.NaN : 'wrong';
      expect(bind('print a = given', parameter('given', type, wrong))).toEqual({
        columns: [`a:${type}`],
        found: [],
      });
    },
  );

  test('a name that cannot be declared does not break the query', () => {
    expect(bind('SigninLogs | project UserId', parameter('where', 'long', 1))).toEqual({
      columns: ['UserId:string'],
      found: [],
    });
  });

  test('a name of a table does not hide the table', () => {
    expect(bind('SigninLogs | project UserId', parameter('SigninLogs', 'long', 1)).columns).toEqual([
      'UserId:string',
    ]);
  });
});

test('after a syntax error nothing else is said about the query', () => {
  const loaded = withQuery('|\n  let unused = 1;\n  SigninLogs | where (');
  const codes = validateDetection(loaded, schema).map(({ code }) => code);
  expect(codes).toContain('kql/syntax');
  expect(codes).not.toContain('let-unused');
  expect(hasErrors(validateDetection(withQuery('SigninLogs'), schema))).toBe(false);
});
