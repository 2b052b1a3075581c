-- A stream that is read by a program: whether it came whole is asked afterwards, maybe of another process.
CREATE TABLE "read_session" (
  "spaceId" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "datasetId" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "records" BIGINT NOT NULL DEFAULT 0,
  "error" JSONB,
  "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "read_session_pkey" PRIMARY KEY ("spaceId", "actor", "id"),
  CONSTRAINT "read_session_spaceId_datasetId_fkey" FOREIGN KEY ("spaceId", "datasetId") REFERENCES "dataset" ("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "read_session_startedAt_idx" ON "read_session" ("startedAt");
