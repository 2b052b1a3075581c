import { NotFoundPage } from '#components/identity/not-found-page'

export default function NotFound() {
  return <NotFoundPage />
}
