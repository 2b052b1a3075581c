/** @type {import('next').NextConfig} */
export default {
  // Two copies of a checkout can build side by side; the tests build into a folder of their own.
  distDir: process.env.LAUNCHPAD_DIST_DIR ?? '.next',
  // `npm run check` compares the types, once and faster. Next would write its own folder into a configuration that extends nothing.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.build.json' },
  poweredByHeader: false,
  // DSS clients send paths with and without a trailing slash; both are answered directly.
  skipTrailingSlashRedirect: true,
  images: { unoptimized: true },
  serverExternalPackages: [
    'pg',
    'pg-boss',
    'pino',
    '@prisma/client',
    '@prisma/adapter-pg',
    'better-auth',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sts',
    '@smithy/node-http-handler',
  ],
  devIndicators: false,
}
