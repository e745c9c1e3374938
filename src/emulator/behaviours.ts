/**
 * How sure it is that the real service behaves so: seen in recorded traffic of Microsoft's own SDK and CLI tests; written
 * in its documentation or API specification; quoted by a user; or taken by us from what it does elsewhere.
 */
export const confidences = ['recorded', 'documented', 'reported', 'inferred'] as const;
export type Confidence = (typeof confidences)[number];

/** One thing that the emulator does because the service does, or is thought to. */
export interface Behaviour {
  readonly id: string;
  readonly area: string;
  /** A sentence without a full stop. It names the test that shows it. */
  readonly statement: string;
  readonly confidence: Confidence;
}

/** By area: confidence, id and statement of each behaviour. */
const table = `
# api-version
documented api-version-missing               a request without api-version is refused
inferred   api-version-unknown               an api-version that the type does not have is refused with the ones it has
documented nrt-preview-only                  NRT alert rules exist in preview api-versions only
inferred   preview-members-dropped           members that an api-version lacks are dropped from writes and not shown in reads
recorded   legacy-alert-rule-form            api-version 2020-01-01 shows alert rules in its own order and with entitiesMatchingMethod

# routing
recorded   workspace-missing                 everything below a workspace that does not exist is answered by the gateway with ResourceNotFound
documented path-case                         segments of a path compare without case
inferred   unknown-type                      a type of resource that does not exist is 404 InvalidResourceType
inferred   body-not-json                     a body that is no JSON object is refused with InvalidRequestContent
reported   not-onboarded                     a workspace without Microsoft Sentinel refuses with an error inside an error

# headers
recorded   security-insights-headers         SecurityInsights answers carry request ids and counters, and no ETag, Location or Retry-After
recorded   log-analytics-headers             Log Analytics answers name the api-versions that they support

# lists
recorded   list-single-page                  a list of one page has no nextLink key
documented list-next-link                    a list of several pages has an absolute nextLink on the same origin
inferred   list-order                        lists are in the order of creation, not by name

# alert rules
recorded   alert-rule-create                 creating an alert rule is 201 and updating it 200, with a new etag and time
recorded   alert-rule-scheduled-form         a Scheduled alert rule comes back in the service’s order, with null or nothing for what was not sent
inferred   alert-rule-new-members            members that no recording shows keep the order of the templates and are absent if not sent
recorded   alert-rule-empty-lists            an empty list stays empty, it does not become null
recorded   alert-rule-default-incidents      an alert rule without incidentConfiguration gets the default one
inferred   alert-rule-default-grouping       an incidentConfiguration without groupingConfiguration gets the default one
recorded   alert-rule-override-keys          an alertDetailsOverride always shows its first four keys
recorded   alert-rule-values-as-sent         values come back as sent, line ends included
inferred   alert-rule-values-rewritten       durations may come back canonical and lists sorted, if so set
recorded   alert-rule-incident-creation-form a MicrosoftSecurityIncidentCreation alert rule shows its filters as null
recorded   alert-rule-fusion                 a Fusion alert rule shows what its template says
recorded   alert-rule-built-in-fusion        a workspace starts with the alert rule BuiltInFusion
recorded   alert-rule-any-name               the name of an alert rule need not be a GUID
inferred   alert-rule-id-casing              the id of an alert rule keeps the casing of its first writer
recorded   alert-rule-missing                an alert rule that does not exist is 404 NotFound with the workspace’s GUID
recorded   alert-rule-delete                 deleting an alert rule is 200 with an empty object
documented alert-rule-delete-missing         deleting an alert rule that does not exist is 204
inferred   alert-rule-kind-change            the kind of an alert rule cannot be changed
reported   alert-rule-recently-deleted       an id deleted less than a day ago is refused, if so set
documented alert-rule-quota                  no more alert rules of a kind can be enabled than the quota allows

# validation of alert rules
documented schema-required                   every required property that is missing is named
documented schema-values                     values outside an enum or of a wrong type are refused
reported   texts-known                       rules of the service that have a known text are refused with it
inferred   texts-unknown                     rules of the service without a known text are refused in the same style
reported   query-tables                      a query that reads a missing table is refused, if queries are inspected
reported   query-columns                     an entity mapping to a column that the query does not return is refused, if queries are inspected
reported   query-error                       an error in a query is quoted as nested JSON, if queries are inspected

# etags
recorded   etag-current                      an update with the current etag in its body is accepted
recorded   etag-missing                      an update without an etag is accepted
reported   etag-missing-refused              an update without an etag is refused, if so set
reported   etag-stale                        an update with an etag that is not the current one is 409 Conflict
inferred   etag-stale-accepted               an update with a stale etag is accepted, if so set

# metadata
recorded   metadata-create                   creating metadata is 201 and updating it 200; only lastModifiedAt moves
recorded   metadata-form                     metadata has systemData, no etag, and leaves out what was not sent
recorded   metadata-id-casing                the id of metadata keeps the casing of its writer
recorded   metadata-default-source           metadata without a source gets the workspace as its source
recorded   metadata-parent-unchecked         the parent of metadata need not exist
recorded   metadata-missing                  metadata that does not exist is 404 with problem details, not an ARM error
recorded   metadata-delete                   deleting metadata is 200 with an empty object
documented metadata-required                 metadata needs parentId and kind
documented metadata-patch                    PATCH changes the members that it names

# saved searches
recorded   saved-search-create               creating and updating a saved search are both 200, with a weak etag of the time
recorded   saved-search-form                 a saved search comes back with version 2, in canonical casing, and without what was not sent
recorded   saved-search-built-in             built-in searches are listed last, without an etag
recorded   saved-search-delete               deleting a saved search is 200 with an empty body
inferred   saved-search-missing              a saved search that does not exist is 404
documented saved-search-required             a saved search needs category, displayName and query
reported   saved-search-conflict             a saved search with a stale etag is 409, and the etag * overwrites

# workspaces
documented workspace-read                    a workspace shows its customerId and location
inferred   workspace-create                  a workspace can be created, read, listed and deleted
recorded   onboarding                        enabling Microsoft Sentinel is 201 with properties first
inferred   resource-groups                   every subscription and resource group that is asked for exists

# actions
recorded   action-create                     creating an action is 201, without an etag, and never shows the trigger URI
recorded   action-list                       listed actions have an etag and the id that their alert rule has inside the service
inferred   action-parent                     actions go with their alert rule, and there are none without it

# watchlists
recorded   watchlist-create                  creating and updating a watchlist are both 200, with a capital W in id and type
recorded   watchlist-form                    a watchlist tells of its upload in the form of its api-version
recorded   watchlist-list                    listed watchlists have no etag
recorded   watchlist-missing                 watchlists and items that do not exist are 404 with the code 404
recorded   watchlist-delete                  deleting a watchlist is 200 with an empty object, in previews with async headers
documented watchlist-upload                  rawContent in CSV becomes the items
recorded   watchlist-item-repeat             writing an item again as it is changes nothing, not even its etag

# automation rules
documented automation-rule-read              automation rules can be read
documented automation-rule-write             automation rules can be written and deleted, and need a trigger and actions

# tables
recorded   table-write                       writing or deleting a table is 202 with the addresses of an operation that succeeds
recorded   table-form                        a table shows its columns, retention and plan, and no type
recorded   table-patch                       PATCH puts new columns first and keeps the old ones
recorded   table-list-old                    old api-versions list tables with their retention only
documented table-list                        newer api-versions list tables with their schema
inferred   table-refused                     a table needs a custom name and a column TimeGenerated

# throttling
documented throttle-bucket                   a token bucket a subscription and kind of operation limits requests, and counts down in a header
reported   throttle-refusal                  one request too many is 429 SubscriptionRequestsThrottled with Retry-After

# authentication
inferred   token-required                    a request without a token, or with a wrong one, is 401 with a challenge
documented token-endpoint                    a token can be had for any client in the way of OAuth 2.0
documented permissions-list                  a caller can ask what it may do to a workspace
reported   permission-missing                what no role of the caller allows is 403 AuthorizationFailed, with the action and its scope
documented provider-registration             a subscription shows its resource providers as registered

# deployments
documented deployment-of-content             a deployment writes what its template describes, as single requests would
documented deployment-forms                  content of a workspace can be described by nested type, or by scope
documented deployment-long-running           a deployment is accepted, and its operation tells how it ended
documented deployment-order                  resources come after those that they depend on
documented deployment-failure                a deployment with a resource that is refused fails with the refusal, and does not undo the others
inferred   deployment-invalid                a template that is wrong, or beyond the emulator, is refused before anything is written
`;

/** Every behaviour of the emulator, by area. docs/ is rendered from it, and every entry has a test of its name. */
export const behaviours: readonly Behaviour[] = Object.freeze(parseTable(table));

function parseTable(text: string): readonly Behaviour[] {
  let area = '';
  const found: Behaviour[] = [];
  for (const line of text.split('\n')) {
    const [, heading] = /^# (.+)$/.exec(line) ?? [];
    const [, confidence, id, statement] = /^(\S+) +(\S+) +(.+)$/.exec(line) ?? [];
    if (heading !== undefined) area = heading;
    else if (isConfidence(confidence) && id !== undefined && statement !== undefined) {
      found.push({ id, area, statement, confidence });
    }
  }
  return found;
}

function isConfidence(word: string | undefined): word is Confidence {
  return confidences.some((confidence) => confidence === word);
}
