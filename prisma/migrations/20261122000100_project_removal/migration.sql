DROP INDEX "project_spaceId_key_key";
ALTER TABLE "project" ADD COLUMN "removedAt" TIMESTAMPTZ(3), ADD COLUMN "removedBy" TEXT;
CREATE INDEX "project_spaceId_key_idx" ON "project"("spaceId", "key");

-- A key is free again once its project is removed.
CREATE UNIQUE INDEX "project_live_key" ON "project" ("spaceId", "key") WHERE "removedAt" IS NULL;
