import type { OperatorCase } from './operator-case.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Functions on texts, and those that take texts apart. */
export const textCases: readonly OperatorCase[] = [
  {
    name: 'replace_strings applies each lookup to what the ones before it left',
    source: `${docs}replace-strings-function (its example of replacement order: Thwas was)`,
    query:
      'print replace_strings("This is", dynamic(["This", "is"]), dynamic(["That", "was"])), replace_strings("This is", dynamic(["is", "This"]), dynamic(["was", "That"])), replace_strings("cat dog", dynamic(["cat", "dog"]), dynamic(["dog", "pig"]))',
    expected: ['print_0|print_1|print_2', 'That was|Thwas was|dog pig'],
  },
  {
    name: 'a rewrite of replace_strings that is no text leaves its match alone',
    source: `${docs}replace-strings-function (its example of non-string replacement)`,
    query: 'print replace_strings("This is", dynamic(["This", "is"]), dynamic([12345, "was"]))',
    expected: ['print_0', 'This was'],
  },
  {
    name: 'replace_regex and the old replace write groups back',
    source: `${docs}replace-regex-function`,
    query: String.raw`print replace_regex("Number is 1", @"is (\d+)", @"was: \1"), replace(@"(\w)-(\w)", @"\2\0", "a-b")`,
    expected: ['print_0|print_1', 'Number was: 1|ba-b'],
  },
  {
    name: 'translate replaces characters, the last one standing in for those without a partner',
    source: `${docs}translate-function`,
    query:
      'print translate("abc", "x", "abc"), translate("abc", "", "ab"), translate("krasp", "otsku", "spark")',
    expected: ['print_0|print_1|print_2', 'xxx||kusto'],
  },
  {
    name: 'tohex writes the bits of its type, padded on demand',
    source: `${docs}tohex-function`,
    query: 'print tohex(256), tohex(-256), tohex(toint(-256), 8), tohex(256, 8), tohex(256, 2)',
    expected: ['print_0|print_1|print_2|print_3|print_4', '100|ffffffffffffff00|ffffff00|00000100|100'],
  },
  {
    name: 'indexof_regex finds the n-th match that does not overlap, and takes no negative start',
    source: `${docs}indexof-regex-function`,
    query:
      'print indexof_regex("abcabc", "a.c"), indexof_regex("abcabcdef", "a.c", 0, 9, 2), indexof_regex("ababaa", "a.a", 0, -1, 2), indexof_regex("abcabc", "a|ab", -1)',
    expected: ['print_0|print_1|print_2|print_3', '0|3|-1|null'],
  },
  {
    name: 'split gives all parts, or a list of the one that is asked for',
    source: `${docs}split-function`,
    query:
      'print split("aa_bb", "_"), split("a_b_c", "_", 1), split("", "_"), split("a__b", "_"), split("aabbcc", "bb"), split("a_b", "_", 7)',
    expected: [
      'print_0|print_1|print_2|print_3|print_4|print_5',
      '["aa","bb"]|["b"]|[""]|["a","","b"]|["aa","cc"]|null',
    ],
  },
  {
    name: 'strcmp orders texts',
    source: `${docs}strcmp-function`,
    query: 'print strcmp("a", "a"), strcmp("abc", "ABC"), strcmp("ABC", "abc"), strcmp("abcde", "abc")',
    expected: ['print_0|print_1|print_2|print_3', '0|1|-1|1'],
  },
  {
    name: 'punycode writes other scripts in ASCII and reads them back',
    source: `${docs}punycode-from-string-function (acadmie-franaise-npb1a, cqv902d)`,
    query:
      'print punycode_from_string("académie-française"), punycode_to_string("cqv902d"), punycode_domain_from_string("艺术.com"), punycode_domain_to_string("xn--cqv902d.com")',
    expected: ['print_0|print_1|print_2|print_3', 'acadmie-franaise-npb1a|艺术|xn--cqv902d.com|艺术.com'],
  },
  {
    name: 'parse_url names the parts of a URL, and parseurl is its old name',
    source: `${docs}parse-url-function`,
    query:
      'print parse_url("https://jdoe:pw@contoso.com:8443/a/b?k=1&l=2#top") | project u = print_0, same = tostring(print_0) == tostring(parseurl("https://jdoe:pw@contoso.com:8443/a/b?k=1&l=2#top"))',
    expected: [
      'u|same',
      '{"Scheme":"https","Host":"contoso.com","Port":"8443","Path":"a/b","Username":"jdoe","Password":"pw","Query Parameters":{"k":"1","l":"2"},"Fragment":"top"}|True',
    ],
  },
  {
    name: 'parse_url of a host without a scheme finds no host',
    source: `${docs}parse-url-function (it wants an absolute URL)`,
    query: 'print tostring(parse_url("contoso.com/a").Host), isnotempty(parse_url("contoso.com/a"))',
    expected: ['print_0|print_1', '|True'],
  },
  {
    name: 'parse_urlquery gives the parameters',
    source: `${docs}parse-urlquery-function`,
    query: 'print parse_urlquery("k1=v1&k2=v2")',
    expected: ['print_0', '{"Query Parameters":{"k1":"v1","k2":"v2"}}'],
  },
  {
    name: 'parse_xml turns attributes, texts and repeated elements into keys and arrays',
    source: `${docs}parse-xml-function (its table of conversions)`,
    query: `print parse_xml('<e/>'), parse_xml('<e n="v">t</e>'), parse_xml('<e><a>x</a><b>y</b></e>'), parse_xml('<e><a>x</a><a>y</a></e>'), isnull(parse_xml('<e>'))`,
    expected: [
      'print_0|print_1|print_2|print_3|print_4',
      '{"e":null}|{"e":{"@n":"v","#text":"t"}}|{"e":{"a":"x","b":"y"}}|{"e":{"a":["x","y"]}}|True',
    ],
  },
  {
    name: 'parse_xml reads numbers',
    source: `${docs}parse-xml-function (its example: "value": 118.0)`,
    query: `print parse_xml('<?xml version="1.0"?><d><v>118.0</v></d>').d.v + 1`,
    expected: ['print_0', '119.0'],
  },
  {
    name: 'extractjson and extract_json take what lies at a path, in a type on demand',
    source: `${docs}extract-json-function`,
    query: `print extract_json("$.a[1].b", '{"a": [0, {"b": "7"}]}'), extractjson("$.a[0]", '{"a": [5]}', typeof(long)) + 1, extract_json("$.none", '{}')`,
    expected: ['print_0|print_1|print_2', '7|6|'],
  },
  {
    name: 'parse_path knows Windows, Unix, shares, schemes and alternate streams',
    source: `${docs}parse-path-function`,
    query: String.raw`datatable(p: string)[@"C:\temp\f.txt", "/usr/lib/f.tar.gz", "file://C:/t/f.txt:s.exe"] | extend x = parse_path(p) | project tostring(x.RootPath), tostring(x.DirectoryPath), tostring(x.Filename), tostring(x.Extension), tostring(x.AlternateDataStreamName)`,
    expected: [
      'x_RootPath|x_DirectoryPath|x_Filename|x_Extension|x_AlternateDataStreamName',
      String.raw`C:|C:\temp|f.txt|txt|`,
      '|/usr/lib|f.tar.gz|gz|',
      'C:|C:/t|f.txt|txt|s.exe',
    ],
  },
  {
    name: 'startswith and endswith ignore case, and hasprefix wants the start of a term',
    source: `${docs}datatypes-string-operators`,
    query:
      'print "Contoso" startswith "con", "Contoso" startswith_cs "con", "Contoso" !startswith "con", "x.EXE" endswith ".exe", "a-contoso" hasprefix "cont", "a-contoso" hassuffix "toso", "contoso" has "cont"',
    expected: [
      'print_0|print_1|print_2|print_3|print_4|print_5|print_6',
      'True|False|False|True|True|True|False',
    ],
  },
  {
    name: 'has wants a boundary only where what is sought ends in a letter or digit',
    source: 'emulator: "a b" has " " is true, letters of all scripts count, _ separates',
    query: 'print "a b" has " ", "a_b" has "a", "äb" has "b", "a.b" has ".", "ab" has ""',
    expected: ['print_0|print_1|print_2|print_3|print_4', 'True|True|False|True|True'],
  },
  {
    name: 'format_datetime writes MMM as the month twice, and T and Z as they are',
    source: 'emulator: agent-datetime-timespan-0015',
    query:
      'print format_datetime(datetime(2007-03-09 05:04:03), "dddd, MMMM d, yyyy"), format_datetime(datetime(2007-03-09 17:04:03), "yyyy-MM-ddTHH:mm:ssZ h tt")',
    expected: ['print_0|print_1', '0909, 0303 9, 2007|2007-03-09T17:04:03Z 5 PM'],
  },
  {
    name: 'a letter in a format that is not documented is refused',
    source: `${docs}format-datetime-function (its list of specifiers)`,
    query: 'print format_datetime(datetime(2007-03-09), "yyyy K")',
    expected: { refused: '"K" in the format "yyyy K"' },
  },
  {
    name: 'format_timespan counts whole days, and F leaves out zeros',
    source: `${docs}format-timespan-function`,
    query:
      'let t = time(29.09:00:05.12345); print format_timespan(t, "dd.hh:mm:ss:FF"), format_timespan(t, "ddd.h:mm:ss [fffffff]"), format_timespan(5s, "d FF")',
    expected: ['print_0|print_1|print_2', '29.09:00:05:12|029.9:00:05 [1234500]|0 '],
  },
  {
    name: 'hash is xxhash64, signed, or from 0 to a modulus',
    source: `${docs}hash-function`,
    query: 'print hash("World"), hash("World", 100), hash(datetime(2015-01-01))',
    expected: ['print_0|print_1|print_2', '1846988464401551951|51|1380966698541616202'],
  },
  {
    name: 'how hashes are combined is not known, so it is refused',
    source: `${docs}hash-many-function (it gives one figure and no algorithm)`,
    query: 'print hash_many("Hello", "World")',
    expected: { refused: 'the function hash_many()' },
  },
];
