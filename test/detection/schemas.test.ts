import draft07 from 'ajv/dist/refs/json-schema-draft-07.json' with { type: 'json' };
import { compileSchema } from '../../src/core/json-schema.ts';
import { parseDuration } from '../../src/core/duration.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { valueAt } from '../../src/core/json-pointer.ts';
import { credentialKinds } from '../../src/detection/config.ts';
import { documentSchemas, type SchemaName } from '../../src/detection/schemas.ts';
import {
  aggregationKinds,
  alertProperties,
  alertSeverities,
  entityTypes,
  matchingMethods,
  productFilters,
  tactics,
  triggerOperators,
} from '../../src/sentinel/vocabulary.ts';

const names: readonly SchemaName[] = ['detection', 'tests', 'benign', 'config', 'tables'];

test.each(names)('the %s schema is a draft-07 schema', (name) => {
  const draft: JsonObject = draft07;
  expect(compileSchema({ ...draft, $id: 'draft-07' })(documentSchemas[name].schema)).toEqual([]);
});

function list(schema: SchemaName, pointer: string): readonly string[] {
  const value = valueAt(documentSchemas[schema].schema, pointer);
  if (!isJsonArray(value)) throw new Error(`no list at ${pointer}`);
  return value.map(String);
}

test.each([
  ['/properties/severity/enum', alertSeverities],
  ['/properties/severitiesFilter/items/enum', alertSeverities],
  ['/properties/tactics/items/examples', tactics],
  ['/properties/productFilter/enum', productFilters],
  ['/properties/eventGroupingSettings/properties/aggregationKind/enum', aggregationKinds],
  ['/properties/entityMappings/items/properties/entityType/examples', entityTypes],
  [
    '/properties/incidentConfiguration/properties/groupingConfiguration/properties/matchingMethod/enum',
    matchingMethods,
  ],
  [
    '/properties/alertDetailsOverride/properties/alertDynamicProperties/items/properties/alertProperty/enum',
    alertProperties,
  ],
  ['/properties/triggerOperator/enum', ['gt', 'lt', 'eq', 'ne', ...triggerOperators]],
])('the detection schema has the vocabulary of the API at %s', (pointer, vocabulary) => {
  expect([...list('detection', pointer)].sort()).toEqual([...vocabulary].sort());
});

test('the config schema names every kind of credential, and says what each is', () => {
  const pointer = '/properties/environments/additionalProperties/properties/credential';
  expect(list('config', `${pointer}/enum`)).toEqual(credentialKinds);
  expect(list('config', `${pointer}/enumDescriptions`)).toHaveLength(credentialKinds.length);
});

test.each(['detection', 'config'] as const)(
  'the %s schema takes exactly the durations that parseDuration reads',
  (name) => {
    const pattern = new RegExp(
      String(valueAt(documentSchemas[name].schema, '/definitions/duration/pattern')),
    );
    const texts = [
      ...[
        '5m',
        '1h',
        '14d',
        '30s',
        '5H',
        '1D',
        'PT5M',
        'pt1h',
        'P1D',
        'P1DT2H',
        'P2W',
        'PT1H30M',
        '00:05:00',
        '1:00',
      ],
      ...[
        '1.02:03:04',
        '',
        '5',
        'm',
        'P',
        'PT',
        'P1DT',
        'P1Y',
        'P1M',
        '24:00:00',
        '00:60',
        ' 5m',
        '1h30m',
        '1.5h',
        '-5m',
      ],
      ...['PT0S', '0m', '123456789m', '1234567890m', '5m\n', 'banana'],
    ];
    for (const text of texts)
      expect([text, pattern.test(text)]).toEqual([text, parseDuration(text) !== undefined]);
  },
);

test.each(names)('every key of the %s schema is described, in an editor too', (name) => {
  const undescribed: string[] = [];
  const visit = (schema: JsonValue | undefined, pointer: string): void => {
    if (!isJsonObject(schema)) return;
    const { properties } = schema;
    if (isJsonObject(properties)) {
      for (const [key, property] of Object.entries(properties)) {
        const described =
          isJsonObject(property) && (property['description'] ?? property['$ref']) !== undefined;
        if (!described) undescribed.push(`${pointer}/${key}`);
        visit(property, `${pointer}/${key}`);
      }
    }
    for (const key of ['items', 'additionalProperties']) visit(schema[key], `${pointer}/${key}`);
    const definitions: JsonObject = isJsonObject(schema['definitions']) ? schema['definitions'] : {};
    for (const [key, definition] of Object.entries(definitions)) visit(definition, `${pointer}#${key}`);
  };
  visit(documentSchemas[name].schema, '');
  expect(undescribed).toEqual([]);
});

// A file without any table says nothing wrong.
const demanding = names.filter((name) => name !== 'tables');

test.each(demanding)('the %s schema compiles, and never throws on data', (name) => {
  const { validate } = documentSchemas[name];
  for (const data of [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    [[[]]],
    { id: { id: { id: [] } } },
    { scenarios: { x: 1 } },
  ]) {
    expect(validate(data)).not.toEqual([]);
  }
});
