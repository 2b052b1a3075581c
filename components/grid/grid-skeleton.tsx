import { Bone, Delayed } from '#components/ui/skeleton'

const COLUMNS = [216, 176, 206, 128, 440]
const SHARES = [0.72, 0.86, 0.64, 0.94, 0.58, 0.79]
const ROWS = Array.from({ length: 15 }, (_, row) => row)

/** The grid to come, in grey, from 150 ms on. */
export function GridSkeleton({ label }: { label: string }) {
  return (
    <Delayed>
      <div className="grid-wrap" role="status" aria-label={label} aria-busy="true">
        <div className="grid" aria-hidden="true">
          <div className="tr head">
            <span className="th rn" />
            {COLUMNS.map((widthPx) => (
              <span key={widthPx} className="th" style={{ width: widthPx }}>
                <Bone width={widthPx * 0.4} height={12} />
                <span className="sk sk-second" style={{ width: widthPx * 0.24 }} />
              </span>
            ))}
          </div>
          {ROWS.map((row) => (
            <div key={row} className="tr static">
              <span className="td rn" />
              {COLUMNS.map((widthPx, place) => (
                <span key={widthPx} className="td" style={{ width: widthPx }}>
                  <Bone width={(widthPx - 20) * (SHARES[(row * 5 + place * 7) % SHARES.length] ?? 0.7)} />
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </Delayed>
  )
}
