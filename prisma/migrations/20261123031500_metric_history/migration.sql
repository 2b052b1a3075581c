-- Values of metrics as they were computed, the newest few of each partition, with who asked for them.
CREATE TABLE "metric_point" (
  "spaceId" TEXT NOT NULL,
  "datasetId" TEXT NOT NULL,
  "partition" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "computedAt" TIMESTAMPTZ(3) NOT NULL,
  "value" BIGINT NOT NULL,
  "version" INTEGER NOT NULL,
  "computedBy" TEXT,
  CONSTRAINT "metric_point_pkey" PRIMARY KEY ("spaceId", "datasetId", "partition", "metric", "computedAt"),
  CONSTRAINT "metric_point_spaceId_datasetId_fkey" FOREIGN KEY ("spaceId", "datasetId") REFERENCES "dataset" ("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- What was computed before is where the history begins. Who did it was not kept.
INSERT INTO "metric_point" ("spaceId", "datasetId", "partition", "metric", "computedAt", "value", "version")
SELECT "spaceId", "datasetId", "partition", "metric", "computedAt", "value", "version" FROM "metric_value";
