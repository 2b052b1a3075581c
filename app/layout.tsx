import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { QueryProvider } from '#components/layout/query-provider'
import { ThemeScript } from '#components/layout/theme-script'
import { Toaster } from '#components/ui/toast'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Launchpad', template: '%s · Launchpad' },
  description:
    'Delivers audit logs to S3, governs who may use them, and turns them into partitioned datasets',
  icons: { icon: '/favicon.svg' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the headers makes every page dynamic: one rendered beforehand would carry no nonce, and the policy would block it.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body>
        <QueryProvider>{children}</QueryProvider>
        <Toaster />
      </body>
    </html>
  )
}
