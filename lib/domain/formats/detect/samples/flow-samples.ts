import { type DetectionSample, Dice, lines } from './sample'

const dice = new Dice(78)
const FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const CHOSEN = 'vpc-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr tcp-flags bytes action flow-direction'
const interfaceId = () => `eni-${dice.hex(17)}`
const flow = () =>
  `2 123456789012 ${interfaceId()} ${dice.ip()} ${dice.ip()} ${dice.int(1024, 65_535)} 443 6 ${dice.int(1, 99)} ${dice.int(40, 9e4)} 1795000000 1795000060 ${dice.pick(['ACCEPT', 'REJECT'])} OK`
const idle = () => `2 123456789012 ${interfaceId()} - - - - - - - 1795000000 1795000060 - NODATA`
const chosen = () =>
  `vpc-${dice.hex(17)} ${dice.ip()} ${dice.ip()} ${dice.ip()} ${dice.ip()} 19 ${dice.int(40, 9e4)} ACCEPT ingress`

const flows = (...files: string[]): DetectionSample => ({
  kind: 'VPC flow logs',
  files,
  expected: { type: 'csv', separator: ' ', header: true, skipRows: 0, layout: 'VPC flow logs' },
})

/** Flow logs of AWS networks, with the usual fields and with chosen ones. */
export const FLOW_SAMPLES: DetectionSample[] = [
  flows(`${FIELDS}\n${lines(25, flow)}`),
  flows(`${FIELDS}\n${lines(3, flow)}${idle()}\n`, `${FIELDS}\n${lines(9, flow)}`),
  flows(`${CHOSEN}\n${lines(9, chosen)}`),
]
