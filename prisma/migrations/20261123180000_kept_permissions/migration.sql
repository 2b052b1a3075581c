-- What DSS clients keep with the permissions of a project.
ALTER TABLE "project" ADD COLUMN "keptPermissions" JSONB NOT NULL DEFAULT '{}';
