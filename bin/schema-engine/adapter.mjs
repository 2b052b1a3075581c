import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import { createDatabase, dropDatabase, withDatabase } from './database.mjs'

const CHAR_OID = 18
const TEXT_OID = 25

/**
 * The driver adapter that the engine works through, with a shadow database for `migrate dev`.
 * @param {string} url
 * @param {string | undefined} shadowUrl one is made and dropped where none is given
 */
export function createAdapter(url, shadowUrl) {
  const factory = adapterTo(url)
  factory.connectToShadowDb = () => (shadowUrl ? adapterTo(shadowUrl).connect() : connectToNewShadow(url))
  return factory
}

/** @param {string} url */
async function connectToNewShadow(url) {
  const shadow = withDatabase(url, `prisma_migrate_shadow_db_${randomUUID()}`)
  await createDatabase(shadow)
  const adapter = await adapterTo(shadow).connect()
  const dispose = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await dispose()
    await dropDatabase(shadow)
  }
  return adapter
}

/** @param {string} url */
function adapterTo(url) {
  const schema = new URL(url).searchParams.get('schema') ?? undefined
  const factory = new PrismaPg({ connectionString: url, max: 2 }, { schema })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => readCharColumns(await connect())
  return factory
}

/** The engine's catalogue queries return PostgreSQL's internal type "char", which the adapter refuses: let it pass as text. @param {any} queryable */
function readCharColumns(queryable) {
  const queryRaw = queryable.queryRaw
  queryable.queryRaw = async (query) => {
    const found = []
    const reader = Object.create(queryable, {
      performIO: {
        value: async (sql) => {
          const result = await queryable.performIO(sql)
          for (const [index, field] of result.fields.entries()) {
            if (field.dataTypeID !== CHAR_OID) continue
            found.push(index)
            field.dataTypeID = TEXT_OID
          }
          return result
        },
      },
    })
    const rows = await queryRaw.call(reader, query)
    for (const index of found) rows.columnTypes[index] = ColumnTypeEnum.Character
    return rows
  }
  const startTransaction = queryable.startTransaction?.bind(queryable)
  if (startTransaction)
    queryable.startTransaction = async (level) => readCharColumns(await startTransaction(level))
  return queryable
}
