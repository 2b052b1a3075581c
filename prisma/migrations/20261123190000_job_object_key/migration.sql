-- The inner id of what a job is about: names are used again.
ALTER TABLE "job" ADD COLUMN "objectKey" TEXT;

UPDATE "job" SET "objectKey" = "dataset"."id"
FROM "dataset" JOIN "project" ON "project"."id" = "dataset"."projectId"
WHERE "job"."objectType" = 'dataset'
  AND "job"."spaceId" = "dataset"."spaceId"
  AND "job"."objectId" = "project"."key" || '.' || "dataset"."name"
  AND "job"."createdAt" >= "dataset"."createdAt"
  AND "project"."removedAt" IS NULL;
