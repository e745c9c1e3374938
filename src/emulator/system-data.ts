import type { JsonObject } from '../core/json.ts';
import type { StoredResource } from './state.ts';

/** Who wrote a resource and when, as the kinds that tell it do. */
export function systemData({
  createdAt,
  createdBy,
  lastModifiedAt,
  lastModifiedBy,
}: StoredResource): JsonObject {
  return {
    createdAt,
    createdBy: createdBy.name,
    createdByType: createdBy.type,
    lastModifiedAt,
    lastModifiedBy: lastModifiedBy.name,
    lastModifiedByType: lastModifiedBy.type,
  };
}
