import { formatDuration, parseDuration } from '../../core/duration.ts';
import { joinPointer } from '../../core/json-pointer.ts';
import { isJsonArray, type JsonValue } from '../../core/json.ts';
import type { Parameter, ScheduledDetection } from '../../detection/detection.ts';
import { scaleTimespan } from './literal-mutators.ts';
import type { SettingChange, SettingMutator } from './mutator.ts';

const otherOperators = {
  GreaterThan: 'LessThan',
  LessThan: 'GreaterThan',
  Equal: 'NotEqual',
  NotEqual: 'Equal',
} as const;

type ScheduleKey = 'triggerThreshold' | 'triggerOperator' | 'queryPeriod';

function change<Key extends ScheduleKey>(
  detection: ScheduledDetection,
  key: Key,
  value: ScheduledDetection[Key],
): SettingChange {
  return {
    pointer: `/${key}`,
    before: `${key}: ${detection[key]}`,
    after: `${key}: ${value}`,
    apply: (other) =>
      other.kind === 'Scheduled' && other[key] === detection[key] ? { ...other, [key]: value } : undefined,
  };
}

/** Mutators of the trigger, the window and the parameters. */
export const settingMutators: readonly SettingMutator[] = [
  {
    of: 'setting',
    name: 'move-trigger-threshold',
    summary: '`triggerThreshold` is one more, and one less unless it is 0.',
    example: ['triggerThreshold: 0', 'triggerThreshold: 1'],
    mutate: (detection) =>
      detection.kind === 'Scheduled'
        ? [detection.triggerThreshold + 1, detection.triggerThreshold - 1]
            .filter((threshold) => threshold >= 0)
            .map((threshold) => change(detection, 'triggerThreshold', threshold))
        : [],
  },
  {
    of: 'setting',
    name: 'change-trigger-operator',
    summary: '`triggerOperator` looks the other way.',
    example: ['triggerOperator: GreaterThan', 'triggerOperator: LessThan'],
    mutate: (detection) =>
      detection.kind === 'Scheduled'
        ? [change(detection, 'triggerOperator', otherOperators[detection.triggerOperator])]
        : [],
  },
  {
    of: 'setting',
    name: 'halve-query-period',
    summary: '`queryPeriod` is half as long.',
    example: ['queryPeriod: PT2H', 'queryPeriod: PT1H'],
    mutate: (detection) => {
      const seconds = detection.kind === 'Scheduled' ? parseDuration(detection.queryPeriod) : undefined;
      if (detection.kind !== 'Scheduled' || seconds === undefined) return [];
      return [change(detection, 'queryPeriod', formatDuration(Math.floor(seconds / 2)))];
    },
  },
  {
    of: 'setting',
    name: 'change-parameter',
    summary:
      'The default of a parameter is another: a whole number one more and one less, another number and a timespan doubled and halved, a truth value the other one, a list without one of its items. Text stays as it is.',
    example: ['threshold: 10', 'threshold: 11'],
    mutate: ({ parameters }) =>
      parameters.flatMap((parameter) =>
        otherDefaults(parameter).map((value) => replaceDefault(parameter, value)),
      ),
  },
];

function otherDefaults({ type, default: value }: Parameter): readonly JsonValue[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') {
    if (type === 'long') return [value + 1, value - 1];
    return value === 0 ? [] : [value * 2, value / 2];
  }
  if (type === 'timespan' && typeof value === 'string') return scaleDuration(value);
  return isJsonArray(value) ? value.map((_, index) => value.filter((_other, at) => at !== index)) : [];
}

function scaleDuration(text: string): readonly string[] {
  const seconds = parseDuration(text);
  if (seconds === undefined) return scaleTimespan(text);
  return seconds === 0 ? [] : [seconds * 2, Math.floor(seconds / 2)].map(formatDuration);
}

function replaceDefault({ name, default: before }: Parameter, value: JsonValue): SettingChange {
  const write = (shown: JsonValue): string =>
    `${name}: ${typeof shown === 'string' ? shown : JSON.stringify(shown)}`;
  return {
    pointer: joinPointer('/parameters', name, 'default'),
    before: write(before),
    after: write(value),
    apply: (other) => {
      const own = other.parameters.find((each) => each.name === name);
      // A scenario with a value of its own does not run with the default.
      if (own === undefined || JSON.stringify(own.default) !== JSON.stringify(before)) return undefined;
      const parameters = other.parameters.map((each) => (each === own ? { ...each, default: value } : each));
      return { ...other, parameters };
    },
  };
}
