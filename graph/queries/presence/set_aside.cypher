// Puts facts aside that cannot be read, for a person to look at: the facts behind them go on.
//
// Params:  stream
//          people, lines, reasons      columns of one length
//          atMs                        epoch milliseconds
// Rows:    none

UNWIND range(0, size($lines) - 1) AS i
CREATE (:UnreadFact {
  stream: $stream, person: $people[i], line: $lines[i], reason: $reasons[i], at: toInteger($atMs)
})
