-- Where delivery begins is the number of an event, since clocks differ and are set back. The end was never kept here.
ALTER TABLE "extension" ADD COLUMN "deliverAfter" BIGINT;
UPDATE "extension" SET "deliverAfter" = coalesce((
  SELECT max(seq) FROM "audit_event"
  WHERE "audit_event"."spaceId" = "extension"."spaceId" AND "receivedAt" < "deliverSince"), 0)
WHERE "deliverSince" IS NOT NULL;
ALTER TABLE "extension" DROP COLUMN "deliverUntil";
