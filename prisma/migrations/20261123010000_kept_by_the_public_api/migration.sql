-- What DSS clients keep with projects and connections, and keys that belong to one project.
ALTER TABLE "project" ADD COLUMN "metadata" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "connection" ADD COLUMN "kept" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "api_key"
  ADD COLUMN "projectId" TEXT,
  ADD COLUMN "level" TEXT,
  ADD COLUMN "madeById" TEXT,
  ADD CONSTRAINT "api_key_spaceId_projectId_fkey" FOREIGN KEY ("spaceId", "projectId") REFERENCES "project" ("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "api_key_spaceId_projectId_idx" ON "api_key" ("spaceId", "projectId");
CREATE INDEX "api_key_madeById_idx" ON "api_key" ("madeById");
