import { omitEmpty } from '../../src/compile/omit-empty.ts';

test('members that say nothing are left out and the others keep their order', () => {
  interface Members {
    readonly zero: number;
    readonly list?: readonly string[];
    readonly mapping?: Readonly<Record<string, string>>;
    readonly text?: string;
    readonly off: boolean;
    readonly absent?: string;
  }
  const members = omitEmpty<Members>({
    zero: 0,
    list: [],
    mapping: {},
    text: '',
    off: false,
    absent: undefined,
  });
  expect(JSON.stringify(members)).toBe('{"zero":0,"off":false}');
});
