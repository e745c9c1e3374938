const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /^(graph|make-graph|all$|any$|map$|inner_nodes|labels|node_|edges)/,
    'works on graphs, which detections do not use',
  ],
  [/^geo_/, 'geometry on a sphere; detections do not use it'],
  [
    /^series_fft|^series_ifft|^series_fit_poly|^series_fit_2lines/,
    'signal processing that detections do not use',
  ],
  [
    /^(autocluster|basket|diffpatterns\w*|reduce|series_periods_\w+)$/,
    'how the service finds patterns is not published, so that its rows cannot be foretold',
  ],
  [
    /^(hll\w*|tdigest\w*|dcount_hll|merge_tdigest|rank_tdigest|percentile_tdigest|percentiles_array_tdigest|percentrank_tdigest|dcount_intersect)$/,
    'works on sketches of the service, whose bytes and estimates are its own',
  ],
  [
    /_request(_post)?$|^ai_|^(python|r|csharp|execute_query|execute_show_command|preview|external_table|external_datatable|infer_storage_schema\w*)$/,
    'asks something outside of the query; give its rows as a fixture of a function instead',
  ],
  [
    /^(current_|cursor_|extent|row_id|rowstore|estimate_|materialized_view|stored_query_result|database|cluster|entity_group|identity)/,
    'tells about the service that runs the query, which nobody has offline',
  ],
  [/_compress_to_/, 'the bytes depend on how the service compresses'],
  [/^hash_(combine|many)$/, 'how the service combines hashes is not published'],
  [/^convert_/, 'converts units, which detections do not use'],
  [
    /^(cnt|passthrough|iscolumnexists|datetime_list_timezones)$/,
    'is not documented, or depends on the service',
  ],
  [/^parse_user_agent$/, 'depends on a list of browsers that the service keeps and changes'],
  [
    /^(consume|execute-and-cache|fork|facet|macro-expand|assert-schema|__partitionby)$/,
    'gives several results, or is for the service itself',
  ],
  [/^like$|^notlike$|^!like$/i, 'is not documented'],
];

/** Why the engine refuses something of KQL by name. Markdown, lower-case, without a full stop. */
export function reasonForRefusal(name: string): string {
  return reasons.find(([pattern]) => pattern.test(name))?.[1] ?? 'not built';
}
