-- How many files a count of records lacks, in whole or in part. Of counts before nobody knows, which was told as none.
ALTER TABLE "metric_value" ADD COLUMN "unreadFiles" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "metric_point" ADD COLUMN "unreadFiles" INTEGER NOT NULL DEFAULT 0;
