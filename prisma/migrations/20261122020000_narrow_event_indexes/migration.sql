-- Events of nodes come by the thousand a second: an index holds only the rows that are looked up in it.
DROP INDEX "audit_event_spaceId_objectType_objectId_seq_idx";
DROP INDEX "audit_event_spaceId_repeatKey_closesAt_idx";
DROP INDEX "audit_event_spaceId_batchId_idx";

-- What became of our own objects. What nodes claim of theirs is no part of it.
CREATE INDEX "audit_event_own_object" ON "audit_event" ("spaceId", "objectType", "objectId", "seq") WHERE "nodeId" = 'launchpad';
CREATE INDEX "audit_event_repeats" ON "audit_event" ("spaceId", "repeatKey", "closesAt") WHERE "repeatKey" IS NOT NULL;
CREATE INDEX "audit_event_of_batch" ON "audit_event" ("spaceId", "batchId") WHERE "batchId" IS NOT NULL;
