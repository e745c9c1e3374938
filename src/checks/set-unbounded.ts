import { argumentsOf } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { rangeOf } from './range-of.ts';

/** The argument that bounds an aggregate which collects values, by function. */
const sizeArgument: Readonly<Record<string, number>> = {
  make_set: 1,
  make_list: 1,
  make_bag: 1,
  makeset: 1,
  makelist: 1,
  make_set_if: 2,
  make_list_if: 2,
  make_bag_if: 2,
};

/** A set that a row carries has a largest size. */
export const setUnbounded: Check = {
  id: 'set-unbounded',
  severity: 'info',
  summary: 'make_set, make_list and make_bag in a query that alerts have a maximum size.',
  rationale:
    'They collect up to a million values. An alert keeps 50 values of a custom detail and 64 KB of entities, and cuts off the ' +
    'rest without saying so.',
  examples: {
    good: [
      'query: SigninLogs | summarize When = max(TimeGenerated), Addresses = make_set(IPAddress, 50) by UserPrincipalName',
    ],
    bad: [
      'query: SigninLogs | summarize When = max(TimeGenerated), Addresses = make_set(IPAddress) by UserPrincipalName',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (!raisesAlerts(detection)) return;
    for (const call of query?.tree?.nodesOf('FunctionCallExpression') ?? []) {
      const name = call.name ?? '';
      const index = Object.hasOwn(sizeArgument, name) ? sizeArgument[name] : undefined;
      if (index === undefined || argumentsOf(call).length > index) continue;
      report('/query', `${name}() collects any number of values`, {
        range: rangeOf(call),
        hint: `give it a maximum, such as ${name}(…, 100)`,
      });
    }
  },
};
