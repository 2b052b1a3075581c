-- A dataset that is renamed or moved finds its jobs by it, among all that are kept.
CREATE INDEX "job_spaceId_objectKey_idx" ON "job"("spaceId", "objectKey");
