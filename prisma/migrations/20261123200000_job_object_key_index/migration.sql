-- A dataset that is renamed or moved finds its jobs by it, of all that there ever were.
CREATE INDEX "job_spaceId_objectKey_idx" ON "job"("spaceId", "objectKey");
