/** The S3 server that comes along, for a measurement that needs a store of its own. */
export { startS3 } from '../lib/embedded/s3/server.mjs'
