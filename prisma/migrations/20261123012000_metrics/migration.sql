-- The last value of each metric of a dataset, by partition: ALL or NP is the dataset as a whole.
CREATE TABLE "metric_value" (
  "spaceId" TEXT NOT NULL,
  "datasetId" TEXT NOT NULL,
  "partition" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "value" BIGINT NOT NULL,
  "version" INTEGER NOT NULL,
  "computedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "metric_value_pkey" PRIMARY KEY ("spaceId", "datasetId", "partition", "metric"),
  CONSTRAINT "metric_value_spaceId_datasetId_fkey" FOREIGN KEY ("spaceId", "datasetId") REFERENCES "dataset" ("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
