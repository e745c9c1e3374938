import { isAllowed, type Permission } from '../../src/sentinel/allowed-actions.ts';

const action = 'Microsoft.SecurityInsights/alertRules/write';
const permission = (actions: readonly string[], notActions: readonly string[] = []): Permission => ({
  actions,
  notActions,
});

test.each<[string, boolean, readonly Permission[]]>([
  ['nothing allows it', false, []],
  ['everything is allowed', true, [permission(['*'])]],
  ['it is named, in any case', true, [permission([action.toUpperCase()])]],
  ['its provider is allowed', true, [permission(['Microsoft.SecurityInsights/*'])]],
  ['only reading is allowed', false, [permission(['*/read'])]],
  ['a pattern begins as it does', false, [permission(['Microsoft.SecurityInsights/alertRules'])]],
  ['a dot stands for a dot', false, [permission(['MicrosoftXSecurityInsights/*'])]],
  ['it is taken back', false, [permission(['*'], ['Microsoft.SecurityInsights/*/write'])]],
  ['one role takes back what another gives', true, [permission(['*'], ['*/write']), permission([action])]],
])('an action, where %s: %s', (_, expected, permissions) => {
  expect(isAllowed(action, permissions)).toBe(expected);
});
